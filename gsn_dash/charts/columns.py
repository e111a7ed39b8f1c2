"""The wide bridge: columns from left to right, numbers at their ends, labels in a row below."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Target
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.lanes import SLOT, hold, panel_of
from gsn_dash.charts.lettering import Type, text_width
from gsn_dash.charts.notation import (
    ASSUMED_DASH,
    ASSUMED_EDGE,
    INK,
    PAPER,
    SLOT_DASH,
    SLOT_EDGE,
    SOFT_INK,
    Look,
    look_of,
    marker,
)
from gsn_dash.charts.running import ZERO, Hung
from gsn_dash.charts.template import TEMPLATE, to_json, zero_line
from gsn_dash.charts.words import Block, number_block, plain_block, spoken

PLOT_HEIGHT = 300
SIDE = 24
HALF = 0.31
LEAST_COLUMN = 120.0
NUMBER_ROOM = 150.0
NEAR = 4


@dataclass(frozen=True)
class Column:
    """A step at its place: `left` counts columns, `low` and `high` are in the chart's unit."""

    left: int
    step: Hung
    number: Block
    label: Block

    @property
    def low(self) -> Decimal:
        return min(self.step.start, self._end)

    @property
    def high(self) -> Decimal:
        return max(self.step.start, self._end)

    @property
    def _end(self) -> Decimal:
        return self.step.start if self.step.end is None else self.step.end

    @property
    def hangs(self) -> bool:
        """Whether the number belongs under the bar."""
        return self.step.mark.value is not None and self.step.mark.value < 0

    @property
    def reach(self) -> float:
        slot = SLOT if self.step.mark.value is None else 0
        return slot + self.number.height + NEAR


@dataclass(frozen=True)
class Stage:
    """The room: the value axis from `low` to `high`, and the pixels above and below the plot."""

    low: Decimal
    high: Decimal
    above: float
    below: float
    labels: float

    def depth(self, value: Decimal) -> float:
        """How many pixels below the plot's top edge the value lies."""
        return to_plot((self.high - value) / (self.high - self.low)) * PLOT_HEIGHT


def draw_columns(
    hung: list[Hung], unit: str, sizes: Type, least: tuple[Decimal, Decimal] | None = None
) -> Drawing:
    """The bridge as columns, all as wide as the widest word of any label needs.

    `least` is what the axis holds at least.
    """
    width = _column_width(hung, sizes)
    columns = [
        Column(
            place,
            step,
            number_block(step.mark, sizes, min(width - 8, NUMBER_ROOM)),
            plain_block(step.label, sizes.text, sizes, width - 14),
        )
        for place, step in enumerate(hung)
    ]
    stage = stage_of(columns, least)
    top, bottom = round(stage.above), round(stage.below + stage.labels)
    layout = {
        "template": TEMPLATE,
        "height": PLOT_HEIGHT + top + bottom,
        "margin": {"l": SIDE, "r": SIDE, "t": top, "b": bottom, "pad": 0},
        "xaxis": {"range": [-0.5, len(columns) - 0.5]},
        "yaxis": {"range": [to_plot(stage.low), to_plot(stage.high)]},
        "shapes": _connectors(columns) + _slots(columns, stage) + [_zero()],
        "annotations": [text for column in columns for text in _texts(column, stage, sizes)]
        + [_zero_text(sizes)],
    }
    figure = go.Figure(data=_bars(columns), layout=layout)
    marked = [column for column in columns if column.step.mark.ref]
    targets = tuple(_target(column, len(columns), stage, unit) for column in marked)
    return Drawing(to_json(figure), layout["height"], least_width(columns, width), targets)


def lay_columns(hung: list[Hung], sizes: Type) -> tuple[list[Column], float]:
    """The steps side by side, and how many pixels wide the column of each is at least."""
    width = _column_width(hung, sizes)
    columns = [
        Column(
            place,
            step,
            number_block(step.mark, sizes, number_room(width)),
            plain_block(step.label, sizes.text, sizes, width - 14),
        )
        for place, step in enumerate(hung)
    ]
    return columns, width


def number_room(width: float) -> float:
    """The pixels that a number has at a column of this width."""
    return min(width - 8, NUMBER_ROOM)


def least_width(columns: list[Column], width: float) -> int:
    """The pixels of the narrowest drawing that holds these columns of `width` each."""
    return round(width * len(columns) + 2 * SIDE + 1)


def _column_width(hung: list[Hung], sizes: Type) -> float:
    words = [word for step in hung for word in step.label.split(" ")]
    numbers = [number_block(step.mark, sizes, NUMBER_ROOM).width + 12 for step in hung]
    widest = max(text_width(word, sizes.text) for word in words) + 16
    return max(LEAST_COLUMN, widest, *numbers)


def span_of(
    columns: list[Column], least: tuple[Decimal, Decimal] | None = None
) -> tuple[Decimal, Decimal]:
    """What the axis must hold: the columns, zero and `least`; (0, 1) where there is nothing."""
    low = min(ZERO, *(column.low for column in columns))
    high = max(ZERO, *(column.high for column in columns))
    low, high = hold((low, high), least)
    return (low, high) if low < high else (ZERO, Decimal(1))


def stage_of(columns: list[Column], least: tuple[Decimal, Decimal] | None = None) -> Stage:
    """The room that these columns need as they stand."""
    panel = panel_of(span_of(columns, least))
    bare = Stage(panel.low, panel.high, 0, 0, 0)
    over = [column.reach - bare.depth(column.high) for column in columns if not column.hangs]
    under = [
        column.reach - PLOT_HEIGHT + bare.depth(column.low) for column in columns if column.hangs
    ]
    labels = max(column.label.height for column in columns)
    return Stage(panel.low, panel.high, max([9.0, *over]) + 2, max([2.0, *under]) + 10, labels + 4)


def _bars(columns: list[Column]) -> list[dict]:
    groups: dict[Look, list[Column]] = {}
    for column in columns:
        if column.step.mark.value is not None:
            groups.setdefault(look_of(column.step.mark), []).append(column)
    return [
        {
            "type": "bar",
            "x": [column.left for column in group],
            "y": [to_plot(column.step.mark.value) for column in group],
            "base": [to_plot(column.step.start) for column in group],
            "width": 2 * HALF,
            "marker": marker(look),
            "customdata": [column.step.mark.ref for column in group],
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        for look, group in groups.items()
    ]


def _connectors(columns: list[Column]) -> list[dict]:
    """From the end of each bar to where the next begins."""
    line = {"color": SOFT_INK, "width": 1.2, "dash": "dot"}
    shapes = []
    for column in columns[:-1]:
        if column.step.end is not None:
            level = to_plot(column.step.end)
            ends = {"x0": column.left + HALF, "x1": column.left + 1 - HALF}
            shapes.append({"type": "line", "line": line, **ends, "y0": level, "y1": level})
    return shapes


def _slots(columns: list[Column], stage: Stage) -> list[dict]:
    """The open slot of an unknown step, the dashed edge of a supposed one, the sliver of zero."""
    shapes = []
    for column in columns:
        mark, look = column.step.mark, look_of(column.step.mark)
        box = {"type": "rect", "x0": column.left - HALF, "x1": column.left + HALF}
        fixed = {"ysizemode": "pixel", "yanchor": to_plot(column.step.start)}
        values = {"y0": to_plot(column.low), "y1": to_plot(column.high)}
        if mark.value is None:
            line = {"color": INK, "width": SLOT_EDGE, "dash": SLOT_DASH}
            # Placed on the paper: on the axis it would be cut where it goes above the highest bar.
            height = 1 - stage.depth(column.step.start) / PLOT_HEIGHT
            place = {"yref": "paper", "ysizemode": "pixel", "yanchor": height, "y0": 0, "y1": SLOT}
            shapes.append({**box, **place, "line": line, "fillcolor": PAPER})
        elif mark.value == 0:
            sliver = {"y0": -1.5, "y1": 1.5, "fillcolor": look.edge, "line": {"width": 0}}
            shapes.append({**box, **fixed, **sliver})
        elif look.dashed:
            line = {"color": look.edge, "width": ASSUMED_EDGE, "dash": ASSUMED_DASH}
            shapes.append({**box, **values, "line": line})
    return shapes


def _zero() -> dict:
    return zero_line(xref="paper", x0=0, x1=1, y0=0, y1=0)


def _zero_text(sizes: Type) -> dict:
    place = {"xref": "paper", "x": 0, "y": 0, "xanchor": "right", "xshift": -6}
    return {**place, "text": "0", "font": {"size": sizes.small}}


def _texts(column: Column, stage: Stage, sizes: Type) -> list[dict]:
    mark = column.step.mark
    slot = SLOT if mark.value is None else 0
    number = {
        "x": column.left,
        "y": to_plot(column.low if column.hangs else column.high),
        "text": column.number.markup,
        "font": {"size": sizes.number},
        "yanchor": "top" if column.hangs else "bottom",
        "yshift": -NEAR if column.hangs else slot + NEAR,
        "bgcolor": PAPER,
    }
    label = {
        "x": column.left,
        "yref": "paper",
        "y": 0,
        "text": column.label.markup,
        "font": {"size": sizes.text},
        "yanchor": "top",
        "yshift": -stage.below,
    }
    if mark.value is not None:
        return [number, label]
    inside = {"yanchor": "middle", "yshift": SLOT / 2, "text": "<b>?</b>", "bgcolor": PAPER}
    return [number, label, {**number, **inside}]


def _target(column: Column, count: int, stage: Stage, unit: str) -> Target:
    """The box round bar and number, in percent of the drawing's width and pixels."""
    begin, share = (column.left + 0.5 - HALF) / count, 2 * HALF / count
    top = stage.above + stage.depth(column.high) - (0 if column.hangs else column.reach)
    height = stage.depth(column.low) - stage.depth(column.high) + column.reach
    return Target(
        ref=column.step.mark.ref,
        name=spoken(column.step.label, column.step.mark, unit),
        left=(begin * 100, SIDE - begin * 2 * SIDE),
        width=(share * 100, -share * 2 * SIDE),
        top=top,
        height=height,
    )
