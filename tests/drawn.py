"""Reads a drawing as a browser would lay it out at a given width: where each text lies."""

import re
from dataclasses import dataclass

from gsn_dash.charts.data import Drawing
from gsn_dash.charts.lettering import text_width

_PART = re.compile(
    r"<b>(?P<bold>.*?)</b>|<span style=\"font-size:(?P<size>\d+)px\">(?P<small>.*?)</span>"
)


@dataclass(frozen=True)
class Box:
    """A text and its edges in pixels from the drawing's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right - 0.5 and other.left < self.right - 0.5
        return across and self.top < other.bottom - 3 and other.top < self.bottom - 3


def text_boxes(drawing: Drawing, width: float) -> list[Box]:
    """The boxes of all texts when the drawing is `width` pixels wide."""
    layout = drawing.figure["layout"]
    return [_box(note, layout, width) for note in layout["annotations"]]


def _box(note: dict, layout: dict, width: float) -> Box:
    lines = note["text"].split("<br>")
    size = note["font"]["size"]
    wide, high = max(_line_width(line, size) for line in lines), len(lines) * size * 1.3
    x = _across(note, layout, width) + note.get("xshift", 0)
    y = _down(note, layout) - note.get("yshift", 0)
    left = x - wide * {"left": 0, "center": 0.5, "right": 1}[note.get("xanchor", "center")]
    top = y - high * {"top": 0, "middle": 0.5, "bottom": 1}[note.get("yanchor", "middle")]
    return Box(note["text"], left, top, left + wide, top + high)


def _line_width(line: str, size: int) -> float:
    parts = list(_PART.finditer(line))
    if not parts:
        return text_width(line, size)
    bold = sum(text_width(part["bold"], size, bold=True) for part in parts if part["bold"])
    return bold + sum(text_width(p["small"], int(p["size"])) for p in parts if p["small"])


def _across(note: dict, layout: dict, width: float) -> float:
    margin = layout["margin"]
    plot = width - margin["l"] - margin["r"]
    if note.get("xref") == "paper":
        return margin["l"] + note["x"] * plot
    axis = layout[(note.get("xref") or "x").replace("x", "xaxis")]
    begin, end = axis.get("domain", (0, 1))
    low, high = axis["range"]
    return margin["l"] + plot * (begin + (end - begin) * (note["x"] - low) / (high - low))


def _down(note: dict, layout: dict) -> float:
    margin = layout["margin"]
    plot = layout["height"] - margin["t"] - margin["b"]
    low, high = (0, 1) if note.get("yref") == "paper" else layout["yaxis"]["range"]
    return margin["t"] + plot * (high - note["y"]) / (high - low)
