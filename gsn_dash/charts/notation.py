"""The notation of the pictures, and the only colours: ISO 24896 (IBCS) where it has a say.

Hue says only good or bad, and only on deviations. What is reported is black, grey and white;
what-if is violet with a dashed edge, so that it is never taken for reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.charts.data import Mark, Style
from gsn_dash.charts.spread_data import Shade

INK = "#1A1A1A"
PAPER = "#FFFFFF"
SOFT_INK = "#404040"
GOOD = "#0072B2"
BAD = "#D55E00"
GREY = "#767676"
DARK = "#2F3B45"
MIDDLE = "#5B6975"
VIOLET = "#6A3D9A"
PALE_VIOLET = "#EADFF5"
MIDDLE_VIOLET = "#C9B2E4"
# Pixels: of lines, and of what a hatching repeats itself after.
EDGE, SLOT_EDGE, ASSUMED_EDGE, ZERO_LINE = 1.6, 1.6, 2, 1.5
SLOT_DASH, ASSUMED_DASH = "5px,4px", "6px,3px"
PATTERN_SIZES = {"/": 7, ".": 6}
# The part of a hatching's ground that its strokes cover.
SOLIDITY = 0.35


@dataclass(frozen=True)
class Look:
    """How a bar is filled and edged. `pattern` is one of Plotly's shapes, "" for none."""

    fill: str
    edge: str
    pattern: str = ""
    ink: str = INK
    dashed: bool = False


LOOKS = {
    Style.BUDGET: Look(PAPER, INK),
    Style.OUTCOME: Look(DARK, DARK),
    Style.FORECAST: Look(PAPER, DARK, pattern="/", ink=DARK),
    Style.DEVIATION_GOOD: Look(GOOD, GOOD),
    Style.DEVIATION_BAD: Look(BAD, BAD),
    Style.DEVIATION_NEUTRAL: Look(GREY, GREY),
    Style.NEUTRAL: Look(MIDDLE, MIDDLE),
    Style.DERIVED: Look(PAPER, DARK, pattern=".", ink=DARK),
    Style.WHATIF: Look(PALE_VIOLET, VIOLET, dashed=True),
    Style.TOTAL: Look(INK, INK),
}

# A spread is an assumption, so all of it is violet; fill tells the kinds of dots apart.
SHADES = {
    Shade.STRONG: Look(VIOLET, VIOLET),
    Shade.PALE: Look(PALE_VIOLET, VIOLET),
    Shade.OPEN: Look(PAPER, VIOLET),
}
GUIDE_WIDTHS = {Style.BUDGET: 1.5, Style.FORECAST: 3}


def look_of(mark: Mark) -> Look:
    """The look of a mark: that of its style, dotted on white where the amount is derived."""
    look = LOOKS[mark.style]
    if mark.derived and not look.dashed:
        return Look(PAPER, look.edge, pattern=".", ink=look.edge)
    return look


def guide_line(style: Style) -> dict:
    """Plotly's `line` for a value that is marked across a picture."""
    look = LOOKS[style]
    dash = {"dash": ASSUMED_DASH} if look.dashed else {}
    return {"color": look.edge, "width": GUIDE_WIDTHS.get(style, ASSUMED_EDGE), **dash}


def marker(look: Look) -> dict:
    """Plotly's `marker` for bars of this look. A dashed edge is drawn over it as a shape."""
    edge = {"color": look.edge, "width": 0 if look.dashed else EDGE}
    if not look.pattern:
        return {"color": look.fill, "line": edge}
    pattern = {
        "shape": look.pattern,
        "fgcolor": look.ink,
        "bgcolor": look.fill,
        "size": PATTERN_SIZES[look.pattern],
        "solidity": SOLIDITY,
    }
    return {"color": look.fill, "line": edge, "pattern": pattern}
