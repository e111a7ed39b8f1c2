"""What a browser that draws our pictures itself must know besides each picture's plan."""

from __future__ import annotations

from gsn_dash.charts.columns import HALF
from gsn_dash.charts.columns import NEAR as COLUMN_NEAR
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.lanes import HAIR, NEAR, SLOT
from gsn_dash.charts.lettering import BOLDER, CAPITAL, LETTERS, LINE, OTHER
from gsn_dash.charts.notation import (
    ASSUMED_DASH,
    ASSUMED_EDGE,
    EDGE,
    INK,
    PAPER,
    PATTERN_SIZES,
    SLOT_DASH,
    SLOT_EDGE,
    SOFT_INK,
    SOLIDITY,
    ZERO_LINE,
)
from gsn_dash.charts.strokes import LEAST_TARGET
from gsn_dash.charts.template import FONT

# Lengths are pixels, widths of letters ems, `stops` where an axis may end in its power of ten.
RULES = {
    "font": FONT,
    "letters": [list(letters) for letters in LETTERS],
    "capital": CAPITAL,
    "other": OTHER,
    "bolder": BOLDER,
    "line": LINE,
    "hair": to_plot(HAIR),
    "stops": [1, 1.5, 2, 3, 4, 5, 6, 8, 10],
    "slot": SLOT,
    "near": NEAR,
    "columnNear": COLUMN_NEAR,
    "columnHalf": HALF,
    "leastTarget": LEAST_TARGET,
    "ink": INK,
    "paper": PAPER,
    "softInk": SOFT_INK,
    "edge": EDGE,
    "slotEdge": SLOT_EDGE,
    "slotDash": SLOT_DASH.replace("px", ""),
    "assumedEdge": ASSUMED_EDGE,
    "assumedDash": ASSUMED_DASH.replace("px", ""),
    "zeroLine": ZERO_LINE,
    "patternSizes": PATTERN_SIZES,
    "solidity": SOLIDITY,
}
