"""A table of investments to drafts, with its sums held against their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Money, Unknown
from gsn_dash.domain.drafts import InvestmentDraft, TotalDraft
from gsn_dash.domain.refs import INVESTMENT_MEASURES, TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Project
from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import CellAmount
from gsn_dash.ingest.gathering import (
    Gathering,
    TableOf,
    is_below_zero,
    new_key,
    read_cell,
    reading_of,
)
from gsn_dash.ingest.headings import plain
from gsn_dash.ingest.lines import UNCLEAR, Line, read_lines, same_name, without_zeros
from gsn_dash.ingest.signs import deviation_sign

# A kind of appropriation that a project need not have: an empty cell says nothing of it.
_OPTIONAL = ("original", "carried_over", "extra", "left")
_NEVER_BELOW_ZERO = ("appropriation", "outcome", "forecast")
_DEVIATIONS = {"outcome_deviation": "outcome", "forecast_deviation": "forecast"}
_CODE = re.compile(r"[0-9]{1,8}")
_NAMES = dict(
    zip(
        (*INVESTMENT_MEASURES, *_DEVIATIONS),
        (
            "grundbudget", "överfört", "extra beviljat", "totalt anslag", "utfall", "prognos",
            "kvar", "avvikelse för utfallet", "avvikelse för prognosen",
        ),
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True)
class _Entry:
    """A cell of the table: where it stands and what was read."""

    y: int
    x: int
    label: str
    found: CellAmount

    @property
    def amount(self) -> Amount:
        return self.found.amount


_Entries = dict[tuple[str, str], _Entry]


def read_investments(gathering: Gathering, table: TableOf) -> None:
    """Add what the table gives to `gathering`."""
    entries = _read_entries(gathering, table)
    for (project, measure), entry in entries.items():
        place = table.place(gathering.document, entry.label, entry.y, entry.x)
        reading = reading_of(entry.found, entry.amount, place)
        key = InvestmentKey(project, measure)
        parts = _parts(project, measure, entries)
        if parts is not None and not isinstance(entry.amount, Unknown):
            _control(gathering, table, (project, measure), entries, parts)
        if not _is_sum(project, measure, parts is not None):
            gathering.investments.append(InvestmentDraft(gathering.occasion, key, reading))
        elif not isinstance(entry.amount, Unknown) and _is_named(project, measure):
            gathering.totals.append(TotalDraft(gathering.occasion, key.ref, reading))
    _hold_sums(gathering, table, entries)


def _is_sum(project: str, measure: str, follows: bool) -> bool:
    """Whether the cell is a total to be checked: the whole's appropriation always is."""
    if measure in _DEVIATIONS or (project, measure) == (TOTAL, "appropriation"):
        return True
    return measure == "left" and (follows or project == TOTAL)


def _is_named(project: str, measure: str) -> bool:
    """A project's own deviation is checked here and kept nowhere: it is what is left, turned."""
    return project == TOTAL or measure not in _DEVIATIONS


def _parts(project: str, measure: str, entries: _Entries) -> list[tuple[str, int]] | None:
    """The measures that a cell follows from with their signs, where the table has them."""
    if measure == "left":
        parts = [("appropriation", 1), ("forecast", -1)]
    elif measure in _DEVIATIONS:
        parts = [(_DEVIATIONS[measure], 1), ("appropriation", -1)]
    elif measure == "appropriation":
        kinds = ("original", "carried_over", "extra")
        parts = [(kind, 1) for kind in kinds if (project, kind) in entries]
    else:
        return None
    has_all = len(parts) > 1 and all((project, part) in entries for part, _ in parts)
    return parts if has_all else None


def _read_entries(gathering: Gathering, table: TableOf) -> _Entries:
    columns, decimals = table.recognised.columns, table.decimals
    entries: _Entries = {}
    for line in read_lines(table.body, table.first, columns, meanings.PROJECT):
        if line.role in UNCLEAR:
            _tell_row(gathering, table, line, UNCLEAR[line.role].format(line.label))
            continue
        if line.role not in ("named", "total"):
            said = f", ”{line.label}”," if line.label else " utan namn"
            gathering.remarks.append(f"rad {line.y + 1}{said} räknas inte in")
            continue
        project = TOTAL if line.role == "total" else _project(gathering, table, line)
        for x, meaning in columns.items():
            if project and meaning.is_amount:
                key = (project, meaning.key.partition(":")[2])
                _add(gathering, table, entries, key, line, x, decimals)
    _drop_unspent(gathering, table, entries)
    _turn_deviations(entries)
    if not any(project == TOTAL for project, _ in entries) and entries:
        gathering.remarks.append("tabellen över investeringar har ingen summarad")
    return entries


def _add(
    gathering: Gathering, table: TableOf, entries: _Entries, key: tuple[str, str], line: Line,
    x: int, decimals: int,
) -> None:  # fmt: skip
    cell, measure = table.cell(line.y, x), key[1]
    is_empty = not cell.text and not cell.fault
    if is_empty and (gathering.is_template or measure in _OPTIONAL or measure in _DEVIATIONS):
        return
    found = read_cell(gathering, table, line.y, x, decimals)
    if found and measure in _NEVER_BELOW_ZERO and is_below_zero(found):
        gathering.tell(table, line.y, x, f"”{found.printed}” är under noll: kontrollera tecknet")
    elif found and gathering.states(table, line.y, x, InvestmentKey(*key).ref):
        entries[key] = _Entry(line.y, x, line.label, found)


def _turn_deviations(entries: _Entries) -> None:
    """Deviations that a file counts as what is left become ours: the result less what was given."""
    for measure, result in _DEVIATIONS.items():
        turned = {key: entry for key, entry in entries.items() if key[1] == measure}
        names = (measure, result, "appropriation")
        beside = [[entries.get((project, name)) for name in names] for project, _ in turned]
        rows = [
            tuple(entry.amount.kr for entry in row if entry and isinstance(entry.amount, Money))
            for row in beside
        ]
        if deviation_sign(row for row in rows if len(row) == len(names)) == -1:
            for key, entry in turned.items():
                amount = entry.amount if isinstance(entry.amount, Unknown) else -entry.amount
                entries[key] = replace(entry, found=replace(entry.found, amount=amount))


def _drop_unspent(gathering: Gathering, table: TableOf, entries: _Entries) -> None:
    """What is left is left of the forecast; where the table has none, it may be of the outcome."""
    columns = table.recognised.columns
    at = next((x for x, meaning in columns.items() if meaning.key == "investment:left"), None)
    has_forecast = any(meaning.key == "investment:forecast" for meaning in columns.values())
    if at is None or has_forecast or "prognos" in plain(table.heading(at)):
        return
    left = {key: entries.pop(key) for key in list(entries) if key[1] == "left"}
    agrees = {_is_unspent(project, entry, entries) for (project, _), entry in left.items()}
    heading = table.heading(at)
    if agrees - {None} == {True}:
        told = f"”{heading}” är anslaget minus utfallet och läses inte som kvar enligt prognosen"
        gathering.remarks.append(told)
    elif left:
        first = next(iter(left.values()))
        sentence = (
            f"det framgår inte om ”{heading}” är kvar efter utfallet eller enligt prognosen: skriv"
            " Kvar enligt prognosen över kolumnen, eller ta bort den"
        )
        gathering.tell(table, first.y, at, sentence)


def _is_unspent(project: str, left: _Entry, entries: _Entries) -> bool | None:
    """Whether what is left is the appropriation less the outcome; None where that is not told."""
    found = [left, *(entries.get((project, name)) for name in ("appropriation", "outcome"))]
    amounts = [entry.amount.kr for entry in found if entry and isinstance(entry.amount, Money)]
    if len(amounts) < len(found):
        return None
    slack = sum((entry.found.precision for entry in found), Decimal(0)) / 2
    return abs(amounts[1] - amounts[2] - amounts[0]) <= slack


def _project(gathering: Gathering, table: TableOf, line: Line) -> str:
    """The project's key. A code alone does not identify one, so the name goes first.

    Empty where the row has a problem.
    """
    known = (*gathering.known.projects, *gathering.projects.values())
    codes = tuple(_CODE.findall(line.code))
    names = (line.name, line.label)  # "365 digital arbetsplats" has no code first, but a name
    alike = [p for p in known if any(same_name(p.name, name) for name in names)]
    with_code = [p for p in known if codes and set(codes) & set(p.codes)]
    nearly = [] if with_code else [p for p in known if _plain_codes(codes) & _plain_codes(p.codes)]
    for project in alike:
        is_same = project in with_code or project in nearly or project.name == line.label
        if not codes or not project.codes or is_same:
            return _told_near(gathering, line, project, nearly)
    with_code = with_code or nearly
    if not line.name and len(with_code) == 1:
        return _told_near(gathering, line, with_code[0], nearly)
    is_rest = bool(re.match(r"övriga|övrigt", plain(line.name)))
    rest = [project for project in known if project.is_rest]
    if is_rest and rest:
        return rest[0].key
    if nearly:
        others = ", ".join(f"{' '.join(p.codes)} {p.name}" for p in nearly)
        sentence = f"”{line.code}” liknar {others}: skriv koden med alla siffror eller samma namn"
        _tell_row(gathering, table, line, sentence)
        return ""
    return _new_project(gathering, line, codes, is_rest, with_code)


def _plain_codes(codes: tuple[str, ...]) -> set[str]:
    return {without_zeros(code) for code in codes}


def _told_near(gathering: Gathering, line: Line, project: Project, nearly: list[Project]) -> str:
    """The project's key; where the code lacks zeros, as a spreadsheet drops them, that is told."""
    if project in nearly:
        said = f"{line.code} i filen läses som {' '.join(project.codes)} {project.name}"
        gathering.remarks.append(said)
    return project.key


def _tell_row(gathering: Gathering, table: TableOf, line: Line, sentence: str) -> None:
    gathering.tell(table, line.y, min(table.recognised.columns, default=0), sentence)


def _new_project(
    gathering: Gathering, line: Line, codes: tuple[str, ...], is_rest: bool,
    with_code: list[Project],
) -> str:  # fmt: skip
    known = (*gathering.known.projects, *gathering.projects.values())
    name = line.name or f"Projekt {line.code}"
    key = new_key(name, [project.key for project in known])
    gathering.projects[key] = Project(key, name, codes, len(codes) > 1, is_rest)
    if with_code:
        others = ", ".join(f"”{project.name}”" for project in with_code)
        sentence = f"nummer {line.code} har också {others}; ”{name}” läses som ett eget projekt"
        gathering.remarks.append(sentence)
    return key


def _hold_sums(gathering: Gathering, table: TableOf, entries: _Entries) -> None:
    projects = {project for project, _ in entries} - {TOTAL}
    for _, measure in [key for key in entries if key[0] == TOTAL]:
        parts = [(project, measure) for project in projects]
        if parts and all(part in entries for part in parts):
            entry = entries[TOTAL, measure]
            steps = [entry.found.precision, *(entries[part].found.precision for part in parts)]
            amounts = [entries[part].amount for part in parts]
            _tell_control(gathering, table, entry, f"summan, {_NAMES[measure]}", amounts, steps)


def _control(
    gathering: Gathering, table: TableOf, key: tuple[str, str], entries: _Entries,
    parts: list[tuple[str, int]],
) -> None:  # fmt: skip
    entry, (project, measure) = entries[key], key
    found = [(entries[project, part], sign) for part, sign in parts]
    amounts = [e.amount if isinstance(e.amount, Unknown) else e.amount * s for e, s in found]
    steps = [entry.found.precision, *(part.found.precision for part, _ in found)]
    name = _NAMES[measure] if project == TOTAL else f"{entry.label}, {_NAMES[measure]}"
    _tell_control(gathering, table, entry, name, amounts, steps)


def _tell_control(
    gathering: Gathering, table: TableOf, entry: _Entry, name: str, amounts: list[Amount],
    steps: list[Decimal],
) -> None:  # fmt: skip
    told = f"Investeringar, {name}"
    place = table.where(entry.y, entry.x)
    gathering.control(told, entry.amount, amounts, sum(steps, Decimal(0)) / 2, place)
