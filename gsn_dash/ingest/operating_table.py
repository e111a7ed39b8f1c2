"""A table of the operating budget to drafts, with its sums held against their parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.drafts import OperatingDraft, TotalDraft
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Activity
from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import CellAmount
from gsn_dash.ingest.gathering import (
    Gathering,
    TableOf,
    find_named,
    is_key,
    new_key,
    read_cell,
    reading_of,
)
from gsn_dash.ingest.lines import Line, read_lines, same_name
from gsn_dash.ingest.signs import find_signs

_RESULT = {"period": "outcome", "year": "forecast"}
_NAMES = {
    "revenue": "intäkter", "cost": "kostnader", "net": "netto",
    "other_cost": "övriga verksamhetskostnader",
    "budget": "budget", "outcome": "utfall", "forecast": "prognos", "deviation": "avvikelse",
    "period": "perioden", "year": "året",
}  # fmt: skip
_NOT_READ = {
    "part": "”varav”-rader räknas inte in",
    "subtotal": "delsummor läses inte",
    "kind_of_cost": "rader för enskilda slag av kostnader och intäkter läses inte",
}


@dataclass(frozen=True)
class _Entry:
    """A cell of the table: where it stands, what was read, and the amount in our sign."""

    y: int
    x: int
    label: str
    found: CellAmount
    amount: Amount


_Entries = dict[OperatingKey, _Entry]


def read_operating(gathering: Gathering, table: TableOf) -> None:
    """Add what the table gives to `gathering`."""
    named: set[str] = set()
    entries = _with_our_signs(table, _read_entries(gathering, table, named))
    for key, entry in entries.items():
        _refuse_sign(gathering, table, key, entry)
        place = table.place(gathering.document, entry.label, entry.y, entry.x)
        reading = reading_of(entry.found, entry.amount, place)
        if not _follows(key, entries):
            gathering.operating.append(OperatingDraft(gathering.occasion, key, reading))
        elif not isinstance(entry.amount, Unknown):
            gathering.totals.append(TotalDraft(gathering.occasion, key.ref, reading))
            _hold_against_rule(gathering, table, key, entries)
    _hold_sums(gathering, table, entries, named)


def _refuse_sign(gathering: Gathering, table: TableOf, key: OperatingKey, entry: _Entry) -> None:
    """Costs are below zero and revenue above, or the table's signs were taken for others."""
    if isinstance(entry.amount, Unknown) or key.measure == "deviation":
        return
    kr = entry.amount.kr
    if (key.item in ("cost", "other_cost") and kr > 0) or (key.item == "revenue" and kr < 0):
        sentence = (
            f"”{entry.found.printed}” har ett annat tecken än tabellens andra"
            f" {_NAMES[key.item]}: rätta det, eller välj hur kostnader skrivs"
        )
        gathering.tell(table, entry.y, entry.x, sentence)


def _read_entries(gathering: Gathering, table: TableOf, named: set[str]) -> _Entries:
    """The cells in the file's own signs; `named` gathers whom the rows are about."""
    columns, decimals = table.recognised.columns, table.decimals
    entries: _Entries = {}
    skipped: dict[str, list[int]] = {}
    for line in read_lines(table.body, table.first, columns, meanings.SUBJECT):
        if line.role in _NOT_READ:
            skipped.setdefault(line.role, []).append(line.y + 1)
            continue
        subject = TOTAL if line.role == "total" else _subject(gathering, table, line)
        named.add(subject)
        for x, meaning in columns.items():
            if subject and meaning.is_amount:
                item, span, measure = meaning.key.split(":")
                key = OperatingKey(subject, item or line.item or "net", span, measure)
                _add(gathering, table, entries, key, line, x, decimals)
    for role, rows in skipped.items():
        gathering.remarks.append(f"{_NOT_READ[role]}: rad {', '.join(map(str, rows))}")
    return entries


def _add(
    gathering: Gathering, table: TableOf, entries: _Entries, key: OperatingKey, line: Line, x: int,
    decimals: int,
) -> None:  # fmt: skip
    cell = table.cell(line.y, x)
    if not cell.text and not cell.fault and (gathering.skips_empty or key.measure == "deviation"):
        return
    found = read_cell(gathering, table, line.y, x, decimals)
    if found and gathering.states(table, line.y, x, key.ref):
        entries[key] = _Entry(line.y, x, line.label, found, found.amount)


def _subject(gathering: Gathering, table: TableOf, line: Line) -> str:
    """The activity's key; a new one is drafted. Empty where the row has a problem."""
    known = {activity.key: activity for activity in gathering.known.activities}
    known |= gathering.activities
    if line.code in known:
        named = known[line.code].name
        if line.name and not same_name(named, line.name):
            gathering.remarks.append(f"{line.code} heter ”{named}” här och ”{line.name}” i filen")
        return line.code
    by_name = None if line.code else find_named(line.name, known.values())
    if by_name:
        return by_name.key
    fresh = new_key(line.name, known)
    key = line.code or fresh
    members = tuple(line.code.split("+")) if "+" in line.code else ()
    if not is_key(key) or not set(members) <= set(known):
        column = min(table.recognised.columns, default=0)
        gathering.tell(table, line.y, column, f"”{key}” kan inte vara en verksamhets kod")
        return ""
    gathering.activities[key] = Activity(key, line.name or key, members)
    return key


def _with_our_signs(table: TableOf, entries: _Entries) -> _Entries:
    written = {
        (key.subject, key.item, key.span, key.measure): entry.amount.kr
        for key, entry in entries.items()
        if not isinstance(entry.amount, Unknown)
    }
    signs = find_signs(written, table.recognised.cost_sign)
    turned = {}
    for key, entry in entries.items():
        sign = signs["deviation" if key.measure == "deviation" else key.item]
        amount = entry.amount if isinstance(entry.amount, Unknown) else entry.amount * sign
        turned[key] = _Entry(entry.y, entry.x, entry.label, entry.found, amount)
    return turned


def _parts(key: OperatingKey) -> tuple[tuple[OperatingKey, int], ...]:
    """The cells that a net or a deviation follows from, and their signs; empty for the others."""
    subject, item, span = key.subject, key.item, key.span
    if key.measure == "deviation":
        result = OperatingKey(subject, item, span, _RESULT[span])
        return (result, 1), (OperatingKey(subject, item, span, "budget"), -1)
    if item == "net":
        return tuple((OperatingKey(subject, part, span, key.measure), 1) for part in _GROSS)
    return ()


_GROSS = ("revenue", "cost")


def _follows(key: OperatingKey, entries: _Entries) -> bool:
    """Whether the table has what the cell follows from, so that it is a sum and no fact."""
    parts = _parts(key)
    return bool(parts) and all(
        part in entries or (key.measure == "deviation" and _follows(part, entries))
        for part, _ in parts
    )


def _hold_against_rule(
    gathering: Gathering, table: TableOf, key: OperatingKey, entries: _Entries
) -> None:
    parts = _parts(key)
    if all(part in entries for part, _ in parts):
        amounts = [entries[part].amount for part, _ in parts]
        signed = [
            a if isinstance(a, Unknown) else a * sign
            for a, (_, sign) in zip(amounts, parts, strict=True)
        ]
        _control(gathering, table, key, entries, signed, [part for part, _ in parts])


def _hold_sums(gathering: Gathering, table: TableOf, entries: _Entries, named: set[str]) -> None:
    """The sum row against the activities, where each of them has the cell."""
    activities = (*gathering.known.activities, *gathering.activities.values())
    groups = {activity.key for activity in activities if activity.members}
    subjects = named - {TOTAL, ""} - groups
    for key in [key for key in entries if key.subject == TOTAL]:
        parts = [OperatingKey(s, key.item, key.span, key.measure) for s in sorted(subjects)]
        if len(parts) > 1 and all(part in entries for part in parts):
            amounts = [entries[part].amount for part in parts]
            _control(gathering, table, key, entries, amounts, parts, "summan, ")


def _control(
    gathering: Gathering, table: TableOf, key: OperatingKey, entries: _Entries,
    amounts: list[Amount], parts: list[OperatingKey], what: str = "",
) -> None:  # fmt: skip
    entry = entries[key]
    steps = [entry.found.precision, *(entries[part].found.precision for part in parts)]
    name = f"{what}{_NAMES[key.item]}, {_NAMES[key.measure]} för {_NAMES[key.span]}"
    if key.subject != TOTAL:
        name = f"{entry.label}, {name}"
    slack = sum(steps, Decimal(0)) / 2
    name = name[0].upper() + name[1:]
    gathering.control(name, entry.amount, amounts, slack, table.where(entry.y, entry.x))
