"""Several programs on one database at once: one set of rows, and no half-written batch."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from papers import FOLDER, change, copy_papers
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.operate.load import load_data
from gsn_dash.store import schema
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.read import read_batches, read_snapshot, read_version

COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")


def _at_once(url: str, folders: list[Path]) -> list[str]:
    """Programs that start together, one for each folder; what each said of its load."""
    together = Barrier(len(folders))

    def start(folder: Path) -> str:
        engine = make_engine(url)
        try:
            together.wait()
            migrate(engine)
            together.wait()
            report = load_data(engine, folder, by="test")
            assert report.problems == ()
            return report.sentence
        finally:
            engine.dispose()

    with ThreadPoolExecutor(len(folders)) as pool:
        return list(pool.map(start, folders))


def test_programs_that_start_at_once_give_one_set_of_rows(empty_url, loaded_engine):
    sentences = _at_once(empty_url, [FOLDER] * 3)
    assert sorted(s.startswith("Inläsning") for s in sentences) == [False, False, True]
    engine = make_engine(empty_url)
    try:
        assert len(read_batches(engine)) == 1
        alone, together = read_snapshot(loaded_engine), read_snapshot(engine)
        assert together.operating == alone.operating
        assert together.contributions == alone.contributions
        assert _row_counts(engine) == _row_counts(loaded_engine)
    finally:
        engine.dispose()


def test_two_corrections_of_one_figure_at_once_are_both_kept_one_after_the_other(
    loaded_engine, tmp_path
):
    printed = ["-21,6", "-21,7"]
    folders = []
    for text_now in printed:
        folders.append(copy_papers(tmp_path / text_now))
        change(folders[-1], "operating.csv", "outcome;-21,5", f"outcome;{text_now}")
    url = loaded_engine.url.render_as_string(hide_password=False)
    sentences = _at_once(url, folders)
    assert all(": 1 rättade, " in sentence for sentence in sentences)
    snapshot = read_snapshot(loaded_engine)
    kept = [old.printed for old in snapshot.replaced]
    assert kept[0] == "-21,5"
    assert sorted([kept[1], snapshot.operating[COST_OUTCOME].printed]) == printed
    assert len(kept) == 2


def _row_counts(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }


def test_a_reader_sees_a_batch_whole_or_not_at_all(loaded_engine, tmp_path):
    """Rows that another program has written but not committed are not there."""
    before, version = read_snapshot(loaded_engine), read_version(loaded_engine)
    assert version.startswith(f"{before.batch}@")
    with loaded_engine.connect() as writer:
        batch = writer.execute(
            schema.import_batch.insert()
            .values(recorded_by="test")
            .returning(schema.import_batch.c.id)
        ).scalar_one()
        table = schema.operating_line
        old = writer.execute(select(table).where(table.c.ref == COST_OUTCOME.ref)).mappings().one()
        row = {name: old[name] for name in old if name not in ("id", "ref")}
        changes = {"amount": Decimal(-1), "batch_id": batch, "replaces_id": old["id"]}
        writer.execute(table.insert().values({**row, **changes}))
        assert read_snapshot(loaded_engine) == before
        writer.commit()
    after = read_snapshot(loaded_engine)
    assert after.operating[COST_OUTCOME].amount == Money(Decimal(-1))
    assert after.batch == batch
    assert read_version(loaded_engine) != version


def test_a_database_that_is_not_migrated_says_so_and_holds_nothing(empty_url):
    engine = make_engine(empty_url)
    try:
        with pytest.raises(DBAPIError):
            load_data(engine, FOLDER, by="test")
        with engine.connect() as connection:
            held = connection.execute(
                text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            )
            assert held.scalar_one() == 0
    finally:
        engine.dispose()
