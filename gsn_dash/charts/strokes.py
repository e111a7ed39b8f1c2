"""Lanes and captions into Plotly's bars, shapes and annotations, and the targets over them."""

from __future__ import annotations

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Target
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.lanes import NEAR, SLOT, Caption, Frame, Lane
from gsn_dash.charts.lettering import Type
from gsn_dash.charts.notation import (
    ASSUMED_DASH,
    ASSUMED_EDGE,
    INK,
    PAPER,
    SLOT_DASH,
    SLOT_EDGE,
    Look,
    look_of,
    marker,
)
from gsn_dash.charts.template import TEMPLATE, to_json, zero_line
from gsn_dash.charts.words import spoken

LEAST_TARGET = 26


def draw_lanes(
    lanes: list[Lane],
    captions: list[Caption],
    frame: Frame,
    height: float,
    sizes: Type,
    unit: str,
    under: list[dict] | None = None,
) -> Drawing:
    """The drawing of these lanes over the shapes `under`. `height` is the plot's, in pixels."""
    shapes = [shape for lane in lanes for shape in _shapes(lane, frame, sizes)]
    texts = [text for lane in lanes for text in _texts(lane, frame, sizes)]
    texts += [_caption(caption, frame) for caption in captions]
    layout = {
        "template": TEMPLATE,
        "height": round(height) + 8,
        "margin": {"l": round(frame.left), "r": round(frame.right), "t": 4, "b": 4, "pad": 0},
        "yaxis": {"range": [round(height), 0]},
        "shapes": (under or []) + shapes + _zero_lines(lanes),
        "annotations": texts,
    }
    for number, panel in enumerate(frame.panels):
        layout[_axis(number, "xaxis")] = {
            "range": [to_plot(panel.low), to_plot(panel.high)],
            "domain": [panel.begin, panel.end],
            "visible": False,
            "fixedrange": True,
        }
    figure = go.Figure(data=_bars(lanes, sizes), layout=layout)
    targets = tuple(_target(lane, frame, unit) for lane in lanes if lane.mark.ref)
    return Drawing(to_json(figure), layout["height"], frame.min_width, targets)


def _axis(panel: int, stem: str) -> str:
    return f"{stem}2" if panel else stem


def _bars(lanes: list[Lane], sizes: Type) -> list[dict]:
    """One trace for each look and panel; an unknown amount has no bar, not even one of zero."""
    groups: dict[tuple[Look, int], list[Lane]] = {}
    for lane in lanes:
        if lane.mark.value is not None:
            groups.setdefault((look_of(lane.mark), lane.panel), []).append(lane)
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [to_plot(lane.mark.value) for lane in group],
            "base": [to_plot(lane.start) for lane in group],
            "y": [lane.middle for lane in group],
            "width": sizes.bar,
            "xaxis": _axis(panel, "x"),
            "marker": marker(look),
            "customdata": [lane.mark.ref for lane in group],
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        for (look, panel), group in groups.items()
    ]


def _shapes(lane: Lane, frame: Frame, sizes: Type) -> list[dict]:
    look, x, half = look_of(lane.mark), _axis(lane.panel, "x"), sizes.bar / 2
    box = {"type": "rect", "xref": x, "y0": lane.middle - half, "y1": lane.middle + half}
    shapes = []
    if lane.has_slot:
        line = {"color": INK, "width": SLOT_EDGE, "dash": SLOT_DASH}
        x0, x1 = (-SLOT, -2) if lane.points_left else (2, SLOT)
        # Placed on the paper: on the axis it would be cut where it goes beyond the longest bar.
        end = {"xref": "paper", "xanchor": frame.panels[lane.panel].at(lane.end)}
        place = {**end, "xsizemode": "pixel", "x0": x0, "x1": x1}
        shapes.append({**box, **place, "line": line, "fillcolor": PAPER})
    if lane.mark.value is not None and lane.low == lane.high:
        shapes.append(
            {**box, **_pixels(lane, (-1.5, 1.5)), "fillcolor": look.edge, "line": {"width": 0}}
        )
    elif lane.mark.value is not None and look.dashed:
        line = {"color": look.edge, "width": ASSUMED_EDGE, "dash": ASSUMED_DASH}
        ends = {"x0": to_plot(lane.low), "x1": to_plot(lane.high)}
        shapes.append({**box, **ends, "line": line})
    return shapes


def _pixels(lane: Lane, sides: tuple[float, float]) -> dict:
    """A shape's place in pixels from the bar's end."""
    return {"xsizemode": "pixel", "xanchor": to_plot(lane.end), "x0": sides[0], "x1": sides[1]}


def _zero_lines(lanes: list[Lane]) -> list[dict]:
    lines = []
    for panel in sorted({lane.panel for lane in lanes}):
        own = [lane for lane in lanes if lane.panel == panel]
        top = min(lane.middle - lane.height / 2 for lane in own)
        bottom = max(lane.middle + lane.height / 2 for lane in own)
        lines.append(zero_line(xref=_axis(panel, "x"), x0=0, x1=0, y0=top, y1=bottom))
    return lines


def _texts(lane: Lane, frame: Frame, sizes: Type) -> list[dict]:
    x = {"xref": _axis(lane.panel, "x"), "x": to_plot(lane.end), "y": lane.middle}
    sign = -1 if lane.points_left else 1
    slot = SLOT if lane.has_slot else 0
    texts = [
        {
            **x,
            "text": lane.number.markup,
            "font": {"size": sizes.number},
            "xanchor": "right" if lane.points_left else "left",
            "align": "right" if lane.points_left else "left",
            "xshift": sign * (slot + NEAR),
        }
    ]
    if lane.has_slot:
        middle = {"xanchor": "center", "xshift": sign * (SLOT + 2) / 2}
        texts.append({**x, **middle, "text": "<b>?</b>", "font": {"size": sizes.number}})
    if lane.name is not None:
        texts.append(
            {
                "xref": "paper",
                "x": 0,
                "y": lane.middle,
                "text": lane.name.markup,
                "font": {"size": sizes.name},
                "xanchor": "right",
                "align": "right",
                "xshift": -frame.panels[0].before - 10,
            }
        )
    return texts


def _caption(caption: Caption, frame: Frame) -> dict:
    # From the very edge of the drawing: its margin is whole pixels.
    place = {"xref": "paper", "x": 0.0, "xshift": -round(frame.left)}
    if caption.panel is not None:
        panel = frame.panels[caption.panel]
        place = {"xref": "paper", "x": panel.begin, "xshift": -panel.before}
    return {
        **place,
        "y": caption.middle,
        "text": caption.words.markup,
        "font": {"size": caption.size},
        "xanchor": "left",
        "align": "left",
        "bgcolor": PAPER,
    }


def _target(lane: Lane, frame: Frame, unit: str) -> Target:
    """The box round bar and number, in percent of the drawing's width and pixels."""
    panel = frame.panels[lane.panel]
    begin, end = panel.at(lane.low), panel.at(lane.high)
    before, after = (lane.reach, 4.0) if lane.points_left else (4.0, lane.reach)
    outside = frame.left + frame.right
    height = max(LEAST_TARGET, lane.number.height)
    return Target(
        ref=lane.mark.ref,
        name=spoken(lane.subject, lane.mark, unit),
        left=(begin * 100, frame.left - begin * outside - before),
        width=((end - begin) * 100, before + after - (end - begin) * outside),
        top=4 + lane.middle - height / 2,
        height=height,
    )
