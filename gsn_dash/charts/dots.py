"""A `DotsChart`: dots in columns on an axis, lines at what they are compared with.

The vertical axis counts pixels from the top, so that only the horizontal one grows with the
width; the room for texts is reckoned at the narrowest width, as elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import inf

import plotly.graph_objects as go

from gsn_dash.charts.data import Drawing, Target
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.key import Entry, Key, circle
from gsn_dash.charts.lettering import NARROW, WIDE, Type, text_width
from gsn_dash.charts.notation import EDGE, INK, PAPER, SHADES, guide_line
from gsn_dash.charts.spread_data import DotsChart, Guide, Shade, extent_of
from gsn_dash.charts.template import TEMPLATE, to_json
from gsn_dash.charts.words import plain_block

_DOT = {True: 15, False: 24}
# A heap that would be higher than this has smaller dots.
_HIGHEST_HEAP = 240
_BETWEEN = 3
_NARROWEST, _WIDEST_START = 286, 520
_TICK = 5


@dataclass(frozen=True)
class _Room:
    """Margins and widths in pixels; the axis from `low` to `high`; `plot` is its least width."""

    sizes: Type
    dot: int
    low: Decimal
    high: Decimal
    side: float
    plot: float

    @property
    def pitch(self) -> int:
        return self.dot + _BETWEEN

    def share(self, value: Decimal) -> float:
        """Where along the axis the value lies, 0 to 1."""
        return to_plot((value - self.low) / (self.high - self.low))


def draw_dots(chart: DotsChart, narrow: bool) -> Drawing:
    """The dots with their key above and their axis below."""
    room = _room(chart, narrow)
    entries = tuple(_entry(shade, text, room) for shade, text in chart.key)
    key = Key(entries, room.sizes, room.side)
    line = room.sizes.line(room.sizes.name)
    first = key.height + 8
    top = first + len(chart.guides) * (line + 4)
    floor = top + max(len(column.shades) for column in chart.columns) * room.pitch + 4
    words = plain_block(chart.axis, room.sizes.small, room.sizes, room.plot)
    height = floor + _TICK + 2 + 2 * room.sizes.line(room.sizes.small) + words.height
    guides = [
        _GuideLine(guide, first + number * (line + 4), floor, room)
        for number, guide in enumerate(chart.guides)
    ]
    layout = {
        "template": TEMPLATE,
        "height": round(height) + 8,
        "margin": {"l": round(room.side), "r": round(room.side), "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [to_plot(room.low), to_plot(room.high)]},
        "yaxis": {"range": [round(height), 0]},
        "shapes": [*key.shapes, *_axis_lines(chart, floor), *(g.shape for g in guides)],
        "annotations": [
            *key.annotations,
            *(g.annotation for g in guides),
            *_axis_texts(chart, floor, room, words.markup),
        ],
    }
    figure = go.Figure(data=_traces(chart, floor, room), layout=layout)
    targets = (*key.targets, *(guide.target for guide in guides if guide.guide.ref))
    least = max(_NARROWEST if narrow else _WIDEST_START, round(key.width) + 5)
    least = max(least, round(room.plot + 2 * room.side) + 1)
    return Drawing(to_json(figure), layout["height"], least, targets)


def _room(chart: DotsChart, narrow: bool) -> _Room:
    sizes, tallest = NARROW if narrow else WIDE, max(len(c.shades) for c in chart.columns)
    dot = min(_DOT[narrow], _HIGHEST_HEAP // tallest - _BETWEEN)
    low, high = extent_of(chart.columns, chart.width, chart.guides)
    ticks = [text_width(tick.text, sizes.small) for tick in chart.ticks]
    side = max([dot, *ticks]) / 2 + 4
    bare = _Room(sizes, dot, low, high, side, 0)
    least = [
        to_plot((high - low) / chart.width) * bare.pitch,
        (_NARROWEST if narrow else _WIDEST_START) - 2 * side,
        *(_needed(guide, bare) for guide in chart.guides),
        *(_needed_by_ticks(chart, bare)),
    ]
    return _Room(sizes, dot, low, high, side, max(least))


def _needed_by_ticks(chart: DotsChart, room: _Room) -> list[float]:
    """How wide the axis must be so that no two texts along it meet."""
    pairs = zip(chart.ticks, chart.ticks[1:], strict=False)
    return [
        (_text(one.text, room) + _text(other.text, room) + 16)
        / (2 * (room.share(other.value) - room.share(one.value)))
        for one, other in pairs
    ]


def _text(text: str, room: _Room) -> float:
    return text_width(text, room.sizes.small)


def _needed(guide: Guide, room: _Room) -> float:
    """How wide the axis must be for the guide's words to have room where they stand."""
    width, share = _guide_width(guide, room), room.share(guide.value)
    middle = 2 * min(share, 1 - share)
    centred = width / middle if middle else inf
    return min(centred, width / max(share, 1 - share))


def _guide_width(guide: Guide, room: _Room) -> float:
    return text_width(guide.text, room.sizes.name) + 8


class _GuideLine:
    """A guide's line from its words down to the axis; the words centred where there is room."""

    def __init__(self, guide: Guide, top: float, floor: float, room: _Room) -> None:
        line = room.sizes.line(room.sizes.name)
        width, share = _guide_width(guide, room), room.share(guide.value)
        if min(share, 1 - share) * room.plot >= width / 2:
            anchor, begin = "center", -width / 2
        else:
            anchor, begin = ("left", 0.0) if share < 0.5 else ("right", -width)
        at = to_plot(guide.value)
        self.guide = guide
        self.shape = {
            "type": "line",
            "layer": "below",
            "line": guide_line(guide.style),
            **{"x0": at, "x1": at, "y0": top + line, "y1": floor},
        }
        self.annotation = {
            **{"x": at, "y": top, "yanchor": "top", "xanchor": anchor, "text": escape(guide.text)},
            "font": {"size": room.sizes.name},
            "bgcolor": PAPER,
        }
        self.target = Target(
            ref=guide.ref,
            name=guide.text,
            left=(share * 100, room.side - share * 2 * room.side + begin),
            width=(0.0, width),
            top=top + 2,
            height=max(26.0, line),
        )


def _entry(shade: Shade, text: str, room: _Room) -> Entry:
    look = SHADES[shade]
    return Entry(circle(look.fill, look.edge, min(room.dot, 18)), text)


def _traces(chart: DotsChart, floor: float, room: _Room) -> list[dict]:
    """One trace for each shade; a column's first dot stands on the axis."""
    places: dict[Shade, list[tuple[float, float]]] = {}
    for column in chart.columns:
        for level, shade in enumerate(column.shades):
            height = floor - 4 - (level + 0.5) * room.pitch
            places.setdefault(shade, []).append((to_plot(column.at), height))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [x for x, _ in dots],
            "y": [y for _, y in dots],
            "marker": {
                "size": room.dot,
                "color": SHADES[shade].fill,
                "line": {"color": SHADES[shade].edge, "width": EDGE},
                "opacity": 1,
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        for shade, dots in places.items()
    ]


def _axis_lines(chart: DotsChart, floor: float) -> list[dict]:
    line = {"type": "line", "line": {"color": INK, "width": 1.5}}
    ticks = [
        {**line, "x0": x, "x1": x, "y0": floor, "y1": floor + _TICK}
        for x in (to_plot(tick.value) for tick in chart.ticks)
    ]
    return [{**line, "xref": "paper", "x0": 0, "x1": 1, "y0": floor, "y1": floor}, *ticks]


def _axis_texts(chart: DotsChart, floor: float, room: _Room, words: str) -> list[dict]:
    small = {"font": {"size": room.sizes.small}, "yanchor": "top"}
    below = floor + _TICK + 2
    ticks = [
        {**small, "x": x, "y": below, "xanchor": "center", "text": escape(tick.text)}
        for x, tick in ((to_plot(tick.value), tick) for tick in chart.ticks)
    ]
    place = {"xref": "paper", "x": 0.5, "xanchor": "center", "align": "center"}
    lower = below + room.sizes.line(room.sizes.small) + 4
    return [*ticks, {**small, **place, "y": lower, "text": words}]
