"""Plotly's annotations as texts of an SVG: their few marks of type, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element

from gsn_dash.charts.lettering import LINE, text_width
from gsn_dash.charts.notation import INK
from gsn_dash.charts.svg.nodes import add, plain
from gsn_dash.charts.svg.stage import Across, Stage

_TAG = re.compile(r'(<br>|</?b>|<span style="font-size:\d+px">|</span>)')
# Of a text's width and height, how much lies before the place that it is anchored at.
_ALONG = {"left": 0.0, "center": 0.5, "right": 1.0}
_ABOVE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
# The middle of capital letters and digits lies this much of their size above their foot.
_MIDDLE = 0.35


@dataclass(frozen=True)
class Run:
    """A piece of a line in one type; `size` is pixels."""

    text: str
    size: float
    bold: bool = False


def read_lines(markup: str, size: float) -> list[list[Run]]:
    """The lines of the markup that charts/words.py writes; anything else in it is text."""
    lines: list[list[Run]] = [[]]
    bold, now = False, size
    for piece in _TAG.split(markup):
        if piece == "<br>":
            lines.append([])
        elif piece in ("<b>", "</b>"):
            bold = piece == "<b>"
        elif _TAG.fullmatch(piece):
            now = size if piece == "</span>" else float(re.sub(r"\D", "", piece))
        elif piece:
            lines[-1].append(Run(unescape(piece), now, bold))
    return lines


def write_annotation(parent: Element, note: dict, stage: Stage) -> None:
    """One annotation of the layout, on a ground of its own where it has one."""
    size = note.get("font", {}).get("size", stage.layout.get("type", 17))
    lines = read_lines(note["text"], size)
    x_anchor, y_anchor = note.get("xanchor", "center"), note.get("yanchor", "middle")
    tall = len(lines) * size * LINE
    at = stage.across(note["x"], note.get("xref", "x")).moved(note.get("xshift", 0))
    y = stage.down(note["y"], note.get("yref", "y")) - note.get("yshift", 0)
    top = y - tall * _ABOVE[y_anchor]
    if "bgcolor" in note:
        width = max(_width(line) for line in lines)
        left = stage.at(at.moved(-width * _ALONG[x_anchor]))
        add(parent, "rect", **left, y=top, width=width, height=tall, fill=note["bgcolor"])
    write_lines(parent, lines, (at, top), x_anchor, size, stage)


def write_lines(
    parent: Element,
    lines: list[list[Run]],
    place: tuple[Across, float],
    anchor: str,
    size: float,
    stage: Stage,
) -> None:
    """Lines under each other; `place` is that of the anchor, and the pixels to the first's top."""
    across, top = place
    x = stage.at(across)
    shift = {"transform": x.pop("transform")} if "transform" in x else {}
    node = add(parent, "text", fill=INK, font_size=size, text_anchor=_ANCHORS[anchor], **shift)
    for number, line in enumerate(lines):
        base = top + (number + 0.5) * size * LINE + size * _MIDDLE
        for order, run in enumerate(line):
            begin = {} if order else {**x, "y": base}
            weight = "bold" if run.bold else None
            own = run.size if run.size != size else None
            span = add(node, "tspan", **begin, font_weight=weight, font_size=own)
            span.text = plain(run.text)


def _width(line: list[Run]) -> float:
    return sum(text_width(run.text, run.size, run.bold) for run in line)
