"""What a line over occasions is told: a mark for each place along it, or a gap.

As in `data` every text is ready in Swedish and every value exact, in the unit that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.charts.data import Mark, Style
from gsn_dash.charts.spread_data import Tick


@dataclass(frozen=True)
class Line:
    """One quantity along the places: `marks` has one for each, whose value is None in a gap.

    A mark that is None itself is no gap that is shown: nothing was to be said there. Each mark is
    drawn in its own style, which is another than the line's where the quantity has become another.
    """

    name: str
    style: Style
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class LineChart:
    """Quantities of one unit along time; a tick of value zero is the line that is drawn heavier.

    `places` are the texts under the plot, from the earliest; no line leads to a place that is
    among `begins`, where what is counted begins anew. Raises ValueError with no known value, or
    where a line has another number of marks than there are places.
    """

    title: str
    alt: str
    unit: str
    places: tuple[str, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    begins: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(line.marks) != len(self.places) for line in self.lines):
            raise ValueError("a line has one mark, or gap, for each place")
        marks = [mark for line in self.lines for mark in line.marks if mark]
        if all(mark.value is None for mark in marks):
            raise ValueError("a line needs a value")
