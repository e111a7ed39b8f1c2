"""A file on its way in, on real PostgreSQL: looked at, kept, met again, refused, killed."""

import datetime
import io
import zipfile
from contextlib import suppress

import psutil
import pytest
from harness import until
from import_files import LINES, filled_template, own_table
from papers import mkr
from sqlalchemy import Engine, func, select

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.importing import flow, telling
from gsn_dash.importing.child import MOST_AT_ONCE, READING, ask_child
from gsn_dash.importing.titles import rename_drafts
from gsn_dash.ingest.cells import LARGEST_FILE, FileRefused
from gsn_dash.ingest.opened import Choices
from gsn_dash.store import schema
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.withdrawing import withdraw

COST = OperatingKey("total", "cost", "period", "outcome")
COST_CELL = ("Driftbudget", "E5")
AUGUST = OccasionDraft(
    2023, 3, datetime.date(2023, 1, 1), datetime.date(2023, 8, 31), datetime.date(2023, 9, 10),
    datetime.date(2023, 9, 20), "",
)  # fmt: skip


def read(engine: Engine) -> Snapshot:
    snapshot = read_snapshot(engine)
    assert snapshot is not None
    return snapshot


def count_rows(engine: Engine) -> dict[str, int]:
    """How many rows every table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }


def look(engine: Engine, name: str, content: bytes, choices: Choices | None = None) -> flow.Look:
    return flow.look(engine, flow.begin(name, content), choices or Choices())


def keep(engine: Engine, seen: flow.Look) -> int:
    kept = flow.keep_look(engine, seen, "Eva Ek", "Rättad bilaga")
    assert isinstance(kept, Recorded) and kept.batch is not None
    return kept.batch


def texts(table) -> list[tuple[str, ...]]:
    return [(row.heading.text, *(cell.text for cell in row.cells)) for row in table.rows]


def test_a_template_changes_what_was_changed_in_it_after_a_look_that_keeps_nothing(
    loaded_engine: Engine,
):
    before, rows = read(loaded_engine), count_rows(loaded_engine)
    content = filled_template(before, {COST_CELL: -21.9})
    opened = flow.begin("mall.xlsx", content)
    seen = flow.look(loaded_engine, opened, Choices())
    assert count_rows(loaded_engine) == rows

    assert texts(telling.changes_table(seen)) == [
        ("Kostnader, utfall januari–april 2023", "−21,5\u00a0Mkr", "−21,9\u00a0Mkr", "ändras")
    ]
    assert "1 ändrad uppgift" in telling.describe_look(seen)
    # Three printed sums no longer hold, and the look says so before anything is kept.
    changed = texts(telling.findings_table(seen, flow.finding_changes(seen)))
    assert len(changed) == 3
    assert {row[1:3] for row in changed} == {("stämmer", "stämmer inte")}
    doubtful = texts(telling.control_totals_table(telling.doubtful_totals(
        seen.read.control_totals)))  # fmt: skip
    assert ("stämmer inte", "Driftbudget, F5") in {row[3:] for row in doubtful}

    batch = keep(loaded_engine, seen)
    after, kept = read(loaded_engine), read_batches(loaded_engine)[-1]
    assert after.operating[COST].amount == mkr("-21.9")
    # The paper is called what it is; the file's name is where the figure stands.
    origin = after.operating[COST].origin
    assert origin.document.title == "Uppföljning, tillfälle 2 2023"
    assert origin.section.startswith("mall.xlsx, ")
    assert (kept.id, kept.recorded_by, kept.note) == (batch, "Eva Ek", "Rättad bilaga")
    assert kept.files == (("mall.xlsx", opened.sha256),)
    found = flow.keep_drafts(
        loaded_engine, rename_drafts([origin.document], "Höstens  bilaga"), "Bo", "", after.batch
    )
    named = read(loaded_engine)
    assert isinstance(found, Recorded) and named.documents[origin.document.key].title == (
        "Höstens bilaga"
    )
    assert named.put_right == () and {k: f.amount for k, f in named.operating.items()} == {
        k: f.amount for k, f in after.operating.items()
    }
    # What the template only repeats is still the papers' own.
    others = {key: figure for key, figure in before.operating.items() if key != COST}
    assert {key: f for key, f in after.operating.items() if key != COST} == others
    assert (after.investments, after.occasion) == (before.investments, before.occasion)


def test_the_same_file_again_says_so_until_its_import_is_withdrawn(loaded_engine: Engine):
    before = read(loaded_engine)
    opened = flow.begin("mall.xlsx", filled_template(before, {COST_CELL: -21.9}))
    assert flow.find_same(loaded_engine, opened) is None
    batch = keep(loaded_engine, flow.look(loaded_engine, opened, Choices()))
    assert flow.find_same(loaded_engine, opened).id == batch
    assert not flow.look(loaded_engine, opened, Choices()).can_keep

    assert isinstance(withdraw(loaded_engine, batch, "Bo", "Fel fil"), Recorded)
    assert read(loaded_engine).operating == before.operating
    assert flow.find_same(loaded_engine, opened) is None
    assert flow.look(loaded_engine, opened, Choices()).can_keep


def test_an_untouched_template_gives_nothing_new(loaded_engine: Engine):
    seen = look(loaded_engine, "mall.xlsx", filled_template(read(loaded_engine), {}))
    assert not seen.can_keep and texts(telling.changes_table(seen)) == []
    assert seen.same > 60 and seen.read.problems == ()


def test_a_table_of_the_municipalitys_own_brings_a_new_occasion_and_takes_it_away_again(
    loaded_engine: Engine,
):
    opened = flow.begin("drift.xlsx", own_table())
    assert flow.needs_occasion(opened)
    seen = flow.look(loaded_engine, opened, Choices(AUGUST))
    assert "är nytt" in telling.describe_look(seen)
    # Inhabitants belong to no occasion: they are not said to be new with it.
    assert {change.part for change in seen.changes} == {"operating"}
    batch = keep(loaded_engine, seen)
    now = read(loaded_engine)
    assert (now.occasion.number, now.occasion.months) == (3, 8)
    assert now.operating[COST].amount == mkr("-47.0")

    gone = flow.look_at_withdrawal(loaded_engine, batch)
    assert "visas då inte längre" in telling.describe_look(gone)
    assert isinstance(withdraw(loaded_engine, batch, "Bo", "För tidigt"), Recorded)
    assert read(loaded_engine).occasion.number == 2


def test_who_keeps_what_somebody_has_overtaken_is_told_to_look_again(loaded_engine: Engine):
    before = read(loaded_engine)
    late = look(loaded_engine, "sen.xlsx", filled_template(before, {COST_CELL: -22.0}))
    keep(loaded_engine, look(loaded_engine, "a.xlsx", filled_template(before, {COST_CELL: -21.9})))
    found = flow.keep_look(loaded_engine, late, "Bo", "")
    assert found.by == "Eva Ek"
    assert read(loaded_engine).operating[COST].amount == mkr("-21.9")


def test_every_problem_is_told_with_its_cell_and_nothing_can_be_kept(loaded_engine: Engine):
    rows = count_rows(loaded_engine)
    broken = filled_template(
        read(loaded_engine), {COST_CELL: "hej", ("Driftbudget", "D4"): "20,4x"}
    )
    seen = look(loaded_engine, "fel.xlsx", broken)
    assert not seen.can_keep and seen.preview is None
    told = texts(telling.problems_table(seen.read.problems))
    assert [place.split(", ")[:2] for place, _ in told] == [
        ["Bladet Driftbudget", "cell D4"],
        ["Bladet Driftbudget", "cell E5"],
    ]
    assert telling.describe_look(seen).startswith("2 ställen i filen måste rättas.")
    assert count_rows(loaded_engine) == rows


def packed(name: str, size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, b"0" * size)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.xlsx", b""),
        ("bild.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("stor.csv", b"a" * (LARGEST_FILE + 1)),
        ("bomb.xlsx", packed("xl/worksheets/sheet1.xml", 30_000_000)),
        ("sida.csv", b"<!DOCTYPE html><html><body>logga in</body></html>"),
    ],
)
def test_what_is_no_file_of_figures_is_refused_in_a_sentence(name: str, content: bytes):
    with pytest.raises(FileRefused) as refusal:
        flow.begin(name, content)
    sentence = str(refusal.value)
    assert sentence[0].isupper() and sentence.endswith(".") and "Traceback" not in sentence


def _workers() -> list[psutil.Process]:
    """Those of this test run that read a file, and live."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # one that has just ended
            if "gsn_dash.importing.worker" in child.cmdline():
                found.append(child)
    return found


def test_a_file_that_takes_too_long_is_let_go_of_and_its_process_with_it():
    content = own_table([*LINES, *((f"Rad {n}", n, n, n, n) for n in range(2000))])
    with pytest.raises(FileRefused, match="mer än 0.2 sekunder"):
        ask_child("open", "stor.xlsx", content, seconds=0.2)
    until(lambda: not _workers(), "the process that read to be gone")


def test_who_comes_while_others_are_read_waits_a_little_and_is_then_told():
    for _ in range(MOST_AT_ONCE):
        assert READING.acquire(timeout=5)
    try:
        with pytest.raises(FileRefused, match="läser redan andra filer"):
            ask_child("open", "fil.csv", b"a;b", wait=0.05)
    finally:
        READING.release(MOST_AT_ONCE)
