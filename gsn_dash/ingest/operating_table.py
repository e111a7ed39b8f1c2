"""A table of the operating budget to drafts, with its sums held against their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

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
from gsn_dash.ingest.headings import is_sum_worded, item_of
from gsn_dash.ingest.lines import UNCLEAR, Line, read_lines, same_name, without_zeros
from gsn_dash.ingest.signs import find_signs

_RESULT = {"period": "outcome", "year": "forecast"}
_NAMES = {
    "revenue": "intäkter", "cost": "kostnader", "net": "netto",
    "other_cost": "övriga verksamhetskostnader",
    "budget": "budget", "outcome": "utfall", "forecast": "prognos", "deviation": "avvikelse",
    "period": "perioden", "year": "året",
}  # fmt: skip
_NO_SIGN = (
    "det går inte att veta om ett netto över noll är ett överskott eller en kostnad i tabellen:"
    " välj hur kostnader skrivs"
)
_NOT_READ = {
    "part": "”varav”-rader räknas inte in",
    "subtotal": "delsummor läses inte",
    "kind_of_cost": "rader för enskilda slag av kostnader och intäkter läses inte",
    "nameless": "rader utan namn läses inte",
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
    if not table.recognised.cost_sign:
        gathering.tell(table, table.first, min(table.recognised.columns, default=0), _NO_SIGN)
        return
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
            f"”{entry.found.printed}” har ett annat tecken än tabellens andra {_NAMES[key.item]}:"
            " rätta det, eller välj hur kostnader skrivs"
        )
        if gathering.is_template:
            sentence = (
                f"”{entry.found.printed}” har fel tecken: i mallen skrivs kostnader med minus"
                " framför och intäkter utan"
            )
        gathering.tell(table, entry.y, entry.x, sentence)


def _read_entries(gathering: Gathering, table: TableOf, named: set[str]) -> _Entries:
    """The cells in the file's own signs; `named` gathers whom the rows are about."""
    columns, decimals = table.recognised.columns, table.decimals
    entries: _Entries = {}
    skipped: dict[str, list[int]] = {}
    lines = tuple(read_lines(table.body, table.first, columns, meanings.SUBJECT))
    own_item = _own_item(gathering, table, lines)
    for line in lines:
        if line.role in UNCLEAR:
            sentence = UNCLEAR[line.role].format(line.label)
            gathering.tell(table, line.y, min(columns, default=0), sentence)
        elif line.role in _NOT_READ:
            skipped.setdefault(line.role, []).append(line.y + 1)
        else:
            subject = TOTAL if line.role == "total" else _subject(gathering, table, line)
            named.add(subject)
            read = replace(line, item=line.item or own_item)
            _read_line(gathering, table, entries, subject, read, decimals)
    for role, rows in skipped.items():
        gathering.remarks.append(f"{_NOT_READ[role]}: rad {', '.join(map(str, rows))}")
    return entries


def _own_item(gathering: Gathering, table: TableOf, lines: tuple[Line, ...]) -> str:
    """What rows that name no item are: what is said above the table, and otherwise net.

    A sum of something else right below them speaks against it, and is a problem.
    """
    said = item_of(table.recognised.caption)
    own = said or "net"
    read = [line for line in lines if line.role in ("named", "total")]
    summed = {line.item for line in read if line.role == "total"}
    columns = table.recognised.columns
    has_no_item = any(meaning.key.startswith(":") for meaning in columns.values())
    if not has_no_item or any(line.role in UNCLEAR for line in lines):
        return own
    for above, line in pairwise(read):
        is_below = above.role == "named" and not above.item and line.role == "total"
        is_doubtful = own not in summed or (not said and is_sum_worded(line.label))
        if is_below and line.item not in ("", own) and is_doubtful:
            sentence = (
                f"”{line.label}” står under belopp som läses som {_NAMES[own]}: skriv samma ord på"
                " raden som i texten ovanför tabellen"
            )
            gathering.tell(table, line.y, min(columns), sentence)
    return own


def _read_line(
    gathering: Gathering, table: TableOf, entries: _Entries, subject: str, line: Line,
    decimals: int,
) -> None:  # fmt: skip
    for x, meaning in table.recognised.columns.items():
        if subject and meaning.is_amount:
            item, span, measure = meaning.key.split(":")
            key = OperatingKey(subject, item or line.item, span, measure)
            _add(gathering, table, entries, key, line, x, decimals)


def _add(
    gathering: Gathering, table: TableOf, entries: _Entries, key: OperatingKey, line: Line, x: int,
    decimals: int,
) -> None:  # fmt: skip
    cell = table.cell(line.y, x)
    if not cell.text and not cell.fault and (gathering.is_template or key.measure == "deviation"):
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
    nearly = [k for k in known if line.code and without_zeros(k) == without_zeros(line.code)]
    if nearly:
        return _nearly(gathering, table, line, [known[key] for key in nearly])
    by_name = find_named(line.name, known.values()) if line.name else None
    if by_name and not line.code:
        return by_name.key
    if by_name:
        sentence = f"{line.code} läses som en ny verksamhet, fast {by_name.key} heter likadant"
        gathering.remarks.append(sentence)
    fresh = new_key(line.name, known)
    key = line.code or fresh
    members = tuple(line.code.split("+")) if "+" in line.code else ()
    if not is_key(key) or not set(members) <= set(known):
        _tell_code(gathering, table, line, f"”{key}” kan inte vara en verksamhets kod")
        return ""
    gathering.activities[key] = Activity(key, line.name or key, members)
    return key


def _nearly(gathering: Gathering, table: TableOf, line: Line, nearly: list[Activity]) -> str:
    """The activity with the row's code but for zeros first, which a spreadsheet drops."""
    named = [each for each in nearly if not line.name or same_name(each.name, line.name)]
    if len(named) == 1:
        gathering.remarks.append(f"{line.code} i filen läses som {named[0].key}")
        return named[0].key
    others = ", ".join(f"{each.key} {each.name}" for each in nearly)
    sentence = f"”{line.code}” liknar {others}: skriv koden med alla siffror eller samma namn"
    _tell_code(gathering, table, line, sentence)
    return ""


def _tell_code(gathering: Gathering, table: TableOf, line: Line, sentence: str) -> None:
    gathering.tell(table, line.y, min(table.recognised.columns, default=0), sentence)


def _with_our_signs(table: TableOf, entries: _Entries) -> _Entries:
    written = {
        (key.subject, key.item, key.span, key.measure): entry.amount.kr
        for key, entry in entries.items()
        if not isinstance(entry.amount, Unknown)
    }
    signs = find_signs(written, table.recognised.cost_sign)
    turned = {}
    for key, entry in entries.items():
        sign = signs[f"deviation:{key.item}" if key.measure == "deviation" else key.item]
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
