"""How a spread is laid out to be seen: dots in a heap, and the way from now to the year-end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import count, groupby

from gsn_dash.domain.amounts import MKR, ZERO, Money
from gsn_dash.domain.figures import Figure
from gsn_dash.simulate.draws import Spread

MOST_COLUMNS = 11
_ROUND = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True)
class Column:
    """The dots of one part of the axis, in order; `at` is the part's middle."""

    at: Money
    dots: tuple[Money, ...]


@dataclass(frozen=True)
class Heap:
    """Dots in columns twice `half` wide; those below `low` and above `high` are told apart.

    Both limits are where a column begins; None tells none apart.
    """

    columns: tuple[Column, ...]
    half: Money
    low: Money | None = None
    high: Money | None = None

    @property
    def width(self) -> Money:
        """How wide a column is."""
        return self.half + self.half

    def side(self, dot: Money) -> int:
        """-1 below, 1 above, 0 between the limits."""
        if self.low is not None and dot < self.low:
            return -1
        return 1 if self.high is not None and dot > self.high else 0

    def count(self, side: int) -> int:
        """How many dots lie on a side."""
        return sum(self.side(dot) == side for column in self.columns for dot in column.dots)


@dataclass(frozen=True)
class FanPoint:
    """Months into the year, and the amounts that 10, 25, 50, 75 and 90 of 100 are below."""

    month: int
    levels: tuple[Money, ...]


def heap_around_budget(spread: Spread, forecast: Figure) -> Heap:
    """Deviations from budget: the column in the middle is what counts as about the budget."""
    half = _half_width(forecast.precision, *spread.dots, forecast.money, ZERO)
    return Heap(_columns(spread.dots, half, half), half, -half, half)


def heap_around_forecast(spread: Spread, forecast: Figure, appropriation: Figure) -> Heap:
    """What is spent: less than the forecast is told apart, where the forecast is known."""
    whole = appropriation.money
    if forecast.is_unknown:
        half = _half_width(appropriation.precision, *spread.dots, whole)
        return Heap(_columns(spread.dots, whole, half), half)
    half = _half_width(forecast.precision, *spread.dots, forecast.money, whole)
    return Heap(_columns(spread.dots, forecast.money, half), half, low=forecast.money)


def _half_width(precision: Decimal, *reached: Money) -> Money:
    """Half the printed step where few columns then reach it all, and it is less than 0.1 Mkr;
    else the least of 0.1, 0.2, 0.5, 1 … Mkr of which that is true."""
    reach, half_step = max(reached).kr - min(reached).kr, precision / 2
    sizes = (digit * Decimal(10) ** power * MKR for power in count(-1) for digit in _ROUND)
    if 0 < half_step < MKR / 10 and reach <= 2 * half_step * MOST_COLUMNS:
        return Money(half_step)
    return Money(
        next(size for size in sizes if size >= half_step and reach <= 2 * size * MOST_COLUMNS)
    )


def _columns(dots: Sequence[Money], edge: Money, half: Money) -> tuple[Column, ...]:
    """The dots (in order) in columns twice `half` wide, of which one begins at `edge`."""

    def place(dot: Money) -> int:
        return int(((dot - edge).kr / (half + half).kr).to_integral_value(ROUND_FLOOR))

    return tuple(
        Column(edge + half * (2 * number + 1), tuple(group))
        for number, group in groupby(dots, place)
    )


def fan_of(start: Money, spread: Spread, months: int, months_left: int) -> tuple[FanPoint, ...]:
    """Month by month in a straight line from `start` after `months` to the spread at year-end."""

    def on_the_way(level: Money, step: int) -> Money:
        return start + Money((level - start).kr * step / months_left)

    return tuple(
        FanPoint(months + step, tuple(on_the_way(level, step) for level in spread.levels))
        for step in range(months_left + 1)
    )


def left_of(appropriation: Money, spent: Sequence[Money]) -> tuple[Money, ...]:
    """What is left of the appropriation at each amount spent, below zero where it is exceeded."""
    return tuple(appropriation - amount for amount in spent)
