"""The way in: any chart into a picture."""

from __future__ import annotations

from gsn_dash.charts.bridge import draw_bridge
from gsn_dash.charts.data import BridgeChart, Picture, RowsChart
from gsn_dash.charts.rows import draw_rows


def draw(chart: RowsChart | BridgeChart, alike: tuple[RowsChart, ...] = ()) -> Picture:
    """Both layouts of the chart. Costs some milliseconds: keep the result where it is reused.

    `alike` are the other rows on the page that this one shall share its scale with.
    """
    if isinstance(chart, BridgeChart):
        wide, narrow = draw_bridge(chart, False), draw_bridge(chart, True)
    else:
        wide, narrow = draw_rows(chart, False, alike), draw_rows(chart, True, alike)
    return Picture(_with_unit(chart.title, chart.unit), chart.alt, wide, narrow)


def _with_unit(title: str, unit: str) -> str:
    return title if not unit or unit in title.replace(",", " ").split() else f"{title}, {unit}"
