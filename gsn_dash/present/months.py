"""The words and tables of the operating budget month by month, and of what the months propose."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gsn_dash.domain.amounts import MKR, ZERO, Amount, Money, Unknown, total_of
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.ledger import check_ledger
from gsn_dash.domain.ledger import OUTCOME
from gsn_dash.domain.ledger_rules import ITEMS, is_from_ledger
from gsn_dash.domain.months import (
    ItemProposal,
    Month,
    Proposal,
    YearOfMonths,
    months_of,
    running,
)
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.scenario.proposed import Setting
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_period, name_place, name_rest_of_year, name_subject
from gsn_dash.present.numbers import (
    format_mkr,
    format_percent,
    format_size_mkr,
    name_month,
)
from gsn_dash.present.tables import Cell, Table, TableRow, number, plain_amount, word

_NOT_BOOKED = "inte bokfört"
_LAST = 12


def booked_until(found: YearOfMonths) -> Month | None:
    """The last month that all before it are booked with, each with those before added."""
    known = [month for month in running(found) if not isinstance(month.outcome, Unknown)]
    return known[-1] if known else None


def describe_item(snapshot: Snapshot, item: str) -> str:
    """How an item's months stand to their budget over the occasion's period: one sentence.

    The ledger may have later months too: they are not of what the occasion is about. Where it
    ends before, the sentence says so. The snapshot must have a ledger.
    """
    found, name = months_of(snapshot, item), ITEM_NAMES[item]
    last, asked = booked_until(found), snapshot.occasion.period_end.month
    if last is None:
        return f"{name}: januari {found.year} är inte bokförd, så månaderna går inte att summera."
    if last.month.month >= asked:
        return f"{name} {_until(asked, found.year)}: {_against_budget(running(found)[asked - 1])}"
    until = _until(last.month.month, found.year)
    return (
        f"{name}: bokföringen räcker bara {until}, men tillfället gäller"
        f" {name_period(snapshot.occasion)}. Så långt: {_against_budget(last)}"
    )


def _until(month: int, year: int) -> str:
    """ "till och med april 2023", "hela året 2023"."""
    return f"hela året {year}" if month == _LAST else f"till och med {name_month(month)} {year}"


def _against_budget(sums: Month) -> str:
    if isinstance(sums.budget, Unknown):
        return f"{format_size_mkr(sums.outcome)}. Bokföringen har ingen budget per månad."
    difference = abs(sums.outcome) - abs(sums.budget)
    if difference == ZERO:
        return f"{format_size_mkr(sums.outcome)}, lika mycket som månadernas budget."
    direction = "mer" if difference > ZERO else "mindre"
    said = f"{format_size_mkr(difference)} {direction} än månadernas budget."
    return f"{format_size_mkr(sums.outcome)}, {said}"


def describe_other_outcome(snapshot: Snapshot) -> str:
    """That the paper's outcome is another than the ledger's for the same months, and by how much.

    Empty where they agree, or where that cannot be told; Granskning has the same controls.
    """
    failing = {f.ref: f for f in check_ledger(snapshot) if f.verdict is Verdict.FAILS}
    keys = {item: OperatingKey(TOTAL, item, "period", OUTCOME) for item in ITEMS}
    said = [
        _tell_other(item, failing[key.ref].stated.amount, failing[key.ref].found.amount)
        for item, key in keys.items()
        if key.ref in failing
    ]
    return " ".join(said)


def _tell_other(item: str, paper: Money, books: Money) -> str:
    difference = abs(books) - abs(paper)
    how = "mer" if difference > ZERO else "mindre"
    return (
        f"{ITEM_NAMES[item]} är i bokföringen {format_size_mkr(books)} för samma månader,"
        f" {format_size_mkr(difference)} {how} än papperets {format_size_mkr(paper)}."
    )


def months_table(snapshot: Snapshot) -> Table | None:
    """Each month's budget and outcome by item; None without a ledger.

    What is not booked yet is said, and is no zero.
    """
    items = [found for item in (*ITEMS, "net") if (found := months_of(snapshot, item))]
    if not items:
        return None
    rows = [
        TableRow(
            word(name_month(month).capitalize()),
            _cells([found.months[month - 1] for found in items]),
        )
        for month in range(1, 13)
    ]
    sums = [
        Month(found.months[0].month, _booked_sum(found), total_of(_budgets(found)).amount)
        for found in items
    ]
    rows.append(TableRow(word("Bokfört hittills, årets budget"), _cells(sums), is_total=True))
    return Table(
        f"Budget och utfall per månad {items[0].year}, Mkr",
        ("", *("Budget", "Utfall") * len(items)),
        tuple(rows),
        tuple((ITEM_NAMES[found.item], 2) for found in items),
        keeps_columns=True,
        unit=MKR,
    )


def _budgets(found: YearOfMonths) -> list[Amount]:
    return [month.budget for month in found.months]


def _booked_sum(found: YearOfMonths) -> Amount:
    last = booked_until(found)
    return found.months[0].outcome if last is None else last.outcome


def _cells(months: Sequence[Month]) -> tuple[Cell, ...]:
    return tuple(
        cell
        for month in months
        for cell in (plain_amount(month.budget, format_mkr(month.budget)), _outcome(month.outcome))
    )


def _outcome(amount: Amount) -> Cell:
    text = _NOT_BOOKED if isinstance(amount, Unknown) else format_mkr(amount)
    return Cell(text, amount=amount)


def describe_source(snapshot: Snapshot) -> str:
    """Where the months are from."""
    return f"Månaderna är från {name_place(snapshot.ledger.source)}."


def activities_booked_table(snapshot: Snapshot) -> Table | None:
    """The period's outcome of each activity that the ledger alone tells; None where of none."""
    rows = []
    for activity in snapshot.activities:
        figures = [
            snapshot.operating.get(OperatingKey(activity.key, item, "period", OUTCOME))
            for item in ITEMS
        ]
        if all(figure and is_from_ledger(snapshot, figure) for figure in figures):
            cells = tuple(number(figure, format_mkr(figure.amount)) for figure in figures)
            rows.append(TableRow(word(name_subject(snapshot, activity.key)), cells))
    if not rows:
        return None
    return Table(
        f"Bokfört per verksamhet {name_period(snapshot.occasion)}, Mkr",
        ("", *(ITEM_NAMES[item] for item in ITEMS)),
        tuple(rows),
        unit=MKR,
    )


def describe_proposal(snapshot: Snapshot, found: Proposal) -> str:
    """What the months let one expect of the year, beside the papers' forecast: one sentence."""
    said = [_expected(snapshot, each) for each in found.items]
    return f"Av månaderna att döma blir årets {join_words(said)}."


def _expected(snapshot: Snapshot, each: ItemProposal) -> str:
    forecast = line(snapshot, each.item, "year").result.amount
    name, expected = ITEM_NAMES[each.item].lower(), format_size_mkr(each.year)
    if isinstance(forecast, Unknown):
        return f"{name} {expected}"
    return f"{name} {expected} (prognosen säger {format_size_mkr(forecast)})"


def describe_trials(found: Proposal) -> str:
    """How the proposal was reached, and how far off it was for the years it was tried on."""
    years = join_words([str(year) for year in found.years])
    errors = [
        f"{ITEM_NAMES[each.item].lower()} {format_size_mkr(each.error)} fel i snitt, där budgeten"
        f" var {format_size_mkr(each.budget_error)} fel"
        for each in found.items
    ]
    return (
        "Så räknas det: det som är bokfört, delat med den del av året som de månaderna brukar vara."
        " Den delen är hälften budgetens fördelning och hälften tidigare års. Prövat på"
        f" {years}, ett år i taget utan att känna till det: {join_words(errors)}."
    )


def describe_settings(snapshot: Snapshot, settings: Sequence[Setting]) -> str:
    """Which levers a press would set, and where."""
    when = name_rest_of_year(snapshot.occasion)
    said = [
        f"{ITEM_NAMES[each.lever.subject].lower()} på {format_percent(_ratio(each), signed=True)}"
        for each in settings
    ]
    short = "" if all(each.is_whole for each in settings) else " Längre än så går inte reglaget."
    return f"Då ställs {when}: {join_words(said)}, räknat på budgeten för de månaderna.{short}"


def _ratio(each: Setting) -> Decimal:
    return Decimal(each.position) / 100
