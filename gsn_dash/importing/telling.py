"""What was found in a file and what it would do, as tables: for the page and for the command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.differences import Difference
from gsn_dash.domain.drafts import WITHDRAWAL
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.importing import comparing, flow
from gsn_dash.importing.flow import FindingChange, Look
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.table import Problem
from gsn_dash.present.findings import VERDICTS, describe_finding
from gsn_dash.present.importing import (
    CHANGE_KINDS,
    count_changes,
    describe_coming,
    describe_gone,
    describe_ledger,
    describe_new,
    describe_new_controls,
    describe_same_occasion,
    describe_taken,
    format_sides,
    format_stated,
    name_difference,
)
from gsn_dash.present.names import name_quantity
from gsn_dash.present.numbers import UNKNOWN, format_kr, format_number
from gsn_dash.present.sources import format_value
from gsn_dash.present.tables import Cell, Table, TableRow, word

# A page of many thousand rows helps nobody; what is beyond is counted.
MOST_ROWS = 200
MOST_TOLD = 15
_SLIP = ", fel enhet?"
_NEW_CONTROL, _NO_CONTROL = "ny", "prövas inte längre"
_AGAINST_EARLIER = ("Förra tillfället", "Nu")
_AGAINST_NOW = ("Gäller nu", "Blir")
_AGREES = {True: "stämmer", False: "stämmer inte", None: "går inte att avgöra"}


def describe_look(seen: Look) -> str:
    """What keeping would do, in one sentence; the reason where it cannot be kept."""
    if seen.read.problems:
        count = len(seen.read.problems)
        what = "Ett ställe" if count == 1 else f"{format_number(count)} ställen"
        return f"{what} i filen måste rättas. Rätta och välj filen igen; inget är sparat."
    if seen.preview is None:
        return seen.refusal
    if seen.read.drafts.kind == WITHDRAWAL and seen.preview.after is None:
        return _describe_emptied(seen)
    ledgers = seen.read.drafts.ledgers
    coming = describe_coming(count_changes(seen.changes), seen.same, bool(ledgers))
    said = " ".join([*map(describe_ledger, ledgers), coming])
    before, after = seen.preview.before, seen.preview.after
    if after and not before:
        return f"{describe_new(after.occasion)} {said}"
    about = flow.occasion_told(seen)
    return f"{describe_same_occasion(about)} {said}" if about else said


def _describe_emptied(seen: Look) -> str:
    """What a withdrawal takes away that leaves nothing of its occasion: as many rows as came."""
    assert seen.preview is not None
    before, done = seen.preview.before, seen.preview.recorded
    said = describe_taken(done.withdrawn, done.corrected)
    return f"{said} {describe_gone(before.occasion)}" if before else said


def describe_controls(seen: Look) -> str:
    """That no control comes out otherwise, or has anything to tell of a new occasion."""
    if seen.preview is not None and seen.preview.before is None:
        return describe_new_controls(len(seen.after))
    return "Ingen kontroll på sidan Granskning får något annat svar än nu."


def problems_table(problems: Sequence[Problem]) -> Table:
    """Each problem with where it stands and what to do."""
    rows = [TableRow(word(name_spot(found)), (word(found.sentence),)) for found in problems]
    return _table("Det här måste rättas", ("Var", "Vad som är fel"), rows)


def name_spot(problem: Problem) -> str:
    """ "Bladet Driftbudget, cell B7", "rad 12, kolumn Belopp"; the file's name as a last resort."""
    row = f"rad {problem.row}" if problem.row and not problem.cell else ""
    parts = (
        f"bladet {problem.sheet}" if problem.sheet else "",
        f"cell {problem.cell}" if problem.cell else row,
        f"kolumnen {problem.column}" if problem.column else "",
    )
    said = ", ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}" if said else problem.file or "Filen"


def describe_totals(totals: Sequence[ControlTotal]) -> str:
    """How many of the file's own sums are as their parts give; empty where it has none."""
    totals = distinct_totals(totals)
    if not totals:
        return ""
    agree = sum(total.agrees is True for total in totals)
    if agree == len(totals):
        return f"Filens egna summor ({agree}) stämmer med sina delar."
    return f"{agree} av {len(totals)} summor i filen stämmer med sina delar."


def doubtful_totals(totals: Sequence[ControlTotal]) -> tuple[ControlTotal, ...]:
    """The sums that do not agree, or that cannot be told."""
    return tuple(total for total in distinct_totals(totals) if total.agrees is not True)


def distinct_totals(totals: Sequence[ControlTotal]) -> tuple[ControlTotal, ...]:
    """One for each cell: a net's row may be the sum's too."""
    found: dict[tuple[str, bool | None], ControlTotal] = {}
    for total in totals:
        found.setdefault((total.place or total.name, total.agrees), total)
    return tuple(found.values())


def control_totals_table(totals: Sequence[ControlTotal]) -> Table:
    """The file's own sums against what its parts give, those that do not agree first."""
    rows = [
        TableRow(
            word(total.name),
            (
                Cell(_kr(total.stated)),
                Cell(_kr(total.found)),
                word(_AGREES[total.agrees]),
                word(total.place),
            ),
        )
        for total in sorted(distinct_totals(totals), key=lambda total: total.agrees is True)
    ]
    headings = ("Summa", "I filen", "Delarna ger", "Resultat", "Var")
    return _table("Filens egna summor mot delarna", headings, rows)


def changes_table(seen: Look) -> Table:
    """Every figure that would be new, changed or gone, the greatest leaps first.

    A new occasion is held against the one before it; empty where nothing would change.
    """
    snapshot, changes = _shown(seen), comparing.compared(seen)
    slips = {slip.change for slip in comparing.slips(seen)}
    ordered = sorted(changes, key=lambda found: found not in slips)
    rows = [_change_row(snapshot, found, found in slips) for found in ordered if snapshot]
    is_new = seen.earlier is not None
    headings = ("Uppgift", *(_AGAINST_EARLIER if is_new else _AGAINST_NOW), "Ändring")
    return _table("Det som blir nytt" if is_new else "Det som ändras", headings, rows)


def telling_rows(table: Table) -> Table:
    """The first rows of a long table of changes, which say most."""
    return Table(f"{table.caption}, det som skiljer mest", table.headings, table.rows[:MOST_TOLD])


def _change_row(snapshot: Snapshot, found: Difference, is_slip: bool) -> TableRow:
    before, after = format_sides(found.before, found.after)
    said = CHANGE_KINDS[found.kind] + (_SLIP if is_slip else "")
    cells = (Cell(before), Cell(after), word(said))
    return TableRow(word(name_difference(snapshot, found)), cells)


def missing_table(seen: Look) -> Table:
    """What the occasion before has and the new one has not."""
    rows = [
        TableRow(word(name_difference(seen.earlier, found)), (Cell(format_stated(found.before)),))
        for found in comparing.missing(seen)
        if seen.earlier
    ]
    return _table("Saknas, men fanns förra gången", ("Uppgift", "Förra tillfället"), rows)


def unsaid_table(seen: Look) -> Table:
    """What the occasion has and the file does not state: it stays as it is."""
    snapshot = _shown(seen)
    rows = [
        TableRow(word(name_quantity(snapshot, figure.ref)), (Cell(format_value(figure)),))
        for figure in seen.unsaid
        if snapshot
    ]
    return _table("Står inte i filen och blir kvar som det är", ("Uppgift", "Gäller nu"), rows)


def findings_table(seen: Look, changes: Iterable[FindingChange]) -> Table:
    """The controls that would come out otherwise."""
    rows = []
    for change in changes:
        finding, snapshot = change.after or change.before, _side(seen, change)
        if snapshot is None or finding is None:
            continue
        title, explanation = describe_finding(snapshot, finding)
        was, will = (_verdict(change.before, _NEW_CONTROL), _verdict(change.after, _NO_CONTROL))
        cells = (word(was), word(will), word(explanation))
        rows.append(TableRow(word(title), cells))
    return _table("Kontroller som ändras", ("Kontroll", "Nu", "Sedan", "Vad det är"), rows)


def _verdict(finding: Finding | None, nothing: str) -> str:
    return VERDICTS[finding.verdict] if finding else nothing


def _side(seen: Look, change: FindingChange) -> Snapshot | None:
    """The figures that the finding is about."""
    if seen.preview is None:
        return None
    return seen.preview.after if change.after else seen.preview.before


def _shown(seen: Look) -> Snapshot | None:
    return (seen.preview.after or seen.preview.before) if seen.preview else None


def _kr(amount: Amount) -> str:
    return UNKNOWN if isinstance(amount, Unknown) else format_kr(amount)


def _table(caption: str, headings: tuple[str, ...], rows: Sequence[TableRow]) -> Table:
    """A table of at most MOST_ROWS rows, whose caption says how many there are."""
    count = format_number(len(rows))
    more = f" (de första {MOST_ROWS} av {count})" if len(rows) > MOST_ROWS else f" ({count})"
    return Table(caption + more, headings, tuple(rows[:MOST_ROWS]))
