"""The notation of the pictures, and the only colours: ISO 24896 (IBCS) where it has a say.

Hue says only good or bad, and only on deviations. What is reported is black, grey and white;
what-if is violet with a dashed edge, so that it is never taken for reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.charts.data import Mark, Style

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


def look_of(mark: Mark) -> Look:
    """The look of a mark: that of its style, dotted on white where the amount is derived."""
    look = LOOKS[mark.style]
    if mark.derived and not look.dashed:
        return Look(PAPER, look.edge, pattern=".", ink=look.edge)
    return look


def marker(look: Look) -> dict:
    """Plotly's `marker` for bars of this look. A dashed edge is drawn over it as a shape."""
    edge = {"color": look.edge, "width": 0 if look.dashed else 1.6}
    if not look.pattern:
        return {"color": look.fill, "line": edge}
    size = 7 if look.pattern == "/" else 6
    pattern = {
        "shape": look.pattern,
        "fgcolor": look.ink,
        "bgcolor": look.fill,
        "size": size,
        "solidity": 0.35,
    }
    return {"color": look.fill, "line": edge, "pattern": pattern}
