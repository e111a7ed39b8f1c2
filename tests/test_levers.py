"""The levers of a snapshot, and how an address says where they stand."""


import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import (
    CABLES,
    LAMPS,
    WHOLE_YEAR,
    investments_with,
    mkr,
    read_papers,
    snapshot_with,
    stated,
)

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.levers import levers_of, scenario_at
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.present.what_if import say_position
from gsn_dash.ui.state.levers import address_name, read_address

NAMES = [
    *("u", "r", "c"),
    *("p-natverk", "p-365", "p-basfunktionalitet", "p-sakerhet", "p-ovriga"),
    *("pris-e-dala", "lika-e-dala", "pris-skolskjuts", "pris-telefoni", "pris-e-arkiv"),
]


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def levers(papers):
    return levers_of(papers)


def _lever(levers, name):
    return next(lever for lever in levers if address_name(lever) == name)


def test_the_papers_have_these_levers_with_these_names(levers):
    assert [address_name(lever) for lever in levers] == NAMES


@pytest.mark.parametrize(
    ("name", "resting", "positions"),
    [
        ("u", 100, range(0, 151, 5)),
        ("r", 0, range(-20, 21)),
        ("c", 0, range(-20, 21)),
        ("p-natverk", 84, range(0, 151)),
        ("p-365", 15, range(0, 151)),
        ("p-basfunktionalitet", 0, range(0, 151)),
        ("pris-e-arkiv", 0, range(-50, 101, 5)),
        ("lika-e-dala", 50, range(0, 101, 5)),
    ],
)
def test_a_lever_rests_where_the_papers_are(levers, name, resting, positions):
    lever = _lever(levers, name)
    assert (lever.resting, lever.positions) == (resting, positions)


def test_levers_at_rest_assume_nothing_also_where_rest_is_no_whole_percent(papers, levers):
    resting = {lever.key: lever.resting for lever in levers}
    assert scenario_at(levers, resting) == scenario_at(levers, {}) == Scenario()
    moved = scenario_at(levers, {("utilisation", "natverk"): 85})
    assert total_row(apply(papers, moved)).forecast.amount == mkr("7.84")


@given(st.data())
def test_a_position_outside_the_lever_is_refused(levers, data):
    lever = data.draw(st.sampled_from(levers))
    percent = data.draw(st.integers(-1000, 1000))
    if percent in lever.positions:
        assert Scenario((lever.overlay(percent),))
    else:
        with pytest.raises(ValueError):
            lever.overlay(percent)


def test_a_forecast_far_above_its_appropriation_widens_the_lever():
    base = investments_with(
        {
            (CABLES.key, "appropriation"): mkr("1.0"),
            (CABLES.key, "forecast"): mkr("2.345"),
            (LAMPS.key, "forecast"): mkr("1.0"),
        },
        (CABLES, LAMPS),
    )
    (lever,) = levers_of(base)
    assert (lever.key, lever.resting, lever.highest) == (("utilisation", CABLES.key), 235, 235)


def test_when_the_year_is_over_nothing_of_it_can_be_assumed():
    keys = [
        OperatingKey("total", item, span, measure)
        for item in ("revenue", "cost")
        for span, measures in (("period", ("budget", "outcome")), ("year", ("budget", "forecast")))
        for measure in measures
    ]
    figures = {key: stated(key.ref, mkr("5") if key.measure == "outcome" else mkr("4"))
               for key in keys}
    assert levers_of(snapshot_with(occasion=WHOLE_YEAR, operating=figures)) == ()
    april = levers_of(snapshot_with(operating=figures))
    assert [lever.key for lever in april] == [("used_up", "")]


@pytest.mark.parametrize(
    ("name", "percent", "text"),
    [
        ("u", 80, "80 %"),
        ("u", 100, "100 %, som prognosen"),
        ("c", -5, "−5 %"),
        ("r", 5, "+5 %"),
        ("p-natverk", 84, "84,4 %, som prognosen"),
        ("p-natverk", 85, "85 %"),
        ("pris-telefoni", 0, "0 %, som nu"),
        ("lika-e-dala", 50, "50 %, som avtalet"),
    ],
)
def test_a_position_is_said_in_swedish(levers, name, percent, text):
    assert say_position(_lever(levers, name), percent).replace("\u00a0", " ") == text


@given(st.data())
def test_what_is_written_in_the_address_is_read_back(levers, data):
    chosen = {
        address_name(lever): data.draw(st.sampled_from(lever.positions))
        for lever in data.draw(st.lists(st.sampled_from(levers), unique=True))
    }
    held, refused = read_address(levers, {name: [str(p)] for name, p in chosen.items()})
    moved = {n: p for n, p in chosen.items() if p != _lever(levers, n).resting}
    assert (held, refused) == (moved, ())


@given(st.dictionaries(st.sampled_from([*NAMES, "p-okand", "embed", ""]), st.lists(st.text())))
def test_no_address_is_nonsense_enough_to_fail(papers, levers, address):
    held, refused = read_address(levers, address)
    assert held.keys().isdisjoint(refused)
    positions = {_lever(levers, name).key: percent for name, percent in held.items()}
    assert apply(papers, scenario_at(levers, positions))


@pytest.mark.parametrize(
    "texts", [["83"], ["900"], ["-5"], ["x"], [""], ["80", "90"], ["8e1"], ["８０"], ["9" * 5000]]
)
def test_what_the_lever_cannot_do_is_refused_by_name(levers, texts):
    assert read_address(levers, {"u": texts, "embed": ["true"]}) == ({}, ("u",))


def test_a_lever_of_something_unheard_of_is_refused_and_a_strangers_parameter_is_left(levers):
    address = {"p-finns-inte": ["50"], "utm_source": ["brev"], "r": ["5"]}
    assert read_address(levers, address) == ({"r": 5}, ("p-finns-inte",))


def test_the_year_end_is_untouched_by_levers_of_other_things(papers, levers):
    scenario = scenario_at(levers, {("price", "telefoni"): 100, ("utilisation", "365"): 100})
    assert line(apply(papers, scenario), "net", "year").deviation.amount == ZERO
