"""The assumptions that a scenario is made of. Shares are ratios: 0.05 is 5 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ALL_USED = Decimal(1)
UNCHANGED = Decimal(0)


@dataclass(frozen=True)
class UsedUp:
    """How much of the period's deviation is used up again before the year ends.

    1 is what the official forecast rests on, 0 keeps the deviation, above 1 turns it round.
    """

    share: Decimal


@dataclass(frozen=True)
class RestChange:
    """Revenue or cost of the rest of the year, as a change of its budget for those months."""

    item: str
    share: Decimal


@dataclass(frozen=True)
class Utilisation:
    """How much of a project's appropriation is spent in the year; there is no neutral share."""

    project: str
    share: Decimal


@dataclass(frozen=True)
class PriceChange:
    """What a collaboration costs its payers, as a change."""

    collaboration: str
    share: Decimal


@dataclass(frozen=True)
class EqualPart:
    """The part (0–1) of a key that is divided equally; the rest goes by inhabitants."""

    collaboration: str
    weight: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise ValueError("the equal part of a key lies between 0 and 1")


Overlay = UsedUp | RestChange | Utilisation | PriceChange | EqualPart


@dataclass(frozen=True)
class Scenario:
    """Overlays, each reckoned from the base snapshot, so that their order means nothing.

    Raises ValueError where two of them say different things of the same quantity.
    """

    overlays: tuple[Overlay, ...] = ()

    def __post_init__(self) -> None:
        subjects = [_subject(overlay) for overlay in self.overlays]
        if len(set(subjects)) < len(subjects):
            raise ValueError("a scenario says one thing of each quantity")

    @property
    def used_up(self) -> Decimal:
        """The share of the period's deviation that is used up again."""
        return next((o.share for o in self.overlays if isinstance(o, UsedUp)), ALL_USED)

    @property
    def rest_changes(self) -> dict[str, Decimal]:
        """The change of the rest of the year by item."""
        return {o.item: o.share for o in self.overlays if isinstance(o, RestChange)}

    @property
    def utilisations(self) -> dict[str, Decimal]:
        """The share of the appropriation that is spent, by project."""
        return {o.project: o.share for o in self.overlays if isinstance(o, Utilisation)}

    @property
    def price_changes(self) -> dict[str, Decimal]:
        """The change of price by collaboration."""
        return {o.collaboration: o.share for o in self.overlays if isinstance(o, PriceChange)}

    @property
    def equal_parts(self) -> dict[str, Decimal]:
        """The equal part of the key by collaboration."""
        return {o.collaboration: o.weight for o in self.overlays if isinstance(o, EqualPart)}


def _subject(overlay: Overlay) -> tuple[type, str]:
    match overlay:
        case UsedUp():
            name = ""
        case RestChange(item=name) | Utilisation(project=name):
            pass
        case PriceChange(collaboration=name) | EqualPart(collaboration=name):
            pass
    return type(overlay), name
