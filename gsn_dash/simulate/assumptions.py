"""What is assumed of the spread, and what own forecasts of earlier years put in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from gsn_dash.domain.history import PastForecast

# The assumed widths are those of a forecast made after four months, when eight are left.
REFERENCE_MONTHS_LEFT = 8
# With fewer own forecasts than this one of them alone would decide the width.
LEAST_ERRORS = 5


@dataclass(frozen=True)
class Assumptions:
    """Half-widths of the band that holds 8 of 10 year-ends, after four months; whole percent.

    `cost` is of the year's gross cost: what 88 departments of one American city showed, which
    is no evidence for this board. `revenue` is of the year's revenue. `completion` is how much
    of the appropriation is spent, near half as a few Swedish municipalities report, and
    `completion_width` its half-width in points. Raises ValueError outside RANGES.
    """

    cost: int = 9
    revenue: int = 0
    completion: int = 50
    completion_width: int = 20

    def __post_init__(self) -> None:
        for name, allowed in RANGES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ValueError(f"{name} is {value}, which is not among {allowed}")


RANGES: Mapping[str, range] = {
    "cost": range(0, 31),
    "revenue": range(0, 31),
    "completion": range(0, 121, 5),
    "completion_width": range(0, 51, 5),
}


@dataclass(frozen=True)
class Width:
    """A half-width in percent at this occasion; `learned_from` own forecasts, 0 where assumed."""

    percent: Decimal
    learned_from: int = 0


def scaled(percent: int, months_left: int) -> Width:
    """An assumed half-width in step with the months left: only they can still vary."""
    return Width(Decimal(percent) * months_left / REFERENCE_MONTHS_LEFT)


def own_errors(history: Sequence[PastForecast], months: int) -> tuple[Decimal, ...]:
    """(outcome − forecast) ÷ the forecast's size, for own forecasts made after `months`.

    0.05 is 5 % less cost than forecast (costs are below zero). A forecast of nothing has none.
    """
    return tuple(
        (past.outcome.kr - past.forecast.kr) / abs(past.forecast.kr)
        for past in history
        if past.months == months and past.forecast.kr
    )


def cost_width(assumed: int, months_left: int, errors: Sequence[Decimal]) -> Width:
    """The half-width of gross cost: the board's own where there are errors enough, else assumed.

    The own one is the least whole percent, at least one, that 8 of 10 errors lie within. It is
    of forecasts with as many months left, so it is not scaled.
    """
    if len(errors) < LEAST_ERRORS:
        return scaled(assumed, months_left)
    sizes = sorted(abs(error) for error in errors)
    enough = -(-len(sizes) * 8 // 10)
    percent = (sizes[enough - 1] * 100).to_integral_value(ROUND_CEILING)
    return Width(max(percent, Decimal(1)), len(errors))
