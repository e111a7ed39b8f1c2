"""What a year-end is simulated from: the year's forecasts, what is booked, the months left."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import Line, line
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Ending:
    """What is forecast for the whole year, and what of it is booked already."""

    forecast: Figure
    booked: Figure


@dataclass(frozen=True)
class YearEnd:
    """An occasion's year-end as forecast, reported or assumed.

    `net` is the year's line; `so_far` the period's net deviation from budget. Amounts are in kr
    with the papers' signs: cost below zero, investments above.
    """

    months: int
    months_left: int
    revenue: Ending
    cost: Ending
    net: Line
    so_far: Figure
    spent: Ending
    left: Figure
    appropriation: Figure

    @property
    def missing_operating(self) -> tuple[Figure, ...]:
        """What must be known for a spread of the operating budget, and is not."""
        needed = (
            self.revenue.forecast,
            self.revenue.booked,
            self.cost.forecast,
            self.cost.booked,
            self.net.deviation,
        )
        return _unknown(needed)

    @property
    def missing_investing(self) -> tuple[Figure, ...]:
        """What must be known for a spread of the investment money, and is not."""
        return _unknown((self.appropriation, self.spent.booked))


def _unknown(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.is_unknown)


def year_end_of(snapshot: Snapshot) -> YearEnd:
    """The year-end that a snapshot forecasts; the snapshot may be an assumed one."""
    total = total_row(snapshot)
    return YearEnd(
        snapshot.occasion.months,
        snapshot.occasion.months_left,
        _ending(snapshot, "revenue"),
        _ending(snapshot, "cost"),
        line(snapshot, "net", "year"),
        line(snapshot, "net", "period").deviation,
        Ending(total.forecast, total.outcome),
        total.left,
        total.appropriation,
    )


def _ending(snapshot: Snapshot, item: str) -> Ending:
    return Ending(line(snapshot, item, "year").result, line(snapshot, item, "period").result)
