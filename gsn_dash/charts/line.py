"""A `LineChart`: time from left to right, a mark for each occasion, an empty box for the unknown.

The boxes stand in a band of their own under the values, so that none lies on a mark.

Both axes are bare but for their few texts; the vertical one counts pixels from the top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import ceil

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Mark, Style, Target
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.key import Entry, Key, circle
from gsn_dash.charts.lettering import NARROW, WIDE, Type, text_width
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.notation import (
    INK,
    LOOKS,
    PAPER,
    SLOT_DASH,
    SLOT_EDGE,
    SOFT_INK,
    guide_line,
)
from gsn_dash.charts.template import TEMPLATE, to_json
from gsn_dash.charts.words import spoken

_PLOT_HEIGHT = {True: 190, False: 240}
_NARROWEST, _WIDEST_START = 286, 560
_POINT, _SLOT, _SLOT_STEP = 13, 24, 30
_NEAR = 8
_SILENT = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
# Room above and below the values, as a part of their span: numbers stand there.
_AIR = Decimal("0.17")
_OPEN = (Style.BUDGET, Style.FORECAST, Style.NEUTRAL)


@dataclass(frozen=True)
class _Stage:
    """The plot: margins, top and height in pixels, the values at its top and bottom.

    `band` is the height of what lies under the values: the boxes of the unknown.
    """

    chart: LineChart
    sizes: Type
    left: float
    right: float
    inset: float
    top: float
    height: float
    low: Decimal
    high: Decimal
    least: int
    band: float

    @property
    def last(self) -> int:
        """Where the plot ends, in places; it has a width also with a single one."""
        return max(len(self.chart.places) - 1, 1)

    @property
    def floor(self) -> float:
        return self.top + self.height + self.band

    def depth(self, value: Decimal) -> float:
        """How many pixels from the top of the drawing the value lies."""
        return self.top + to_plot((self.high - value) / (self.high - self.low)) * self.height

    def stride(self, widest: float) -> int:
        """Every how manieth text there is room for, in the narrowest drawing."""
        step = (self.least - self.left - self.right) / self.last
        return max(1, ceil((widest + 10) / step))


def draw_line(chart: LineChart, narrow: bool) -> Drawing:
    """The lines with their numbers; what each is stands in the key above."""
    sizes = NARROW if narrow else WIDE
    key, stage = _stage(chart, narrow, sizes)
    height = round(stage.floor + sizes.line(sizes.small) + 18)
    layout = {
        "template": TEMPLATE,
        "height": height,
        "margin": {"l": round(stage.left), "r": round(stage.right), "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [0, stage.last]},
        "yaxis": {"range": [height - 8, 0]},
        "shapes": [*key.shapes, *_levels(stage), *_slots(stage)],
        "annotations": [
            *key.annotations,
            *_tick_texts(stage),
            *_place_texts(stage),
            *_numbers(stage),
            *_marks_of_unknown(stage),
        ],
    }
    figure = go.Figure(data=list(_traces(stage)), layout=layout)
    return Drawing(to_json(figure), height, stage.least, tuple(_targets(stage)))


def _stage(chart: LineChart, narrow: bool, sizes: Type) -> tuple[Key, _Stage]:
    texts = [text_width(text, sizes.small) for text in chart.places]
    numbers = [
        text_width(m.label, sizes.number, bold=True) for line in chart.lines for m in _told(line)
    ]
    ticks = [text_width(tick.text, sizes.small) for tick in chart.ticks]
    inset = max(numbers) / 2 + 4
    left = max(texts[0] / 2, inset + max(ticks, default=0.0)) + 8
    right = max(texts[-1], *numbers) / 2 + _POINT
    key = Key(tuple(_entry(line) for line in chart.lines), sizes, left)
    least = max(_NARROWEST if narrow else _WIDEST_START, round(key.width) + 5)
    values = [tick.value for tick in chart.ticks]
    values += [mark.value for line in chart.lines for mark in _known(line)]
    low, high = min(values), max(values)
    air = (high - low) * _AIR or Decimal(1)
    top = key.height + 8
    plot = (top, _PLOT_HEIGHT[narrow], low - air, high + air)
    return key, _Stage(chart, sizes, left, right, inset, *plot, least, _band(chart))


def _band(chart: LineChart) -> float:
    """Room for the most boxes that stand over each other at a place; none where all is known."""
    most = max(_gaps(chart, place) for place in range(len(chart.places)))
    return most * _SLOT_STEP + _NEAR if most else 0.0


def _gaps(chart: LineChart, place: int) -> int:
    """How many of the lines are unknown at a place."""
    marks = [line.marks[place] for line in chart.lines]
    return sum(1 for mark in marks if mark is not None and mark.value is None)


def _told(line: Line) -> Iterator[Mark]:
    return (mark for mark in line.marks if mark is not None)


def _known(line: Line) -> Iterator[Mark]:
    return (mark for mark in _told(line) if mark.value is not None)


def _look(style: Style) -> tuple[str, str]:
    """Fill and edge of marks: what is not booked is open."""
    edge = LOOKS[style].edge
    return (PAPER, edge) if style in _OPEN else (edge, edge)


def _entry(line: Line) -> Entry:
    return Entry(circle(*_look(line.style), _POINT), line.name)


def _traces(stage: _Stage) -> Iterator[dict]:
    """The lines first, so that marks lie over them; a gap breaks a line."""
    for line in stage.chart.lines:
        width = 1.5 if line.style in _OPEN else 3
        for piece in _pieces(line, stage.chart.begins):
            across = [place for place, _ in piece]
            down = [stage.depth(mark.value) for _, mark in piece]
            look = {"color": _look(line.style)[1], "width": width}
            yield {**_SILENT, "mode": "lines", "x": across, "y": down, "line": look}
    for line in stage.chart.lines:
        known = [(n, m) for n, m in enumerate(line.marks) if m and m.value is not None]
        for style in dict.fromkeys(mark.style for _, mark in known):
            yield _markers(stage, style, [(n, m) for n, m in known if m.style is style])


def _markers(stage: _Stage, style: Style, marks: list[tuple[int, Mark]]) -> dict:
    fill, edge = _look(style)
    return {
        **_SILENT,
        "mode": "markers",
        "x": [place for place, _ in marks],
        "y": [stage.depth(mark.value) for _, mark in marks],
        "marker": {
            "size": _POINT, "color": fill, "opacity": 1, "line": {"color": edge, "width": 3},
        },
    }  # fmt: skip


def _pieces(line: Line, begins: frozenset[int]) -> Iterator[list[tuple[int, Mark]]]:
    """The runs of at least two neighbours that are known, and belong together."""
    run: list[tuple[int, Mark]] = []
    for place, mark in enumerate(line.marks):
        if mark is None or mark.value is None or place in begins:
            if len(run) > 1:
                yield run
            run = []
        if mark is not None and mark.value is not None:
            run.append((place, mark))
    if len(run) > 1:
        yield run


def _levels(stage: _Stage) -> Iterator[dict]:
    """A hair at each tick, a heavier line at zero."""
    for tick in stage.chart.ticks:
        look = {"color": SOFT_INK, "width": 0.5}
        if tick.value == 0:
            look = guide_line(Style.BUDGET) | {"color": INK}
        depth = stage.depth(tick.value)
        yield {
            "type": "line", "layer": "below", "line": look,
            "x0": 0, "x1": stage.last, "y0": depth, "y1": depth,
        }  # fmt: skip


def _unknown(stage: _Stage) -> Iterator[tuple[int, float]]:
    """Where the empty boxes stand, one over the other at the foot of the plot."""
    for place in range(len(stage.chart.places)):
        for number in range(_gaps(stage.chart, place)):
            yield place, stage.floor - (number + 0.5) * _SLOT_STEP


def _slots(stage: _Stage) -> Iterator[dict]:
    """Boxes that say in parts of the plot where they stand, as an axis would cut off those that
    reach outside it."""
    half = _SLOT / 2
    for place, middle in _unknown(stage):
        yield {
            "type": "rect", "xref": "paper", "xsizemode": "pixel", "xanchor": place / stage.last,
            "x0": -half, "x1": half, "y0": middle - half, "y1": middle + half,
            "fillcolor": PAPER, "line": {"color": INK, "width": SLOT_EDGE, "dash": SLOT_DASH},
        }  # fmt: skip


def _marks_of_unknown(stage: _Stage) -> Iterator[dict]:
    for place, middle in _unknown(stage):
        yield _text(place, middle, "middle", "<b>?</b>", stage.sizes.small)


def _text(place: int, depth: float, side: str, markup: str, size: int) -> dict:
    return {
        "x": place, "y": depth, "xanchor": "center", "yanchor": side,
        "text": markup, "font": {"size": size},
    }  # fmt: skip


def _tick_texts(stage: _Stage) -> Iterator[dict]:
    place = {"xref": "paper", "x": 0, "xanchor": "right", "xshift": -stage.inset}
    for tick in stage.chart.ticks:
        text = {"text": escape(tick.text), "font": {"size": stage.sizes.small}}
        yield {**place, "y": stage.depth(tick.value), "yanchor": "middle", **text}


def _place_texts(stage: _Stage) -> Iterator[dict]:
    """The occasions under the plot, from the last one back as many as there is room for."""
    texts, size = stage.chart.places, stage.sizes.small
    stride = stage.stride(max(text_width(text, size) for text in texts))
    for place, text in enumerate(texts):
        if (len(texts) - 1 - place) % stride == 0:
            yield _text(place, stage.floor + 8, "top", escape(text), size)


def _numbers(stage: _Stage) -> Iterator[dict]:
    """At each place the highest mark's number over it and the lowest one's under it."""
    lines, size = stage.chart.lines, stage.sizes.number
    widths = [text_width(m.label, size, bold=True) for line in lines for m in _known(line)]
    stride = stage.stride(max(widths))
    last = len(stage.chart.places) - 1
    for place in range(last, -1, -stride):
        marks = [line.marks[place] for line in lines]
        known = sorted((m for m in marks if m and m.value is not None), key=lambda m: m.value)
        ends = {mark.value: mark for mark in (*known[-1:], *known[:1])}
        for number, mark in enumerate(ends.values()):
            is_under = number > 0 and not _stands_on_zero(stage, *ends)
            away = _POINT if is_under else -_POINT
            depth, side = stage.depth(mark.value) + away, "top" if is_under else "bottom"
            number = _text(place, depth, side, f"<b>{escape(mark.label)}</b>", size)
            yield {**number, "bgcolor": PAPER}


def _stands_on_zero(stage: _Stage, high: Decimal, low: Decimal) -> bool:
    """Whether the line of zero would cross out a number under `low`, and one over it has room."""
    line = stage.sizes.line(stage.sizes.number) + _POINT
    to_zero, to_high = stage.depth(Decimal(0)) - stage.depth(low), stage.depth(low)
    return 0 < to_zero < line and line + _POINT < to_high - stage.depth(high)


def _targets(stage: _Stage) -> Iterator[Target]:
    """Each known mark is a link to its source; what no number has room for is told there too."""
    for line in stage.chart.lines:
        for place, mark in enumerate(line.marks):
            if mark is None or mark.value is None or not mark.ref:
                continue
            share = place / stage.last
            yield Target(
                ref=mark.ref,
                name=spoken(stage.chart.places[place], mark, stage.chart.unit),
                left=(share * 100, stage.left - share * (stage.left + stage.right) - 13),
                width=(0.0, 26.0),
                top=stage.depth(mark.value) - 13 + 4,
                height=26.0,
            )
