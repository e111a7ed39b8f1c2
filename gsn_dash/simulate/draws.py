"""Some thousand year-ends drawn around the forecast, and what they say.

Floats are only what each draw changes, in kr; the forecast itself is added exactly, so without
width every dot is the forecast to the öre.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from statistics import NormalDist

import numpy as np

from gsn_dash.domain.amounts import Money
from gsn_dash.simulate.assumptions import Assumptions, Width, scaled
from gsn_dash.simulate.year_end import Ending, YearEnd

# A constant, so that everybody sees the same dots. The number itself means nothing.
SEED = 20230508
DRAWS = 20_000
DOTS = 20
LEVELS = (10, 25, 50, 75, 90)
# Half of the band that holds 8 of 10 draws, counted in standard deviations.
_HALF_BAND = NormalDist().inv_cdf(0.9)
_GOLDEN = (5**0.5 - 1) / 2
_MIDPOINTS = (np.arange(DOTS) + 0.5) / DOTS


@dataclass(frozen=True)
class Spread:
    """Twenty equally likely year-ends in order, and the amounts that 10, 25 … 90 of 100 are below.

    The dots are the middles of twenty equal parts of the draws (2.5 %, 7.5 % …).
    """

    dots: tuple[Money, ...]
    levels: tuple[Money, ...]

    @property
    def is_point(self) -> bool:
        """Whether nothing varies."""
        return self.levels[0] == self.levels[-1] and self.dots[0] == self.dots[-1]

    def below(self, limit: Money) -> int:
        """How many of the dots are below `limit`."""
        return sum(dot < limit for dot in self.dots)

    def above(self, limit: Money) -> int:
        """How many of the dots are above `limit`."""
        return sum(dot > limit for dot in self.dots)


def simulate_operating(year_end: YearEnd, cost: Width, revenue: Width) -> Spread | None:
    """The year's net deviation from budget; None where a figure is unknown or the year is over.

    Cost and revenue vary around their forecasts, each by itself.
    """
    if year_end.missing_operating or not year_end.months_left:
        return None
    first, second = _standard_draws()
    changes = _changes(year_end.revenue, revenue, second, 1)
    changes = changes + _changes(year_end.cost, cost, first, -1)
    return _spread(year_end.net.deviation.money, changes)


def simulate_investing(year_end: YearEnd, assumptions: Assumptions) -> Spread | None:
    """What is spent of the investment money; None where a figure is unknown or the year is over.

    It varies around the assumed part of the appropriation and not around the forecast.
    """
    if year_end.missing_investing or not year_end.months_left:
        return None
    whole, booked = year_end.appropriation.money, year_end.spent.booked.money
    width = scaled(assumptions.completion_width, year_end.months_left)
    centre = whole * (Decimal(assumptions.completion) / 100)
    first, _ = _standard_draws()
    spread = _spread(centre, _normal(_kr(whole) * _ratio(width), first))
    return Spread(_at_least(booked, spread.dots), _at_least(booked, spread.levels))


def _at_least(booked: Money, amounts: Iterable[Money]) -> tuple[Money, ...]:
    return tuple(max(booked, amount) for amount in amounts)


def _changes(ending: Ending, width: Width, draws: np.ndarray, sign: int) -> np.ndarray:
    """How the year differs from its forecast, in kr with the paper's `sign`.

    What is booked cannot be unbooked: no draw brings the year nearer to zero than that.
    """
    forecast, booked = ending.forecast.money, ending.booked.money
    changes = _normal(abs(_kr(forecast)) * _ratio(width), draws)
    return sign * np.maximum(changes, sign * _kr(booked - forecast))


def _normal(half_width: float, draws: np.ndarray) -> np.ndarray:
    return draws * (half_width / _HALF_BAND)


def _kr(money: Money) -> float:
    return float(money.kr)


def _ratio(width: Width) -> float:
    return float(width.percent) / 100


def _spread(base: Money, changes: np.ndarray) -> Spread:
    dots = np.quantile(changes, _MIDPOINTS)
    levels = np.quantile(changes, np.array(LEVELS) / 100)
    return Spread(_moved(base, dots), _moved(base, levels))


def _moved(base: Money, changes: np.ndarray) -> tuple[Money, ...]:
    """To whole kr: finer than that another machine's last bits could show."""
    return tuple(base + Money(Decimal(round(change))) for change in changes.tolist())


@cache
def _standard_draws() -> tuple[np.ndarray, np.ndarray]:
    """Two rows of standard normal draws that vary independently of each other.

    Evenly laid out (a lattice by the golden ratio, its place drawn), and every pair with all four
    signs: so few draws show the assumed width itself, neither better nor worse than it by chance.
    """
    generator = np.random.Generator(np.random.PCG64(SEED))
    parts = DRAWS // 4
    steps = np.arange(parts)
    first = _half_normal((steps + generator.random()) / parts)
    second = _half_normal((steps * _GOLDEN + generator.random()) % 1)
    rows = (
        np.concatenate([first, -first, first, -first]),
        np.concatenate([second, second, -second, -second]),
    )
    for row in rows:
        row.flags.writeable = False
    return rows


def _half_normal(shares: np.ndarray) -> np.ndarray:
    """The sizes that these shares (0 to 1) of all standard normal draws are below."""
    normal = NormalDist()
    return np.array([normal.inv_cdf(0.5 + share / 2) for share in shares.tolist()])
