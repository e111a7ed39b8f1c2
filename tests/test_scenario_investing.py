"""What if, the investment money: used, stopped, moved and carried over; never less than booked."""

from dataclasses import replace
from decimal import Decimal

import pytest
from assumed import APPROPRIATIONS, PROJECTS, investing, percents, scenarios_of
from hypothesis import given
from hypothesis import strategies as st
from papers import CABLES, LAMPS, investments_with, kr, mkr, not_known, read_papers

from gsn_dash.domain.amounts import ZERO, Unknown, total_of
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import InvestmentKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.investing import booked_on_top, carry_over, room_above_booked
from gsn_dash.domain.scenario.overlays import (
    CarriedOver,
    MovedMoney,
    Scenario,
    Stopped,
    Utilisation,
)

HALF = Decimal("0.5")
NONE_USED = tuple(Utilisation(name, Decimal(0)) for name in PROJECTS)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _applied(snapshot, *chosen):
    return apply(snapshot, Scenario(chosen))


def _row(snapshot, project):
    return next(row for row in portfolio(snapshot).rows if row.project.key == project)


def _amounts(snapshot, project):
    row = _row(snapshot, project)
    return row.appropriation.amount, row.forecast.amount, row.left.amount


@given(st.dictionaries(st.sampled_from(PROJECTS), percents(0, 150)))
def test_projects_spend_their_share_of_the_appropriation(papers, shares):
    assumed = _applied(papers, *(Utilisation(*chosen) for chosen in shares.items()))
    for row in portfolio(assumed).rows:
        name = row.project.key
        spent = _row(papers, name).forecast.amount
        if name in shares:
            spent = APPROPRIATIONS[name] * shares[name]
        granted = APPROPRIATIONS[name]
        assert _amounts(assumed, name) == (granted, spent, granted - spent)
        assert in_force(assumed, InvestmentKey(name, "forecast").ref).amount == spent


@given(scenarios_of(investing, most=8))
def test_projects_and_what_is_booked_on_none_of_them_are_the_whole(papers, scenario):
    assumed = apply(papers, scenario)
    rows, total = portfolio(assumed).rows, total_row(assumed)
    booked = booked_on_top(papers, assumed)
    spent = total_of(row.forecast.amount for row in rows).amount
    before = total_of(row.forecast.amount for row in portfolio(papers).rows).amount
    change = total.forecast.money - total_row(papers).forecast.money
    assert spent - before + booked == change
    assert ZERO <= booked <= mkr("0.8")
    assert total.forecast.money >= mkr("0.8")
    assert booked == ZERO or total.forecast.money == mkr("0.8")
    granted = total_of(row.appropriation.amount for row in rows).amount
    assert granted == total.appropriation.amount == mkr("13.0")
    for row in rows:
        assert row.left.amount == row.appropriation.money - row.forecast.money
        assert row.forecast.money >= ZERO
    unspent = assumed.totals["investment:total:forecast_deviation"].amount
    assert unspent == -total.left.money == total.forecast.money - mkr("13.0")


@given(scenarios_of(investing, most=8))
def test_what_is_carried_over_and_what_lapses_are_what_is_left(papers, scenario):
    assumed = apply(papers, scenario)
    found = carry_over(assumed, scenario)
    assert found.carried + found.lapses == total_row(assumed).left.money
    assert found.carried >= ZERO
    assert found.carried.kr == round(found.carried.kr, 2)
    if not (scenario.of(Stopped) or scenario.of(CarriedOver)):
        assert found.carried == max(total_row(assumed).left.money, ZERO)


def test_of_a_stopped_project_nothing_is_spent_and_nothing_carried_over(papers):
    scenario = Scenario((Stopped("natverk"),))
    assumed = apply(papers, scenario)
    assert _amounts(assumed, "natverk") == (mkr("6.4"), ZERO, mkr("6.4"))
    assert total_row(assumed).forecast.amount == mkr("2.4")
    found = carry_over(assumed, scenario)
    assert (found.carried, found.lapses) == (mkr("4.2"), mkr("6.4"))


def test_a_project_at_nought_percent_is_not_stopped_its_money_is_carried_over(papers):
    scenario = Scenario((Utilisation("natverk", Decimal(0)),))
    assumed = apply(papers, scenario)
    assert _amounts(assumed, "natverk") == (mkr("6.4"), ZERO, mkr("6.4"))
    found = carry_over(assumed, scenario)
    assert (found.carried, found.lapses) == (mkr("10.6"), ZERO)


def test_stopped_is_stopped_whatever_its_share_is(papers):
    assumed = _applied(papers, Utilisation("natverk", Decimal("1.5")), Stopped("natverk"))
    assert _row(assumed, "natverk").forecast.amount == ZERO


@given(percents(0, 100))
def test_a_part_of_what_is_left_is_carried_over(papers, share):
    scenario = Scenario((CarriedOver(share),))
    found = carry_over(apply(papers, scenario), scenario)
    assert found.carried == mkr("5.2") * share
    assert found.lapses == mkr("5.2") * (1 - share)


def test_of_what_is_spent_beyond_the_appropriation_nothing_is_carried_over(papers):
    over = Scenario(tuple(Utilisation(name, Decimal("1.5")) for name in PROJECTS))
    assumed = apply(papers, over)
    assert total_row(assumed).left.amount == mkr("-6.5")
    found = carry_over(assumed, over)
    assert (found.carried, found.lapses) == (ZERO, mkr("-6.5"))


def test_the_sum_stays_at_what_is_booked_and_says_how_much_lies_on_no_project(papers):
    nothing = _applied(papers, *NONE_USED)
    assert room_above_booked(papers) == mkr("7.0")
    assert total_row(nothing).forecast.amount == mkr("0.8")
    assert booked_on_top(papers, nothing) == mkr("0.8")
    assert total_row(nothing).left.amount == mkr("12.2")
    some = _applied(papers, *NONE_USED[1:], Utilisation("natverk", Decimal("0.05")))
    assert total_row(some).forecast.amount == mkr("0.8")
    assert booked_on_top(papers, some) == mkr("0.48")
    enough = _applied(papers, *NONE_USED[1:], Utilisation("natverk", Decimal("0.125")))
    assert total_row(enough).forecast.amount == mkr("0.8")
    assert booked_on_top(papers, enough) == booked_on_top(papers, papers) == ZERO


def test_where_nothing_is_said_of_what_is_booked_the_sum_is_that_of_the_projects(papers):
    key = InvestmentKey("total", "outcome")
    silent = replace(papers, investments={**papers.investments, key: not_known(key.ref)})
    assert room_above_booked(silent) is None
    assert total_row(_applied(silent, *NONE_USED)).forecast.amount == ZERO


def test_a_forecast_below_what_is_booked_is_the_papers_own_and_holds_nothing_up(papers):
    key = InvestmentKey("total", "outcome")
    odd = {**papers.investments, key: replace(papers.investments[key], amount=mkr("9.0"))}
    assumed = _applied(replace(papers, investments=odd), Utilisation("365", Decimal(0)))
    assert total_row(assumed).forecast.amount == mkr("7.5")


def test_money_that_is_moved_is_used_to_the_same_degree_as_the_rest_of_the_project(papers):
    assumed = _applied(papers, MovedMoney("sakerhet", "365", mkr("1")))
    assert _amounts(assumed, "sakerhet") == (mkr("1.5"), mkr("0.3"), mkr("1.2"))
    assert _amounts(assumed, "365") == (mkr("3.0"), mkr("0.45"), mkr("2.55"))
    assert total_row(assumed).forecast.amount == mkr("7.75")
    assert total_row(assumed).appropriation.amount == mkr("13.0")


def test_a_share_is_of_what_the_project_has_after_money_is_moved(papers):
    assumed = _applied(papers, Utilisation("365", HALF), MovedMoney("natverk", "365", mkr("3")))
    assert _amounts(assumed, "365") == (mkr("5.0"), mkr("2.5"), mkr("2.5"))


def test_a_project_that_gives_all_it_has_spends_nothing(papers):
    assumed = _applied(papers, MovedMoney("365", "natverk", mkr("2.0")))
    assert _amounts(assumed, "365") == (ZERO, ZERO, ZERO)
    assert _row(assumed, "365").utilisation is None
    assert _amounts(assumed, "natverk") == (mkr("8.4"), mkr("7.0875"), mkr("1.3125"))


def test_what_is_moved_on_is_what_each_gives_and_gets(papers):
    assumed = _applied(
        papers, MovedMoney("natverk", "365", mkr("1")), MovedMoney("365", "sakerhet", mkr("2.0"))
    )
    granted = [_amounts(assumed, name)[0] for name in ("natverk", "365", "sakerhet")]
    assert granted == [mkr("5.4"), mkr("1.0"), mkr("4.5")]


@pytest.mark.parametrize(
    ("source", "target", "amount"),
    [
        ("365", "natverk", "2.000001"),
        ("basfunktionalitet", "natverk", "0.6"),
        ("finns inte", "natverk", "0"),
        ("natverk", "total", "1"),
    ],
)
def test_more_than_a_project_has_cannot_be_moved(papers, source, target, amount):
    with pytest.raises(ValueError):
        _applied(papers, MovedMoney(source, target, mkr(amount)))


def test_nobody_gives_or_is_given_an_appropriation_that_is_unknown():
    base = investments_with(
        {("total", "forecast"): mkr("2"), ("cables", "forecast"): mkr("1"),
         ("lamps", "appropriation"): mkr("3"), ("lamps", "forecast"): mkr("1")}, (CABLES, LAMPS),
    )  # fmt: skip
    for names in ((CABLES.key, LAMPS.key), (LAMPS.key, CABLES.key)):
        with pytest.raises(ValueError):
            _applied(base, MovedMoney(*names, mkr("0.5")))
    moved = _applied(base, Utilisation(CABLES.key, Decimal(1)), Stopped(CABLES.key))
    assert moved.investments == base.investments  # a share of nobody knows what


def test_money_to_a_project_without_any_is_not_used_of_itself():
    base = investments_with(
        {("total", "forecast"): mkr("1"), ("cables", "appropriation"): ZERO,
         ("cables", "forecast"): ZERO, ("lamps", "appropriation"): mkr("3"),
         ("lamps", "forecast"): mkr("1")}, (CABLES, LAMPS),
    )  # fmt: skip
    assumed = _applied(base, MovedMoney(LAMPS.key, CABLES.key, mkr("1.5")))
    assert _amounts(assumed, CABLES.key) == (mkr("1.5"), ZERO, mkr("1.5"))
    assert _amounts(assumed, LAMPS.key) == (mkr("1.5"), mkr("0.5"), mkr("1.0"))


@given(st.integers(1, 10**8))
def test_moved_money_is_used_to_the_ore(papers, ore):
    amount = kr(str(Decimal(ore) / 100))
    if amount > mkr("6.4"):
        return
    moved = _row(_applied(papers, MovedMoney("natverk", "365", amount)), "natverk")
    spent = mkr("5.4") - amount * Decimal("0.84375")
    assert moved.forecast.money.kr == round(moved.forecast.money.kr, 2)
    assert abs(moved.forecast.money - spent) <= kr("0.005")


def test_a_project_without_a_forecast_makes_the_total_unknown():
    base = investments_with(
        {("total", "forecast"): mkr("2"), (CABLES.key, "appropriation"): mkr("3")}, (CABLES, LAMPS)
    )
    assumed = _applied(base, Utilisation(CABLES.key, HALF))
    assert in_force(assumed, InvestmentKey(CABLES.key, "forecast").ref).amount == mkr("1.5")
    assert isinstance(assumed.investments[InvestmentKey("total", "forecast")].amount, Unknown)
    assert isinstance(carry_over(assumed, Scenario()).carried, Unknown)


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_no_more_than_all_and_no_less_than_nothing_is_carried_over(share):
    with pytest.raises(ValueError):
        CarriedOver(Decimal(share))


def test_money_is_moved_from_one_project_to_another_and_not_backwards():
    for source, target, amount in (("a", "a", "1"), ("a", "b", "-1")):
        with pytest.raises(ValueError):
            MovedMoney(source, target, mkr(amount))
