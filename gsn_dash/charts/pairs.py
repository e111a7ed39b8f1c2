"""A `PairsChart`: plan and result side by side at each place, a number over each column.

In the narrow drawing the places run down, since two numbers have no room beside each other there.
The vertical axis counts pixels from the top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Mark, Row, RowsChart, Target
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.key import Entry, Key, swatch
from gsn_dash.charts.lettering import WIDE, text_width
from gsn_dash.charts.notation import look_of, marker
from gsn_dash.charts.pairs_data import Pair, PairsChart
from gsn_dash.charts.rows import draw_rows
from gsn_dash.charts.template import TEMPLATE, to_json, zero_line
from gsn_dash.charts.words import spoken

_PLOT_HEIGHT = 190
_SIDE, _NEAR, _APART = 12, 4, 14
# Of the room of a place: how far the middle of a column is from its own, and how wide it is.
_ASIDE, _WIDTH = 0.21, 0.4
_NUMBER = WIDE.small  # two of them share a place
_ZERO = Decimal(0)
_SILENT = {"type": "bar", "hoverinfo": "skip", "cliponaxis": False}


@dataclass(frozen=True)
class _Column:
    """A mark at its place, counted from the left; `middle` is where its column stands."""

    place: int
    middle: float
    mark: Mark


@dataclass(frozen=True)
class _Stage:
    """The plot: the pixels from the top of the drawing to its values `high` and `low`."""

    top: float
    low: Decimal
    high: Decimal

    def depth(self, value: Decimal) -> float:
        return self.top + to_plot((self.high - value) / (self.high - self.low)) * _PLOT_HEIGHT


def draw_pairs(chart: PairsChart, narrow: bool) -> Drawing:
    """The columns, or the rows that they are where it is narrow."""
    return draw_rows(_rows(chart), True) if narrow else _draw_columns(chart)


def _rows(chart: PairsChart) -> RowsChart:
    rows = tuple(Row(pair.place, pair.marks) for pair in chart.pairs if pair.marks)
    return RowsChart(chart.title, chart.alt, rows, chart.unit)


def _draw_columns(chart: PairsChart) -> Drawing:
    columns = list(_columns(chart.pairs))
    key = Key(tuple(_entries(chart)), WIDE, _SIDE)
    values = [column.mark.value for column in columns]
    low, high = min(_ZERO, *values), max(_ZERO, *values)
    number = WIDE.line(_NUMBER) + _NEAR
    stage = _Stage(key.height + number + 6, low, high if low < high else low + 1)
    foot = stage.top + _PLOT_HEIGHT + 8
    height = round(foot + WIDE.line(WIDE.small) + 10)
    layout = {
        "template": TEMPLATE,
        "height": height,
        "margin": {"l": _SIDE, "r": _SIDE, "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [-0.5, len(chart.pairs) - 0.5]},
        "yaxis": {"range": [height - 8, 0]},
        "shapes": [*key.shapes, _level(stage)],
        "annotations": [
            *key.annotations,
            *(_place_text(place, pair, foot) for place, pair in enumerate(chart.pairs)),
            *(_number(column, stage) for column in columns),
        ],
    }
    figure = go.Figure(data=[_bar(column, stage) for column in columns], layout=layout)
    targets = tuple(_target(column, chart, stage, number) for column in columns if column.mark.ref)
    return Drawing(to_json(figure), height, _least(chart, key), targets)


def _columns(pairs: tuple[Pair, ...]) -> Iterator[_Column]:
    for place, pair in enumerate(pairs):
        if pair.plan is not None:
            yield _Column(place, place - _ASIDE, pair.plan)
        if pair.result is not None:
            yield _Column(place, place + _ASIDE, pair.result)


def _entries(chart: PairsChart) -> Iterator[Entry]:
    """What each kind looks like and is called, and on which side it stands."""
    plans = [pair.plan for pair in chart.pairs if pair.plan is not None]
    results = [pair.result for pair in chart.pairs if pair.result is not None]
    for marks, name in ((plans, chart.plan), (results, chart.result)):
        if marks:
            look = look_of(marks[0])
            yield Entry(swatch(look.fill, look.edge), name)


def _least(chart: PairsChart, key: Key) -> int:
    """The pixels in which each number has its column's half of a place to itself."""
    widest = max(text_width(mark.label, _NUMBER, bold=True) for mark in chart.marks)
    places = max(text_width(pair.place, WIDE.small) for pair in chart.pairs)
    place = max((widest + 4) / (2 * _ASIDE), places + _APART)
    return round(max(place * len(chart.pairs), key.width) + 2 * _SIDE + 1)


def _bar(column: _Column, stage: _Stage) -> dict:
    """One column; a trace of its own, since Plotly would set bars of one trace side by side."""
    base = stage.depth(_ZERO)
    return {
        **_SILENT,
        "x": [column.middle],
        "y": [stage.depth(column.mark.value) - base],
        "base": [base],
        "width": _WIDTH,
        "marker": marker(look_of(column.mark)),
        "customdata": [column.mark.ref],
    }


def _level(stage: _Stage) -> dict:
    depth = stage.depth(_ZERO)
    return zero_line(xref="paper", x0=0, x1=1, y0=depth, y1=depth)


def _place_text(place: int, pair: Pair, foot: float) -> dict:
    font = {"size": WIDE.small}
    return {"x": place, "y": foot, "yanchor": "top", "text": escape(pair.place), "font": font}


def _number(column: _Column, stage: _Stage) -> dict:
    """Over the column, or over the line of zero where the column hangs from it."""
    return {
        "x": column.middle,
        "y": stage.depth(max(column.mark.value, _ZERO)) - _NEAR,
        "yanchor": "bottom",
        "text": f"<b>{escape(column.mark.label)}</b>",
        "font": {"size": _NUMBER},
    }


def _target(column: _Column, chart: PairsChart, stage: _Stage, number: int) -> Target:
    """The box round column and number."""
    count = len(chart.pairs)
    begin, share = (column.middle + 0.5 - _WIDTH / 2) / count, _WIDTH / count
    top = stage.depth(max(column.mark.value, _ZERO)) - number
    return Target(
        ref=column.mark.ref,
        name=spoken(chart.pairs[column.place].place, column.mark, chart.unit),
        left=(begin * 100, _SIDE - begin * 2 * _SIDE),
        width=(share * 100, -share * 2 * _SIDE),
        top=top + 4,
        height=stage.depth(min(column.mark.value, _ZERO)) - top,
    )
