"""python -m gsn_dash import: a file is read in, by the same steps as on the page."""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.importing import doubts, flow, telling
from gsn_dash.importing.flow import Look
from gsn_dash.importing.proposing import propose_occasion
from gsn_dash.ingest.cells import FileRefused
from gsn_dash.ingest.opened import Choices, Opened
from gsn_dash.present.importing import (
    NOTHING_NEW,
    count_changes,
    describe_kept,
    describe_overtaken,
    describe_same,
)
from gsn_dash.present.ledger_objects import tell_unmapped
from gsn_dash.present.tables import Table, TableRow
from gsn_dash.store.keep import Overtaken
from gsn_dash.store.ledger_maps import read_map
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.written import NotKept

NOTHING_KEPT = "Inget är sparat. Lägg till --yes för att läsa in filen."
_OCCASION = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_FAILED = 1
Ask = Callable[[str], str]


class Misused(Exception):
    """What was asked for cannot be understood; the text is one Swedish sentence."""


@dataclass(frozen=True)
class Asked:
    """What the operator has asked for: days as ÅÅÅÅ-MM-DD, the occasion as 2023-3, what the paper
    is called; empty where nothing is said. `is_sure` is to keep without asking."""

    file: Path
    occasion: str = ""
    period_end: str = ""
    meeting_on: str = ""
    appendix_dated: str = ""
    title: str = ""
    is_sure: bool = False


def run_import(engine: Engine, asked: Asked, by: str, ask: Ask | None) -> int:
    """Show what the file would change, and keep it if that is wanted; returns the exit code.

    `ask` puts the question to who sits there; None where nobody does. Raises StoreUnavailable.
    """
    try:
        opened = flow.begin(asked.file.name, asked.file.read_bytes())
        same = flow.find_same(engine, opened)
        if same is not None:
            print(describe_same(same.id, same.recorded_by, same.recorded_at.astimezone()))
        seen = flow.look(engine, opened, _choices(engine, opened, asked))
    except OSError as problem:
        return _fail(f"Filen {asked.file} går inte att läsa ({problem.strerror}).")
    except (FileRefused, Misused) as problem:
        return _fail(f"{asked.file.name}: {problem}")
    _print_look(opened, seen)
    if seen.read.problems or seen.refusal:
        return _FAILED
    _print_unmapped(engine, seen)
    return _keep(engine, seen, asked, by, ask) if seen.can_keep else 0


def _keep(engine: Engine, seen: Look, asked: Asked, by: str, ask: Ask | None) -> int:
    must_confirm = doubts.confirmation(seen, date.today())
    if must_confirm:
        print(must_confirm)
    if not asked.is_sure and (ask is None or not _is_yes(ask("Läsa in? (ja/nej) "))):
        print(NOTHING_KEPT)
        return 0
    try:
        found = flow.keep_look(engine, seen, by, "", asked.title)
    except NotKept as problem:
        return _fail(problem.sentence)
    if isinstance(found, str):
        return _fail(found)
    if isinstance(found, Overtaken):
        return _fail(describe_overtaken(found.batch, found.by, found.at.astimezone()))
    print(describe_kept(found.batch, count_changes(seen.changes), flow.occasion_told(seen)))
    return 0


def _is_yes(answer: str) -> bool:
    return answer.strip().lower() in ("j", "ja", "y", "yes")


def _choices(engine: Engine, opened: Opened, asked: Asked) -> Choices:
    """How the file is to be read. Raises Misused."""
    unsure = [found.sheet or "filen" for found in opened.recognised if not found.is_sure]
    if unsure:
        raise Misused(
            f"programmet är inte säkert på kolumnerna i {', '.join(unsure)}; läs in filen på sidan"
            " Inläsning, där de går att välja."
        )
    return Choices(_occasion(engine, asked) if asked.occasion else _missing(engine, opened))


def _missing(engine: Engine, opened: Opened) -> None:
    """No occasion is told. Raises Misused where one is needed, with what the file says of it."""
    if not flow.needs_occasion(opened):
        return
    said = propose_occasion(opened, list_occasions(engine))
    example = f"{said.year}-{said.number}" if said.year and said.number else "2023-3"
    own = "som filen själv säger" if said.year and said.number else "till exempel"
    raise Misused(f"ange vilket tillfälle filen gäller, {own} --occasion {example}.")


def _occasion(engine: Engine, asked: Asked) -> OccasionDraft:
    found = _OCCASION.fullmatch(asked.occasion)
    if not found:
        raise Misused("tillfället skrivs som 2023-3.")
    year, number = int(found[1]), int(found[2])
    held = read_snapshot(engine, (year, number))
    days = held.occasion if held else None
    if days is None and not (asked.period_end and asked.meeting_on and asked.appendix_dated):
        raise Misused(
            f"tillfälle {asked.occasion} är nytt; ange dess dagar med --period-end, --meeting-on"
            " och --appendix-dated."
        )
    end = _day(asked.period_end, "--period-end") if asked.period_end else days.period_end
    if end.year != year or end.day != monthrange(end.year, end.month)[1]:
        raise Misused(f"--period-end ska vara den sista dagen i en månad {year}.")
    dated, meeting = asked.appendix_dated, asked.meeting_on
    return OccasionDraft(
        year,
        number,
        date(year, 1, 1),
        end,
        _day(dated, "--appendix-dated") if dated else days.appendix_dated,
        _day(meeting, "--meeting-on") if meeting else days.meeting_on,
        "",
    )


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misused(f"{option} {text} är inget datum; skriv ÅÅÅÅ-MM-DD.") from None


def _print_look(opened: Opened, seen: Look) -> None:
    for remark in dict.fromkeys((*opened.remarks, *seen.read.remarks)):
        print(remark)
    totals = seen.read.control_totals
    tables = [
        telling.problems_table(seen.read.problems),
        telling.control_totals_table(telling.doubtful_totals(totals)),
        telling.changes_table(seen),
        telling.missing_table(seen),
        telling.findings_table(seen, flow.finding_changes(seen)),
    ]
    for table in tables:
        if table.rows:
            print("\n".join(table_lines(table)), end="\n\n")
    if totals:
        print(telling.describe_totals(totals))
    for sentence in doubts.warnings(seen):
        print(f"Se efter: {sentence}")
    is_nothing = seen.preview is not None and not seen.can_keep
    print(NOTHING_NEW if is_nothing else telling.describe_look(seen))


def _print_unmapped(engine: Engine, seen: Look) -> None:
    snapshot = seen.preview.after or seen.preview.before
    for sentence, table in tell_unmapped(seen.read.drafts, read_map(engine).map, snapshot):
        print("\n".join([*table_lines(table), sentence]), end="\n\n")


def table_lines(table: Table) -> list[str]:
    """A table as lines of text: its caption, its headings, and a line for each row."""
    rows = [table.headings, *(_texts(row) for row in table.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.headings) - 1)]
    lines = [table.caption]
    for row in rows:
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        lines.append("  " + "  ".join([*padded, row[-1]]).rstrip())
    return lines


def _texts(row: TableRow) -> tuple[str, ...]:
    return (row.heading.text, *(cell.text for cell in row.cells))


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return _FAILED
