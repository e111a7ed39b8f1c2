"""What is done by who is killed: imports, a scenario that is saved, a step in a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from drafted import draft
from import_files import filled_template
from imports_made import SPRING, last_batch, ledger
from killing import Deed, Program, Split
from meeting_people import EVA, OPENING
from papers import kr
from sqlalchemy import Engine

from gsn_dash.domain.drafts import CellDraft, DocumentDraft, Drafts
from gsn_dash.domain.ledger import REVENUE, LedgerEntry
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.importing import flow
from gsn_dash.ingest.opened import Choices
from gsn_dash.store.keep import keep
from gsn_dash.store.meeting_ends import shown_of
from gsn_dash.store.meetings import find_meeting, live_meetings, move_meeting, start_meeting
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.scenarios import (
    create_scenario,
    find_scenario,
    history_of,
    list_scenarios,
    save_scenario,
)

CELLS, ACCOUNTS, VOUCHERS = 150, 100, 40
TABLE = "Räknetabellen"
# A template's cells for the period: revenue and cost, budget and outcome.
_TEMPLATE = {f"{column}{row}": sign for row, sign in ((4, 1), (5, -1)) for column in "DEGH"}
_FIRST = OperatingKey("total", "revenue", "period", "outcome")
_BASE = 30

# Made ready, and then done when somebody says so.
Ready = Callable[[], None]


# ---- A large import: a table and a ledger that say the number everywhere


def large_import(engine: Engine, number: int) -> Ready:
    paper = DocumentDraft("rakning", "Räkning", "bilaga", None, "")
    cells = tuple(
        CellDraft(SPRING, "rakning", TABLE, row, 0, "value", str(number), "")
        for row in range(CELLS)
    )
    entries = (
        LedgerEntry(date(2023, month, 1), str(3000 + place), "", "", "outcome", kr(str(number)))
        for month in range(1, 13)
        for place in range(ACCOUNTS)
    )
    booked = ledger(*entries)
    drafts = Drafts((paper, *booked.documents), cells=cells, ledgers=booked.ledgers, kind="table")
    seen = last_batch(engine)

    def work() -> None:
        assert isinstance(keep(engine, drafts, "test", "", seen), Recorded)

    return work


def _imported(engine: Engine) -> int:
    snapshot, batches = read_snapshot(engine), read_batches(engine)
    assert [batch.id for batch in batches] == list(range(1, batches[-1].id + 1))
    said = [cell.text for cell in snapshot.cells if cell.table == TABLE]
    if not said:
        assert snapshot.ledger is None or not snapshot.ledger.months
        return 0
    (number,) = map(int, set(said))
    assert len(said) == CELLS
    sums = {row.month.month: row.amount for row in snapshot.ledger.months}
    assert sums == dict.fromkeys(range(1, 13), kr(str(number * ACCOUNTS)))
    return number


# ---- A file that somebody has looked at and keeps


def _keep_file(engine: Engine, number: int) -> Ready:
    values = {("Driftbudget", cell): sign * (_BASE + number) for cell, sign in _TEMPLATE.items()}
    content = filled_template(read_snapshot(engine), values)
    seen = flow.look(engine, flow.begin("mall.xlsx", content), Choices())
    assert seen.can_keep

    def work() -> None:
        assert isinstance(flow.keep_look(engine, seen, "Eva Ek", ""), Recorded)

    return work


def _kept_file(engine: Engine) -> int:
    snapshot, batches = read_snapshot(engine), read_batches(engine)
    whole = kr(str(snapshot.operating[_FIRST].amount.kr))
    number = int(whole.kr) // 1_000_000 - _BASE
    if len(batches) == 1:
        return 0
    sizes = [abs(found.amount.kr) for found in snapshot.operating.values()]
    changed = sum(size == (number + _BASE) * 1_000_000 for size in sizes)
    assert changed == len(_TEMPLATE), f"half kept: {changed} of {len(_TEMPLATE)}"
    assert batches[-1].files, "an import without its file"
    return number


# ---- The program for imports, wherever it is: starting, reading, asking, keeping


def write_book(folder: Path, number: int) -> Path:
    """A SIE file whose every month has a revenue of VOUCHERS times `number` kr."""
    head = (
        "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#PROGRAM Prov 1\n#GEN 20230105\n#FNAMN GSN\n"
        "#RAR 0 20230101 20231231\n#KONTO 3010 Avgifter\n#KONTO 1910 Kassa\n"
    )
    vouchers = (
        f"#VER A {month * 100 + place} 2023{month:02}15\n"
        f"{{\n#TRANS 3010 {{}} -{number}.00\n#TRANS 1910 {{}} {number}.00\n}}\n"
        for month in range(1, 13)
        for place in range(VOUCHERS)
    )
    path = folder / f"bok-{number}.se"
    path.write_text(head + "".join(vouchers), encoding="ascii")
    return path


def program(folder: Path) -> Deed:
    """`python -m gsn_dash import`, with a file of its own below `folder` each time."""

    def doer(url: str, number: int) -> Program:
        return Program(url, "import", str(write_book(folder, number)), "--yes")

    return Deed("Kommandot för inläsning, från start till slut", doer, booked)


def booked(engine: Engine) -> int:
    """The number of the book in force, to its last month; 0 where there is none."""
    held = read_snapshot(engine).ledger
    rows = [row for row in held.months if row.item == REVENUE] if held else []
    if not rows:
        return 0
    assert [row.month.month for row in rows] == list(range(1, 13))
    (amount,) = {row.amount for row in rows}
    number = int(amount.kr) // VOUCHERS
    assert amount == kr(str(number * VOUCHERS))
    return number


# ---- A scenario that is saved


def _save(engine: Engine, number: int) -> Ready:
    said = draft(note=str(number), document={"used_up": str(number)})
    found = list_scenarios(engine)
    if not found:
        return lambda: create_scenario(engine, said)
    id, newest = found[0].id, found[0].version
    return lambda: save_scenario(engine, id, newest, said)


def _saved(engine: Engine) -> int:
    found = list_scenarios(engine)
    if not found:
        return 0
    newest = find_scenario(engine, found[0].id)
    assert newest.document == {"used_up": newest.note}
    versions = [each.version for each in history_of(engine, newest.id)]
    assert sorted(versions) == list(range(1, newest.version + 1))
    return int(newest.note)


# ---- A step in a meeting


def _step(engine: Engine, number: int) -> Ready:
    live = live_meetings(engine)
    code = live[0].code if live else start_meeting(engine, 2023, 2, "Eva", EVA, OPENING).code
    view = f"{number}:decision"
    place = {"view": view, "row": str(number), "levers": {"a": number}}
    return lambda: move_meeting(engine, code, EVA, place, (view, 1))


def _stepped(engine: Engine) -> int:
    live = live_meetings(engine)
    if not live:
        return 0
    found = find_meeting(engine, live[0].code)
    place, shown = found.place, shown_of(engine, found.code)
    if place == OPENING:
        assert not shown
        return 0
    assert place["row"] == str(place["levers"]["a"])
    assert (shown[-1].sequence, shown[-1].view) == (found.sequence, place["view"])
    return place["levers"]["a"]


def _split(name: str, make_ready: Callable, shown: Callable) -> Deed:
    return Deed(name, partial(Split, make_ready), shown)


DEEDS = (
    _split("En stor inläsning, medan den sparas", large_import, _imported),
    _split("En granskad fil, medan den sparas", _keep_file, _kept_file),
    _split("Ett scenario, medan det sparas", _save, _saved),
    _split("Ett steg i ett möte", _step, _stepped),
)
