"""What a file says of itself, and what stands beside its numbers."""

from __future__ import annotations

from gsn_dash.domain.amounts import MKR, TKR, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.quantities import derived
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.names import name_followed, name_period
from gsn_dash.present.places import format_as_printed
from gsn_dash.present.sources import Account, account_for, account_of, format_value
from gsn_dash.present.tables import Cell, Table

UNITS = {MKR: "miljoner kronor (Mkr)", TKR: "tusen kronor (tkr)"}
MADE_BY = "GSN ekonomi"
_HOW_READ = (
    "Ett belopp som ingen vet står som text (”okänt: …”). Det räknas aldrig som noll: en summa där"
    " något saknas säger ”minst”, och blir ett tal när det som saknas fylls i.",
    "Summor och avvikelser är formler där delarna står i filen och ger precis det som papperet"
    " skriver. Annars står talet som i papperet, och bredvid vad delarna ger.",
    "Kostnader i driftbudgeten är minus. Avvikelse är utfall eller prognos minus budget: plus är"
    " bättre än budget. För investeringar är avvikelsen mot anslaget varken bra eller dålig.",
    "Till höger om varje tabell står var varje tal är tryckt, eller regeln som ger det.",
)


def name_file(occasion: Occasion, title: str) -> str:
    """ "GSN 2023-2 Driftbudget", without what a file's name may not hold."""
    kept = "".join(" " if mark in '\\/:*?"<>|' else mark for mark in title)
    return f"GSN {occasion.year}-{occasion.number} {kept}"


def describe_file(snapshot: Snapshot) -> tuple[str, ...]:
    """The sheet "Om" of a workbook, a paragraph each."""
    occasion = snapshot.occasion
    return (
        f"{MADE_BY}: {name_followed(occasion).lower()},"
        f" {name_period(occasion)}.",
        f"Siffrorna är de som gällde efter inläsning {snapshot.read_in}.",
        *_HOW_READ,
    )


def describe_table_unit(table: Table) -> str:
    """What the amounts of a table are counted in; empty for a table of no amounts."""
    if all(cell.amount is None for row in table.rows for cell in row.cells):
        return ""
    return f"Belopp i {UNITS.get(table.unit, 'kronor')}."


def say_unknown(cell: Cell) -> str:
    """A cell with no number, in words: "okänt: siffran saknas"."""
    amount = cell.amount
    if not isinstance(amount, Unknown) or cell.text.startswith("minst"):
        return cell.text
    return f"okänt: {amount.reason}"


def say_source(snapshot: Snapshot, cell: Cell) -> str:
    """Where a cell's number is printed, or the rule that gives it; empty for one without. The
    number itself cannot say that it is about so much, so that stands here."""
    if cell.figure is not None:
        about = "cirka " if cell.figure.approximate else ""
        said = _say(account_of(snapshot, cell.figure)) + _say_parts(snapshot, cell.figure)
        return f"{about}{said}"
    account = account_for(snapshot, cell.ref) if cell.ref else None
    return _say(account) if account else ""


def _say(account: Account) -> str:
    """What is short comes first: the cell is cut where its neighbour begins."""
    if not account.place:
        return account.rule
    printed = f"{format_as_printed(account.printed)}: " if account.printed else ""
    where = "; ".join(part for part in (account.spot, account.paper) if part)
    return f"{printed}{where or account.place}"


def _say_parts(snapshot: Snapshot, figure: Figure) -> str:
    """What the parts of a printed sum give, where it is something else."""
    if figure.is_derived or figure.is_unknown:
        return ""
    by_parts = derived(snapshot, figure.ref)
    if by_parts is None or by_parts.is_unknown or by_parts.amount == figure.amount:
        return ""
    return f". Delarna ger {format_value(by_parts)}"
