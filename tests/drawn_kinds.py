"""A chart of each kind that there is, for a test that lays our drawings over Plotly's."""

from decimal import Decimal

from sheet_pictures import still, still_bridge
from test_line_chart import line_of
from test_spread_charts import KEY, text_of, ticks_of

from gsn_dash.charts.data import Mark, Style
from gsn_dash.charts.pairs_data import Pair, PairsChart
from gsn_dash.charts.spread_data import DotColumn, DotsChart, FanChart, FanPoint, Guide, Shade, Tick

NUMBERS = tuple(Decimal(number) for number in range(-3, 4))


def dots() -> DotsChart:
    """Dots of each shade in columns, and lines with words above them."""
    columns = tuple(
        DotColumn(number, (Shade.STRONG, Shade.PALE, Shade.OPEN)[: int(abs(number))])
        for number in NUMBERS
        if number
    )
    guides = (
        Guide(Style.BUDGET, Decimal(0), "Budget", "budget"),
        Guide(Style.WHATIF, Decimal(3), "Tänk om", "assumed"),
    )
    axis = "Sämre än budget (−) eller bättre (+), Mkr"
    ticks = ticks_of(NUMBERS)
    return DotsChart("Punkter", "I ord.", "Mkr", columns, Decimal(1), KEY, guides, axis, ticks)


def fan() -> FanChart:
    """A spread over three months, a line of zero through it."""
    points = tuple(
        FanPoint(month, tuple(Decimal(level) * (place + 1) / 3 for level in (-4, -1, 0, 2, 5)))
        for place, month in enumerate(("apr", "maj", "dec"))
    )
    start = Guide(Style.OUTCOME, Decimal("0.5"), "Utfall: +0,5", "outcome")
    guide = Guide(Style.FORECAST, Decimal("1.5"), "Prognos: +1,5", "forecast")
    ends = tuple(Tick(level, text_of(level)) for level in points[-1].levels)
    key = ("Mörkt fält: hälften av årssluten", "Ljust fält: 8 av 10 årsslut")
    ticks = ticks_of((Decimal(-4), Decimal(0), Decimal(4)))
    return FanChart("Fält", "I ord.", "Mkr", points, start, guide, ends, ticks, key, "Mitten")


def pairs() -> PairsChart:
    """Plan and result at each place; the last place has no result, one is below zero."""

    def mark(style: Style, value: str) -> Mark:
        return Mark(style, Decimal(value), value.replace(".", ","), f"ref {value}", style.value)

    return PairsChart(
        "Månader",
        "I ord.",
        "Mkr",
        "Budget",
        "Utfall",
        (
            Pair("jan", mark(Style.BUDGET, "5.2"), mark(Style.OUTCOME, "4.6")),
            Pair("feb", mark(Style.BUDGET, "5.3"), mark(Style.OUTCOME, "-1.3")),
            Pair("mar", mark(Style.BUDGET, "5.1"), None),
        ),
    )


KINDS = {
    "rows": still(),
    "bridge": still_bridge(),
    "dots": dots(),
    "fan": fan(),
    "line": line_of(5),
    "pairs": pairs(),
}
