"""Plotly's bars, points, lines and shapes as nodes of an SVG: those that our pictures use."""

from __future__ import annotations

from math import pi, sqrt
from xml.etree.ElementTree import Element

from gsn_dash.charts.svg.nodes import add
from gsn_dash.charts.svg.stage import Across, Stage

# A bar thinner than this many pixels would not be drawn at all, not even its edge.
_LEAST = 0.5


class Hatchings:
    """The patterns of one drawing: each is defined once, the first time it is asked for.

    `stem` begins their names, which are to be found nowhere else in a page: a pattern of a
    drawing that is not shown fills nothing.
    """

    def __init__(self, parent: Element, stem: str) -> None:
        self._parent = parent
        self._stem = stem
        self._names: dict[tuple, str] = {}

    def fill(self, marker: dict) -> str:
        """The fill of a bar: its colour, or its pattern by name."""
        pattern = marker.get("pattern")
        if not pattern:
            return marker["color"]
        key = tuple(sorted(pattern.items()))
        if key not in self._names:
            self._names[key] = f"{self._stem}-{len(self._names) + 1}"
            self._define(self._names[key], pattern)
        return f"url(#{self._names[key]})"

    def _define(self, name: str, pattern: dict) -> None:
        step, ink, solidity = pattern["size"], pattern["fgcolor"], pattern["solidity"]
        side = step * sqrt(2) if pattern["shape"] == "/" else step
        node = add(
            self._parent, "pattern", id=name, width=side, height=side, patternUnits="userSpaceOnUse"
        )
        add(node, "rect", width=side, height=side, fill=pattern["bgcolor"])
        if pattern["shape"] == ".":
            radius = sqrt(solidity * step * step / pi)
            add(node, "circle", cx=step / 2, cy=step / 2, r=radius, fill=ink)
            return
        quarter, half = side / 4, side / 2
        path = (
            f"M{-quarter:.3f},{quarter:.3f}l{half:.3f},{-half:.3f}"
            f"M0,{side:.3f}L{side:.3f},0"
            f"M{quarter * 3:.3f},{quarter * 5:.3f}l{half:.3f},{-half:.3f}"
        )
        add(node, "path", d=path, stroke=ink, stroke_width=solidity * step)


def draw_trace(parent: Element, trace: dict, stage: Stage, hatchings: Hatchings) -> None:
    """The bars, the points or the line of one trace."""
    if trace["type"] == "bar":
        _draw_bars(parent, trace, stage, hatchings)
    elif trace["mode"] == "markers":
        _draw_points(parent, trace, stage)
    else:
        _draw_line(parent, trace, stage)


def _draw_bars(parent: Element, trace: dict, stage: Stage, hatchings: Hatchings) -> None:
    marker, half = trace["marker"], trace["width"] / 2
    edge = {"stroke": marker["line"]["color"], "stroke_width": marker["line"]["width"]}
    paint = {"fill": hatchings.fill(marker), **(edge if edge["stroke_width"] else {})}
    x_ref, lies = trace.get("xaxis", "x"), trace.get("orientation") == "h"
    for x, y, base in zip(trace["x"], trace["y"], trace["base"], strict=True):
        if lies:
            ends = stage.across(base, x_ref), stage.across(base + x, x_ref)
            sides = stage.down(y - half), stage.down(y + half)
        else:
            ends = stage.across(x - half), stage.across(x + half)
            sides = stage.down(base), stage.down(base + y)
        _draw_box(parent, stage, ends, sides, paint, _LEAST)


def _draw_box(
    parent: Element,
    stage: Stage,
    ends: tuple[Across, Across],
    sides: tuple[float, float],
    paint: dict,
    least: float = 0.0,
) -> None:
    left, right = stage.in_order(*ends)
    top, bottom = sorted(sides)
    width, height = stage.between(left, right, least), max(bottom - top, least)
    add(parent, "rect", **stage.at(left), y=top, width=width, height=height, **paint)


def _draw_points(parent: Element, trace: dict, stage: Stage) -> None:
    look = trace["marker"]
    paint = {
        "r": look["size"] / 2,
        "fill": look["color"],
        "stroke": look["line"]["color"],
        "stroke_width": look["line"]["width"],
    }
    for x, y in zip(trace["x"], trace["y"], strict=True):
        add(parent, "circle", **stage.at(stage.across(x), "cx"), cy=stage.down(y), **paint)


def _draw_line(parent: Element, trace: dict, stage: Stage) -> None:
    """A line through the points, broken where one of them is None, or the ground they enclose."""
    parent, across, about = stage.lines(parent)
    pieces: list[list[str]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if y is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{across(stage.across(x).share):.2f},{stage.down(y):.2f}")
    for points in filter(None, pieces):
        if trace.get("fill") == "toself":
            add(parent, "polygon", points=" ".join(points), fill=trace["fillcolor"])
        else:
            line = _stroke(trace["line"])
            add(parent, "polyline", points=" ".join(points), fill="none", **line, **about)


def draw_shape(parent: Element, shape: dict, stage: Stage) -> None:
    """A line, a box or a circle of the layout."""
    box = stage.box(shape)
    if shape["type"] == "line":
        parent, ends = stage.ends(parent, box.left, box.right)
        begin, end = ends.pop("x1"), ends.pop("x2")
        ends = {"x1": begin, "y1": box.top, "x2": end, "y2": box.bottom, **ends}
        add(parent, "line", **ends, **_stroke(shape["line"]))
        return
    paint = {"fill": shape.get("fillcolor", "none"), **_stroke(shape.get("line", {}))}
    if shape["type"] == "circle":
        _draw_ellipse(parent, stage, (box.left, box.right), (box.top, box.bottom), paint)
    else:
        _draw_box(parent, stage, (box.left, box.right), (box.top, box.bottom), paint)


def _draw_ellipse(
    parent: Element,
    stage: Stage,
    ends: tuple[Across, Across],
    sides: tuple[float, float],
    paint: dict,
) -> None:
    left, right = stage.in_order(*ends)
    top, bottom = sorted(sides)
    middle = Across((left.share + right.share) / 2, (left.pixels + right.pixels) / 2)
    radii = {"rx": stage.between(left, middle), "ry": (bottom - top) / 2}
    add(parent, "ellipse", **stage.at(middle, "cx"), cy=(top + bottom) / 2, **radii, **paint)


def _stroke(line: dict) -> dict:
    width = line.get("width", 2)
    if not line or not width:
        return {}
    return {
        "stroke": line["color"],
        "stroke_width": width,
        "stroke_dasharray": _dashes(line.get("dash", ""), width),
    }


def _dashes(dash: str, width: float) -> str | None:
    """Plotly's dashes: lengths as they are, or the name of dots as long as the line is wide."""
    if dash == "dot":
        return f"{max(width, 3):g},{max(width, 3):g}"
    return dash.replace("px", "") or None
