"""The levers of a snapshot and a scenario: what can be assumed, and where each one stands.

A position is a whole number: percent, thousands of kr, kr, a month, a day as 20231231, or 0 and
1. What a scenario has put in itself (an action, an invoice, an amount for an unknown) brings
levers of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gsn_dash.domain.amounts import KR, TKR, Money
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    Overlay,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
    subject_of,
)
from gsn_dash.domain.scenario.program import Dial

PERCENT, THOUSANDS, KRONOR, MONTH, DAY, SWITCH = (
    "percent", "thousands", "kronor", "month", "day", "switch",
)  # fmt: skip
# Each kind's unit; a kind and its subject together are what a lever moves.
UNITS = {
    "used_up": PERCENT,
    "rest": PERCENT,
    "year_end": THOUSANDS,
    "action": THOUSANDS,
    "action_start": MONTH,
    "lump": THOUSANDS,
    "lump_month": MONTH,
    "utilisation": PERCENT,
    "stopped": SWITCH,
    "moved": THOUSANDS,
    "carried": PERCENT,
    "price": PERCENT,
    "equal_part": PERCENT,
    "counted_on": DAY,
    "member": SWITCH,
    "assumed": KRONOR,
}
# Subjects that are two names are written together, as in the names of figures.
BETWEEN = ":"


@dataclass(frozen=True)
class Lever:
    """One thing that can be assumed, and the positions that it has.

    `resting` is the position that leaves everything as reported, None where there is none: what
    a scenario has put in itself. `reported` is the exact ratio that the papers rest on. Where
    that is no whole step (84.375 %) the lever rests on the nearest one, which then stands for
    the reported figure itself.
    """

    kind: str
    subject: str
    positions: Sequence[int]
    resting: int | None
    reported: Decimal = Decimal(0)

    @property
    def key(self) -> tuple[str, str]:
        """What the lever moves, the same from occasion to occasion."""
        return self.kind, self.subject

    @property
    def unit(self) -> str:
        """What its positions count."""
        return UNITS[self.kind]

    @property
    def dial(self) -> Dial:
        """The lever as a program knows it."""
        return Dial(self.positions, self.resting)


def position_of(scenario: Scenario, lever: Lever) -> int:
    """Where a lever stands in a scenario.

    Raises ValueError where the lever has no rest and the scenario says nothing of it.
    """
    found = _said_of(scenario, lever)
    if found is None:
        if lever.resting is None:
            raise ValueError(f"{lever.kind} {lever.subject} stands nowhere")
        return lever.resting
    return found


def set_lever(scenario: Scenario, lever: Lever, position: int) -> Scenario:
    """The scenario with a lever at a position; at its rest it says nothing of it.

    Raises ValueError where the lever has no such position.
    """
    if position not in lever.positions:
        raise ValueError(f"{lever.kind} {lever.subject} has no position {position}")
    if position == lever.resting:
        return _at_rest(scenario, lever)
    return scenario.says(overlay_at(scenario, lever, position))


def remove_lever(scenario: Scenario, lever: Lever) -> Scenario:
    """The scenario without what it has put in itself, and the lever with it."""
    kind = _KINDS[lever.kind]
    return scenario.without(kind, *_names(lever))


def is_moved(scenario: Scenario, lever: Lever) -> bool:
    """Whether a lever stands anywhere else than at rest."""
    return position_of(scenario, lever) != lever.resting


_KINDS: dict[str, type] = {
    "used_up": UsedUp,
    "rest": RestChange,
    "year_end": YearEnd,
    "action": Action,
    "action_start": Action,
    "lump": Lump,
    "lump_month": Lump,
    "utilisation": Utilisation,
    "stopped": Stopped,
    "moved": MovedMoney,
    "carried": CarriedOver,
    "price": PriceChange,
    "equal_part": EqualPart,
    "counted_on": CountedOn,
    "member": Membership,
    "assumed": AssumedAmount,
}
_FIELDS = {
    "action": "yearly",
    "action_start": "start",
    "lump": "amount",
    "lump_month": "month",
    "moved": "amount",
}
_TWO_NAMES = ("member", "assumed")


def _names(lever: Lever) -> tuple[str, ...]:
    if lever.kind == "carried":
        return ()
    return tuple(lever.subject.split(BETWEEN)) if lever.kind in _TWO_NAMES else (lever.subject,)


def overlay_of(scenario: Scenario, lever: Lever) -> Overlay | None:
    """What a scenario says of what a lever moves; None where nothing."""
    subject = (_KINDS[lever.kind], *_names(lever))
    return next((o for o in scenario.overlays if subject_of(o) == subject), None)


def _said_of(scenario: Scenario, lever: Lever) -> int | None:
    if lever.kind == "used_up":
        share = scenario.used_up(lever.subject)
        return None if share == lever.reported else int(share * 100)
    found = overlay_of(scenario, lever)
    return None if found is None else _position(lever.kind, found)


def _position(kind: str, overlay: Overlay) -> int:
    match overlay:
        case Utilisation(share=share) | RestChange(share=share) | PriceChange(share=share):
            return int(share * 100)
        case EqualPart(weight=share) | CarriedOver(share=share):
            return int(share * 100)
        case YearEnd(deviation=money) | MovedMoney(amount=money):
            return int(money.in_unit(TKR))
        case Action(yearly=money, start=month) | Lump(amount=money, month=month):
            return month if kind.endswith(("_start", "_month")) else int(money.in_unit(TKR))
        case AssumedAmount(amount=money):
            return int(money.in_unit(KR))
        case CountedOn(day=day):
            return day_position(day)
        case Membership(is_member=is_member):
            return int(is_member)
    return 1  # a stopped project


def _at_rest(scenario: Scenario, lever: Lever) -> Scenario:
    if lever.kind == "used_up" and scenario.used_up("") != lever.reported:
        return scenario.says(UsedUp(lever.reported, lever.subject))
    return scenario.without(_KINDS[lever.kind], *_names(lever))


def overlay_at(scenario: Scenario, lever: Lever, position: int) -> Overlay:
    """What a lever says at a position, also at its rest."""
    share, money = Decimal(position) / 100, Money(position * TKR)
    match lever.kind:
        case "used_up":
            return UsedUp(share, lever.subject)
        case "rest":
            return RestChange(lever.subject, share)
        case "utilisation":
            return Utilisation(lever.subject, share)
        case "price":
            return PriceChange(lever.subject, share)
        case "equal_part":
            return EqualPart(lever.subject, share)
        case "carried":
            return CarriedOver(share)
        case "year_end":
            return YearEnd(lever.subject, money)
        case "stopped":
            return Stopped(lever.subject)
        case "counted_on":
            return CountedOn(lever.subject, position_day(position))
        case "member":
            return Membership(*_names(lever), bool(position))
        case "assumed":
            return AssumedAmount(*_names(lever), Money(position * KR))
    return _changed_thing(overlay_of(scenario, lever), lever.kind, position)


def _changed_thing(thing: Overlay | None, kind: str, position: int) -> Overlay:
    """An action, an invoice or a move of money with another amount or month."""
    if thing is None:
        raise ValueError(f"nothing has been put in that {kind} could move")
    field = _FIELDS[kind]
    is_month = UNITS[kind] == MONTH
    return replace(thing, **{field: position if is_month else Money(position * TKR)})


def day_position(day: date) -> int:
    """A day as a position: 20231231."""
    return day.year * 10_000 + day.month * 100 + day.day


def position_day(position: int) -> date:
    """The day that a position stands for."""
    return date(position // 10_000, position // 100 % 100, position % 100)


def contribution_of(lever: Lever) -> ContributionKey:
    """The contribution that a lever of two names speaks of: its collaboration and municipality."""
    return ContributionKey(*_names(lever))
