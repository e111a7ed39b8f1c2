"""The operating budget: net, deviation, the bridge of a period, and what a forecast demands."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.year_end import year_end

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
    """The figure in force: a stated fact, else a published total, else derived from its parts.

    At a closing the period is the year, so that its figures are those that the year ended at.
    """
    stated = snapshot.operating.get(key) or snapshot.totals.get(key.ref)
    found = stated or derived_cell(snapshot, key) or _not_stated(key)
    if key.span == "period" or not snapshot.occasion.is_closing:
        return found
    return year_end(snapshot.occasion, found, _ended(snapshot, key, found))


def _ended(snapshot: Snapshot, key: OperatingKey, found: Figure) -> Figure:
    """What a figure of the year was when the year was over; `found` is what is said of it."""
    measure = "outcome" if key.measure == "forecast" else key.measure
    whole = cell(snapshot, replace(key, span="period", measure=measure))
    if key.measure == "budget" and not found.is_unknown:
        return found
    if key.measure != "deviation":
        return whole
    plan, ended = (cell(snapshot, replace(key, measure=m)) for m in ("budget", "forecast"))
    if cell(snapshot, replace(key, span="period", measure="budget")).amount == plan.amount:
        return whole
    return derive(key.ref, deviation_of(ended.amount, plan.amount), "deviation", ended, plan)


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


def spans_of(snapshot: Snapshot) -> tuple[str, ...]:
    """The spans that have lines of their own: at a closing the period alone, which is the year.

    Both where the budgets of a closing differ, so that they are seen side by side.
    """
    spans = tuple(RESULT_OF)
    budgets = [[line(snapshot, item, span).budget.amount for item in ITEMS] for span in spans]
    if snapshot.occasion.is_closing and budgets[0] == budgets[1]:
        return ("period",)
    return spans


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
