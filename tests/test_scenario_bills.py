"""What if, the collaborations: bills move with price and key, to the öre."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr, not_known, read_papers

from gsn_dash.domain.amounts import ORE, ZERO, Unknown, round_half_away, total_of
from gsn_dash.domain.collaborating import key_split, payers
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.collaborating import key_parts
from gsn_dash.domain.scenario.compare import compare, compare_bills
from gsn_dash.domain.scenario.levers import levers_of
from gsn_dash.domain.scenario.overlays import EqualPart, PriceChange, Scenario, UsedUp, Utilisation
from gsn_dash.domain.sharing import shares_of

LUDVIKA, SMEDJEBACKEN = "2085", "2061"
weights = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
prices = st.integers(-50, 100).map(lambda percent: Decimal(percent) / 100)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _applied(snapshot, *chosen):
    return apply(snapshot, Scenario(chosen))


def _pays(snapshot, collaboration, municipality):
    return snapshot.contributions[ContributionKey(collaboration, municipality)].figure.amount


@given(weights)
def test_all_thirteen_parts_sum_to_the_whole_to_the_ore(papers, weight):
    parts = key_parts(papers, "e-dala", weight)
    assert len(parts) == 13
    assert total_of(parts.values()).amount == key_split(papers, "e-dala").implied_total.money
    assert all(part.kr == round_half_away(part.kr, ORE) for part in parts.values())


@given(weights, prices)
def test_a_bill_is_the_stated_one_moved_by_the_share_of_the_whole(papers, weight, price):
    assumed = _applied(papers, EqualPart("e-dala", weight), PriceChange("e-dala", price))
    split = key_split(papers, "e-dala")
    shares = shares_of(papers, split.key, split.counted_on, weight)
    for code, stated in ((LUDVIKA, 185_000), (SMEDJEBACKEN, 45_000)):
        move = Fraction(split.implied_total.money.kr) * (shares[code] - split.shares[code])
        exact = (stated + move) * Fraction(1 + price)
        # Two parts of the whole are rounded by remainder, then the bill: 2 × 1.01 + 0.5 öre.
        assert abs(Fraction(_pays(assumed, "e-dala", code).kr) - exact) < Fraction(5, 100)


def test_bills_with_all_in_equal_shares_and_all_by_inhabitants(papers):
    equal = _applied(papers, EqualPart("e-dala", Decimal(1)))
    heads = _applied(papers, EqualPart("e-dala", Decimal(0)))
    assert _pays(equal, "e-dala", LUDVIKA) == kr("139320.21")
    assert _pays(equal, "e-dala", SMEDJEBACKEN) == kr("54430.74")
    for code, stated in ((LUDVIKA, kr("185000")), (SMEDJEBACKEN, kr("45000"))):
        there = _pays(equal, "e-dala", code) - stated
        back = _pays(heads, "e-dala", code) - stated
        assert abs(there + back) <= kr("0.02")


def test_at_the_agreed_weight_the_stated_bills_stand(papers):
    assumed = _applied(papers, EqualPart("e-dala", Decimal("0.5")))
    assert assumed.contributions == papers.contributions


@given(weights)
def test_the_assumed_key_implies_the_same_whole(papers, weight):
    assumed = _applied(papers, EqualPart("e-dala", weight))
    whole = key_split(papers, "e-dala").implied_total.money
    again = key_split(assumed, "e-dala")
    assert again.key.equal_part == weight
    assert abs(again.implied_total.money - whole) < kr("1")


@given(st.sampled_from(["e-dala", "skolskjuts", "telefoni", "e-arkiv"]), prices)
def test_a_price_moves_its_own_collaboration_only(papers, collaboration, price):
    assumed = _applied(papers, PriceChange(collaboration, price))
    for key, contribution in papers.contributions.items():
        amount = assumed.contributions[key].figure.amount
        if key.collaboration != collaboration:
            assert assumed.contributions[key] is contribution
        elif contribution.figure.is_unknown:
            assert amount == contribution.figure.amount
        else:
            assert amount == contribution.figure.money * (1 + price)


def test_sums_move_with_their_known_parts_and_lack_what_they_lacked(papers):
    assumed = _applied(papers, PriceChange("e-arkiv", Decimal("0.1")))
    ludvika, smedjebacken = compare_bills(papers, assumed)
    assert (ludvika.municipality, ludvika.difference) == (LUDVIKA, kr("41700"))
    assert (ludvika.before.total.known, ludvika.after.total.known) == (kr("740300"), kr("782000"))
    assert (smedjebacken.difference, smedjebacken.unknown) == (ZERO, ("e-arkiv",))
    assert ludvika.unknown == ()
    assert (smedjebacken.after.total.known, smedjebacken.after.total.missing) == (kr("120000"), 1)
    assert assumed.totals["collaboration:total:2085"].amount == kr("781700")
    assert assumed.totals["collaboration:total:2061"] is papers.totals["collaboration:total:2061"]


def test_what_is_unknown_and_untouched_is_not_said_to_move(papers):
    changes = compare_bills(papers, _applied(papers, PriceChange("telefoni", Decimal("0.1"))))
    assert [(change.is_moved, change.unknown) for change in changes] == [(True, ()), (True, ())]
    assert not any(change.is_moved for change in compare_bills(papers, papers))


def test_a_key_without_a_whole_makes_its_known_bills_unknown_and_has_no_lever(papers):
    key = ContributionKey("e-dala", SMEDJEBACKEN)
    lacking = replace(papers.contributions[key], figure=not_known(key.ref))
    base = replace(papers, contributions={**papers.contributions, key: lacking})
    assumed = _applied(base, EqualPart("e-dala", Decimal("0.8")))
    assert isinstance(_pays(assumed, "e-dala", LUDVIKA), Unknown)
    assert key_parts(base, "e-dala", Decimal("0.8")) is None
    assert ("equal_part", "e-dala") not in {lever.key for lever in levers_of(base)}
    dearer = _applied(base, PriceChange("e-dala", Decimal("0.1")))
    assert _pays(dearer, "e-dala", LUDVIKA) == kr("203500")


def test_compare_says_what_moved_and_nothing_else(papers):
    assumed = _applied(
        papers, UsedUp(Decimal(0)), Utilisation("365", Decimal(1)),
        PriceChange("telefoni", Decimal("0.5")),
    )
    found = {moved.ref: (moved.before.amount, moved.after.amount)
             for moved in compare(papers, assumed)}
    assert found == {
        "operating:total:revenue:year:forecast": (mkr("74.1"), mkr("74.9")),
        "operating:total:cost:year:forecast": (mkr("-74.1"), mkr("-70.9")),
        "operating:total:net:year:forecast": (ZERO, mkr("4.0")),
        "operating:total:revenue:year:deviation": (ZERO, mkr("0.8")),
        "operating:total:cost:year:deviation": (ZERO, mkr("3.2")),
        "operating:total:net:year:deviation": (ZERO, mkr("4.0")),
        "investment:365:forecast": (mkr("0.3"), mkr("2.0")),
        "investment:365:left": (mkr("1.7"), ZERO),
        "investment:total:forecast": (mkr("7.8"), mkr("9.5")),
        "investment:total:left": (mkr("5.2"), mkr("3.5")),
        "investment:total:forecast_deviation": (mkr("-5.2"), mkr("-3.5")),
        "collaboration:telefoni:2085": (kr("120000"), kr("180000")),
        "collaboration:telefoni:2061": (kr("60000"), kr("90000")),
        "collaboration:total:2085": (kr("740300"), kr("800300")),
    }
    assert payers(assumed) == payers(papers)
    assert in_force(assumed, "operating:total:net:period:deviation").amount == mkr("4.0")
