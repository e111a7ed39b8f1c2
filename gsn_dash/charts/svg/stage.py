"""Where the values of a Plotly layout lie: at a fixed width, or at any width that a page has.

Down, all is pixels. Across, a place is a share of the plot, which only the page knows the width
of, and pixels to add.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gsn_dash.charts.svg.nodes import add

# How wide the plot of a fluid drawing counts as inside its lines: as fine as any screen.
_FINE = 1000
# An attribute's length: pixels as a number, or a share as "12.5%".
Length = float | str


@dataclass(frozen=True)
class Across:
    """A place across: the share of the plot's width from its left edge, and pixels to add."""

    share: float
    pixels: float = 0.0

    def moved(self, pixels: float) -> Across:
        """The place so many pixels to the right."""
        return Across(self.share, self.pixels + pixels)


@dataclass(frozen=True)
class Box:
    """Where a shape lies; `top` and `bottom` are pixels from the top of the drawing."""

    left: Across
    top: float
    right: Across
    bottom: float


@dataclass(frozen=True)
class Stage(ABC):
    """The plot of a layout, below `head` pixels of title.

    An x or y in a layout is a value on an axis ("x", "x2", "y") or a share of the plot ("paper").
    """

    layout: dict
    width: float
    head: float = 0.0

    @property
    def height(self) -> float:
        """The pixels of the whole drawing, its title included."""
        return self.layout["height"] + self.head

    @property
    def plot(self) -> float:
        """The pixels between the margins at the drawing's `width`."""
        margin = self.layout["margin"]
        return self.width - margin["l"] - margin["r"]

    def across(self, value: float, ref: str = "x") -> Across:
        """Where across a value lies."""
        return Across(self._share(value, ref))

    def down(self, value: float, ref: str = "y") -> float:
        """The pixels from the top edge of the drawing."""
        margin = self.layout["margin"]
        plot = self.layout["height"] - margin["t"] - margin["b"]
        return self.head + margin["t"] + plot * (1 - self._share(value, ref))

    def _share(self, value: float, ref: str) -> float:
        if ref == "paper":
            return value
        axis = self.layout[ref.replace("x", "xaxis").replace("y", "yaxis")]
        low, high = axis["range"]
        begin, end = axis.get("domain", (0, 1))
        return begin + (end - begin) * (value - low) / (high - low)

    def box(self, shape: dict) -> Box:
        """The place of a shape; lengths in pixels count from its anchor."""
        x_ref, y_ref = shape.get("xref", "x"), shape.get("yref", "y")
        if shape.get("xsizemode") == "pixel":
            anchor = self.across(shape["xanchor"], x_ref)
            left, right = anchor.moved(shape["x0"]), anchor.moved(shape["x1"])
        else:
            left, right = self.across(shape["x0"], x_ref), self.across(shape["x1"], x_ref)
        if shape.get("ysizemode") == "pixel":
            anchor = self.down(shape["yanchor"], y_ref)
            return Box(left, anchor - shape["y0"], right, anchor - shape["y1"])
        return Box(left, self.down(shape["y0"], y_ref), right, self.down(shape["y1"], y_ref))

    def in_order(self, one: Across, other: Across) -> tuple[Across, Across]:
        """The two places from left to right."""
        left, right = sorted((one, other), key=lambda at: at.share * self.plot + at.pixels)
        return left, right

    @abstractmethod
    def at(self, place: Across, name: str = "x") -> dict[str, object]:
        """The attributes that put a node at the place; `name` is that of its coordinate."""

    @abstractmethod
    def between(self, left: Across, right: Across, least: float = 0.0) -> Length:
        """The length from one place to the other, `least` pixels where it would be shorter."""

    @abstractmethod
    def lines(self, parent: Element) -> tuple[Element, Callable[[float], float], dict]:
        """Where lines through points go: their parent, what makes a share of the plot an x in it,
        and the attributes that they have there."""

    @abstractmethod
    def ends(self, parent: Element, left: Across, right: Across) -> tuple[Element, dict]:
        """Where a straight line goes: its parent, and x1 and x2 with what moves them."""


class FixedStage(Stage):
    """A drawing of `width` pixels that stands alone."""

    def _pixels(self, place: Across) -> float:
        return self.layout["margin"]["l"] + self.plot * place.share + place.pixels

    def at(self, place: Across, name: str = "x") -> dict[str, object]:
        return {name: self._pixels(place)}

    def between(self, left: Across, right: Across, least: float = 0.0) -> Length:
        return max(self._pixels(right) - self._pixels(left), least)

    def lines(self, parent: Element) -> tuple[Element, Callable[[float], float], dict]:
        return parent, lambda share: self._pixels(Across(share)), {}

    def ends(self, parent: Element, left: Across, right: Across) -> tuple[Element, dict]:
        return parent, {"x1": self._pixels(left), "x2": self._pixels(right)}


class FluidStage(Stage):
    """A drawing that is as wide as its place in a page, at least `width` pixels.

    Its SVG is as wide as the plot, between margins that the page keeps, so that a share of the
    plot is that many per cent.
    """

    def at(self, place: Across, name: str = "x") -> dict[str, object]:
        return {name: _percent(place.share), **_shift(place.pixels)}

    def between(self, left: Across, right: Across, least: float = 0.0) -> Length:
        share, pixels = right.share - left.share, right.pixels - left.pixels
        if not share:
            return max(pixels, least)
        if pixels:
            raise ValueError("a length is either a share of the plot or pixels")
        return _percent(max(share, least / self.plot))

    def lines(self, parent: Element) -> tuple[Element, Callable[[float], float], dict]:
        height = self.height
        box = f"0 0 {_FINE} {height:g}"
        inner = add(parent, "svg", width="100%", height=height, viewBox=box, overflow="visible")
        inner.set("preserveAspectRatio", "none")
        return inner, lambda share: share * _FINE, {"vector_effect": "non-scaling-stroke"}

    def ends(self, parent: Element, left: Across, right: Across) -> tuple[Element, dict]:
        if left.pixels == right.pixels:
            ends = {"x1": _percent(left.share), "x2": _percent(right.share)}
            return parent, ends | _shift(left.pixels)
        if left.share != right.share:
            raise ValueError("a line is either as long as a share of the plot or as pixels")
        if left.share:
            parent = add(parent, "svg", x=_percent(left.share), overflow="visible")
        return parent, {"x1": left.pixels, "x2": right.pixels}


def _percent(share: float) -> str:
    text = f"{round(share * 100, 3) + 0.0:.3f}".rstrip("0").rstrip(".")
    return f"{text}%" if text != "0" else "0"


def _shift(pixels: float) -> dict[str, object]:
    return {"transform": f"translate({round(pixels, 2):g})"} if round(pixels, 2) else {}
