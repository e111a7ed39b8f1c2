"""A backup is the whole database in one file; what is restored from it is the same to the öre."""

import json
import tarfile
from decimal import Decimal

import pytest
from imports_made import COST_OUTCOME, SPRING, correction, kept
from lived import held, live
from papers import kr
from sqlalchemy import text

from gsn_dash.__main__ import main
from gsn_dash.operate.backup import run_backup, run_restore
from gsn_dash.store.audit import list_deeds, verify
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.scenarios import list_scenarios

FIGURES = ("operating_line", "appropriation", "project_result", "contribution", "published_total")


@pytest.fixture
def empty(empty_url):
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def backup(loaded_engine, tmp_path):
    """A backup of a database with data/ in it."""
    assert run_backup(loaded_engine, tmp_path / "gsn.backup") == 0
    return tmp_path / "gsn.backup"


def _everything(engine) -> dict[str, list]:
    """Every row of every table as text, but for which transaction opened an import."""
    with engine.connect() as connection:
        tables = connection.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND relkind = 'r' AND relname <> 'app_process'"
            )
        ).all()
        row = "(to_jsonb(t) - 'opened_in')::text"
        return {
            table: connection.scalars(text(f"SELECT {row} FROM {table} AS t ORDER BY 1")).all()
            for table in tables
        }


def test_a_drill_brings_everything_back_to_the_ore_and_the_chain_with_it(
    loaded_engine, empty, tmp_path
):
    file = tmp_path / "gsn.backup"
    with held(loaded_engine) as app:
        live(app)
        assert run_backup(loaded_engine, file) == 0
        before, chain = _everything(loaded_engine), verify(loaded_engine)
        snapshot = read_snapshot(app, SPRING), read_snapshot(app)
        batches, scenarios = read_batches(app), list_scenarios(app)
    assert run_restore(empty, file, "Drift") == 0
    deeds = list_deeds(empty, 1)
    assert [(deed.name, deed.action) for deed in deeds] == [("Drift", "restore")]
    after = _everything(empty)
    for table in set(before) - {"audit", "person"}:
        assert after[table] == before[table], table
    for table in FIGURES:
        assert all(Decimal(json.loads(row)["amount"] or 0) % 1 == 0 for row in before[table])
    assert verify(empty, chain.head).has_head
    with held(empty) as app:
        assert (read_snapshot(app, SPRING), read_snapshot(app)) == snapshot
        assert (read_batches(app), list_scenarios(app)) == (batches, scenarios)
        kept(app, correction("-23000000"))
        assert read_snapshot(app, SPRING).operating[COST_OUTCOME].money == kr("-23000000")
    assert verify(empty, chain.head).breaks == ()


def test_what_readers_may_lay_on_the_disk_does_not_bound_a_restore(engine, empty, tmp_path):
    """An index over many rows is sorted there."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE many AS SELECT generate_series(1, 9000) AS number"))
        connection.execute(text("CREATE INDEX ON many (number)"))
    assert run_backup(engine, tmp_path / "gsn.backup") == 0
    for bound in ("temp_file_limit = '0'", "maintenance_work_mem = '64kB'"):
        with empty.begin() as connection:
            connection.execute(text(f'ALTER DATABASE "{empty.url.database}" SET {bound}'))
    empty.dispose()
    assert run_restore(empty, tmp_path / "gsn.backup", "Drift") == 0


def test_a_closed_import_stays_closed_whatever_the_new_server_numbers_its_transactions(
    backup, empty
):
    assert run_restore(empty, backup, "Drift") == 0
    with empty.connect() as connection:
        opened = connection.scalars(text("SELECT opened_in::text FROM import_batch")).all()
    assert set(opened) == {"2"}  # a number that no transaction ever has


@pytest.mark.parametrize("where", ["dump", "manifest", "cut", "no tar", "gone"])
def test_a_damaged_backup_is_refused_in_a_sentence_and_nothing_is_done(
    backup, empty, where, capsys
):
    with tarfile.open(backup) as archive:
        places = {member.name: member.offset_data + 40 for member in archive}
    content = bytearray(backup.read_bytes())
    if where == "gone":
        backup.unlink()
    else:
        content[places["database.dump"]] ^= 1 if where == "dump" else 0
        content[places["manifest.json"]] ^= 1 if where == "manifest" else 0
        keep = {"cut": len(content) // 2, "no tar": 100}.get(where, len(content))
        backup.write_bytes(content[:keep])
    capsys.readouterr()
    assert run_restore(empty, backup, "Drift") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and str(backup) in said
    assert _everything(empty) == {}


def test_a_backup_of_a_newer_version_is_refused(loaded_engine, empty, tmp_path, capsys):
    with loaded_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert run_backup(loaded_engine, tmp_path / "gsn.backup") == 0
    assert run_restore(empty, tmp_path / "gsn.backup", "Drift") == 1
    assert "nyare version" in capsys.readouterr().err
    assert _everything(empty) == {}


def test_nothing_is_written_over(backup, loaded_engine, capsys):
    before = backup.read_bytes()
    assert run_backup(loaded_engine, backup) == 1
    assert backup.read_bytes() == before
    assert run_restore(loaded_engine, backup, "Drift") == 1
    assert "inte tom" in capsys.readouterr().err


def test_a_backup_is_the_owners_alone_and_leaves_nothing_beside_it(backup):
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_the_commands_do_it(loaded_engine, empty_url, tmp_path, monkeypatch, capsys):
    url = loaded_engine.url.set(drivername="postgresql").render_as_string(False)
    monkeypatch.setenv("DATABASE_URL", url)
    file = tmp_path / "gsn.backup"
    assert main(["backup", str(file)]) == 0
    assert verify(loaded_engine).head in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert main(["restore", str(file)]) == 0
    assert "på öret" in capsys.readouterr().out
