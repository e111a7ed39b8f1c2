"""The operating budget: the table foots, the bridge adds up, and a forecast has its price."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import ZERO, Unknown, round_half_away, total_of
from gsn_dash.domain.bridge import bridge, explanations, unexplained
from gsn_dash.domain.figures import sources_of
from gsn_dash.domain.operating import (
    ITEMS,
    cell,
    demand,
    derived_cell,
    is_linear,
    line,
    period_share,
)
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Activity

TENTH = Decimal("0.1")
SPANS = (("period", "outcome"), ("year", "forecast"))
revenues = st.integers(0, 2_000).map(lambda tenths: mkr(str(Decimal(tenths) / 10)))
deviations = st.integers(-500, 500).map(lambda tenths: mkr(str(Decimal(tenths) / 10)))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _snapshot(cells, **parts):
    """A snapshot of (subject, item, span, measure) -> amount."""
    keys = {OperatingKey(*names): amount for names, amount in cells.items()}
    figures = {key: stated(key.ref, amount) for key, amount in keys.items()}
    return snapshot_with(operating=figures, **parts)


def _table(revenue_plan, revenue, cost_plan, cost, span="period", result="outcome"):
    return {
        (TOTAL, "revenue", span, "budget"): revenue_plan,
        (TOTAL, "revenue", span, result): revenue,
        (TOTAL, "cost", span, "budget"): -cost_plan,
        (TOTAL, "cost", span, result): -cost,
    }


@st.composite
def periods(draw):
    """A period's four figures, and what is explained of each item's deviation."""
    cells = _table(*(draw(revenues) for _ in range(4)))
    for item in ("revenue", "other_cost"):
        for subject in draw(st.lists(st.sampled_from(["031", "032", "033"]), unique=True)):
            cells[subject, item, "period", "deviation"] = draw(deviations)
    return cells


@pytest.mark.parametrize("span", ["period", "year"])
def test_the_papers_table_foots(papers, span):
    for item in ITEMS:
        row = line(papers, item, span)
        assert row.deviation.money == row.result.money - row.budget.money
    for column in ("budget", "result", "deviation"):
        revenue, cost, net = (getattr(line(papers, item, span), column).money for item in ITEMS)
        assert revenue + cost == net


def test_a_published_total_is_shown_and_what_its_parts_give_can_be_asked_for(papers):
    key = OperatingKey(TOTAL, "net", "period", "deviation")
    assert cell(papers, key) == papers.totals[key.ref]
    assert not cell(papers, key).is_derived
    by_parts = derived_cell(papers, key)
    assert by_parts.is_derived
    assert by_parts.money == mkr("4.0")


def test_a_published_total_is_not_overwritten_by_the_sum_of_its_parts():
    key = OperatingKey(TOTAL, "net", "period", "outcome")
    cells = _table(mkr("20.4"), mkr("21.2"), mkr("24.7"), mkr("21.5"))
    snapshot = _snapshot(cells, totals={key.ref: stated(key.ref, mkr("3.2"))})
    assert cell(snapshot, key).money == mkr("3.2")
    assert derived_cell(snapshot, key).money == mkr("-0.3")


def test_the_papers_bridge(papers):
    found = bridge(papers)
    assert found.start.money == mkr("-4.3")
    assert [(step.subject, step.item, step.figure.money) for step in found.steps] == [
        (TOTAL, "revenue", mkr("0.8")),
        ("032+033", "other_cost", mkr("4.4")),
        (TOTAL, "rest_cost", mkr("-1.2")),
    ]
    assert found.end.money == mkr("-0.3")


def test_what_nothing_explains_is_derived_within_its_rounding(papers):
    rest = unexplained(papers, "cost")
    assert rest.is_derived
    assert rest.money == mkr("-1.2")
    assert rest.precision / 2 == mkr("0.1").kr
    assert [figure.printed for figure in rest.origin.inputs] == ["3,2", "4,4"]
    assert len(sources_of(rest)) == 2


def test_of_the_revenues_deviation_nothing_is_explained(papers):
    assert explanations(papers, "revenue") == ()
    assert unexplained(papers, "revenue").money == mkr("0.8")


@given(periods())
def test_the_bridge_adds_up_exactly(cells):
    found = bridge(_snapshot(cells))
    steps = total_of(step.figure.amount for step in found.steps)
    assert steps.missing == 0
    assert found.start.money + steps.known == found.end.money


@given(periods())
def test_the_bridge_adds_up_also_where_totals_that_agree_are_published(cells):
    bare = _snapshot(cells)
    keys = [
        OperatingKey(TOTAL, item, "period", measure)
        for item in ITEMS
        for measure in ("budget", "outcome", "deviation")
    ]
    totals = {key.ref: stated(key.ref, cell(bare, key).amount) for key in keys}
    found = bridge(_snapshot(cells, totals=totals))
    steps = total_of(step.figure.amount for step in found.steps)
    assert found.start.money + steps.known == found.end.money


@pytest.mark.parametrize("span,result", SPANS)
@pytest.mark.parametrize("item", ITEMS)
def test_what_no_paper_states_is_unknown_and_not_zero(span, result, item):
    row = line(snapshot_with(), item, span)
    assert row.budget.is_unknown
    assert row.result.is_unknown
    assert row.deviation.is_unknown


def test_one_missing_part_makes_the_rest_of_the_bridge_unknown_but_not_what_is_stated():
    cells = _table(mkr("20.4"), mkr("21.2"), mkr("24.7"), mkr("21.5"))
    cells[TOTAL, "cost", "period", "outcome"] = Unknown("papperet har ett frågetecken")
    cells["032", "other_cost", "period", "deviation"] = mkr("4.4")
    found = bridge(_snapshot(cells))
    assert [step.figure.is_unknown for step in found.steps] == [False, False, True]
    assert found.start.money == mkr("-4.3")
    assert found.end.is_unknown


def test_an_explanation_without_an_amount_leaves_the_rest_unknown():
    cells = _table(mkr("20.4"), mkr("21.2"), mkr("24.7"), mkr("21.5"))
    cells["032", "other_cost", "period", "deviation"] = Unknown("papperet har ett frågetecken")
    assert unexplained(_snapshot(cells), "cost").is_unknown


@pytest.mark.parametrize(
    ("item", "rest", "budget", "needed", "so_far", "percent"),
    [
        ("cost", "-52.6", "-49.4", "-6.6", "-5.4", "22"),
        ("revenue", "52.9", "53.7", "6.6", "5.3", "25"),
    ],
)
def test_what_the_forecast_demands_of_the_rest_of_the_year(
    papers, item, rest, budget, needed, so_far, percent
):
    found = demand(papers, item)
    assert found.rest.money == mkr(rest)
    assert found.rest_budget.money == mkr(budget)
    for figure, text in ((found.monthly_needed, needed), (found.monthly_so_far, so_far)):
        assert round_half_away(figure.money.kr / 1_000_000, TENTH) == Decimal(text)
    assert round_half_away(found.increase * 100, Decimal(1)) == Decimal(percent)


def test_a_demand_says_what_it_rests_on(papers):
    found = demand(papers, "cost")
    for figure in (found.rest, found.rest_budget, found.monthly_needed, found.monthly_so_far):
        assert figure.is_derived
    assert [figure.printed for figure in found.rest.origin.inputs] == ["-74,1", "-21,5"]


def test_after_december_no_month_can_be_asked_for_more():
    cells = _table(mkr("70"), mkr("71"), mkr("70"), mkr("69"))
    cells |= _table(mkr("70"), mkr("71"), mkr("70"), mkr("69"), "year", "forecast")
    snapshot = _snapshot(cells, occasion=WHOLE_YEAR)
    for item in ("revenue", "cost"):
        found = demand(snapshot, item)
        assert found.rest.money == ZERO
        assert found.monthly_needed.is_unknown
        assert found.increase is None
        assert not found.monthly_so_far.is_unknown


@given(revenues, revenues, st.sampled_from(["revenue", "cost"]))
def test_what_is_needed_and_what_is_booked_make_the_forecast(booked, forecast, item):
    cells = _table(ZERO, booked, ZERO, booked)
    cells |= _table(ZERO, forecast, ZERO, forecast, "year", "forecast")
    found = demand(_snapshot(cells), item)
    year = found.monthly_so_far.money * 4 + found.monthly_needed.money * 8
    assert abs(year).kr == forecast.kr
    assert (found.increase is None) is (booked == ZERO)


def test_without_a_forecast_nothing_is_demanded():
    cells = _table(mkr("20.4"), mkr("21.2"), mkr("24.7"), mkr("21.5"))
    found = demand(_snapshot(cells), "cost")
    assert found.rest.is_unknown
    assert found.monthly_needed.is_unknown
    assert found.increase is None


def test_the_cost_budget_is_spread_evenly_and_the_revenue_budget_is_not(papers):
    assert is_linear(papers, "cost")
    assert period_share(papers, "cost") * 3 == pytest.approx(1)
    assert not is_linear(papers, "revenue")
    assert round_half_away(period_share(papers, "revenue"), Decimal("0.001")) == Decimal("0.275")


@pytest.mark.parametrize(
    ("year", "period", "even"), [("74.1", "24.7", True), ("74.1", "24.8", False),
                                 ("74.2", "24.7", True), ("10.0", "3.3", True)],
)  # fmt: skip
def test_a_budget_is_even_to_the_last_digit_that_is_printed(year, period, even):
    snapshot = _snapshot(
        {(TOTAL, "cost", "year", "budget"): -mkr(year),
         (TOTAL, "cost", "period", "budget"): -mkr(period)}
    )  # fmt: skip
    assert is_linear(snapshot, "cost") is even


def test_a_budget_that_nobody_knows_is_not_called_even():
    key = OperatingKey(TOTAL, "cost", "year", "budget")
    snapshot = snapshot_with(operating={key: not_known(key.ref)})
    assert not is_linear(snapshot, "cost")
    assert period_share(snapshot, "cost") is None


def test_activity_031_is_about_a_tenth_short_at_the_end_of_the_year(papers):
    short = line(papers, "net", "year", "031").deviation
    assert short.money == mkr("-0.1")
    assert short.approximate
    assert line(papers, "net", "year", "031").budget.is_unknown


def test_an_explanation_that_is_part_of_another_is_not_counted_twice():
    group = OperatingKey("032+033", "other_cost", "period", "deviation")
    member = OperatingKey("032", "other_cost", "period", "deviation")
    apart = OperatingKey("031", "cost", "period", "deviation")
    snapshot = snapshot_with(
        activities=(Activity("032+033", "grupp", ("032", "033")),),
        operating={
            key: stated(key.ref, mkr(amount))
            for key, amount in ((group, "4.4"), (member, "2.0"), (apart, "-0.3"))
        },
    )
    assert [step.figure.amount for step in explanations(snapshot, "cost")] == [
        mkr("4.4"),
        mkr("-0.3"),
    ]
