"""The way in: any chart into a picture."""

from __future__ import annotations

from gsn_dash.charts.bridge import draw_bridge
from gsn_dash.charts.data import BridgeChart, Picture, RowsChart
from gsn_dash.charts.dots import draw_dots
from gsn_dash.charts.fan import draw_fan
from gsn_dash.charts.line import draw_line
from gsn_dash.charts.line_data import LineChart
from gsn_dash.charts.pairs import draw_pairs
from gsn_dash.charts.pairs_data import PairsChart
from gsn_dash.charts.rows import draw_rows
from gsn_dash.charts.spread_data import DotsChart, FanChart


def draw(
    chart: RowsChart | BridgeChart | DotsChart | FanChart | LineChart | PairsChart,
    alike: tuple[RowsChart, ...] = (),
) -> Picture:
    """Both layouts of the chart. Costs some milliseconds: keep the result where it is reused.

    `alike` are the other rows on the page that this one shall share its scale with.
    """
    if isinstance(chart, BridgeChart):
        wide, narrow = draw_bridge(chart, False), draw_bridge(chart, True)
    elif isinstance(chart, DotsChart):
        wide, narrow = draw_dots(chart, False), draw_dots(chart, True)
    elif isinstance(chart, FanChart):
        wide, narrow = draw_fan(chart, False), draw_fan(chart, True)
    elif isinstance(chart, LineChart):
        wide, narrow = draw_line(chart, False), draw_line(chart, True)
    elif isinstance(chart, PairsChart):
        wide, narrow = draw_pairs(chart, False), draw_pairs(chart, True)
    else:
        wide, narrow = draw_rows(chart, False, alike), draw_rows(chart, True, alike)
    return Picture(with_unit(chart.title, chart.unit), chart.alt, wide, narrow)


def with_unit(title: str, unit: str) -> str:
    """The title as it stands over the picture: it ends with the unit unless it says it."""
    return title if not unit or unit in title.replace(",", " ").split() else f"{title}, {unit}"
