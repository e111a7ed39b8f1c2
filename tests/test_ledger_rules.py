"""What a ledger adds to an occasion: outcomes that no paper has, and a control of the others."""

from dataclasses import replace
from datetime import date

import pytest
from ledgers_made import BOOKED, ledger, ledger_of, row, spring_2023
from papers import LAMPS, SPRING, mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.ledger import check_ledger
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.ledger import (
    BALANCE,
    BUDGET,
    COST,
    DEFAULT_MAP,
    IGNORE,
    REVENUE,
    AccountRule,
    LedgerMap,
)
from gsn_dash.domain.ledger_rules import (
    booked,
    budgeted,
    first_days,
    is_from_ledger,
    period_months,
    with_ledger,
)
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Activity
from gsn_dash.present.findings import describe_finding
from gsn_dash.report.template import write_template

JANUARY, APRIL, MAY = date(2023, 1, 1), date(2023, 4, 1), date(2023, 5, 1)
COSTS = OperatingKey(TOTAL, COST, "period", "outcome")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_months_are_counted_over_new_year():
    assert first_days(date(2022, 11, 15), date(2023, 2, 1)) == (
        date(2022, 11, 1), date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1),
    )  # fmt: skip
    assert first_days(MAY, APRIL) == ()
    assert len(period_months(SPRING)) == 4


def test_what_is_not_booked_yet_is_unknown_and_no_zero():
    books = ledger_of(2023, ("-5",) * 3)
    assert booked(books, [JANUARY], (COST,)) == mkr("-5")
    assert isinstance(booked(books, [APRIL], (COST,)), Unknown)
    # The ledger speaks for January, and has no revenue then: that is known to be nothing.
    assert booked(books, [JANUARY], (REVENUE,)) == mkr("0")
    assert isinstance(budgeted(books, [JANUARY], COST), Unknown)


def test_the_account_with_the_most_digits_in_its_rule_wins_whatever_its_length():
    rules = LedgerMap(
        (AccountRule("4", "8", COST), AccountRule("49", "49", IGNORE),
         AccountRule("8300", "8399", REVENUE))
    )  # fmt: skip
    items = {a: rules.item_of(a) for a in ("401", "4010", "49", "499", "49999", "8310", "83105")}
    assert items == {
        "401": COST, "4010": COST, "49": IGNORE, "499": IGNORE, "49999": IGNORE,
        "8310": REVENUE, "83105": REVENUE,
    }  # fmt: skip
    assert rules.item_of("9999") == IGNORE
    plan = {a: DEFAULT_MAP.item_of(a) for a in ("1229", "1930", "2440", "3010", "8300")}
    assert list(plan.values()) == [BALANCE, IGNORE, IGNORE, REVENUE, COST]


def test_a_ledger_fills_in_activities_and_projects_that_no_paper_has():
    rows = [
        row(JANUARY, COST, mkr("-2"), activity="031"),
        row(APRIL, COST, mkr("-1"), activity="031"),
        row(MAY, COST, mkr("-9"), activity="031"),
        row(JANUARY, COST, mkr("-0.3"), project="lamps"),
        row(JANUARY, BALANCE, mkr("-0.5"), project="lamps"),
        row(JANUARY, BALANCE, mkr("-7"), project="nobody's"),
        row(JANUARY, COST, mkr("-6"), activity="nobody's"),
    ]
    covered = first_days(JANUARY, MAY)
    books = ledger(rows, date(2023, 1, 1), date(2023, 12, 31), covered)
    filled = with_ledger(
        snapshot_with(activities=(Activity("031", "Digitalt"),), projects=(LAMPS,), ledger=books)
    )
    own = {key.ref: figure.amount for key, figure in filled.operating.items()}
    assert own == {
        "operating:031:cost:period:outcome": mkr("-3"),
        "operating:031:revenue:period:outcome": mkr("0"),
        "operating:total:cost:period:outcome": mkr("-9.3"),
        "operating:total:revenue:period:outcome": mkr("0"),
    }
    # Investments are above zero, whether they are booked as a cost or as an asset.
    spent = filled.investments[InvestmentKey("lamps", "outcome")]
    assert (len(filled.investments), spent.amount) == (1, mkr("0.8"))
    assert portfolio(filled).rows[0].outcome is spent
    assert spent.origin == replace(BOOKED, column="2023-01–2023-04")
    assert in_force(filled, spent.ref) is spent


def test_what_a_paper_states_stands_and_what_it_leaves_open_is_filled():
    paper = {COSTS: stated(COSTS.ref, mkr("-21.4")), _revenue(): not_known(_revenue().ref)}
    filled = with_ledger(snapshot_with(operating=paper, ledger=spring_2023()))
    assert filled.operating[COSTS] is paper[COSTS]
    found = filled.operating[_revenue()]
    assert found.amount == mkr("21.2")
    assert is_from_ledger(filled, found)
    assert not is_from_ledger(filled, paper[COSTS])


def _revenue() -> OperatingKey:
    return OperatingKey(TOTAL, REVENUE, "period", "outcome")


def test_a_ledger_that_ends_before_the_period_fills_in_nothing():
    books = ledger_of(2023, ("-5",) * 3)
    filled = with_ledger(snapshot_with(projects=(LAMPS,), ledger=books))
    assert (filled.operating, filled.investments) == ({}, {})
    assert with_ledger(snapshot_with()) == snapshot_with()


def test_the_papers_and_a_ledger_that_says_the_same_agree(papers):
    found = check_ledger(with_ledger(replace(papers, ledger=spring_2023())))
    assert {finding.ref: finding.verdict for finding in found} == {
        "operating:total:revenue:period:outcome": Verdict.HOLDS,
        "operating:total:revenue:period:budget": Verdict.HOLDS,
        "operating:total:revenue:year:budget": Verdict.HOLDS,
        "operating:total:cost:period:outcome": Verdict.HOLDS,
        "operating:total:cost:period:budget": Verdict.HOLDS,
        "operating:total:cost:year:budget": Verdict.HOLDS,
    }


def test_a_ledger_that_says_otherwise_or_too_little_is_found_and_told(papers):
    other = ledger_of(2023, ("-5.2", "-5.3", "-5.4", "-6.6"), ("5.3075",) * 4)
    found = {f.ref: f for f in check_ledger(replace(papers, ledger=other))}
    cost, revenue = (found[f"operating:total:{item}:period:outcome"] for item in ITEMS)
    assert (cost.verdict, revenue.verdict) == (Verdict.FAILS, Verdict.HOLDS_ROUNDED)
    title, text = describe_finding(papers, cost)
    assert title == "Kostnader, utfall januari–april 2023: papperet och bokföringen säger olika"
    assert "−21,5\u00a0Mkr, men bokföringens månader ger −22,5\u00a0Mkr. Det skiljer 1,0" in text
    assert found[revenue.ref].found.places == (BOOKED,)
    assert len(found) == 2  # it has no budget, so of budgets there is nothing to hold together
    short = check_ledger(replace(papers, ledger=ledger_of(2023, ("-5",) * 3)))
    assert {finding.verdict for finding in short} == {Verdict.CANNOT_TELL}
    assert "till och med mars 2023" in describe_finding(papers, short[0])[1]


ITEMS = (COST, REVENUE)


def with_activity(papers, *rows):
    """The papers with an outcome and a budget of 031, and a ledger of April with these rows."""
    keys = [OperatingKey("031", COST, "period", measure) for measure in ("outcome", "budget")]
    own = {key: stated(key.ref, mkr("-3")) for key in keys}
    books = ledger(rows, date(2023, 1, 1), date(2023, 12, 31), first_days(JANUARY, APRIL))
    return replace(papers, operating={**papers.operating, **own}, ledger=books)


def of_activity(snapshot):
    return {f.ref: f for f in check_ledger(snapshot) if ":total:" not in f.ref}


def test_what_the_ledger_has_nothing_of_is_not_held_against_zero(papers):
    # A budget by account alone says nothing of an activity, and neither does a cost.
    bare = with_activity(papers, row(APRIL, COST, mkr("-9")), row(APRIL, COST, mkr("-9"), BUDGET))
    (found,) = of_activity(bare).values()
    assert (found.rule, found.verdict) == ("not_mapped", Verdict.CANNOT_TELL)
    title, text = describe_finding(bare, found)
    assert title.startswith("Bokföringen har inga belopp för 031")
    assert "kontotabellen" in text
    # With the activity's costs mapped these are compared; its budget is still nowhere.
    mapped = with_activity(papers, row(APRIL, COST, mkr("-9"), activity="031"))
    assert {ref: f.verdict for ref, f in of_activity(mapped).items()} == {
        "operating:031:cost:period:outcome": Verdict.FAILS
    }


def test_the_control_is_among_the_others_and_silent_without_a_ledger(papers):
    assert check_ledger(papers) == []
    rules = {finding.rule for finding in run_controls(replace(papers, ledger=spring_2023()))}
    assert "ledger" in rules
    assert "broken_control" not in rules


def test_the_template_for_the_next_occasion_has_the_papers_figures_and_not_the_ledgers(papers):
    rows = [row(JANUARY, BALANCE, mkr("-0.5"), project="sakerhet")]
    books = ledger(rows, date(2023, 1, 1), date(2023, 12, 31), first_days(JANUARY, APRIL))
    filled = with_ledger(replace(papers, ledger=books))
    key = InvestmentKey("sakerhet", "outcome")
    assert filled.investments[key].amount == mkr("0.5")
    stated = {other: f for other, f in papers.investments.items() if other != key}
    assert write_template(filled) == write_template(replace(papers, investments=stated))
