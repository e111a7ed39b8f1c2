"""A `LineChart`: time from left to right, a mark for each occasion, an empty box for the unknown.

The boxes stand in a band of their own under the values, so that none lies on a mark.

Both axes are bare but for their few texts; the vertical one counts pixels from the top.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Mark, Style, Target
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.line_stage import (
    OPEN,
    POINT,
    SLOT_STEP,
    LineStage,
    gaps_at,
    lay_out,
    look_of,
)
from gsn_dash.charts.notation import INK, PAPER, SLOT_DASH, SLOT_EDGE, SOFT_INK, guide_line
from gsn_dash.charts.template import TEMPLATE, to_json
from gsn_dash.charts.words import spoken

_SLOT = 24
_SILENT = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}


def draw_line(chart: LineChart, narrow: bool) -> Drawing:
    """The lines with their numbers; what each is stands in the key above."""
    key, stage = lay_out(chart, narrow)
    height = stage.whole
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


def _traces(stage: LineStage) -> Iterator[dict]:
    """The lines first, so that marks lie over them; a gap breaks a line."""
    for line in stage.chart.lines:
        width = 1.5 if line.style in OPEN else 3
        for piece in _pieces(line, stage.chart.begins):
            across = [place for place, _ in piece]
            down = [stage.depth(mark.value) for _, mark in piece]
            look = {"color": look_of(line.style)[1], "width": width}
            yield {**_SILENT, "mode": "lines", "x": across, "y": down, "line": look}
    for line in stage.chart.lines:
        known = [(n, m) for n, m in enumerate(line.marks) if m and m.value is not None]
        for style in dict.fromkeys(mark.style for _, mark in known):
            yield _markers(stage, style, [(n, m) for n, m in known if m.style is style])


def _markers(stage: LineStage, style: Style, marks: list[tuple[int, Mark]]) -> dict:
    fill, edge = look_of(style)
    return {
        **_SILENT,
        "mode": "markers",
        "x": [place for place, _ in marks],
        "y": [stage.depth(mark.value) for _, mark in marks],
        "marker": {
            "size": POINT, "color": fill, "opacity": 1, "line": {"color": edge, "width": 3},
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


def _levels(stage: LineStage) -> Iterator[dict]:
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


def _unknown(stage: LineStage) -> Iterator[tuple[int, float]]:
    """Where the empty boxes stand, one over the other at the foot of the plot."""
    for place in range(len(stage.chart.places)):
        for number in range(gaps_at(stage.chart, place)):
            yield place, stage.floor - (number + 0.5) * SLOT_STEP


def _slots(stage: LineStage) -> Iterator[dict]:
    """Boxes that say in parts of the plot where they stand, as an axis would cut off those that
    reach outside it."""
    half = _SLOT / 2
    for place, middle in _unknown(stage):
        yield {
            "type": "rect", "xref": "paper", "xsizemode": "pixel", "xanchor": place / stage.last,
            "x0": -half, "x1": half, "y0": middle - half, "y1": middle + half,
            "fillcolor": PAPER, "line": {"color": INK, "width": SLOT_EDGE, "dash": SLOT_DASH},
        }  # fmt: skip


def _marks_of_unknown(stage: LineStage) -> Iterator[dict]:
    for place, middle in _unknown(stage):
        yield _text(place, middle, "middle", "<b>?</b>", stage.sizes.small)


def _text(place: int, depth: float, side: str, markup: str, size: int) -> dict:
    return {
        "x": place, "y": depth, "xanchor": "center", "yanchor": side,
        "text": markup, "font": {"size": size},
    }  # fmt: skip


def _tick_texts(stage: LineStage) -> Iterator[dict]:
    place = {"xref": "paper", "x": 0, "xanchor": "right", "xshift": -stage.inset}
    for tick in stage.chart.ticks:
        text = {"text": escape(tick.text), "font": {"size": stage.sizes.small}}
        yield {**place, "y": stage.depth(tick.value), "yanchor": "middle", **text}


def _place_texts(stage: LineStage) -> Iterator[dict]:
    """The occasions under the plot: the first, the last, and those that there is room for."""
    for place in stage.dated:
        markup = "<br>".join(escape(line) for line in stage.dates[place])
        yield _text(place, stage.floor + 8, "top", markup, stage.sizes.small)


def _numbers(stage: LineStage) -> Iterator[dict]:
    """At each place the highest mark's number over it and the lowest one's under it."""
    size = stage.sizes.number
    ends = [_ends(stage.chart, place) for place in range(len(stage.chart.places))]
    for place in stage.numbered([tuple(mark.label for mark in marks) for marks in ends]):
        for number, mark in enumerate(ends[place]):
            is_under = number > 0 and not _stands_on_zero(stage, *ends[place])
            away = POINT if is_under else -POINT
            depth, side = stage.depth(mark.value) + away, "top" if is_under else "bottom"
            number = _text(place, depth, side, f"<b>{escape(mark.label)}</b>", size)
            yield {**number, "bgcolor": PAPER}


def _ends(chart: LineChart, place: int) -> tuple[Mark, ...]:
    """The highest known mark at a place and the lowest; one where they are equal, or none."""
    marks = [line.marks[place] for line in chart.lines]
    known = sorted((m for m in marks if m and m.value is not None), key=lambda m: m.value)
    return tuple({mark.value: mark for mark in (*known[-1:], *known[:1])}.values())


def _stands_on_zero(stage: LineStage, high: Mark, low: Mark) -> bool:
    """Whether the line of zero would cross out a number under `low`, and one over it has room."""
    line = stage.sizes.line(stage.sizes.number) + POINT
    under = stage.depth(low.value)
    to_zero, to_high = stage.depth(Decimal(0)) - under, under - stage.depth(high.value)
    return 0 < to_zero < line and line + POINT < to_high


def _targets(stage: LineStage) -> Iterator[Target]:
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
