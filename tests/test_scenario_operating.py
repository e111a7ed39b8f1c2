"""What if, the operating budget: parts of the deviation, actions, invoices, activities."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from assumed import (
    COST_PARTS,
    EXPLAINED,
    PARTS,
    REST_COST,
    REVENUE_PART,
    months,
    percents,
    thousands,
)
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, kr, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.operating import cell, line
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.deviation_parts import deviation_parts
from gsn_dash.domain.scenario.operating import activities_change
from gsn_dash.domain.scenario.overlays import Action, Lump, Scenario, UsedUp, YearEnd
from gsn_dash.domain.snapshot import Activity

DEVIATIONS = {REVENUE_PART: mkr("0.8"), EXPLAINED: mkr("4.4"), REST_COST: mkr("-1.2")}
KEPT, HALF = Decimal(0), Decimal("0.5")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _end(snapshot, *chosen, item="net"):
    """How an item deviates at year-end; in the papers' forecast by nothing."""
    return line(apply(snapshot, Scenario(chosen)), item, "year").deviation.amount


def _lump(amount, month, part=EXPLAINED, **changes):
    return Lump("Licenser", part, mkr(amount), month, **changes)


def test_the_parts_of_the_deviation_sum_to_it(papers):
    assert {part.key: part.figure.money for part in deviation_parts(papers)} == DEVIATIONS
    for item in ("revenue", "cost"):
        parts = [part.figure.money for part in deviation_parts(papers) if part.item == item]
        assert sum(parts, ZERO) == line(papers, item, "period").deviation.amount


@given(st.dictionaries(st.sampled_from(PARTS), percents(0, 150)), percents(0, 150))
def test_the_whole_speaks_of_every_part_that_nothing_else_does(papers, said, whole):
    chosen = [UsedUp(whole), *(UsedUp(share, part) for part, share in said.items())]
    for item, parts in (("revenue", (REVENUE_PART,)), ("cost", COST_PARTS)):
        kept = [(1 - said.get(part, whole)) * DEVIATIONS[part] for part in parts]
        assert _end(papers, *chosen, item=item) == sum(kept, ZERO)


def test_a_whole_that_is_kept_with_one_part_used_up_as_in_the_forecast(papers):
    assert _end(papers, UsedUp(KEPT), UsedUp(Decimal(1), EXPLAINED)) == mkr("-0.4")
    assert _end(papers, UsedUp(KEPT), UsedUp(Decimal(1), EXPLAINED), item="cost") == mkr("-1.2")


@pytest.mark.parametrize(("start", "given"), [(1, 8), (4, 8), (5, 8), (9, 4), (12, 1)])
def test_an_action_gives_a_twelfth_for_each_month_that_is_left_from_its_start(papers, start, given):
    assert _end(papers, Action("Vakanser", "cost", mkr("1.2"), start)) == mkr("0.1") * given


@given(st.sampled_from(["revenue", "cost"]), thousands(-5000, 5000), months)
def test_an_action_moves_its_item_to_the_ore_and_better_is_above_zero(papers, item, yearly, start):
    moved = _end(papers, Action("x", item, yearly, start), item=item)
    exact = Fraction(yearly.kr) * (13 - max(start, 5)) / 12
    assert abs(Fraction(moved.kr) - exact) <= Fraction(1, 200)
    assert moved.kr == round(moved.kr, 2)
    assert _end(papers, Action("x", item, yearly, start)) == moved
    other = "cost" if item == "revenue" else "revenue"
    assert _end(papers, Action("x", item, yearly, start), item=other) == ZERO


def test_actions_of_one_item_add_up(papers):
    chosen = (Action("a", "cost", mkr("1.2"), 9), Action("b", "cost", mkr("-0.6"), 12))
    assert _end(papers, *chosen) == mkr("0.35")


def test_an_action_when_the_year_is_over_gives_nothing(papers):
    over = replace(papers, occasion=WHOLE_YEAR)
    assert _end(over, Action("x", "cost", mkr("1.2"), 3)) == _end(over)


@pytest.mark.parametrize("month", [1, 4, 5, 12])
def test_an_invoice_that_the_budget_has_moves_nothing_where_all_is_used_up(papers, month):
    assert _end(papers, _lump("3", month)) == ZERO


@pytest.mark.parametrize(
    ("month", "used", "end"),
    [
        (10, KEPT, "3.4"),  # four twelfths of 3.0 are timing, and used up all the same
        (10, HALF, "1.7"),
        (10, Decimal("1.5"), "-1.7"),
        (5, KEPT, "3.4"),
        (4, KEPT, "4.4"),  # it has come: nothing is timing
        (1, HALF, "2.2"),
    ],
)
def test_the_budget_behind_for_an_invoice_ahead_is_timing(papers, month, used, end):
    assert _end(papers, UsedUp(used, EXPLAINED), _lump("3", month)) == mkr(end)


def test_an_invoice_larger_than_the_deviation_leaves_a_cost_that_nobody_has_seen(papers):
    # 6.0 of 18.0 should have been spent by now; only 4.4 was saved, so 1.6 went elsewhere.
    assert _end(papers, UsedUp(KEPT, EXPLAINED), _lump("18", 10)) == mkr("-1.6")


def test_an_invoice_is_of_its_own_part_alone(papers):
    assert _end(papers, UsedUp(KEPT, EXPLAINED), _lump("3", 10, REST_COST)) == mkr("4.4")
    assert _end(papers, UsedUp(KEPT, REST_COST), _lump("3", 10, REST_COST)) == mkr("-2.2")


@pytest.mark.parametrize(("month", "end"), [(10, "-0.7"), (5, "-0.7"), (4, "0"), (1, "0")])
def test_an_invoice_that_no_budget_has_comes_on_top_where_it_is_ahead(papers, month, end):
    assert _end(papers, _lump("0.7", month, REST_COST, budgeted=False)) == mkr(end)


@given(st.sampled_from(COST_PARTS), thousands(0, 20_000), months, st.booleans(), percents(0, 150))
def test_an_invoice_moves_cost_by_what_it_says_and_revenue_by_nothing(
    papers, part, amount, month, budgeted, used
):
    lump = Lump("x", part, amount, month, budgeted)
    without = _end(papers, UsedUp(used, part), item="cost")
    moved = _end(papers, UsedUp(used, part), lump, item="cost") - without
    expected = ZERO
    if month > 4:
        timing = kr(str(round(amount.kr / 3, 2)))
        expected = -(timing * (1 - used)) if budgeted else -amount
    assert moved == expected
    assert _end(papers, lump, item="revenue") == ZERO


def test_an_activity_with_a_stated_year_end_moves_the_net_by_the_difference(papers):
    assert activities_change(papers, Scenario()) == ZERO
    assert _end(papers, YearEnd("031", mkr("-0.5"))) == mkr("-0.4")
    assert _end(papers, YearEnd("031", mkr("0.2"))) == mkr("0.3")
    assert _end(papers, YearEnd("031", mkr("-0.1"))) == ZERO
    for item in ("revenue", "cost"):
        assert _end(papers, YearEnd("031", mkr("0.2")), item=item) == ZERO


def test_an_activity_without_a_year_end_comes_on_top_of_the_forecast(papers):
    assumed = apply(papers, Scenario((YearEnd("032", mkr("-0.3")),)))
    key = OperatingKey("032", "net", "year", "deviation")
    assert cell(papers, key).is_unknown
    assert cell(assumed, key).amount == mkr("-0.3")
    assert cell(assumed, key).origin.rule == "what_if"
    assert line(assumed, "net", "year").deviation.amount == mkr("-0.3")
    assert line(assumed, "net", "year").result.amount == mkr("-0.3")


def test_activities_add_up_with_all_else(papers):
    chosen = (YearEnd("031", ZERO), YearEnd("032", mkr("0.3")), UsedUp(HALF))
    assert _end(papers, *chosen) == mkr("2.4")
    assert activities_change(papers, Scenario(chosen)) == mkr("0.4")


@pytest.mark.parametrize("published", [True, False])
def test_the_net_moves_alike_where_it_is_published_and_where_it_is_only_derived(papers, published):
    base = papers if published else replace(papers, totals={})
    assert line(base, "net", "year").deviation.is_derived is not published
    chosen = (YearEnd("032", mkr("0.3")), UsedUp(HALF), Action("x", "revenue", mkr("1.2"), 12))
    assumed = line(apply(base, Scenario(chosen)), "net", "year")
    assert assumed.result.amount == assumed.deviation.amount == mkr("2.4")
    assert assumed.deviation.origin.rule == "what_if"
    untouched = apply(base, Scenario())
    assert line(untouched, "net", "year") == line(base, "net", "year")


def test_an_activity_alone_moves_a_net_that_nothing_else_is_known_of():
    base = snapshot_with(activities=(Activity("031", "Digitalisering"),))
    assumed = apply(base, Scenario((YearEnd("031", mkr("1")),)))
    assert line(assumed, "net", "year").deviation.is_unknown
    assert cell(assumed, OperatingKey("031", "net", "year", "deviation")).amount == mkr("1")


def test_a_year_end_that_is_stated_of_something_else_than_the_net_is_that_which_moves():
    key = OperatingKey("031", "cost", "year", "deviation")
    base = snapshot_with(
        activities=(Activity("031", "Digitalisering"),), operating={key: stated(key.ref, mkr("1"))}
    )
    scenario = Scenario((YearEnd("031", mkr("-2")),))
    assert cell(apply(base, scenario), key).amount == mkr("-2")
    assert activities_change(base, scenario) == mkr("-3")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Action(" ", "cost", ZERO, 5),
        lambda: Action("x", "cost", ZERO, 0),
        lambda: Action("x", "cost", ZERO, 13),
        lambda: Lump("", EXPLAINED, ZERO, 5),
        lambda: Lump("x", EXPLAINED, mkr("-1"), 5),
        lambda: Lump("x", EXPLAINED, ZERO, 13),
    ],
)
def test_what_has_no_name_no_month_or_a_sign_is_no_assumption(make):
    with pytest.raises(ValueError):
        make()
