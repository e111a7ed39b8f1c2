"""Sums that a file prints itself, held against what its parts give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Unknown


@dataclass(frozen=True)
class ControlTotal:
    """A printed sum (`stated`) and what its parts give (`found`), both in our signs.

    `name` says in Swedish what is summed, `place` where it stands ("Blad1, B7" or "rad 12").
    `slack` is what the rounding of print may make them differ by, in kr.
    """

    name: str
    stated: Amount
    found: Amount
    slack: Decimal
    place: str

    @property
    def agrees(self) -> bool | None:
        """Whether they are equal within the rounding of print; None where one is unknown."""
        if isinstance(self.stated, Unknown) or isinstance(self.found, Unknown):
            return None
        return abs(self.stated - self.found).kr <= self.slack
