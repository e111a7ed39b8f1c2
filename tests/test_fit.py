"""What of a scenario a snapshot can take: what it cannot is told, what it takes can be moved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from assumed import (
    COLLABORATIONS,
    EXPLAINED,
    FREE,
    PARTS,
    PROJECTS,
    REST_COST,
    REVENUE_PART,
    assert_program_agrees,
    overlays,
    scenarios_of,
)
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr, not_known, read_papers

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.refs import ContributionKey, OperatingKey
from gsn_dash.domain.scenario.answers import answers
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.levers import position_of, set_lever
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
)

# Names that the papers have, and others.
subjects = st.sampled_from(
    ["", "x", "total", "revenue", "cost", "031", "032", *PARTS, *PROJECTS, *COLLABORATIONS,
     *FREE[:3], "2085", "2061"]
)  # fmt: skip
shares = st.one_of(
    st.integers(-300, 300).map(lambda percent: Decimal(percent) / 100),
    st.decimals(-2, 2, places=3),
)
amounts = st.one_of(
    st.integers(-9000, 9000).map(lambda thousand: Money(Decimal(thousand * 1000))),
    st.decimals(0, 10**7, places=2).map(Money),
)
positive = amounts.map(abs)
parts = st.decimals(0, 1, places=3) | st.integers(0, 100).map(lambda p: Decimal(p) / 100)
months = st.integers(1, 12)
strange = st.one_of(
    st.builds(UsedUp, shares, subjects),
    st.builds(RestChange, subjects, shares),
    st.builds(YearEnd, subjects, amounts),
    st.builds(Action, st.just("Å"), subjects, amounts, months),
    st.builds(Lump, st.just("L"), subjects, positive, months, st.booleans()),
    st.builds(Utilisation, subjects, shares),
    st.builds(Stopped, subjects),
    st.tuples(subjects, subjects, positive)
    .filter(lambda drawn: drawn[0] != drawn[1])
    .map(lambda drawn: MovedMoney(*drawn)),
    st.builds(CarriedOver, parts),
    st.builds(PriceChange, subjects, shares),
    st.builds(EqualPart, subjects, parts),
    st.builds(CountedOn, subjects, st.dates(date(2018, 12, 1), date(2025, 1, 31))),
    st.builds(Membership, subjects, subjects, st.booleans()),
    st.builds(AssumedAmount, subjects, subjects, positive),
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def spelled_out(scenario: Scenario) -> list:
    """What is said of the whole deviation is said of each part that nothing else is said of."""
    said = {overlay.part for overlay in scenario.of(UsedUp)}
    found = [o for o in scenario.overlays if not (isinstance(o, UsedUp) and not o.part)]
    whole = scenario.used_up("")
    return found + [UsedUp(whole, part) for part in PARTS if "" in said and part not in said]


@given(scenarios_of(st.one_of(overlays, strange)))
def test_what_fits_can_be_laid_over_and_every_lever_stands_at_a_position(papers, scenario):
    taken, refused = fit(papers, scenario)
    assert set(map(repr, (*taken.overlays, *refused))) <= set(map(repr, spelled_out(scenario)))
    apply(papers, taken)
    for lever in levers_of(papers, taken):
        at = position_of(taken, lever)
        assert at in lever.positions
        assert set_lever(taken, lever, at) == taken or at == lever.resting
    assert fit(papers, taken) == (taken, ())


@given(scenarios_of(st.one_of(overlays, strange)))
def test_what_fits_moves_as_far_in_the_browser_as_in_the_domain(papers, scenario):
    assert_program_agrees(papers, fit(papers, scenario)[0])


@given(scenarios_of(st.one_of(overlays, strange)))
def test_what_is_neither_taken_nor_refused_stands_at_rest(papers, scenario):
    taken, refused = fit(papers, scenario)
    heard = set(map(repr, (*taken.overlays, *refused)))
    quiet = tuple(overlay for overlay in spelled_out(scenario) if repr(overlay) not in heard)
    for overlay in quiet:
        levers = levers_of(papers, Scenario((overlay,)))
        assert all(position_of(Scenario((overlay,)), lever) == lever.resting for lever in levers), (
            overlay
        )
    moved = apply(papers, Scenario(quiet))
    nets = [s.totals["operating:total:net:year:deviation"].amount for s in (papers, moved)]
    assert nets[0] == nets[1]


@pytest.mark.parametrize(
    "overlay",
    [
        UsedUp(Decimal("0.53"), REVENUE_PART),  # no step of the lever
        UsedUp(Decimal("0.503"), REVENUE_PART),
        UsedUp(Decimal("1.55"), REVENUE_PART),
        UsedUp(Decimal("0.5"), "032:cost"),
        RestChange("cost", Decimal("0.21")),
        RestChange("cost", Decimal("0.015")),
        RestChange("net", Decimal("0.01")),
        YearEnd("999", mkr("1")),
        YearEnd("031", kr("123456")),
        Action("x", "net", mkr("1"), 5),
        Action("x", "cost", kr("1234.50"), 5),
        Lump("x", REVENUE_PART, mkr("1"), 5),
        Utilisation("natverk", Decimal("1.51")),
        Utilisation("natverk", Decimal("0.845")),
        Utilisation("molnet", Decimal(1)),
        Stopped("total"),
        MovedMoney("365", "natverk", mkr("2.1")),
        MovedMoney("365", "molnet", mkr("1")),
        CarriedOver(Decimal("0.01")),
        PriceChange("e-dala", Decimal("0.07")),
        PriceChange("e-dala", Decimal("-0.55")),
        EqualPart("telefoni", Decimal("0.5")),
        CountedOn("e-dala", date(2018, 12, 31)),
        Membership("e-dala", "2085", False),
        Membership("e-dala", "0180", True),
        AssumedAmount("telefoni", "2085", kr("1")),
        AssumedAmount("e-arkiv", "2061", kr("0.50")),
    ],
)
def test_what_no_lever_can_stand_at_is_refused_and_the_rest_is_taken(papers, overlay):
    good = Scenario((YearEnd("032", mkr("0.3")), Membership("e-dala", "2081", True)))
    assert fit(papers, good.says(overlay)) == (good, (overlay,))


@pytest.mark.parametrize(
    "overlay",
    [
        RestChange("cost", Decimal(0)),
        YearEnd("031", mkr("-0.1")),
        CarriedOver(Decimal(1)),
        PriceChange("e-dala", Decimal(0)),
        EqualPart("e-dala", Decimal("0.5")),
        CountedOn("e-dala", date(2022, 12, 31)),
        Membership("e-dala", "2062", True),
    ],
)
def test_what_stands_at_rest_says_nothing_and_needs_no_excuse(papers, overlay):
    assert fit(papers, Scenario((overlay,))) == (Scenario(), ())


def test_what_is_said_of_the_whole_is_said_of_each_part_that_nothing_else_is(papers):
    scenario = Scenario((UsedUp(Decimal(0)), UsedUp(Decimal(1), REVENUE_PART)))
    parts = Scenario((UsedUp(Decimal(0), EXPLAINED), UsedUp(Decimal(0), REST_COST)))
    assert fit(papers, scenario) == (parts, ())
    assert answers(papers, scenario) == answers(papers, parts)
    refused = tuple(UsedUp(Decimal("0.53"), part) for part in PARTS)
    assert fit(papers, Scenario((UsedUp(Decimal("0.53")),))) == (Scenario(), refused)


def test_what_was_put_in_can_be_far_beyond_the_usual(papers):
    scenario = Scenario(
        (
            Action("Stor", "cost", mkr("45"), 1),
            Lump("Stor", "total:rest_cost", mkr("60"), 12),
            YearEnd("032", mkr("-9.5")),
            AssumedAmount("e-arkiv", "2061", kr("9000000")),
        )
    )
    assert fit(papers, scenario) == (scenario, ())
    assert_program_agrees(papers, scenario)


def test_what_has_come_to_be_known_needs_no_assumption(papers):
    key = ContributionKey("e-arkiv", "2061")
    known = replace(papers.contributions[key].figure, amount=kr("190000"))
    contributions = {key: replace(papers.contributions[key], figure=known)}
    later = replace(papers, contributions={**papers.contributions, **contributions})
    overlay = AssumedAmount("e-arkiv", "2061", kr("200000"))
    assert fit(papers, Scenario((overlay,))) == (Scenario((overlay,)), ())
    assert fit(later, Scenario((overlay,))) == (Scenario(), (overlay,))


def test_what_the_snapshot_has_no_lever_for_is_told(papers):
    """Silence would let a link say one thing and the page show another."""
    keys = [ContributionKey("skolskjuts", code) for code in ("2085", "2061")]
    unknown = {k: replace(papers.contributions[k], figure=not_known(k.ref)) for k in keys}
    later = replace(papers, contributions={**papers.contributions, **unknown})
    overlay = PriceChange("skolskjuts", Decimal("0.2"))
    assert fit(later, Scenario((overlay,))) == (Scenario(), (overlay,))


def test_a_whole_that_is_used_up_of_what_nobody_knows_is_not_half_taken(papers):
    lost = OperatingKey("total", "revenue", "period", "outcome")
    totals = {ref: f for ref, f in papers.totals.items() if "revenue:period" not in ref}
    operating = {key: figure for key, figure in papers.operating.items() if key != lost}
    later = replace(papers, operating=operating, totals=totals)
    assert_program_agrees(later, fit(later, Scenario((UsedUp(Decimal("0.5")),)))[0])
