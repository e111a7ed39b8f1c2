"""What of the investment money is used a month: so far, and what the rest of the year must see."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.amounts import Amount, Money, Unknown, deviation_of
from gsn_dash.domain.figures import Figure, derive
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class InvestmentPace:
    """Amounts a month: what has been booked, and what the forecast and the whole appropriation
    demand of the months that are left. Unknown where the papers lack a part or no month is left.
    """

    so_far: Figure
    to_forecast: Figure
    to_appropriation: Figure


def investment_pace(snapshot: Snapshot) -> InvestmentPace:
    """The paces of the whole investment money."""
    total, occasion = total_row(snapshot), snapshot.occasion
    booked = total.outcome
    so_far = _spread(booked.amount, occasion.months)
    needed = [
        derive(
            f"pace:{name}",
            _spread(deviation_of(whole.amount, booked.amount), occasion.months_left),
            "rest_per_month",
            whole,
            booked,
        )
        for name, whole in (("forecast", total.forecast), ("appropriation", total.appropriation))
    ]
    return InvestmentPace(derive("pace:so_far", so_far, "per_month", booked), *needed)


def _spread(amount: Amount, months: int) -> Amount:
    if not months:
        return Unknown("inga månader är kvar av året")
    return Money(amount.kr / months) if isinstance(amount, Money) else amount
