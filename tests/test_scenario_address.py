"""How an address says a scenario: what is written is read back; nonsense is told by its name."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pytest
from assumed import EXPLAINED, FREE
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr, read_papers

from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
    subject_of,
)
from gsn_dash.ui.state.scenario_address import (
    ALONE,
    BEFORE,
    is_ours,
    read_address,
    say_scenario,
)

OWN = (
    Action("Vakanser & <b>mer</b> ~ 50 %", "cost", mkr("-1.2"), 9),
    Action("Höjda avgifter", "revenue", mkr("0.5"), 6),
    Lump("Licenser?", EXPLAINED, mkr("3"), 10),
    Lump("Böter#1", "total:rest_cost", mkr("0.7"), 11, budgeted=False),
    MovedMoney("365", "natverk", mkr("0.5")),
    AssumedAmount("e-arkiv", "2061", kr("200000")),
    YearEnd("032", mkr("0.3")),
)
# Addresses that are out in mail and minutes: they must mean the same for good.
KNOWN = [
    ("u=50", UsedUp(Decimal("0.5"))),
    ("u-032%2B033.other_cost=0", UsedUp(Decimal(0), EXPLAINED)),
    ("r=-3", RestChange("revenue", Decimal("-0.03"))),
    ("c=2", RestChange("cost", Decimal("0.02"))),
    ("v-031=-500", YearEnd("031", mkr("-0.5"))),
    ("atgard=Vakanser~cost~1200~9", Action("Vakanser", "cost", mkr("1.2"), 9)),
    ("faktura=B%C3%B6ter~total.rest_cost~700~11~0",
     Lump("Böter", "total:rest_cost", mkr("0.7"), 11, budgeted=False)),
    ("p-natverk=120", Utilisation("natverk", Decimal("1.2"))),
    ("stopp-365=1", Stopped("365")),
    ("flytt-365=natverk~500", MovedMoney("365", "natverk", mkr("0.5"))),
    ("over=50", CarriedOver(Decimal("0.5"))),
    ("pris-e-arkiv=10", PriceChange("e-arkiv", Decimal("0.1"))),
    ("lika-e-dala=100", EqualPart("e-dala", Decimal(1))),
    ("folk-e-dala=20211231", CountedOn("e-dala", date(2021, 12, 31))),
    ("med-e-dala.2081=1", Membership("e-dala", "2081", True)),
    ("anta-e-arkiv.2061=200000", AssumedAmount("e-arkiv", "2061", kr("200000"))),
]  # fmt: skip
texts = st.text(max_size=12) | st.sampled_from(["0", "1", "50", "-3", "20221231", "a~1", "x~cost"])
parameters = st.one_of(
    st.sampled_from(ALONE),
    st.tuples(st.sampled_from(BEFORE), st.text(max_size=8)).map("-".join),
    st.text(max_size=8),
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def through(scenario: Scenario):
    """What comes of a scenario that is written, sent as a link and read."""
    return read_address(parse_qs(urlencode(say_scenario(scenario)), keep_blank_values=True))


@pytest.mark.parametrize(("address", "overlay"), KNOWN)
def test_an_address_means_what_it_always_has(address, overlay):
    read = read_address(parse_qs(address, keep_blank_values=True))
    assert read == (Scenario((overlay,)), ())
    assert urlencode(say_scenario(Scenario((overlay,))), safe="~") == address


@given(st.data())
def test_any_scenario_of_the_papers_levers_is_read_back(papers, data):
    own = Scenario(tuple(o for o in OWN if data.draw(st.booleans()) and "~" not in repr(o)))
    levers = levers_of(papers, own)
    scenario = own
    for lever in data.draw(st.lists(st.sampled_from(levers), unique_by=lambda x: x.key)):
        scenario = set_lever(scenario, lever, data.draw(st.sampled_from(lever.positions)))
    read, refused = through(scenario)
    assert refused == ()
    assert {subject_of(o): o for o in read.overlays} == {
        subject_of(o): o for o in scenario.overlays
    }


def test_a_name_keeps_what_stands_between_the_parts():
    scenario, refused = through(Scenario(OWN))
    (action,), (lump,) = scenario.of(Action)[:1], scenario.of(Lump)[:1]
    assert action.name == "Vakanser & <b>mer</b> ~ 50 %"
    assert lump.name == "Licenser?"
    assert refused == ()


@given(st.dictionaries(parameters, st.lists(texts, max_size=3), max_size=6))
def test_no_address_is_nonsense_enough_to_fail(address):
    scenario, refused = read_address(address)
    assert all(is_ours(name) and name in address for name in refused)
    assert len(set(refused)) == len(refused)
    foreign = {name: values for name, values in address.items() if not is_ours(name)}
    assert read_address(foreign) == (Scenario(), ())
    again, still = read_address(dict(_grouped(say_scenario(scenario))))
    assert (again, still) == (scenario, ())


def _grouped(pairs):
    names = dict.fromkeys(name for name, _ in pairs)
    return [(name, [value for own, value in pairs if own == name]) for name in names]


@given(st.sampled_from(FREE), st.text(max_size=6))
def test_a_switch_is_on_or_off_and_nothing_between(code, text):
    scenario, refused = read_address({f"med-e-dala.{code}": [text]})
    if text in ("0", "1"):
        assert scenario.overlays == (Membership("e-dala", code, text == "1"),)
    else:
        assert (scenario, refused) == (Scenario(), (f"med-e-dala.{code}",))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        *[("u", [text]) for text in ("x", "", "8e1", "８０", "9" * 5000, "50.5", " 50", "+5")],
        ("u", ["80", "90"]),
        ("u", []),
        ("p-natverk", ["50 %"]),
        ("over", ["101"]),
        ("over", ["-1"]),
        ("lika-e-dala", ["150"]),
        ("folk-e-dala", ["20220231"]),
        ("folk-e-dala", ["999999999"]),
        ("folk-e-dala", ["-1"]),
        ("stopp-365", ["0"]),
        ("flytt-365", ["365~500"]),
        ("flytt-365", ["natverk~-500"]),
        ("flytt-365", ["natverk"]),
        ("anta-e-arkiv.2061", ["-1"]),
        ("atgard", ["Vakanser~cost~1200"]),
        ("atgard", ["~cost~1200~9"]),
        ("atgard", ["Vakanser~cost~1200~13"]),
        ("atgard", ["Vakanser~cost~1,5~9"]),
        ("faktura", ["Hyra~total.rest_cost~700~11~2"]),
        ("faktura", ["Hyra~total.rest_cost~-700~11~1"]),
    ],
)
def test_what_cannot_be_assumed_is_refused_by_name_and_the_rest_is_taken(name, values):
    read = read_address({name: values, "r": ["5"], "embed": ["true"], "utm_source": ["brev"]})
    assert read == (Scenario((RestChange("revenue", Decimal("0.05")),)), (name,))


@pytest.mark.parametrize("name", ["embed", "r-x", "over-1", "p", "flytt", "", "U", "kommun", "-u"])
def test_a_strangers_parameter_is_left_alone(name):
    assert not is_ours(name)
    assert read_address({name: ["1"]}) == (Scenario(), ())


def test_several_actions_and_invoices_share_a_name_and_one_bad_does_not_take_the_others():
    good = ["A~cost~100~5", "B~revenue~-200~6"]
    scenario, refused = read_address({"atgard": [good[0], "C~cost~x~5", good[1]]})
    assert [action.name for action in scenario.of(Action)] == ["A", "B"]
    assert refused == ("atgard",)
    assert read_address({"atgard": good})[1] == ()
