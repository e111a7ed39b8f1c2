"""Pictures of what if: the reported bar, unmoved, and under it the assumed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import count

from gsn_dash.charts.data import Mark, Picture, Row, Style
from gsn_dash.domain.amounts import KR, MKR, ZERO, Money, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import ProjectRow, portfolio
from gsn_dash.domain.operating import ITEMS, line
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.compare import BillChange, compare_bills
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_municipality, name_project
from gsn_dash.present.numbers import format_kr, format_mkr, format_percent
from gsn_dash.present.what_if import (
    describe_bill_pair,
    describe_operating_picture,
    describe_project_pair,
    say_missing,
)
from gsn_dash.ui.pictures.marks import draw_known, mkr_mark

WHAT_IF = "Tänk om"
_STOPS = [Decimal(stop) for stop in ("1", "1.5", "2", "3", "4", "5", "6", "8")]


def operating_picture(base: Snapshot, assumed: Snapshot) -> Picture | None:
    """The deviation from the year's budget: forecast and assumed, by item."""
    pairs = [
        (ITEM_NAMES[item], *(line(s, item, "year").deviation for s in (base, assumed)))
        for item in ITEMS
    ]
    rows = tuple(
        Row(
            name,
            (
                mkr_mark(before, Style.FORECAST, "Prognosen", signed=True),
                _mkr_assumed(before, after, signed=True),
            ),
        )
        for name, before, after in pairs
    )
    period = line(base, "net", "period").deviation.amount
    floor = [] if isinstance(period, Unknown) else [period.in_unit(MKR)]
    end = _round_end([*_values(rows), *floor])
    title = f"GSN, avvikelse mot budget vid årets slut {base.occasion.year}"
    alt = describe_operating_picture(base, assumed)
    return draw_known(title, alt, rows, "Mkr", (-end, end))


def _mkr_assumed(before: Figure, after: Figure, signed: bool = False) -> Mark:
    text = format_mkr(after.amount, signed)
    note = "som prognosen" if after.amount == before.amount else ""
    if isinstance(after.amount, Unknown):
        return Mark(Style.WHATIF, None, text, "", WHAT_IF)
    return Mark(Style.WHATIF, after.amount.in_unit(MKR), text, "", WHAT_IF, note)


def projects_picture(base: Snapshot, assumed: Snapshot) -> Picture | None:
    """What every project is forecast, and assumed, to spend of its appropriation."""
    found = (portfolio(base), portfolio(assumed))
    pairs = [*zip(found[0].rows, found[1].rows, strict=True), (found[0].total, found[1].total)]
    rows = tuple(_project_row(before, after) for before, after in pairs)
    granted = found[0].total.appropriation.amount
    floor = [] if isinstance(granted, Unknown) else [granted.in_unit(MKR)]
    end = _round_end([*_values(rows), *floor])
    title = f"GSN, investeringar {base.occasion.year}: så mycket används"
    alt = ". ".join(describe_project_pair(*pair) for pair in pairs)
    return draw_known(title, alt, rows, "Mkr", (Decimal(0), end))


def _project_row(before: ProjectRow, after: ProjectRow) -> Row:
    assumed = _mkr_assumed(before.forecast, after.forecast)
    if not assumed.note:
        assumed = replace(assumed, note=format_percent(after.utilisation))
    reported = mkr_mark(
        before.forecast, Style.FORECAST, "Prognosen", format_percent(before.utilisation)
    )
    appropriation = format_mkr(before.appropriation.amount)
    return Row(name_project(before.project), (reported, assumed), f"anslag {appropriation}")


def bills_picture(base: Snapshot, assumed: Snapshot) -> Picture | None:
    """What each municipality pays for the collaborations: in the papers, and assumed."""
    changes = compare_bills(base, assumed)
    rows = tuple(_bill_row(base, change) for change in changes)
    end = _round_end(_values(rows))
    alt = ". ".join(describe_bill_pair(base, change) for change in changes)
    title = "Kommunernas kostnad för samarbetena per år"
    return draw_known(title, alt, rows, "kr", (Decimal(0), end))


def _bill_row(snapshot: Snapshot, change: BillChange) -> Row:
    before, after = change.before.total, change.after.total
    missing = say_missing(before)
    reported = Mark(
        Style.NEUTRAL,
        before.known.in_unit(KR),
        _kr(before.known, before.missing),
        ContributionKey(TOTAL, change.municipality).ref,
        "I papperen",
        missing,
        at_least=bool(before.missing),
    )
    assumed = replace(
        reported,
        style=Style.WHATIF,
        value=after.known.in_unit(KR),
        label=_kr(after.known, after.missing),
        ref="",
        name=WHAT_IF,
        note=missing if change.difference != ZERO else "som i papperen",
    )
    return Row(name_municipality(snapshot, change.municipality), (reported, assumed))


def _kr(known: Money, missing: int) -> str:
    text = format_kr(known).removesuffix("\u00a0kr")
    return f"minst\u00a0{text}" if missing else text


def _values(rows: Iterable[Row]) -> list[Decimal]:
    return [mark.value for row in rows for mark in row.marks if mark.value is not None]


def _round_end(values: list[Decimal]) -> Decimal:
    """The least round number that holds all values, so that the scale seldom moves with them."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    if not largest:
        return Decimal(1)
    powers = (Decimal(1).scaleb(power) for power in count(largest.adjusted()))
    return next(stop * power for power in powers for stop in _STOPS if stop * power >= largest)
