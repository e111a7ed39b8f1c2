"""The room that a `LineChart` has: its margins, and which of its texts find room along time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.charts.data import Mark, Style
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.key import Entry, Key, circle
from gsn_dash.charts.lettering import NARROW, WIDE, Type, text_width, widest
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.notation import LOOKS, PAPER

POINT, SLOT_STEP = 13, 30
OPEN = (Style.BUDGET, Style.FORECAST, Style.NEUTRAL)
_PLOT_HEIGHT = {True: 190, False: 240}
_NARROWEST, _WIDEST_START = 286, 560
_NEAR = 8
# How far apart words that could be read on into each other stand at least, and other texts.
_WORDS_APART, _APART = 10, 4
# Room above and below the values, as a part of their span: numbers stand there.
_AIR = Decimal("0.17")
# The lines of each text under the plot.
_Dates = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LineStage:
    """The plot: margins, top and height in pixels, the values at its top and bottom.

    `dates` are the lines of each text under the plot; `band` is the height of what lies under the
    values: the boxes of the unknown.
    """

    chart: LineChart
    dates: _Dates
    sizes: Type
    left: float
    right: float
    inset: float
    top: float
    height: float
    low: Decimal
    high: Decimal
    least: int
    band: float

    @property
    def last(self) -> int:
        """Where the plot ends, in places; it has a width also with a single one."""
        return max(len(self.chart.places) - 1, 1)

    @property
    def floor(self) -> float:
        """Where all that lies in the plot ends, in pixels from the top of the drawing."""
        return self.top + self.height + self.band

    @property
    def whole(self) -> int:
        """The height of the drawing in pixels, with the dates under the plot."""
        lines = max(len(date) for date in self.dates)
        return round(self.floor + lines * self.sizes.line(self.sizes.small) + 18)

    def depth(self, value: Decimal) -> float:
        """How many pixels from the top of the drawing the value lies."""
        return self.top + to_plot((self.high - value) / (self.high - self.low)) * self.height

    @property
    def dated(self) -> tuple[int, ...]:
        """The places whose dates there is room for, in the narrowest drawing."""
        is_one_line = all(len(lines) == 1 for lines in self.dates)
        gap = _WORDS_APART if is_one_line else _APART
        return self._roomy(_date_widths(self.dates, self.sizes), gap)

    def numbered(self, labels: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
        """The places whose numbers there is room for; `labels` are those of each place."""
        widths = [widest(texts, self.sizes.number, bold=True) for texts in labels]
        return self._roomy(widths, _APART)

    def _roomy(self, widths: Sequence[float], gap: float) -> tuple[int, ...]:
        step = (self.least - self.left - self.right) / self.last
        return _keep_apart(widths, step, gap)


def lay_out(chart: LineChart, narrow: bool) -> tuple[Key, LineStage]:
    """The key above the plot, and the plot. Dates are of one line where all have room so, or else
    of a line for each word."""
    whole = tuple((text,) for text in chart.places)
    key, stage = _lay_out(chart, narrow, whole)
    if len(stage.dated) == len(whole):
        return key, stage
    return _lay_out(chart, narrow, tuple(tuple(text.split(" ")) for text in chart.places))


def _lay_out(chart: LineChart, narrow: bool, dates: _Dates) -> tuple[Key, LineStage]:
    sizes = NARROW if narrow else WIDE
    texts = _date_widths(dates, sizes)
    numbers = [
        text_width(m.label, sizes.number, bold=True) for line in chart.lines for m in _told(line)
    ]
    ticks = [text_width(tick.text, sizes.small) for tick in chart.ticks]
    inset = max(numbers) / 2 + 4
    left = max(texts[0] / 2, inset + max(ticks, default=0.0)) + 8
    right = max(texts[-1], *numbers) / 2 + POINT
    key = Key(tuple(_entry(line) for line in chart.lines), sizes, left)
    least = max(_NARROWEST if narrow else _WIDEST_START, round(key.width) + 5)
    values = [tick.value for tick in chart.ticks]
    values += [mark.value for line in chart.lines for mark in _known(line)]
    low, high = min(values), max(values)
    air = (high - low) * _AIR or Decimal(1)
    top = key.height + 8
    plot = (top, _PLOT_HEIGHT[narrow], low - air, high + air)
    return key, LineStage(chart, dates, sizes, left, right, inset, *plot, least, _band(chart))


def _band(chart: LineChart) -> float:
    """Room for the most boxes that stand over each other at a place; none where all is known."""
    most = max(gaps_at(chart, place) for place in range(len(chart.places)))
    return most * SLOT_STEP + _NEAR if most else 0.0


def gaps_at(chart: LineChart, place: int) -> int:
    """How many of the lines are unknown at a place."""
    marks = [line.marks[place] for line in chart.lines]
    return sum(1 for mark in marks if mark is not None and mark.value is None)


def _told(line: Line) -> Iterator[Mark]:
    return (mark for mark in line.marks if mark is not None)


def _known(line: Line) -> Iterator[Mark]:
    return (mark for mark in _told(line) if mark.value is not None)


def look_of(style: Style) -> tuple[str, str]:
    """Fill and edge of marks: what is not booked is open."""
    edge = LOOKS[style].edge
    return (PAPER, edge) if style in OPEN else (edge, edge)


def _date_widths(dates: _Dates, sizes: Type) -> list[float]:
    return [widest(lines, sizes.small) for lines in dates]


def _entry(line: Line) -> Entry:
    return Entry(circle(*look_of(line.style), POINT), line.name)


def _keep_apart(widths: Sequence[float], step: float, gap: float) -> tuple[int, ...]:
    """The places whose texts stand at least `gap` pixels apart, from the first to the last.

    The texts' middles are `step` pixels apart. The first and the last are always among them; of
    the others, from the last back, as many as there is room for.
    """
    last = len(widths) - 1
    kept = [last, 0] if last else [last]
    for place in range(last - 1, 0, -1):
        if all(
            abs(other - place) * step >= (widths[other] + widths[place]) / 2 + gap
            for other in (kept[-2], 0)
        ):
            kept.insert(-1, place)
    return tuple(reversed(kept))
