"""A table of what the municipalities pay for collaborations to drafts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.drafts import ContributionDraft, TotalDraft
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.snapshot import Collaboration, Municipality
from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import CellAmount
from gsn_dash.ingest.gathering import (
    Gathering,
    TableOf,
    find_named,
    is_below_zero,
    new_key,
    read_cell,
    reading_of,
)
from gsn_dash.ingest.headings import is_part, is_subtotal, is_total, plain, sum_of
from gsn_dash.ingest.lines import same_name

_CODED = re.compile(r"([0-9]{4})\s+(\w.*)")
_WHOLE = re.compile(r"[0-9]{1,9}")


def read_contributions(gathering: Gathering, table: TableOf) -> None:
    """Add what the table gives to `gathering`."""
    columns, decimals = table.recognised.columns, table.decimals
    label_at = _column(table, meanings.COLLABORATION)
    if label_at is None:
        return
    amounts: dict[str, list[tuple[CellAmount, Amount]]] = {}
    named: list[str] = []
    for y, _ in enumerate(table.body, start=table.first):
        label = table.cell(y, label_at).text
        if is_part(label) or is_subtotal(label) or _is_sum_of_one(gathering, label, named):
            gathering.remarks.append(f"rad {y + 1}, ”{label}”, räknas inte in")
            continue
        named.append(label)
        for x, meaning in columns.items():
            if label and meaning == meanings.CONTRIBUTION:
                _read(gathering, table, amounts, label, y, x, decimals)


def _is_sum_of_one(gathering: Gathering, label: str, named: list[str]) -> bool:
    """Whether a sum is that of a collaboration: of one that is known, or of a row above it."""
    summed = sum_of(label) if is_total(label) else ""
    known = (*(each.name for each in gathering.known.collaborations), *named)
    return bool(summed) and any(same_name(summed, name) for name in known)


def _column(table: TableOf, wanted: meanings.Meaning) -> int | None:
    return next((x for x, meaning in table.recognised.columns.items() if meaning == wanted), None)


def _read(
    gathering: Gathering, table: TableOf, amounts: dict[str, list[tuple[CellAmount, Amount]]],
    label: str, y: int, x: int, decimals: int,
) -> None:  # fmt: skip
    cell = table.cell(y, x)
    is_sum = is_total(label)
    if not cell.text and not cell.fault and (gathering.is_template or not _has_amount(table, y)):
        return
    code = _municipality(gathering, table, y, x)
    found = read_cell(gathering, table, y, x, decimals) if code else None
    if found is None:
        return
    if is_below_zero(found):
        gathering.tell(table, y, x, f"”{found.printed}” är under noll: kontrollera tecknet")
        return
    place = table.place(gathering.document, label, y, x)
    found = replace(found, precision=_step(gathering, table, found, y, x))
    reading = reading_of(found, found.amount, place)
    if is_sum:
        ref = ContributionKey(TOTAL, code).ref
        if gathering.states(table, y, x, ref):
            gathering.totals.append(TotalDraft(gathering.occasion, ref, reading))
            _hold_sum(gathering, table, amounts, code, found, y, x)
        return
    key = ContributionKey(_collaboration(gathering, label), code)
    if gathering.states(table, y, x, key.ref):
        amounts.setdefault(code, []).append((found, found.amount))
        year = _year(gathering, table, y)
        gathering.contributions.append(ContributionDraft(gathering.occasion, key, year, reading))


def _hold_sum(
    gathering: Gathering, table: TableOf, amounts: dict[str, list[tuple[CellAmount, Amount]]],
    code: str, found: CellAmount, y: int, x: int,
) -> None:  # fmt: skip
    parts = amounts.get(code, [])
    steps = [found.precision, *(part.precision for part, _ in parts)]
    name = f"Samarbeten, summan för {_municipalities(gathering)[code].name}"
    stated, slack = found.amount, sum(steps, Decimal(0)) / 2
    gathering.control(name, stated, [a for _, a in parts], slack, table.where(y, x))


def _has_amount(table: TableOf, y: int) -> bool:
    return any(
        table.cell(y, x).text
        for x, meaning in table.recognised.columns.items()
        if meaning == meanings.CONTRIBUTION
    )


def _municipalities(gathering: Gathering) -> dict[str, Municipality]:
    return {**gathering.known.municipalities, **gathering.municipalities}


def find_municipality(gathering: Gathering, text: str) -> str:
    """The code of the municipality that a text names by code, by name or by both; or empty."""
    known = _municipalities(gathering)
    code = re.match(r"[0-9]{4}\b", text.strip())
    if code and code[0] in known:
        return code[0]
    name = re.sub(r"\s*\bkommun\b.*$|^[0-9]{4}\s+|\s*\([^)]*\)$", "", plain(text))
    for each in known.values():
        if same_name(each.name, name) or same_name(f"{each.name}s", name):
            return each.code
    return ""


def _municipality(gathering: Gathering, table: TableOf, y: int, x: int) -> str:
    """Whose amount a cell is: by the row's own column, or by the heading."""
    at = _column(table, meanings.MUNICIPALITY)
    text = table.heading(x) if at is None else table.cell(y, at).text
    code = find_municipality(gathering, text) or _new_municipality(gathering, text)
    if not code:
        known = _municipalities(gathering).values()
        hint = "till exempel " if known else "med kommunkoden före namnet, till exempel 2085 "
        name = next((each.name for each in known), "Ludvika")
        sentence = f"”{text}” är ingen kommun som programmet känner: skriv {hint}{name}"
        gathering.tell(table, y, x if at is None else at, sentence)
    return code


def _new_municipality(gathering: Gathering, text: str) -> str:
    """The code of a municipality that stands with its code and is not known; or empty."""
    found = _CODED.fullmatch(" ".join(text.split()))
    if not found:
        return ""
    code, name = found.groups()
    gathering.municipalities[code] = Municipality(code, name)
    gathering.remarks.append(f"{name} ({code}) är en ny kommun")
    return code


def _collaboration(gathering: Gathering, label: str) -> str:
    known = (*gathering.known.collaborations, *gathering.collaborations.values())
    found = find_named(label, known)
    if found:
        return found.key
    key = new_key(label, [each.key for each in known])
    gathering.collaborations[key] = Collaboration(key, " ".join(label.split()))
    return key


def _whole(gathering: Gathering, table: TableOf, y: int, wanted: meanings.Meaning) -> int | None:
    """A whole number of the row's own column; None where it has none, or has a problem."""
    at = _column(table, wanted)
    text = "" if at is None else table.cell(y, at).text.replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        gathering.tell(table, y, at, f"”{text}” är inte ett helt tal")
        return None
    return int(text)


def _year(gathering: Gathering, table: TableOf, y: int) -> int | None:
    year = _whole(gathering, table, y, meanings.YEAR)
    if year is not None and not 1990 <= year <= 2200:
        gathering.tell(table, y, _column(table, meanings.YEAR), f"”{year}” är inget årtal")
        return None
    return year


def _step(gathering: Gathering, table: TableOf, found: CellAmount, y: int, x: int) -> Decimal:
    """What the amount is rounded to, in kr: what its row says, where the amount may be so round.

    A template has what the row said last time, and an amount may be finer than that.
    """
    said = _whole(gathering, table, y, meanings.STEP)
    if not said or isinstance(found.amount, Unknown):
        return Decimal(said or found.precision)
    if found.amount.kr % said:
        remark = f"”{found.printed}” är noggrannare än ”Avrundat till” i raden, och läses som exakt"
        gathering.remarks.append(f"{table.where(y, x)}: {remark}")
        return found.precision
    return Decimal(said)
