"""Budget and outcome of each month, side by side."""

from __future__ import annotations

from gsn_dash.charts.data import Mark, Picture, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.pairs_data import Pair, PairsChart
from gsn_dash.domain.amounts import MKR, Amount, Unknown
from gsn_dash.domain.ledger import COST
from gsn_dash.domain.months import Month, months_of
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.months import describe_item
from gsn_dash.present.names import ITEMS
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.spread_basis import short_month

_BUDGET, _OUTCOME = "Budget", "Utfall"


def months_picture(snapshot: Snapshot, item: str) -> Picture | None:
    """An item's budget and outcome of each month; None where none is known."""

    def make() -> Picture | None:
        chart = months_chart(snapshot, item)
        return None if chart is None else draw(chart)

    return kept(snapshot, f"months {item}", make)


def months_chart(snapshot: Snapshot, item: str) -> PairsChart | None:
    """The same before it is drawn. Cost and revenue are both drawn upwards, by their size."""
    found = months_of(snapshot, item)
    if found is None:
        return None
    pairs = tuple(_pair(month, item) for month in found.months)
    if not any(pair.marks for pair in pairs):
        return None
    title = f"GSN, {ITEMS[item].lower()} {found.year}, månad för månad, Mkr"
    return PairsChart(title, describe_item(snapshot, item), "Mkr", _BUDGET, _OUTCOME, pairs)


def _pair(month: Month, item: str) -> Pair:
    """A column for each that is known; of a month that is not booked there is nothing to say."""
    return Pair(
        short_month(month.month.month),
        _mark(_BUDGET, Style.BUDGET, month.budget, item),
        _mark(_OUTCOME, Style.OUTCOME, month.outcome, item),
    )


def _mark(name: str, style: Style, amount: Amount, item: str) -> Mark | None:
    if isinstance(amount, Unknown):
        return None
    size = -amount if item == COST else amount
    return Mark(style, size.in_unit(MKR), format_mkr(size), "", name)
