"""Budget and outcome as they grow, month by month."""

from __future__ import annotations

from decimal import Decimal

from gsn_dash.charts.data import Mark, Picture, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.spread_data import Tick, nice_values
from gsn_dash.domain.amounts import MKR, Amount, Unknown
from gsn_dash.domain.months import months_of, running
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.months import describe_item
from gsn_dash.present.names import ITEMS
from gsn_dash.present.numbers import format_mkr, format_number
from gsn_dash.present.spread_basis import short_month

_MOST_TICKS = 5
_ZERO = Decimal(0)


def months_picture(snapshot: Snapshot, item: str) -> Picture | None:
    """An item's budget and outcome, each month with those before it; None where none is known."""

    def make() -> Picture | None:
        chart = months_chart(snapshot, item)
        return None if chart is None else draw(chart)

    return kept(snapshot, f"months {item}", make)


def months_chart(snapshot: Snapshot, item: str) -> LineChart | None:
    """The same before it is drawn. Cost and revenue are both drawn by their size, upwards."""
    found = months_of(snapshot, item)
    if found is None:
        return None
    months = running(found)
    lines = (
        _line("Budget", Style.BUDGET, [month.budget for month in months]),
        _line("Utfall", Style.OUTCOME, [month.outcome for month in months]),
    )
    known = [mark.value for each in lines for mark in each.marks if mark]
    if not known:
        return None
    ticks = nice_values(min(_ZERO, *known), max(_ZERO, *known), _MOST_TICKS)
    return LineChart(
        f"GSN, {ITEMS[item].lower()} {found.year}, summerade månad för månad, Mkr",
        describe_item(found),
        "Mkr",
        tuple(short_month(month.month.month) for month in months),
        tuple(each for each in lines if any(each.marks)),
        tuple(Tick(value, format_number(value, _decimals(ticks))) for value in ticks),
    )


def _decimals(ticks: tuple[Decimal, ...]) -> int:
    return 0 if all(tick == tick.to_integral_value() for tick in ticks) else 1


def _line(name: str, style: Style, amounts: list[Amount]) -> Line:
    """A mark for each month that is known; after the last one nothing is to be said yet."""
    return Line(name, style, tuple(_mark(name, style, amount) for amount in amounts))


def _mark(name: str, style: Style, amount: Amount) -> Mark | None:
    if isinstance(amount, Unknown):
        return None
    size = abs(amount)
    return Mark(style, size.in_unit(MKR), format_mkr(size), "", name)
