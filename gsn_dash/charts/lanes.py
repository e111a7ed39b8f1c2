"""Horizontal bars: lanes that run down, each with one mark, its name before and number after.

Heights are pixels from the top. Widths are not known until the page is laid out, so the room for
texts is made as margins in pixels, reckoned for the narrowest width that the drawing allows: at
any greater width the bars grow and the texts keep their room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.charts.data import Mark
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.words import Block

SLOT = 40
NEAR = 7
LEAST_BARS = 46.0
ZERO = Decimal(0)
HAIR = Decimal("0.006")


@dataclass(frozen=True)
class Lane:
    """One mark on its line. `middle` and `height` are pixels; `start` is where the bar begins.

    `leftward` says which way an unknown amount's slot opens.
    """

    mark: Mark
    subject: str
    middle: float
    height: float
    number: Block
    name: Block | None = None
    start: Decimal = ZERO
    panel: int = 0
    leftward: bool = False

    @property
    def end(self) -> Decimal:
        return self.start + (self.mark.value or ZERO)

    @property
    def low(self) -> Decimal:
        return min(self.start, self.end)

    @property
    def high(self) -> Decimal:
        return max(self.start, self.end)

    @property
    def points_left(self) -> bool:
        if self.mark.value is None:
            return self.leftward
        return self.mark.value < 0

    @property
    def has_slot(self) -> bool:
        return self.mark.value is None or self.mark.at_least

    @property
    def reach(self) -> float:
        """The pixels that slot and number take beyond the bar's end."""
        return (SLOT if self.has_slot else 0) + NEAR + self.number.width + 2


@dataclass(frozen=True)
class Caption:
    """Words of the drawing itself. `middle` is in pixels; `panel` None is the label column."""

    words: Block
    middle: float
    size: int
    panel: int | None = None


@dataclass(frozen=True)
class Panel:
    """An axis from `low` to `high` that takes `begin` to `end` of the plot's width (0 to 1).

    `before` is the room in pixels for numbers to the left of it.
    """

    low: Decimal
    high: Decimal
    begin: float = 0.0
    end: float = 1.0
    before: float = 0.0

    def at(self, value: Decimal) -> float:
        """Where in the plot's width `value` lies, 0 to 1."""
        return self.begin + (self.end - self.begin) * self.share(value)

    def share(self, value: Decimal) -> float:
        """Where between `low` and `high` the value lies, 0 to 1."""
        return to_plot((value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class Frame:
    """Margins in pixels and the panels between them."""

    left: float
    right: float
    panels: tuple[Panel, ...]
    min_width: int


def axis_range(lanes: list[Lane]) -> tuple[Decimal, Decimal]:
    """Lowest and highest of the lanes' bars, zero included; (0, 1) where nothing is known."""
    low = min((lane.low for lane in lanes), default=ZERO)
    high = max((lane.high for lane in lanes), default=ZERO)
    low, high = min(low, ZERO), max(high, ZERO)
    return (low, high) if low < high else (ZERO, Decimal(1))


def hold(span: tuple[Decimal, Decimal], least: tuple[Decimal, Decimal] | None) -> tuple:
    """The span, widened where it does not hold the least one."""
    return span if least is None else (min(span[0], least[0]), max(span[1], least[1]))


def panel_of(span: tuple[Decimal, Decimal]) -> Panel:
    """A panel for the span, a hair longer than it so that no bar's edge is cut by its own end."""
    low, high = span
    hair = (high - low) * HAIR
    return Panel(low - hair if low < 0 else low, high + hair if high > 0 else high)


def overhang(lanes: list[Lane], panel: Panel, width: float, leftward: bool) -> float:
    """The pixels that the lanes' numbers need outside a panel that is `width` pixels wide."""
    needs = [0.0]
    for lane in lanes:
        if lane.points_left != leftward:
            continue
        inside = panel.share(lane.low) if leftward else 1 - panel.share(lane.high)
        needs.append(lane.reach - inside * width)
    return max(needs)


def frame_one(lanes: list[Lane], column: float, span: tuple[Decimal, Decimal], least: int) -> Frame:
    """A frame with one panel. `column` is the pixels before it, `least` the narrowest drawing."""
    panel = panel_of(span)
    reaches = [
        max((x.reach for x in lanes if x.points_left is side), default=0.0)
        for side in (True, False)
    ]
    width = max(LEAST_BARS, least - column - sum(reaches) - 5)
    before = overhang(lanes, panel, width, leftward=True)
    right = overhang(lanes, panel, width, leftward=False) + 4
    panel = replace(panel, before=before)
    needed = round(column + before + width + right + 1)
    return Frame(column + before, right, (panel,), max(least, needed))


def frame_two(
    lanes: list[Lane], column: float, spans: list[tuple[Decimal, Decimal]], headings: list[float]
) -> Frame:
    """A frame with two panels on one scale. `headings` are the widths of the words above them."""
    bare = [panel_of(span) for span in spans]
    lengths = [to_plot(panel.high - panel.low) for panel in bare]
    share = lengths[0] / sum(lengths)
    content = max(360.0, headings[0] / share)
    widths = (content * share, content * (1 - share))
    sides = ([x for x in lanes if x.panel == 0], [x for x in lanes if x.panel == 1])
    before = [overhang(sides[i], bare[i], widths[i], leftward=True) for i in (0, 1)]
    after = [overhang(sides[i], bare[i], widths[i], leftward=False) for i in (0, 1)]
    middle = after[0] + before[1] + 36
    right = max(after[1], headings[1] - before[1] - widths[1]) + 4
    plot = content + middle
    panels = (
        replace(bare[0], end=widths[0] / plot, before=before[0]),
        replace(bare[1], begin=1 - widths[1] / plot, before=before[1]),
    )
    left = column + before[0]
    return Frame(left, right, panels, round(left + plot + right + 1))
