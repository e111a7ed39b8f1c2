"""The lines over a picture of a spread that say what its signs mean, each after its sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gsn_dash.charts.data import Target
from gsn_dash.charts.lettering import NARROW, Type
from gsn_dash.charts.words import Block, plain_block

SIGN = 30
_ROOM = {True: 250.0, False: 560.0}
# Plotly's shapes of a sign, from the left edge, its middle and its height, all in pixels.
Sign = Callable[[float, float, float], list[dict]]


@dataclass(frozen=True)
class Entry:
    """A sign with its words; `ref` is the source that the words lead to, "" for none."""

    sign: Sign
    text: str
    ref: str = ""


class Key:
    """The entries under each other from the top; `height` is the pixels that they take.

    `left` is the margin of the plot, whose axes count the pixels below its top.
    """

    def __init__(self, entries: tuple[Entry, ...], sizes: Type, left: float) -> None:
        self.shapes: list[dict] = []
        self.annotations: list[dict] = []
        self.targets: list[Target] = []
        self.width = self.height = 0.0
        for entry in entries:
            self._add(entry, sizes, left)

    def _add(self, entry: Entry, sizes: Type, left: float) -> None:
        words = plain_block(entry.text, sizes.name, sizes, _ROOM[sizes is NARROW] - SIGN)
        line = sizes.line(sizes.name)
        self.shapes += entry.sign(-left, self.height + line / 2, line - 8)
        self.annotations.append(_words(words, self.height, sizes, left))
        if entry.ref:
            self.targets.append(_target(entry, words, self.height))
        self.width = max(self.width, SIGN + words.width)
        self.height += max(words.height, 26 if entry.ref else 0) + 4


def _words(words: Block, top: float, sizes: Type, left: float) -> dict:
    place = {"xref": "paper", "x": 0, "xshift": SIGN - left, "xanchor": "left", "align": "left"}
    font = {"size": sizes.name}
    return {**place, "y": top, "yanchor": "top", "text": words.markup, "font": font}


def _target(entry: Entry, words: Block, top: float) -> Target:
    return Target(
        ref=entry.ref,
        name=entry.text,
        left=(0.0, SIGN - 3.0),
        width=(0.0, words.width + 6),
        top=top,
        height=max(26.0, words.height),
    )


def circle(fill: str, edge: str, size: float) -> Sign:
    """A dot `size` pixels wide."""

    def sign(left: float, middle: float, _height: float) -> list[dict]:
        return [_box("circle", fill, edge, (left + 1, left + 1 + size), middle, size)]

    return sign


def swatch(fill: str, edge: str) -> Sign:
    """A piece of a filled band."""

    def sign(left: float, middle: float, height: float) -> list[dict]:
        return [_box("rect", fill, edge, (left + 1, left + SIGN - 8), middle, height)]

    return sign


def stroke(line: dict) -> Sign:
    """A piece of a line."""

    def sign(left: float, middle: float, _height: float) -> list[dict]:
        ends = _across((left + 1, left + SIGN - 8))
        return [{"type": "line", "line": line, **ends, "y0": middle, "y1": middle}]

    return sign


def _box(
    kind: str, fill: str, edge: str, ends: tuple[float, float], middle: float, height: float
) -> dict:
    half = height / 2
    line = {"color": edge, "width": 1.6}
    place = {**_across(ends), "y0": middle - half, "y1": middle + half}
    return {"type": kind, "fillcolor": fill, "line": line, **place}


def _across(ends: tuple[float, float]) -> dict:
    place = {"xref": "paper", "xsizemode": "pixel", "xanchor": 0}
    return {**place, "x0": ends[0], "x1": ends[1]}
