"""What is demanded: for a goal, what each lever alone would need, and which ones cannot reach it.

A goal has a right side: a net at least, an appropriation used at least, a bill at most so much.
Where the scenario is on the wrong side of it, an answer is the nearest position that reaches it;
where it is on the right side, the last position that a lever may take without losing it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from gsn_dash.domain.amounts import ZERO, Money, ratio_of
from gsn_dash.domain.collaborating import bill
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import Demand, cell, demand
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey, operating
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.changes import assumed
from gsn_dash.domain.scenario.compiling import Compiled, compile_levers, standing
from gsn_dash.domain.scenario.levers import Lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.reaching import Aim, Answer, answer_of, in_kronor
from gsn_dash.domain.scenario.sweep import Sweep
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class NetAtLeast:
    """At year-end the net deviates from its budget by `deviation`, or better."""

    deviation: Money = ZERO


@dataclass(frozen=True)
class AppropriationUsed:
    """Of the whole appropriation at least `share` (0.8 is 80 %) is spent in the year."""

    share: Decimal = Decimal("0.8")


@dataclass(frozen=True)
class BillUnchanged:
    """What the papers state of a municipality's bill does not become higher than they state."""

    municipality: str


@dataclass(frozen=True)
class BillAtMost:
    """What is known or assumed of a municipality's bill is `amount` a year, or lower."""

    municipality: str
    amount: Money


Goal = NetAtLeast | AppropriationUsed | BillUnchanged | BillAtMost


@dataclass(frozen=True)
class Answers:
    """Where a quantity stands, where the goal has it, and what each lever can do about it.

    `supposed` is the snapshot as the scenario has it. `answers` are of the levers that move the
    quantity, in the levers' order; `untouching` move it nowhere.
    """

    goal: Goal
    supposed: Snapshot
    now: Money
    target: Money
    is_met: bool
    answers: tuple[Answer, ...]
    untouching: tuple[Lever, ...]

    @property
    def missing(self) -> Money:
        """How far the goal is away, zero or more."""
        return ZERO if self.is_met else abs(self.target - self.now)

    @property
    def margin(self) -> Money:
        """How far beyond the goal the scenario is, zero or more."""
        return abs(self.target - self.now) if self.is_met else ZERO


@dataclass(frozen=True)
class _Measure:
    """The quantities whose sum the goal speaks of, and what they are to come to."""

    names: tuple[str, ...]
    aim: Aim


def answer(snapshot: Snapshot, scenario: Scenario, goal: Goal) -> Answers | None:
    """What the goal demands of each lever; None where its quantity is unknown."""
    measure = _measure(snapshot, goal)
    levers = levers_of(snapshot, scenario)
    compiled = compile_levers(snapshot, scenario, levers)
    if measure is None or not measure.names or not _has(compiled, measure):
        return None
    positions = standing(compiled, scenario)
    sweep = Sweep(compiled, positions, [compiled.quantities[name] for name in measure.names])
    found, untouching = [], []
    for lever, numbers in _one_by_one(levers, positions):
        value_at = sweep.along(*numbers)
        told = value_at and answer_of(measure.aim, lever, positions[numbers[0]], value_at)
        if told:
            found.append(told)
        elif len(numbers) == 1:
            untouching.append(lever)
    return Answers(
        goal,
        apply(snapshot, scenario),
        in_kronor(sweep.now),
        measure.aim.target,
        measure.aim.gain(sweep.now) >= 0,
        tuple(found),
        tuple(untouching),
    )


def _one_by_one(
    levers: tuple[Lever, ...], positions: Sequence[int]
) -> Iterator[tuple[Lever, list[int]]]:
    """Every lever with its place, before them all parts of the deviation used up as one.

    That is a lever of no subject, told of only where the parts stand alike.
    """
    parts = [number for number, lever in enumerate(levers) if lever.kind == "used_up"]
    stand = {(levers[number].dial, positions[number]) for number in parts}
    if len(parts) > 1 and len(stand) == 1:
        yield replace(levers[parts[0]], subject=""), parts
    yield from ((lever, [number]) for number, lever in enumerate(levers))


@dataclass(frozen=True)
class RestLimit:
    """What a goal of the net leaves an item for the months that are left.

    `above_budget` is their amount ÷ their budget − 1, told only where the item's lever stands
    at that share: not where the forecast itself, or another lever, is a part of it.
    """

    demand: Demand
    above_budget: Decimal | None


def rest_limit(answers: Answers, found: Answer) -> RestLimit:
    """What a goal of the net leaves an item's remaining months, where it alone is to meet it."""
    item = found.lever.subject
    key = OperatingKey(TOTAL, item, "year", "forecast")
    supposed, forecast = answers.supposed, cell(answers.supposed, key)
    if not forecast.is_unknown:
        amount = forecast.money + (answers.target - answers.now)
        held = {**supposed.operating, key: assumed(forecast, amount)}
        supposed = replace(supposed, operating=held)
    asked = demand(supposed, item)
    share = ratio_of(asked.rest.amount, asked.rest_budget.amount)
    above = None if share is None or found.limit is None else share - 1
    if above is not None and Fraction(asked.rest.money.kr) * 100 != _at_limit(asked, found):
        above = None
    return RestLimit(asked, above)


def _at_limit(asked: Demand, found: Answer) -> Fraction:
    return Fraction(asked.rest_budget.money.kr) * (100 + found.limit)


def _measure(snapshot: Snapshot, goal: Goal) -> _Measure | None:
    match goal:
        case NetAtLeast(deviation=target):
            return _Measure((operating("net", "year", "deviation"),), Aim(target, is_floor=True))
        case AppropriationUsed(share=share):
            granted = total_row(snapshot).appropriation
            if granted.is_unknown:
                return None
            name = InvestmentKey(TOTAL, "forecast").ref
            return _Measure((name,), Aim(granted.money * share, is_floor=True))
        case BillUnchanged(municipality=code):
            known = [row for row in bill(snapshot, code).rows if not row.figure.is_unknown]
            target = sum((row.figure.money for row in known), ZERO)
            names = tuple(row.key.ref for row in known)
            return _Measure(names, Aim(target, is_floor=False))
        case BillAtMost(municipality=code, amount=target):
            name = ContributionKey(TOTAL, code).ref
            return _Measure((name,), Aim(target, is_floor=False))


def _has(compiled: Compiled, measure: _Measure) -> bool:
    return all(name in compiled.quantities for name in measure.names)
