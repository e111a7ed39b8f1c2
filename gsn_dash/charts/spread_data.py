"""What the pictures of a spread are told: dots in columns, and a fan along the year.

As in `data` every text is ready in Swedish and every value exact, in the unit that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gsn_dash.charts.data import Style

_STEPS = (Decimal(1), Decimal(2), Decimal(5))


class Shade(Enum):
    """Kinds of dots, told apart also without colour. The look of each is in `notation`."""

    STRONG = "strong"
    PALE = "pale"
    OPEN = "open"


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and the text there."""

    value: Decimal
    text: str


@dataclass(frozen=True)
class Guide:
    """A line at a value: budget, forecast, assumed. `ref` is its source's key, "" for none."""

    style: Style
    value: Decimal
    text: str
    ref: str = ""


@dataclass(frozen=True)
class DotColumn:
    """Dots on each other, from the bottom; the first one stands lowest."""

    at: Decimal
    shades: tuple[Shade, ...]


@dataclass(frozen=True)
class DotsChart:
    """Equally likely outcomes as dots. `width` is the columns', in the unit of the axis.

    `key` says what each shade means, `axis` what the numbers are. Raises ValueError with no dots
    or no width.
    """

    title: str
    alt: str
    unit: str
    columns: tuple[DotColumn, ...]
    width: Decimal
    key: tuple[tuple[Shade, str], ...]
    guides: tuple[Guide, ...]
    axis: str
    ticks: tuple[Tick, ...]

    def __post_init__(self) -> None:
        if not any(column.shades for column in self.columns) or self.width <= 0:
            raise ValueError("a chart of dots needs dots, in columns that have a width")


def extent_of(
    columns: tuple[DotColumn, ...], width: Decimal, guides: tuple[Guide, ...]
) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value that columns and guides reach."""
    ends = [column.at + side * width / 2 for column in columns for side in (-1, 1)]
    ends += [guide.value for guide in guides]
    return min(ends), max(ends)


@dataclass(frozen=True)
class FanPoint:
    """A place along the year, and the five levels there from the lowest."""

    text: str
    levels: tuple[Decimal, Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class FanChart:
    """From what is known through months to a spread at the end.

    `start` is the known amount's text and `guide` the forecast at the end; `ends` are texts
    beside the levels at the end, `key` says what dark and pale band mean, `middle` the line.
    Raises ValueError with fewer than two points, or where levels are not in order.
    """

    title: str
    alt: str
    unit: str
    points: tuple[FanPoint, ...]
    start: Guide
    guide: Guide
    ends: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    key: tuple[str, str]
    middle: str

    def __post_init__(self) -> None:
        if len(self.points) < 2:
            raise ValueError("a fan goes from one place to another")
        if any(list(point.levels) != sorted(point.levels) for point in self.points):
            raise ValueError("the levels of a fan go from the lowest to the highest")


def nice_values(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """At most `most` round values from `low` to `high`, a step of 1, 2 or 5 times a power of ten
    apart, zero among them where it lies between. Raises ValueError for fewer than two."""
    if most < 2:
        raise ValueError("a scale needs two values")
    power = Decimal("0.1")
    while True:
        for digit in _STEPS:
            step = digit * power
            first = (low / step).to_integral_value(rounding="ROUND_CEILING")
            last = (high / step).to_integral_value(rounding="ROUND_FLOOR")
            if last - first < most:
                return tuple(n * step for n in range(int(first), int(last) + 1))
        power *= 10
