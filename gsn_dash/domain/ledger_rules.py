"""What a monthly ledger says of an occasion: sums over its period, and the cells they fill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Amount, Money, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.ledger import BALANCE, BUDGET, COST, OUTCOME, REVENUE, Ledger, LedgerMonth
from gsn_dash.domain.refs import TOTAL, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Occasion, Snapshot

ITEMS = (REVENUE, COST)
# What is used of an investment project's money, whether it is booked as a cost or as an asset.
_SPENT = (COST, BALANCE)
_EXACT = Decimal(0)  # books have öre, and are not rounded
_NOT_COVERED = "bokföringen som är inläst täcker inte alla månader"
_NO_BUDGET = "bokföringen som är inläst har ingen budget per månad"
_NOT_MAPPED = "inget i bokföringen är kopplat till verksamheten"


def first_days(first: date, last: date) -> tuple[date, ...]:
    """The first day of each month from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = ((first.year * 12 + first.month - 1 + n) for n in range(max(count, 0)))
    return tuple(date(month // 12, month % 12 + 1, 1) for month in months)


def period_months(occasion: Occasion) -> tuple[date, ...]:
    """The months of the occasion's period, by their first days."""
    return first_days(occasion.period_start, occasion.period_end)


def year_months(year: int) -> tuple[date, ...]:
    """The twelve months of a calendar year, by their first days."""
    return first_days(date(year, 1, 1), date(year, 12, 1))


def booked(
    ledger: Ledger, months: Collection[date], items: Iterable[str], activity: str | None = None
) -> Amount:
    """The outcome over `months`, of one activity or of the whole; signs as the paper's.

    Unknown where the ledger does not speak for all of them, or has nothing of the activity at
    all: what is not booked, or not known to be the activity's, is not 0.
    """
    if not set(months) <= set(ledger.covered):
        return Unknown(_NOT_COVERED)
    if not has_any(ledger, OUTCOME, activity):
        return Unknown(_NOT_MAPPED)
    return _sum(ledger, months, items, OUTCOME, activity)


def budgeted(
    ledger: Ledger, months: Collection[date], item: str, activity: str | None = None
) -> Amount:
    """The budget over `months`. Unknown where the ledger has none of the item, or of the months.

    Of an activity too it must have some: many budgets are by account alone, without cost centres.
    """
    ends = ledger.starts.replace(day=1), ledger.ends
    is_budgeted = any(row.item == item for row in _rows(ledger, BUDGET, activity))
    if not is_budgeted or not all(ends[0] <= month <= ends[1] for month in months):
        return Unknown(_NO_BUDGET)
    return _sum(ledger, months, (item,), BUDGET, activity)


def has_any(ledger: Ledger, measure: str, activity: str | None = None) -> bool:
    """Whether the ledger has any revenue or cost of an activity; of the whole it always has.

    A ledger without any is one in which nothing was booked, and that is known to be 0.
    """
    return activity is None or any(True for _ in _rows(ledger, measure, activity))


def _rows(ledger: Ledger, measure: str, activity: str | None) -> Iterator[LedgerMonth]:
    return (
        row
        for row in ledger.months
        if row.measure == measure and activity in (None, row.activity) and row.item in ITEMS
    )


def _sum(
    ledger: Ledger,
    months: Collection[date],
    items: Iterable[str],
    measure: str,
    activity: str | None,
) -> Money:
    wanted, kinds = frozenset(months), frozenset(items)
    amounts = (
        row.amount
        for row in ledger.months
        if row.month in wanted
        and row.item in kinds
        and row.measure == measure
        and activity in (None, row.activity)
    )
    return sum(amounts, ZERO)


def with_ledger(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the outcomes that only its ledger tells, per activity and per project.

    What a paper states stands. A figure from the ledger has the ledger's place as its source, so
    that it follows a correction, another table of accounts or a later paper by itself.
    """
    if snapshot.ledger is None:
        return snapshot
    operating = {
        key: figure
        for key, figure in _operating(snapshot, snapshot.ledger).items()
        if _is_open(snapshot.operating.get(key)) and _is_open(snapshot.totals.get(key.ref))
    }
    investments = {
        key: figure
        for key, figure in _investments(snapshot, snapshot.ledger).items()
        if _is_open(snapshot.investments.get(key))
    }
    return replace(
        snapshot,
        operating={**snapshot.operating, **operating},
        investments={**snapshot.investments, **investments},
    )


def _is_open(stated: Figure | None) -> bool:
    return stated is None or stated.is_unknown


def _operating(snapshot: Snapshot, ledger: Ledger) -> Mapping[OperatingKey, Figure]:
    """The period's outcome of the whole, and of each activity that the ledger has any of."""
    months = period_months(snapshot.occasion)
    keys = [activity.key for activity in snapshot.activities]
    known = [key for key in keys if has_any(ledger, OUTCOME, key)]
    found = {}
    for subject in (TOTAL, *known):
        for item in ITEMS:
            amount = booked(ledger, months, (item,), None if subject == TOTAL else subject)
            key = OperatingKey(subject, item, "period", "outcome")
            if isinstance(amount, Money):
                found[key] = _figure(key.ref, amount, ledger, snapshot.occasion)
    return found


def _investments(snapshot: Snapshot, ledger: Ledger) -> Mapping[InvestmentKey, Figure]:
    """What is booked on each project, above zero, that the ledger has any booking of."""
    months = frozenset(period_months(snapshot.occasion))
    if not months <= set(ledger.covered):
        return {}
    spent: dict[str, Money] = {}
    for row in ledger.months:
        if row.project and row.item in _SPENT and row.measure == OUTCOME and row.month in months:
            spent[row.project] = spent.get(row.project, ZERO) - row.amount
    keys = {project.key: InvestmentKey(project.key, "outcome") for project in snapshot.projects}
    return {
        keys[project]: _figure(keys[project].ref, amount, ledger, snapshot.occasion)
        for project, amount in spent.items()
        if project in keys
    }


def _figure(ref: str, amount: Money, ledger: Ledger, occasion: Occasion) -> Figure:
    column = f"{occasion.period_start:%Y-%m}–{occasion.period_end:%Y-%m}"
    return Figure(ref, amount, _EXACT, replace(ledger.source, column=column))


def is_from_ledger(snapshot: Snapshot, figure: Figure) -> bool:
    """Whether a figure is one that `with_ledger` has put in, and no paper's."""
    ledger = snapshot.ledger
    if ledger is None or figure.is_derived:
        return False
    return figure.origin.document.key == ledger.source.document.key
