"""A picture as a part of a page: fluid drawings, and a link over every mark that has a source.

It fills whatever width it gets without a script. Which layout is shown is then for the page's own
width to say; `web/static/pictures.js` tells it better, and how large the type is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from xml.etree.ElementTree import Element, tostring

from gsn_dash.charts.data import Drawing, Picture, Target
from gsn_dash.charts.notation import INK
from gsn_dash.charts.svg.drawing import draw_marks
from gsn_dash.charts.svg.marks import Hatchings
from gsn_dash.charts.svg.nodes import plain, write
from gsn_dash.charts.svg.stage import FluidStage
from gsn_dash.charts.template import FONT

# The only words that are not the picture's own.
_SOURCES, _LINK = "Källor till {}", "{}. Visa källan"
_KEPT = "figure"
# Where the wide layout has no room and no script has told which is shown.
_NARROW = (
    "@container (width < {least}px) {{"
    '.gsn-picture[data-from="{least}"]:not([data-shown]) > [data-layout="wide"] {{display:none}}'
    '.gsn-picture[data-from="{least}"]:not([data-shown]) > [data-layout="narrow"] {{display:block}}'
    "}}"
)


@dataclass(frozen=True)
class _Layout:
    """A layout as HTML up to its links; of each link its source, and what follows its address."""

    opening: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Figure:
    """What a picture is as HTML wherever its links lead."""

    opening: str
    layouts: tuple[_Layout, _Layout]
    sources: str


def picture_html(picture: Picture, lead_to: Callable[[str], str] | None = None) -> str:
    """The picture as a `<figure>`; the same picture gives the same text.

    `lead_to` gives the address that the mark with a `ref` is a link to. Without it no mark is one.
    What does not depend on that is made once for a picture and kept with it.
    """
    figure = picture.kept.get(_KEPT)
    if figure is None:
        figure = picture.kept.setdefault(_KEPT, _make(picture))
    layouts = "".join(_close(layout, figure.sources, lead_to) for layout in figure.layouts)
    return f"{figure.opening}{layouts}</figure>"


def _close(layout: _Layout, sources: str, lead_to: Callable[[str], str] | None) -> str:
    links = ""
    if lead_to is not None and layout.links:
        links = "".join(
            f'<a class="gsn-picture-source" href="{_said(lead_to(ref))}"{rest}'
            for ref, rest in layout.links
        )
        links = f"{sources}{links}</div>"
    return f"{layout.opening}{links}</div></div>"


def _make(picture: Picture) -> _Figure:
    least, patterns = picture.wide.min_width, Element("defs")
    hatchings = Hatchings(patterns, _stem(picture))
    layouts = (
        _lay_out(picture, picture.wide, "wide", hatchings),
        _lay_out(picture, picture.narrow, "narrow", hatchings),
    )
    opening = (
        f'<figure class="gsn-picture" data-from="{least}"><style>{_NARROW.format(least=least)}'
        f"</style>{_define(patterns)}<figcaption>{_said(picture.title)}</figcaption>"
    )
    sources = _said(_SOURCES.format(picture.title))
    group = f'<div class="gsn-picture-sources" role="group" aria-label="{sources}">'
    return _Figure(opening, layouts, group)


def _stem(picture: Picture) -> str:
    """Begins the names of a picture's patterns, and of no other's in a page."""
    what = repr(picture).encode("utf-8", "replace")
    return f"gsn-{sha256(what).hexdigest()[:10]}"


def _define(patterns: Element) -> str:
    """The patterns beside the layouts: those of one that is not shown would fill nothing."""
    if not len(patterns):
        return ""
    svg = Element("svg", {"class": "gsn-picture-patterns", "aria-hidden": "true"})
    svg.append(patterns)
    return tostring(svg, encoding="unicode")


def _lay_out(picture: Picture, drawing: Drawing, name: str, hatchings: Hatchings) -> _Layout:
    margin = drawing.figure["layout"]["margin"]
    return _Layout(
        f'<div class="gsn-picture-stage" data-layout="{name}" data-least="{drawing.min_width}"'
        f' data-height="{drawing.height}" style="height:{drawing.height}px">'
        f'<div class="gsn-picture-sheet" style="min-width:{drawing.min_width}px">'
        f'<div class="gsn-picture-plot" role="img" aria-label="{_said(picture.alt)}"'
        f' style="padding:0 {write(margin["r"])}px 0 {write(margin["l"])}px">'
        f"{_draw(drawing, hatchings)}</div>",
        tuple((target.ref, _rest_of_link(target)) for target in drawing.targets),
    )


def _draw(drawing: Drawing, hatchings: Hatchings) -> str:
    root = Element("svg", {"width": "100%", "height": str(drawing.height), "aria-hidden": "true"})
    root.set("overflow", "visible")
    root.set("font-family", FONT)
    stage = FluidStage(drawing.figure["layout"], drawing.min_width)
    draw_marks(root, drawing, stage, hatchings)
    _shorten(root)
    return tostring(root, encoding="unicode")


def _shorten(root: Element) -> None:
    """Says once what all texts have, and nothing that goes without saying: it is sent often."""
    root.set("fill", INK)
    for text in root.iter("text"):
        text.attrib.pop("fill")
        if text.get("text-anchor") == "start":
            text.attrib.pop("text-anchor")
        if len(text) == 1:
            span = text[0]
            text.attrib.update(span.attrib)
            text.text = span.text
            text.remove(span)


def _rest_of_link(target: Target) -> str:
    name = _said(target.name)
    place = (
        f"left:{_length(*target.left)};width:{_length(*target.width)};"
        f"top:{write(target.top)}px;height:{write(target.height)}px"
    )
    label = _said(_LINK.format(target.name))
    return f' title="{name}" aria-label="{label}" style="{place}"></a>'


def _length(percent: float, pixels: float) -> str:
    if not round(percent, 3):
        return f"{write(pixels)}px"
    sign = "-" if pixels < 0 else "+"
    return f"calc({percent:.3f}% {sign} {write(abs(pixels))}px)"


def _said(text: str) -> str:
    return escape(plain(text))
