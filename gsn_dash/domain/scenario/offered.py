"""Which levers a snapshot has, and a scenario with what it has put in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from gsn_dash.domain.amounts import TKR, ZERO, Money, Unknown, round_half_away
from gsn_dash.domain.collaborating import KeySplit, key_split
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import cell, demand
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.deviation_parts import ITEMS, deviation_parts
from gsn_dash.domain.scenario.levers import (
    BETWEEN,
    Lever,
    day_position,
    overlay_of,
    position_of,
)
from gsn_dash.domain.scenario.operating import year_end_key
from gsn_dash.domain.scenario.overlays import (
    ALL_CARRIED,
    ALL_USED,
    UNCHANGED,
    Action,
    AssumedAmount,
    Lump,
    MovedMoney,
    Scenario,
    YearEnd,
)
from gsn_dash.domain.sharing import inhabitants_on, population_days
from gsn_dash.domain.snapshot import Snapshot

_MOST_POSITIONS = 2000
# Lowest, highest and step of each kind, in the kind's unit.
_RANGES = {
    "used_up": (0, 150, 5),
    "rest": (-20, 20, 1),
    "year_end": (-3000, 3000, 100),
    "action": (-5000, 5000, 10),
    "lump": (0, 10_000, 10),
    "utilisation": (0, 150, 1),
    "carried": (0, 100, 5),
    "price": (-50, 100, 5),
    "equal_part": (0, 100, 5),
    "assumed": (0, 1_000_000, 1000),
}


def levers_of(snapshot: Snapshot, scenario: Scenario) -> tuple[Lever, ...]:
    """Every lever, in the order of the papers; none in percent of what is unknown.

    At a closing nothing of the year is left to assume: there are those of what comes after it.
    `scenario` is one that the snapshot can take: see `fit`.
    """
    of_the_year = () if snapshot.occasion.is_closing else _of_the_year(snapshot, scenario)
    return (*of_the_year, *_carried(snapshot), *_collaborations(snapshot, scenario))


def _of_the_year(snapshot: Snapshot, scenario: Scenario) -> Iterator[Lever]:
    yield from _operating(snapshot, scenario)
    yield from _projects(snapshot, scenario)


def _ratio(kind: str, subject: str, reported: Decimal) -> Lever:
    """A lever in percent, widened where the papers themselves lie outside its range."""
    lowest, highest, step = _RANGES[kind]
    most = int((reported * 100 / step).to_integral_value(ROUND_CEILING)) * step
    positions = range(lowest, max(highest, most) + 1, step)
    resting = int(round_half_away(reported * 100, Decimal(step)))
    return Lever(kind, subject, positions, resting, reported)


def _amount(kind: str, subject: str, scenario: Scenario, resting: int | None = None) -> Lever:
    """A lever in kr or thousands, widened to where it stands."""
    lowest, highest, step = _RANGES[kind]
    at = position_of(scenario, Lever(kind, subject, range(lowest, highest + 1, step), resting))
    ends = (at, resting) if resting is not None else (at,)
    lowest, highest = min(lowest, *ends), max(highest, *ends)
    if resting is None:
        while (highest - lowest) // step > _MOST_POSITIONS:
            step *= 10
        lowest = at - (at - lowest) // step * step  # so that it can stand where it stands
    return Lever(kind, subject, range(lowest, highest + 1, step), resting)


def _operating(snapshot: Snapshot, scenario: Scenario) -> Iterator[Lever]:
    for part in deviation_parts(snapshot):
        if part.figure.money != ZERO:
            yield _ratio("used_up", part.key, ALL_USED)
    for item in ITEMS:
        budget = demand(snapshot, item).rest_budget
        if not budget.is_unknown and budget.money != ZERO:
            yield _ratio("rest", item, UNCHANGED)
    yield from _year_ends(snapshot, scenario)
    left = tuple(range(snapshot.occasion.period_end.month + 1, 13))
    for action in scenario.of(Action):
        yield _amount("action", action.name, scenario)
        yield Lever("action_start", action.name, _months(left, action.start), None)
    for lump in scenario.of(Lump):
        yield _amount("lump", lump.name, scenario)
        yield Lever("lump_month", lump.name, _months(left, lump.month), None)


def _months(left: Sequence[int], chosen: int) -> tuple[int, ...]:
    return tuple(sorted({*left, chosen}))


def _year_ends(snapshot: Snapshot, scenario: Scenario) -> Iterator[Lever]:
    """An activity without a figure has a lever once something is assumed of it."""
    said = {overlay.activity for overlay in scenario.of(YearEnd)}
    for activity in snapshot.activities:
        stated = cell(snapshot, year_end_key(snapshot, activity.key)).amount
        if not isinstance(stated, Unknown):
            resting = int(round_half_away(stated.in_unit(TKR), Decimal(100)))
            yield _amount("year_end", activity.key, scenario, resting)
        elif activity.key in said:
            yield _amount("year_end", activity.key, scenario)


def _projects(snapshot: Snapshot, scenario: Scenario) -> Iterator[Lever]:
    found = portfolio(snapshot)
    for row in found.rows:
        if row.utilisation is not None and row.utilisation >= 0:
            yield _ratio("utilisation", row.project.key, row.utilisation)
            yield Lever("stopped", row.project.key, (0, 1), 0)
    granted = {row.project.key: row.appropriation for row in found.rows}
    for move in scenario.of(MovedMoney):
        most = int(granted[move.source].money.in_unit(TKR))
        at = int(move.amount.in_unit(TKR))
        positions = range(0, most + 1, _step_of(at, most, 100))
        yield Lever("moved", move.source, positions, None)


def _carried(snapshot: Snapshot) -> Iterator[Lever]:
    found = portfolio(snapshot)
    if found.rows and not found.total.left.is_unknown:
        yield _ratio("carried", "", ALL_CARRIED)


def _step_of(*amounts: int) -> int:
    """The coarsest of the usual steps that all the amounts are multiples of."""
    return next(s for s in (1000, 100, 50, 10, 1) if all(a % s == 0 for a in amounts))


def _collaborations(snapshot: Snapshot, scenario: Scenario) -> Iterator[Lever]:
    for collaboration in snapshot.collaborations:
        own = {
            key: contribution.figure
            for key, contribution in snapshot.contributions.items()
            if key.collaboration == collaboration.key
        }
        for key, figure in own.items():
            subject = f"{key.collaboration}{BETWEEN}{key.municipality}"
            if figure.is_unknown and overlay_of(scenario, _assumed(subject)):
                yield _amount("assumed", subject, scenario)
        together = sum((f.money for f in own.values() if not f.is_unknown), Money(Decimal(0)))
        if together > ZERO:
            yield _ratio("price", collaboration.key, UNCHANGED)
        split = key_split(snapshot, collaboration.key)
        if split and split.implied_total and split.implied_total.money > ZERO:
            yield from _key_levers(snapshot, split)


def _assumed(subject: str) -> Lever:
    return Lever("assumed", subject, (), None)


def _key_levers(snapshot: Snapshot, split: KeySplit) -> Iterator[Lever]:
    name = split.key.collaboration
    yield _ratio("equal_part", name, split.key.equal_part)
    days = countable_days(snapshot, split)
    if len(days) > 1:
        positions = tuple(day_position(day) for day in days)
        yield Lever("counted_on", name, positions, day_position(split.counted_on))
    for code in candidates(snapshot, split):
        resting = int(code in split.key.members)
        yield Lever("member", f"{name}{BETWEEN}{code}", (0, 1), resting)


def candidates(snapshot: Snapshot, split: KeySplit) -> tuple[str, ...]:
    """Who may join or leave: those whose inhabitants are held, and who pay nothing stated."""
    return tuple(
        code
        for code in sorted(split.inhabitants)
        if code in snapshot.municipalities
        and ContributionKey(split.key.collaboration, code) not in snapshot.contributions
    )


def countable_days(snapshot: Snapshot, split: KeySplit) -> tuple:
    """The days on which the inhabitants of all who are or may become members are held."""
    needed = {*split.key.members, *candidates(snapshot, split)}
    return tuple(
        day for day in population_days(snapshot) if needed <= inhabitants_on(snapshot, day).keys()
    )


def can_be_filled(snapshot: Snapshot) -> tuple[ContributionKey, ...]:
    """The contributions that nobody knows, which an amount can be assumed for."""
    return tuple(k for k, c in snapshot.contributions.items() if c.figure.is_unknown)


def can_be_assumed(snapshot: Snapshot, scenario: Scenario) -> tuple[str, ...]:
    """The activities without a figure for the year-end, and without an assumed one.

    None once the year is over. No group of activities is among them: what is assumed of its
    members would count twice.
    """
    said = {overlay.activity for overlay in scenario.of(YearEnd)}
    return tuple(
        activity.key
        for activity in snapshot.activities
        if snapshot.occasion.months_left
        and activity.key not in said
        and not activity.members
        and cell(snapshot, year_end_key(snapshot, activity.key)).is_unknown
    )


def filled(scenario: Scenario) -> frozenset[ContributionKey]:
    """The contributions that a scenario puts an amount in the place of."""
    return frozenset(
        ContributionKey(o.collaboration, o.municipality) for o in scenario.of(AssumedAmount)
    )
