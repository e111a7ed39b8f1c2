"""A `FanChart`: from what is known now to where the year can end, month by month.

Time runs from left to right. Both axes are bare but for their few texts; the vertical one counts
pixels from the top, so that texts beside the end can be kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import ceil

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Style
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.key import Entry, Key, circle, stroke, swatch
from gsn_dash.charts.lettering import NARROW, WIDE, Type, text_width
from gsn_dash.charts.notation import (
    ASSUMED_DASH,
    INK,
    LOOKS,
    MIDDLE_VIOLET,
    PALE_VIOLET,
    PAPER,
    SOFT_INK,
    VIOLET,
    guide_line,
)
from gsn_dash.charts.spread_data import FanChart
from gsn_dash.charts.template import TEMPLATE, to_json

_PLOT_HEIGHT = {True: 220, False: 290}
_NARROWEST, _WIDEST_START = 286, 520
_POINT = 13
_NEAR = 8
# Room above and below the levels, as a part of their span.
_AIR = Decimal("0.06")


@dataclass(frozen=True)
class _Stage:
    """The plot: its type, its top and height in pixels, the values at its top and bottom."""

    sizes: Type
    top: float
    height: float
    low: Decimal
    high: Decimal

    def depth(self, value: Decimal) -> float:
        """How many pixels from the top of the drawing the value lies."""
        return self.top + to_plot((self.high - value) / (self.high - self.low)) * self.height

    @property
    def floor(self) -> float:
        return self.top + self.height


def draw_fan(chart: FanChart, narrow: bool) -> Drawing:
    """The bands, the middle, the known start and the forecast; the key above."""
    sizes, last = NARROW if narrow else WIDE, len(chart.points) - 1
    months = [text_width(point.text, sizes.small) for point in chart.points]
    ticks = [text_width(tick.text, sizes.small) for tick in chart.ticks]
    left = max([months[0] / 2, *ticks]) + 14
    ends = max((text_width(end.text, sizes.number, bold=True) for end in chart.ends), default=0.0)
    right = max(ends + _NEAR, months[-1] / 2) + _POINT / 2 + 4
    key = Key(_entries(chart), sizes, left)
    stage = _stage(chart, sizes, key.height + 10, _PLOT_HEIGHT[narrow])
    height = stage.floor + sizes.line(sizes.small) + 10
    least = max(_NARROWEST if narrow else _WIDEST_START, round(key.width) + 5)
    stride = ceil((max(months) + 8) / ((least - left - right) / last))
    layout = {
        "template": TEMPLATE,
        "height": round(height) + 8,
        "margin": {"l": round(left), "r": round(right), "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [0, last]},
        "yaxis": {"range": [round(height), 0]},
        "shapes": [*key.shapes, *_lines(chart, stage, last)],
        "annotations": [
            *key.annotations,
            *_tick_texts(chart, stage),
            *_month_texts(chart, stage, stride),
            *_end_texts(chart, stage, last),
        ],
    }
    figure = go.Figure(data=_traces(chart, stage, last), layout=layout)
    return Drawing(to_json(figure), layout["height"], least, tuple(key.targets))


def _entries(chart: FanChart) -> tuple[Entry, ...]:
    half, most = chart.key
    outcome, forecast = LOOKS[chart.start.style], guide_line(chart.guide.style)
    return (
        Entry(circle(outcome.fill, outcome.edge, _POINT), chart.start.text, chart.start.ref),
        Entry(circle(PAPER, forecast["color"], _POINT), chart.guide.text, chart.guide.ref),
        Entry(swatch(MIDDLE_VIOLET, VIOLET), half),
        Entry(swatch(PALE_VIOLET, VIOLET), most),
        Entry(stroke(_MIDDLE_LINE), chart.middle),
    )


_MIDDLE_LINE = {"color": VIOLET, "width": 3}
_EDGES = (
    {"color": VIOLET, "width": 1.5, "dash": ASSUMED_DASH},
    {"color": VIOLET, "width": 1},
)


def _stage(chart: FanChart, sizes: Type, top: float, height: float) -> _Stage:
    values = [level for point in chart.points for level in point.levels]
    values += [tick.value for tick in chart.ticks]
    values += [chart.start.value, chart.guide.value, Decimal(0)]
    low, high = min(values), max(values)
    air = (high - low) * _AIR or Decimal(1)
    return _Stage(sizes, top, height, low - air, high + air)


def _traces(chart: FanChart, stage: _Stage, last: int) -> list[dict]:
    bands = ((0, 4, PALE_VIOLET, _EDGES[0]), (1, 3, MIDDLE_VIOLET, _EDGES[1]))
    traces = [trace for band in bands for trace in _band(chart, stage, *band)]
    traces.append(_path(chart, stage, 2, _MIDDLE_LINE))
    outcome, forecast = LOOKS[chart.start.style], guide_line(chart.guide.style)
    traces.append(_point(0, stage.depth(chart.start.value), outcome.fill, outcome.edge))
    traces.append(_point(last, stage.depth(chart.guide.value), PAPER, forecast["color"]))
    return traces


def _band(
    chart: FanChart, stage: _Stage, low: int, high: int, fill: str, line: dict
) -> tuple[dict, ...]:
    """The ground between two levels, and a line along each of them."""
    there = list(range(len(chart.points)))
    lower, upper = ([stage.depth(p.levels[n]) for p in chart.points] for n in (low, high))
    ground = {
        **_SILENT,
        "mode": "lines",
        "x": there + there[::-1],
        "y": upper + lower[::-1],
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 0},
    }
    return ground, _path(chart, stage, low, line), _path(chart, stage, high, line)


def _path(chart: FanChart, stage: _Stage, level: int, line: dict) -> dict:
    heights = [stage.depth(point.levels[level]) for point in chart.points]
    return {**_SILENT, "mode": "lines", "x": list(range(len(heights))), "y": heights, "line": line}


def _point(place: int, height: float, fill: str, edge: str) -> dict:
    look = {"size": _POINT, "color": fill, "opacity": 1, "line": {"color": edge, "width": 3}}
    return {**_SILENT, "mode": "markers", "x": [place], "y": [height], "marker": look}


_SILENT = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}


def _lines(chart: FanChart, stage: _Stage, last: int) -> list[dict]:
    """A hair at each tick, the line of zero, and the foot where the months stand."""
    lines = []
    for tick in chart.ticks:
        look = guide_line(Style.BUDGET) if tick.value == 0 else {"color": SOFT_INK, "width": 0.5}
        depth = stage.depth(tick.value)
        ends = {"x0": 0, "x1": last, "y0": depth, "y1": depth}
        layer = "above" if tick.value == 0 else "below"
        lines.append({"type": "line", "line": look, "layer": layer, **ends})
    foot = {"x0": 0, "x1": last, "y0": stage.floor, "y1": stage.floor}
    return [*lines, {"type": "line", "line": {"color": INK, "width": 1}, **foot}]


def _tick_texts(chart: FanChart, stage: _Stage) -> list[dict]:
    place = {"xref": "paper", "x": 0, "xanchor": "right", "xshift": -_NEAR - 2}
    return [
        {
            **place,
            "y": stage.depth(tick.value),
            "yanchor": "middle",
            "text": escape(tick.text),
            "font": {"size": stage.sizes.small},
        }
        for tick in chart.ticks
    ]


def _month_texts(chart: FanChart, stage: _Stage, stride: int) -> list[dict]:
    """The months under the plot, from the last one back as many as there is room for."""
    last = len(chart.points) - 1
    return [
        {
            "x": place,
            "y": stage.floor + 5,
            "xanchor": "center",
            "yanchor": "top",
            "text": escape(point.text),
            "font": {"size": stage.sizes.small},
        }
        for place, point in enumerate(chart.points)
        if (last - place) % stride == 0
    ]


def _end_texts(chart: FanChart, stage: _Stage, last: int) -> list[dict]:
    """What the levels are at the end, from the highest, moved apart where they would meet."""
    ends = sorted(chart.ends, key=lambda end: end.value, reverse=True)
    depths = spread_apart(
        [stage.depth(end.value) for end in ends],
        stage.sizes.line(stage.sizes.number),
        stage.top,
        stage.floor,
    )
    return [
        {
            "x": last,
            "y": depth,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": _POINT / 2 + _NEAR,
            "text": f"<b>{escape(end.text)}</b>",
            "font": {"size": stage.sizes.number},
        }
        for end, depth in zip(ends, depths, strict=True)
    ]


def spread_apart(places: list[float], least: float, top: float, bottom: float) -> list[float]:
    """The places, in order, moved as little as needed so that `least` lies between neighbours.

    All stay between `top` and `bottom` where so many have room there.
    """
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + least if moved else top))
    limit = bottom
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - least
    return moved
