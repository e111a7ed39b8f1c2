"""What is known of an investment project, or of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ratio_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Claim, Project


@dataclass(frozen=True)
class ProjectRow:
    """A project with appropriation, forecast, outcome and what is left, each known or not."""

    project: Project
    appropriation: Figure
    forecast: Figure
    outcome: Figure
    left: Figure
    why: Claim | None

    @property
    def utilisation(self) -> Decimal | None:
        """Forecast ÷ appropriation; None where it cannot be told."""
        return ratio_of(self.forecast.amount, self.appropriation.amount)

    @property
    def booked(self) -> Decimal | None:
        """Outcome ÷ appropriation; None where it cannot be told."""
        return ratio_of(self.outcome.amount, self.appropriation.amount)
