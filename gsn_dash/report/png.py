"""A drawing as dots, for programs that take no SVG."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from gsn_dash.report.letters import settable
from gsn_dash.report.typesetting import set_png

_TEMPLATE = """
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)
"""
_POINTS_AN_INCH = 72
# Larger than any wall needs, and small enough for the server.
MOST_PIXELS = 6000


def draw_png(svg: str, width_px: int) -> bytes:
    """The drawing `width_px` pixels wide on white. `svg` is what `draw_svg` gives.

    Raises ValueError for a width of no pixels or more than `MOST_PIXELS`.
    """
    if not 0 < width_px <= MOST_PIXELS:
        raise ValueError(f"a picture is 1 to {MOST_PIXELS} pixels wide, not {width_px}")
    root = fromstring(svg)
    width, height = root.attrib["width"], root.attrib["height"]
    ppi = _POINTS_AN_INCH * width_px / float(width)
    return set_png(_TEMPLATE, {"svg": settable(svg), "width": width, "height": height}, ppi)
