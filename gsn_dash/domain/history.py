"""What earlier forecasts of the year turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.amounts import Money


@dataclass(frozen=True)
class PastForecast:
    """The year's gross cost as forecast after some months, and as it was when the year was over.

    Both in kr with the paper's sign, below zero. (`year`, `number`) names the occasion.
    """

    year: int
    number: int
    months: int
    forecast: Money
    outcome: Money
