"""The operating budget month by month, and what the months let one expect of the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import accumulate

from gsn_dash.domain.amounts import (
    ORE,
    ZERO,
    Amount,
    Money,
    Unknown,
    ratio_of,
    round_half_away,
    total_of,
)
from gsn_dash.domain.ledger import Ledger
from gsn_dash.domain.ledger_rules import ITEMS, booked, budgeted, period_months, year_months
from gsn_dash.domain.snapshot import Snapshot

# A share is tried on each earlier year with the others' help, so two must be left to help.
FEWEST_YEARS = 3
_SMALLEST_SHARE = Decimal("0.02")
_NOT_READ = "bokföringen för månaden är inte inläst"


@dataclass(frozen=True)
class Month:
    """A month by its first day, in kr with the paper's signs. What is not booked is unknown."""

    month: date
    outcome: Amount
    budget: Amount


@dataclass(frozen=True)
class YearOfMonths:
    """The twelve months of a calendar year, of an item: revenue, cost or net."""

    item: str
    year: int
    months: tuple[Month, ...]

    @property
    def is_complete(self) -> bool:
        """Whether outcome and budget of every month are known."""
        return not any(
            isinstance(amount, Unknown)
            for month in self.months
            for amount in (month.outcome, month.budget)
        )

    @property
    def outcome(self) -> Amount:
        """The year's outcome."""
        return total_of(month.outcome for month in self.months).amount

    @property
    def budget(self) -> Amount:
        """The year's budget."""
        return total_of(month.budget for month in self.months).amount


def months_of(snapshot: Snapshot, item: str) -> YearOfMonths | None:
    """The months of the occasion's year; None without a ledger."""
    if snapshot.ledger is None:
        return None
    return year_of(_ledgers(snapshot), snapshot.occasion.year, item)


def _ledgers(snapshot: Snapshot) -> tuple[Ledger, ...]:
    own = () if snapshot.ledger is None else (snapshot.ledger,)
    return (*own, *snapshot.earlier_ledgers)


def year_of(ledgers: Sequence[Ledger], year: int, item: str) -> YearOfMonths:
    """A calendar year's months, from all the fiscal years that have any of them."""
    months = (_month(ledgers, month, item) for month in year_months(year))
    return YearOfMonths(item, year, tuple(months))


def _month(ledgers: Sequence[Ledger], month: date, item: str) -> Month:
    items = ITEMS if item == "net" else (item,)
    # A fiscal year may begin in the middle of a month: then two of them have a part of it.
    own = [each for each in ledgers if each.starts.replace(day=1) <= month <= each.ends]
    if not own:
        return Month(month, Unknown(_NOT_READ), Unknown(_NOT_READ))
    outcomes = (booked(each, (month,), items) for each in own)
    budgets = (budgeted(each, (month,), part) for each in own for part in items)
    return Month(month, reduce(_add, outcomes), reduce(_add, budgets))


def running(found: YearOfMonths) -> tuple[Month, ...]:
    """The same months, each with all before it added; unknown from the first that is."""
    outcomes, budgets = (
        accumulate(amounts, _add)
        for amounts in (
            [month.outcome for month in found.months],
            [month.budget for month in found.months],
        )
    )
    return tuple(
        Month(month.month, outcome, budget)
        for month, outcome, budget in zip(found.months, outcomes, budgets, strict=True)
    )


def _add(so_far: Amount, amount: Amount) -> Amount:
    """Both together; the first unknown one, with its reason, where there is any."""
    for each in (so_far, amount):
        if isinstance(each, Unknown):
            return each
    return so_far + amount


@dataclass(frozen=True)
class Trial:
    """An earlier year, what was proposed for it without knowing it, and what it came to."""

    year: int
    outcome: Money
    proposed: Money
    budget: Money


@dataclass(frozen=True)
class ItemProposal:
    """What the months let one expect of an item's year.

    `share` is the part of the year that the months behind are taken for: halfway between what the
    budget has in them and what they were of earlier years. `trials` are the earlier years.
    """

    item: str
    so_far: Money
    share: Decimal
    year: Money
    trials: tuple[Trial, ...]

    @property
    def error(self) -> Money:
        """By how much the proposal was off in the earlier years, on average, above zero."""
        return _mean(abs(trial.proposed - trial.outcome) for trial in self.trials)

    @property
    def budget_error(self) -> Money:
        """By how much the budget itself was off in the same years, on average, above zero."""
        return _mean(abs(trial.budget - trial.outcome) for trial in self.trials)


@dataclass(frozen=True)
class Proposal:
    """The items that the months give a better forecast of than the budget, tried on `years`."""

    items: tuple[ItemProposal, ...]
    years: tuple[int, ...]


def _mean(amounts: Iterable[Money]) -> Money:
    held = tuple(amounts)
    return Money(round_half_away(sum(held, ZERO).kr / len(held), ORE))


def proposal(snapshot: Snapshot) -> Proposal | None:
    """What the months propose; None where they are too few or where the budget was nearer.

    Every earlier year that is whole is held out in turn: it gets a proposal from its own budget
    and from what the months were of the other years. Only an item whose proposals then came
    nearer than the budgets did, on average, is proposed at all.
    """
    if not snapshot.occasion.months_left:
        return None
    items = tuple(found for item in ITEMS if (found := _propose(snapshot, item)))
    if not items:
        return None
    years = sorted({trial.year for found in items for trial in found.trials})
    return Proposal(items, tuple(years))


def _propose(snapshot: Snapshot, item: str) -> ItemProposal | None:
    count = len(period_months(snapshot.occasion))
    own, earlier = months_of(snapshot, item), _whole_years(snapshot, item)
    if own is None or len(earlier) < FEWEST_YEARS:
        return None
    so_far = total_of(month.outcome for month in own.months[:count]).amount
    share = _share(own, earlier, count)
    if share is None or isinstance(so_far, Unknown):
        return None
    trials = [_try_on(year, earlier, count) for year in earlier]
    if None in trials:
        return None
    found = ItemProposal(item, so_far, share, _expect(so_far, share), tuple(trials))
    return found if found.error < found.budget_error else None


def _whole_years(snapshot: Snapshot, item: str) -> tuple[YearOfMonths, ...]:
    """The earlier calendar years of which every month's outcome and budget is known."""
    ledgers = _ledgers(snapshot)
    first = min((ledger.starts.year for ledger in ledgers), default=snapshot.occasion.year)
    years = (year_of(ledgers, year, item) for year in range(first, snapshot.occasion.year))
    return tuple(year for year in years if year.is_complete)


def _try_on(held_out: YearOfMonths, years: Sequence[YearOfMonths], count: int) -> Trial | None:
    """A proposal for a year from the others alone."""
    share = _share(held_out, [year for year in years if year is not held_out], count)
    if share is None:
        return None
    so_far = total_of(month.outcome for month in held_out.months[:count]).known
    return Trial(held_out.year, held_out.outcome, _expect(so_far, share), held_out.budget)


def _share(own: YearOfMonths, others: Sequence[YearOfMonths], count: int) -> Decimal | None:
    """What part of a year its first `count` months are; None where that says nothing."""
    budgets = [month.budget for month in own.months]
    shares = [ratio_of(total_of(budgets[:count]).amount, total_of(budgets).amount)]
    for year in others:
        part = total_of(month.outcome for month in year.months[:count]).amount
        shares.append(ratio_of(part, year.outcome))
    if not others or any(share is None or share < _SMALLEST_SHARE for share in shares):
        return None
    return (shares[0] + sum(shares[1:]) / len(others)) / 2


def _expect(so_far: Money, share: Decimal) -> Money:
    return Money(round_half_away(so_far.kr / share, ORE))
