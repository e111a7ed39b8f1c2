"""The operating budget: net, deviation, the bridge of a period, and what a forecast demands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import (
    ZERO,
    Amount,
    Money,
    Unknown,
    deviation_of,
    ratio_of,
    round_half_away,
    total_of,
)
from gsn_dash.domain.figures import Figure, derive
from gsn_dash.domain.refs import REST, TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Snapshot

ITEMS = ("revenue", "cost", "net")
RESULT_OF = {"period": "outcome", "year": "forecast"}


@dataclass(frozen=True)
class Line:
    """Budget, result (outcome of the period, forecast of the year) and deviation of an item."""

    item: str
    span: str
    budget: Figure
    result: Figure
    deviation: Figure


@dataclass(frozen=True)
class BridgeStep:
    """A part of the net deviation. `subject` is whom it is stated for.

    Derived items: `rest_cost` and `rest_revenue` are what no explanation covers; `rounding` is
    what the papers' roundings leave, `mismatch` a difference that no rounding explains. The last
    two are neither good nor bad.
    """

    subject: str
    item: str
    figure: Figure


@dataclass(frozen=True)
class Bridge:
    """From the period's budgeted net through its parts to the net outcome."""

    start: Figure
    steps: tuple[BridgeStep, ...]
    end: Figure


@dataclass(frozen=True)
class Demand:
    """What the year's forecast demands of an item in the months that are left.

    Amounts in the paper's signs; `increase` is needed per month ÷ so far per month − 1.
    """

    item: str
    rest: Figure
    rest_budget: Figure
    monthly_so_far: Figure
    monthly_needed: Figure
    increase: Decimal | None


def cell(snapshot: Snapshot, key: OperatingKey) -> Figure:
    """The figure in force: a stated fact, else a published total, else derived from its parts."""
    stated = snapshot.operating.get(key) or snapshot.totals.get(key.ref)
    return stated or derived_cell(snapshot, key) or _not_stated(key)


def derived_cell(snapshot: Snapshot, key: OperatingKey) -> Figure | None:
    """The figure that its parts give, None where there is no rule or a part is missing."""
    if key.measure == "deviation":
        result = OperatingKey(key.subject, key.item, key.span, RESULT_OF[key.span])
        plan = OperatingKey(key.subject, key.item, key.span, "budget")
        figures = _stated_or_derived(snapshot, result), _stated_or_derived(snapshot, plan)
        if None in figures:
            return None
        amount = deviation_of(figures[0].amount, figures[1].amount)
        return derive(key.ref, amount, "deviation", *figures)
    if key.item == "net":
        parts = [
            _stated_or_derived(snapshot, OperatingKey(key.subject, item, key.span, key.measure))
            for item in ("revenue", "cost")
        ]
        if None in parts:
            return None
        return derive(key.ref, total_of(p.amount for p in parts).amount, "net", *parts)
    return None


def _stated_or_derived(snapshot: Snapshot, key: OperatingKey) -> Figure | None:
    return snapshot.operating.get(key) or derived_cell(snapshot, key)


def _not_stated(key: OperatingKey) -> Figure:
    return derive(key.ref, Unknown("uppgiften finns inte i papperen"), "not_stated")


def line(snapshot: Snapshot, item: str, span: str, subject: str = TOTAL) -> Line:
    """The line of an item (revenue, cost, net) over a span (period, year)."""
    budget, result, deviation = (
        cell(snapshot, OperatingKey(subject, item, span, measure))
        for measure in ("budget", RESULT_OF[span], "deviation")
    )
    return Line(item, span, budget, result, deviation)


def explanations(snapshot: Snapshot, item: str) -> tuple[BridgeStep, ...]:
    """What the papers state of an item's deviation in the period, by activity or group."""
    kinds = ("cost", "other_cost") if item == "cost" else (item,)
    stated = {
        key: figure
        for key, figure in snapshot.operating.items()
        if key.subject != TOTAL
        and key.span == "period"
        and key.measure == "deviation"
        and key.item in kinds
    }
    return tuple(
        BridgeStep(key.subject, key.item, figure)
        for key, figure in stated.items()
        if not any(_covers(snapshot, other, key) for other in stated)
    )


def _covers(snapshot: Snapshot, whole: OperatingKey, part: OperatingKey) -> bool:
    """Whether `part` is counted in `whole` already: a group's member, or some of all costs."""
    if whole == part or (whole.item, part.item) == ("other_cost", "cost"):
        return False
    group = next((a for a in snapshot.activities if a.key == whole.subject), None)
    return whole.subject == part.subject or (group is not None and part.subject in group.members)


def unexplained(snapshot: Snapshot, item: str) -> Figure:
    """An item's deviation in the period less what is explained of it: all, where nothing is."""
    whole = line(snapshot, item, "period").deviation
    parts = tuple(step.figure for step in explanations(snapshot, item))
    explained = total_of(part.amount for part in parts).amount
    amount = deviation_of(whole.amount, explained)
    ref = OperatingKey(REST, item, "period", "deviation").ref
    return derive(ref, amount, "remainder", whole, *parts)


def bridge(snapshot: Snapshot) -> Bridge:
    """The period's bridge: start plus steps is the end, wherever all of them are known."""
    net = line(snapshot, "net", "period")
    steps: list[BridgeStep] = []
    for item in ("revenue", "cost"):
        explained = explanations(snapshot, item)
        if explained:
            steps += [*explained, BridgeStep(TOTAL, f"rest_{item}", unexplained(snapshot, item))]
        else:
            steps.append(BridgeStep(TOTAL, item, line(snapshot, item, "period").deviation))
    footing = _footing(snapshot, net, steps)
    return Bridge(net.budget, (*steps, *footing), net.result)


def _footing(snapshot: Snapshot, net: Line, steps: list[BridgeStep]) -> tuple[BridgeStep, ...]:
    """The step that makes the bridge foot: none where it does, or where that cannot be told.

    The published nets and deviations are each rounded by themselves, so they may differ from
    each other by half of all their steps together.
    """
    whole = deviation_of(net.result.amount, net.budget.amount)
    gap = deviation_of(whole, total_of(step.figure.amount for step in steps).amount)
    if isinstance(gap, Unknown) or gap == ZERO:
        return ()
    deviations = [line(snapshot, item, "period").deviation for item in ("revenue", "cost")]
    inputs = (net.result, net.budget, *deviations)
    slack = sum((figure.precision for figure in inputs), Decimal(0)) / 2
    item = "rounding" if abs(gap).kr <= slack else "mismatch"
    ref = OperatingKey(REST, item, "period", "deviation").ref
    return (BridgeStep(TOTAL, item, derive(ref, gap, item, *inputs)),)


def is_left_uncovered(snapshot: Snapshot, key: OperatingKey) -> bool:
    """Whether an activity deviates at year-end, the total does not, and nothing evens it out.

    Evens out: another activity's year-end deviation the other way. Then no paper says what does.
    """
    own, total = snapshot.operating[key].amount, line(snapshot, "net", "year").deviation.amount
    if isinstance(own, Unknown) or own == ZERO or total != ZERO:
        return False
    others = (
        figure.amount
        for other, figure in snapshot.operating.items()
        if other.subject not in (TOTAL, key.subject)
        and (other.span, other.measure) == ("year", "deviation")
    )
    return not any(
        isinstance(amount, Unknown) or (amount > ZERO) != (own > ZERO)
        for amount in others
        if amount != ZERO
    )


def demand(snapshot: Snapshot, item: str) -> Demand:
    """What the forecast of revenue or cost demands of the rest of the year."""
    period, year = line(snapshot, item, "period"), line(snapshot, item, "year")
    occasion = snapshot.occasion
    name = f"demand:{item}"
    rest = _difference(f"{name}:rest", "rest_of_year", year.result, period.result)
    budget = _difference(f"{name}:rest_budget", "rest_budget", year.budget, period.budget)
    so_far = _monthly(f"{name}:so_far", period.result, occasion.months)
    needed = _monthly(f"{name}:needed", rest, occasion.months_left)
    ratio = ratio_of(needed.amount, so_far.amount)
    return Demand(item, rest, budget, so_far, needed, None if ratio is None else ratio - 1)


def _difference(ref: str, rule: str, whole: Figure, part: Figure) -> Figure:
    return derive(ref, deviation_of(whole.amount, part.amount), rule, whole, part)


def _monthly(ref: str, figure: Figure, months: int) -> Figure:
    amount: Amount = figure.amount
    if not months:
        amount = Unknown("inga månader är kvar av året")
    elif isinstance(amount, Money):
        amount = Money(amount.kr / months)
    return derive(ref, amount, "per_month", figure)


def period_share(snapshot: Snapshot, item: str) -> Decimal | None:
    """The period's budget ÷ the year's, as a ratio."""
    return ratio_of(
        line(snapshot, item, "period").budget.amount, line(snapshot, item, "year").budget.amount
    )


def is_linear(snapshot: Snapshot, item: str) -> bool:
    """Whether the period's budget is the year's spread evenly, to the last printed digit."""
    period, year = line(snapshot, item, "period").budget, line(snapshot, item, "year").budget
    if period.is_unknown or year.is_unknown or not period.precision:
        return False
    even = year.money.kr * snapshot.occasion.months / 12
    return round_half_away(even, period.precision) == period.money.kr
