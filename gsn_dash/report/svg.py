"""A picture of the pages as one SVG that stands alone, for a document or somebody's slides.

What draws the page's pictures draws these, at a width that stands fast.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from gsn_dash.charts.data import Picture
from gsn_dash.charts.lettering import LINE, wrap
from gsn_dash.charts.notation import PAPER
from gsn_dash.charts.svg.drawing import draw_marks
from gsn_dash.charts.svg.marks import Hatchings
from gsn_dash.charts.svg.nodes import add, plain, write
from gsn_dash.charts.svg.stage import Across, FixedStage
from gsn_dash.charts.svg.words import Run, write_lines

# Where the first is not at hand, whoever shows the picture takes the next; all have room.
FAMILY = "'Source Sans Pro', 'Source Sans 3', 'Source Sans', Arial, Helvetica, sans-serif"
_TITLE_SIZE, _TITLE_AIR = 20, 12


def draw_svg(
    picture: Picture, narrow: bool = False, width: int | None = None, titled: bool = True
) -> str:
    """The picture as a text of SVG; the same picture gives the same text.

    `width` is in pixels, at least what the layout needs and by default just that. `titled` sets
    the title over the marks; as a name, with the description, it is in the drawing either way.
    """
    drawing = picture.narrow if narrow else picture.wide
    across = max(width or 0, drawing.min_width)
    title = wrap(picture.title, _TITLE_SIZE, across, True) if titled else ()
    head = len(title) * _TITLE_SIZE * LINE + _TITLE_AIR if title else 0
    stage = FixedStage(drawing.figure["layout"], across, head)
    root = _root(picture, across, stage.height)
    lines = [[Run(line, _TITLE_SIZE, bold=True)] for line in title]
    if lines:
        corner = Across(0, -drawing.figure["layout"]["margin"]["l"]), 4
        write_lines(root, lines, corner, "left", _TITLE_SIZE, stage)
    draw_marks(root, drawing, stage, Hatchings(add(root, "defs"), "hatching"))
    return tostring(root, encoding="unicode") + "\n"


def _root(picture: Picture, width: float, height: float) -> Element:
    size = {"width": write(width), "height": write(height)}
    box = f"0 0 {size['width']} {size['height']}"
    namespace = "http://www.w3.org/2000/svg"
    root = Element("svg", {"xmlns": namespace, **size, "viewBox": box, "role": "img"})
    root.set("lang", "sv")
    root.set("font-family", FAMILY)
    add(root, "title").text = plain(picture.title)
    add(root, "desc").text = plain(picture.alt)
    add(root, "rect", width=width, height=height, fill=PAPER)
    return root

