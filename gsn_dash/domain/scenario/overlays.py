"""The assumptions that a scenario is made of. Shares are ratios: 0.05 is 5 %. Months are 1–12."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from gsn_dash.domain.amounts import ZERO, Money

ALL_USED = Decimal(1)
UNCHANGED = Decimal(0)
ALL_CARRIED = Decimal(1)
LONGEST_NAME = 60
# No assumption of an amount is larger: it would only be a slip, or an attack.
MOST = Money(Decimal(100_000_000))


@dataclass(frozen=True)
class UsedUp:
    """How much of the period's deviation, or of one part of it, is used up before the year ends.

    1 is what the official forecast rests on, 0 keeps the deviation, above 1 turns it round.
    `part` is a `DeviationPart`'s key; "" is every part that no other assumption speaks of.
    """

    share: Decimal
    part: str = ""


@dataclass(frozen=True)
class RestChange:
    """Revenue or cost of the rest of the year, as a change of its budget for those months."""

    item: str
    share: Decimal


@dataclass(frozen=True)
class YearEnd:
    """How an activity deviates from its budget at year-end, in the papers' signs."""

    activity: str
    deviation: Money

    def __post_init__(self) -> None:
        _check_size(self.deviation)


@dataclass(frozen=True)
class Action:
    """A named action. `yearly` is what a whole year of it gives the result, above zero better;
    from `start` on the months that are left of the year get a twelfth each."""

    name: str
    item: str
    yearly: Money
    start: int

    def __post_init__(self) -> None:
        _check_name(self.name)
        _check_month(self.start)
        _check_size(self.yearly)


@dataclass(frozen=True)
class Lump:
    """A single invoice, `amount` above zero, expected in a month.

    Where it is `budgeted`, evenly over the year, the months behind have budget for it that is
    unspent: that much of the deviation of `part` is timing, and is used up whatever else is.
    Where it is not, it comes on top of the forecast.
    """

    name: str
    part: str
    amount: Money
    month: int
    budgeted: bool = True

    def __post_init__(self) -> None:
        _check_name(self.name)
        _check_month(self.month)
        _check_size(self.amount)
        if self.amount < ZERO:
            raise ValueError("an invoice is not below zero")


@dataclass(frozen=True)
class Utilisation:
    """How much of a project's appropriation is spent in the year; there is no neutral share."""

    project: str
    share: Decimal


@dataclass(frozen=True)
class Stopped:
    """A project of which nothing is spent, and nothing carried over."""

    project: str


@dataclass(frozen=True)
class MovedMoney:
    """Appropriation, zero or more, moved from one project to another within the total.

    Each project gives to one other at most, and never what it has been given itself.
    """

    source: str
    target: str
    amount: Money

    def __post_init__(self) -> None:
        if self.source == self.target or self.amount < ZERO:
            raise ValueError("money is moved from one project to another, zero or more")


@dataclass(frozen=True)
class CarriedOver:
    """How much (0–1) of what is left is carried over to next year."""

    share: Decimal

    def __post_init__(self) -> None:
        _check_part(self.share)


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
        _check_part(self.weight)


@dataclass(frozen=True)
class CountedOn:
    """The day whose inhabitants a key counts."""

    collaboration: str
    day: date


@dataclass(frozen=True)
class Membership:
    """Whether a municipality takes part in a key. What the whole costs stays the same."""

    collaboration: str
    municipality: str
    is_member: bool


@dataclass(frozen=True)
class AssumedAmount:
    """An amount, zero or more, in the place of a contribution that nobody knows."""

    collaboration: str
    municipality: str
    amount: Money

    def __post_init__(self) -> None:
        _check_size(self.amount)
        if self.amount < ZERO:
            raise ValueError("a contribution is not below zero")


Overlay = (
    UsedUp | RestChange | YearEnd | Action | Lump
    | Utilisation | Stopped | MovedMoney | CarriedOver
    | PriceChange | EqualPart | CountedOn | Membership | AssumedAmount
)  # fmt: skip
# What an overlay speaks of, besides its kind; the rest of its fields is what it says.
SUBJECTS: dict[type, tuple[str, ...]] = {
    UsedUp: ("part",),
    RestChange: ("item",),
    YearEnd: ("activity",),
    Action: ("name",),
    Lump: ("name",),
    Utilisation: ("project",),
    Stopped: ("project",),
    MovedMoney: ("source",),
    CarriedOver: (),
    PriceChange: ("collaboration",),
    EqualPart: ("collaboration",),
    CountedOn: ("collaboration",),
    Membership: ("collaboration", "municipality"),
    AssumedAmount: ("collaboration", "municipality"),
}
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Scenario:
    """Overlays, each reckoned from the base snapshot, so that their order means nothing.

    Raises ValueError where two of them say different things of the same quantity.
    """

    overlays: tuple[Overlay, ...] = ()

    def __post_init__(self) -> None:
        subjects = [subject_of(overlay) for overlay in self.overlays]
        if len(set(subjects)) < len(subjects):
            raise ValueError("a scenario says one thing of each quantity")

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The overlays of a kind, in their order."""
        return tuple(overlay for overlay in self.overlays if isinstance(overlay, kind))

    def used_up(self, part: str) -> Decimal:
        """The share of a part of the period's deviation that is used up again."""
        shares = {overlay.part: overlay.share for overlay in self.of(UsedUp)}
        return shares.get(part, shares.get("", ALL_USED))

    def moves_money_of(self, project: str) -> bool:
        """Whether appropriation is moved to or from a project."""
        return any(project in (move.source, move.target) for move in self.of(MovedMoney))

    def says(self, overlay: Overlay) -> Scenario:
        """The scenario that says `overlay`, in the place of what it said of the same quantity."""
        subject = subject_of(overlay)
        held = [o for o in self.overlays if subject_of(o) != subject]
        places = [n for n, o in enumerate(self.overlays) if subject_of(o) == subject]
        held.insert(places[0] if places else len(held), overlay)
        return Scenario(tuple(held))

    def without(self, kind: type, *subject: str) -> Scenario:
        """The scenario that says nothing of a quantity."""
        gone = (kind, *subject)
        return Scenario(tuple(o for o in self.overlays if subject_of(o) != gone))


def subject_of(overlay: Overlay) -> tuple[type | str, ...]:
    """What an overlay speaks of: its kind, and what of that kind."""
    kind = type(overlay)
    return (kind, *(getattr(overlay, name) for name in SUBJECTS[kind]))


def shares_by(overlays: Iterable, subject: str, value: str) -> dict[str, Decimal]:
    """What overlays of one kind say, by their subject."""
    return {getattr(overlay, subject): getattr(overlay, value) for overlay in overlays}


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"it needs a name of 1 to {LONGEST_NAME} characters that can be seen")


def _check_size(amount: Money) -> None:
    if abs(amount) > MOST:
        raise ValueError("an amount beyond anything that the board decides on")


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError("a month is 1 to 12")


def _check_part(share: Decimal) -> None:
    if not 0 <= share <= 1:
        raise ValueError("a part of a whole lies between 0 and 1")
