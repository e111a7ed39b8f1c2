"""Ledgers that tests make: months in Mkr with our signs, by item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from papers import mkr

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.figures import Document, SourceRef
from gsn_dash.domain.ledger import BUDGET, COST, OUTCOME, REVENUE, Ledger, LedgerMonth
from gsn_dash.domain.ledger_rules import first_days

BOOKS = Document("fil-1", "Bokföringen 2023", "ledger", None)
BOOKED = SourceRef(BOOKS, "Räkenskapsåret 2023")


def row(
    month: date,
    item: str,
    amount: Money,
    measure: str = OUTCOME,
    activity: str = "",
    project: str = "",
) -> LedgerMonth:
    return LedgerMonth(month, item, activity, project, measure, amount)


def ledger(
    rows: Sequence[LedgerMonth], starts: date, ends: date, covered: Sequence[date]
) -> Ledger:
    return Ledger(starts, ends, tuple(rows), BOOKED, 2, tuple(covered))


def ledger_of(
    year: int,
    costs: Sequence[str],
    revenues: Sequence[str] = (),
    cost_budget: Sequence[str] = (),
    revenue_budget: Sequence[str] = (),
) -> Ledger:
    """A calendar year whose booked months are as many as `costs`; each text is a month in Mkr."""
    months = first_days(date(year, 1, 1), date(year, 12, 1))
    rows = [
        row(month, item, mkr(amount), measure)
        for item, measure, amounts in (
            (COST, OUTCOME, costs),
            (REVENUE, OUTCOME, revenues),
            (COST, BUDGET, cost_budget),
            (REVENUE, BUDGET, revenue_budget),
        )
        for month, amount in zip(months, amounts, strict=False)
    ]
    return ledger(rows, date(year, 1, 1), date(year, 12, 31), months[: len(costs)])


def spring_2023() -> Ledger:
    """January to April as the papers have the period; the budget is that of the year, evenly."""
    return ledger_of(
        2023,
        ("-5.2", "-5.3", "-5.4", "-5.6"),
        ("5.3", "5.3", "5.3", "5.3"),
        ("-6.175",) * 12,
        ("5.1",) * 4 + ("6.7125",) * 8,
    )


def year_that_goes(year: int, level: str, ratio: Sequence[str]) -> Ledger:
    """A whole year with costs of `level` Mkr times each month's ratio; its budget is level."""
    costs = [str(-Decimal(level) * Decimal(part)) for part in ratio]
    return ledger_of(year, costs, (), (f"-{level}",) * 12)
