"""The levers of a snapshot and a scenario: their positions, their rest, and what is then said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from assumed import DAYS, EXPLAINED, FREE, PARTS, PROJECTS, REST_COST, REVENUE_PART
from hypothesis import given
from hypothesis import strategies as st
from papers import CABLES, LAMPS, investments_with, kr, mkr, read_papers

from gsn_dash.domain.amounts import TKR, ZERO, Money
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import ContributionKey, OperatingKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.levers import (
    UNITS,
    contribution_of,
    day_position,
    is_moved,
    overlay_of,
    position_day,
    position_of,
    remove_lever,
    set_lever,
)
from gsn_dash.domain.scenario.offered import can_be_assumed, can_be_filled, filled, levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    Lump,
    MovedMoney,
    PriceChange,
    Scenario,
    UsedUp,
    YearEnd,
)
from gsn_dash.present.levers import say_position

OWN = Scenario(
    (
        Action("Vakanser", "cost", mkr("1.2"), 9),
        Lump("Licenser", EXPLAINED, mkr("3"), 2),
        MovedMoney("365", "natverk", mkr("0.5")),
        AssumedAmount("e-arkiv", "2061", kr("200000")),
        YearEnd("032", mkr("0.3")),
    )
)
IN_ORDER = [
    *(("used_up", part) for part in PARTS),
    ("rest", "revenue"),
    ("rest", "cost"),
    ("year_end", "031"),
    *((kind, name) for name in PROJECTS for kind in ("utilisation", "stopped")),
    ("carried", ""),
    *((kind, "e-dala") for kind in ("price", "equal_part", "counted_on")),
    *(("member", f"e-dala:{code}") for code in sorted(FREE)),
    *(("price", name) for name in ("skolskjuts", "telefoni", "e-arkiv")),
]


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def levers(papers):
    return levers_of(papers, Scenario())


def _lever(levers, kind, subject=""):
    return next(lever for lever in levers if lever.key == (kind, subject))


def test_the_papers_have_these_levers_in_this_order(levers):
    assert [lever.key for lever in levers] == IN_ORDER
    assert all(lever.resting in lever.positions for lever in levers)


def test_what_a_scenario_puts_in_brings_levers_of_its_own(papers, levers):
    before = {lever.key for lever in levers}
    own = [lever for lever in levers_of(papers, OWN) if lever.key not in before]
    assert [lever.key for lever in own] == [
        ("year_end", "032"),
        ("action", "Vakanser"),
        ("action_start", "Vakanser"),
        ("lump", "Licenser"),
        ("lump_month", "Licenser"),
        ("moved", "365"),
        ("assumed", "e-arkiv:2061"),
    ]
    assert {lever.resting for lever in own} == {None}
    assert [position_of(OWN, lever) for lever in own] == [300, 1200, 9, 3000, 2, 500, 200_000]
    assert _lever(own, "action_start", "Vakanser").positions == tuple(range(5, 13))
    assert _lever(own, "lump_month", "Licenser").positions == (2, *range(5, 13))
    for lever in own:
        assert overlay_of(OWN, lever) not in remove_lever(OWN, lever).overlays
        with pytest.raises(ValueError):
            position_of(Scenario(), lever)


@pytest.mark.parametrize(
    ("key", "resting", "positions"),
    [
        (("used_up", REST_COST), 100, range(0, 151, 5)),
        (("rest", "revenue"), 0, range(-20, 21)),
        (("year_end", "031"), -100, range(-3000, 3001, 100)),
        (("utilisation", "natverk"), 84, range(151)),
        (("utilisation", "basfunktionalitet"), 0, range(151)),
        (("stopped", "365"), 0, (0, 1)),
        (("carried", ""), 100, range(0, 101, 5)),
        (("price", "e-arkiv"), 0, range(-50, 101, 5)),
        (("equal_part", "e-dala"), 50, range(0, 101, 5)),
        (("counted_on", "e-dala"), 20221231, tuple(map(day_position, DAYS))),
        (("member", "e-dala:2081"), 0, (0, 1)),
        (("member", "e-dala:2062"), 1, (0, 1)),
    ],
)
def test_a_lever_rests_where_the_papers_are(levers, key, resting, positions):
    lever = _lever(levers, *key)
    assert (lever.resting, lever.positions) == (resting, positions)
    assert position_of(Scenario(), lever) == resting


@given(st.data())
def test_a_lever_stands_where_it_is_put_and_at_rest_nothing_is_said(papers, data):
    levers = levers_of(papers, OWN)
    scenario = OWN
    for lever in data.draw(st.lists(st.sampled_from(levers), min_size=1, max_size=8)):
        position = data.draw(st.sampled_from(lever.positions))
        scenario = set_lever(scenario, lever, position)
        assert position_of(scenario, lever) == position
        assert is_moved(scenario, lever) is (position != lever.resting)
    assert levers_of(papers, scenario)[0].positions == levers[0].positions
    for lever in levers:
        if lever.resting is not None:
            scenario = set_lever(scenario, lever, lever.resting)
            assert overlay_of(scenario, lever) is None
    assert {type(overlay) for overlay in scenario.overlays} == {type(o) for o in OWN.overlays}


@given(st.data(), st.integers(-4000, 4000))
def test_a_position_outside_the_lever_is_refused(levers, data, position):
    lever = data.draw(st.sampled_from(levers))
    if position in lever.positions:
        assert position_of(set_lever(Scenario(), lever, position), lever) == position
    else:
        with pytest.raises(ValueError):
            set_lever(Scenario(), lever, position)


@given(st.permutations(IN_ORDER), st.data())
def test_in_whatever_order_levers_are_put_they_say_the_same(levers, order, data):
    chosen = {key: data.draw(st.sampled_from(_lever(levers, *key).positions)) for key in order[:6]}
    first, second = Scenario(), Scenario()
    for key in order[:6]:
        first = set_lever(first, _lever(levers, *key), chosen[key])
    for key in reversed(order[:6]):
        second = set_lever(second, _lever(levers, *key), chosen[key])
    assert sorted(map(repr, first.overlays)) == sorted(map(repr, second.overlays))


def test_a_part_at_rest_says_so_where_the_whole_says_other(levers):
    lever = _lever(levers, "used_up", REVENUE_PART)
    whole = Scenario((UsedUp(Decimal("0.5")),))
    assert position_of(whole, lever) == 50
    back = set_lever(whole, lever, 100)
    assert back.overlays == (UsedUp(Decimal("0.5")), UsedUp(Decimal(1), REVENUE_PART))
    assert position_of(back, lever) == 100 and not is_moved(back, lever)


def test_levers_at_rest_assume_nothing_also_where_rest_is_no_whole_percent(papers, levers):
    scenario = Scenario()
    for lever in levers:
        scenario = set_lever(scenario, lever, lever.resting)
    assert scenario == Scenario()
    moved = set_lever(scenario, _lever(levers, "utilisation", "natverk"), 85)
    assert total_row(apply(papers, moved)).forecast.amount == mkr("7.84")
    prices = set_lever(scenario, _lever(levers, "price", "telefoni"), 100)
    assert line(apply(papers, prices), "net", "year").deviation.amount == ZERO


def test_a_forecast_far_above_its_appropriation_widens_the_lever():
    base = investments_with(
        {
            (CABLES.key, "appropriation"): mkr("1.0"),
            (CABLES.key, "forecast"): mkr("2.345"),
            (LAMPS.key, "forecast"): mkr("1.0"),
        },
        (CABLES, LAMPS),
    )
    lever, stopped = levers_of(base, Scenario())
    assert (lever.key, lever.resting) == (("utilisation", CABLES.key), 235)
    assert lever.positions == range(236)
    assert stopped.key == ("stopped", CABLES.key)


@pytest.mark.parametrize(("stated", "resting"), [("-4.57", -4600), ("12", 12000)])
def test_a_year_end_far_from_budget_widens_its_lever(papers, stated, resting):
    key = OperatingKey("031", "net", "year", "deviation")
    operating = {**papers.operating, key: replace(papers.operating[key], amount=mkr(stated))}
    lever = _lever(levers_of(replace(papers, operating=operating), Scenario()), "year_end", "031")
    assert lever.resting == resting
    assert resting in (lever.positions[0], lever.positions[-1])


@given(st.integers(-9000, 9000), st.integers(0, 1000))
def test_what_is_put_in_far_from_the_usual_widens_its_lever(papers, tens, hundreds):
    scenario = Scenario(
        (
            Action("A", "cost", Money(tens * 10 * TKR), 5),
            Lump("L", EXPLAINED, Money(hundreds * 100 * TKR), 5),
            YearEnd("032", Money(-hundreds * 100 * TKR)),
            AssumedAmount("e-arkiv", "2061", kr(str(hundreds * 1000))),
        )
    )
    levers = levers_of(papers, scenario)
    for key in (("action", "A"), ("lump", "L"), ("year_end", "032"), ("assumed", "e-arkiv:2061")):
        lever = _lever(levers, *key)
        at = position_of(scenario, lever)
        assert at in lever.positions
        assert len(lever.positions) <= 2001
        assert set_lever(scenario, lever, at) == scenario


@given(st.integers(0, 2000))
def test_what_is_moved_can_be_anything_up_to_what_the_project_has(papers, thousands):
    scenario = Scenario((MovedMoney("365", "natverk", Money(thousands * TKR)),))
    lever = _lever(levers_of(papers, scenario), "moved", "365")
    assert position_of(scenario, lever) == thousands
    assert {0, thousands, 2000} <= set(lever.positions)
    assert max(lever.positions) == 2000


def test_what_can_be_filled_and_assumed_is_what_nobody_knows(papers):
    assert can_be_filled(papers) == (ContributionKey("e-arkiv", "2061"),)
    assert can_be_assumed(papers, Scenario()) == ("032", "033")
    assert can_be_assumed(papers, OWN) == ("033",)
    assert filled(OWN) == {ContributionKey("e-arkiv", "2061")}
    assert contribution_of(_lever(levers_of(papers, OWN), "assumed", "e-arkiv:2061")) == (
        ContributionKey("e-arkiv", "2061")
    )


@given(st.dates(date(1900, 1, 1)))
def test_a_day_is_a_position_and_back(day):
    assert position_day(day_position(day)) == day


def test_every_kind_has_a_unit_and_removing_the_carried_part_needs_no_subject(levers):
    assert {lever.kind for lever in levers} <= UNITS.keys()
    scenario = Scenario((CarriedOver(Decimal(0)), PriceChange("telefoni", Decimal(1))))
    assert remove_lever(scenario, _lever(levers, "carried")).overlays == scenario.overlays[1:]


@pytest.mark.parametrize(
    ("key", "position", "text"),
    [
        (("used_up", REVENUE_PART), 80, "80 %"),
        (("used_up", REVENUE_PART), 100, "100 %, som prognosen"),
        (("rest", "cost"), -5, "−5 %"),
        (("rest", "revenue"), 5, "+5 %"),
        (("year_end", "031"), -100, "−0,1 Mkr, som prognosen"),
        (("year_end", "031"), 200, "+0,2 Mkr"),
        (("year_end", "031"), 0, "0,0 Mkr"),
        (("utilisation", "natverk"), 84, "84,4 %, som prognosen"),
        (("utilisation", "natverk"), 85, "85 %"),
        (("stopped", "365"), 1, "ja"),
        (("carried", ""), 100, "100 %, allt"),
        (("price", "telefoni"), 0, "0 %, som nu"),
        (("equal_part", "e-dala"), 50, "50 %, som avtalet"),
        (("counted_on", "e-dala"), 20221231, "31 december 2022, som nu"),
        (("counted_on", "e-dala"), 20191231, "31 december 2019"),
        (("member", "e-dala:2081"), 0, "nej"),
    ],
)
def test_a_position_is_said_in_swedish(levers, key, position, text):
    assert say_position(_lever(levers, *key), position).replace("\u00a0", " ") == text
