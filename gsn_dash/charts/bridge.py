"""A `BridgeChart` as a waterfall: columns side by side, or lanes that run down on a phone."""

from __future__ import annotations

from decimal import Decimal

from gsn_dash.charts.columns import draw_columns
from gsn_dash.charts.data import BridgeChart, Drawing
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.lanes import Caption, Frame, Lane, axis_range, frame_one, hold
from gsn_dash.charts.lettering import NARROW, WIDE
from gsn_dash.charts.notation import SOFT_INK
from gsn_dash.charts.running import Hung, hang
from gsn_dash.charts.strokes import draw_lanes
from gsn_dash.charts.words import label_block, number_block

_LEAST_WIDTH = 286


def draw_bridge(chart: BridgeChart, narrow: bool) -> Drawing:
    """From the first level to the last, the connectors between them, zero in sight."""
    hung = hang(chart.steps)
    if narrow:
        return _draw_down(hung, chart)
    return draw_columns(hung, chart.unit, WIDE, chart.scale)


def _draw_down(hung: list[Hung], chart: BridgeChart) -> Drawing:
    lanes, captions, height = lay_down(hung)
    frame = frame_down(lanes, captions, hold(axis_range(lanes), chart.scale))
    under = _connectors(hung, lanes)
    return draw_lanes(lanes, captions, frame, height, NARROW, chart.unit, under)


def lay_down(hung: list[Hung]) -> tuple[list[Lane], list[Caption], float]:
    """The steps as lanes under their names, and the height in pixels of it all."""
    sizes = NARROW
    lanes, captions, top = [], [], 0.0
    for number, step in enumerate(hung):
        top += sizes.gap - 4 if number else 0
        words = label_block(step.label, "", sizes, sizes.label_room)
        captions.append(Caption(words, top + words.height / 2, sizes.text))
        top += words.height + 2
        block = number_block(step.mark, sizes, sizes.number_room)
        height = max(sizes.lane, block.height + 4)
        lanes.append(Lane(step.mark, step.label, top + height / 2, height, block, start=step.start))
        top += height
    return lanes, captions, top


def frame_down(lanes: list[Lane], captions: list[Caption], span: tuple[Decimal, Decimal]) -> Frame:
    """Margins for the lanes of `lay_down`, on an axis over `span`."""
    least = max(_LEAST_WIDTH, *(round(caption.words.width) + 5 for caption in captions))
    return frame_one(lanes, 4.0, span, least)


def _connectors(hung: list[Hung], lanes: list[Lane]) -> list[dict]:
    line = {"color": SOFT_INK, "width": 1, "dash": "dot"}
    return [
        {
            "type": "line",
            "layer": "below",
            "line": line,
            "x0": to_plot(step.end),
            "x1": to_plot(step.end),
            "y0": above.middle,
            "y1": below.middle,
        }
        for step, above, below in zip(hung, lanes, lanes[1:], strict=False)
        if step.end is not None
    ]
