"""What if, the collaborations: bills move with price, key, day and members, to the öre."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from assumed import (
    COLLABORATIONS,
    DAYS,
    FREE,
    LUDVIKA,
    SMEDJEBACKEN,
    key_changes,
    percents,
    price_changes,
    scenarios_of,
)
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr, not_known, read_papers

from gsn_dash.domain.amounts import ORE, ZERO, Unknown, round_half_away, total_of
from gsn_dash.domain.collaborating import key_split, payers
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.collaborating import key_parts, member_amounts
from gsn_dash.domain.scenario.compare import compare, compare_bills
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    AssumedAmount,
    CountedOn,
    EqualPart,
    Membership,
    PriceChange,
    Scenario,
    UsedUp,
    Utilisation,
)
from gsn_dash.domain.sharing import shares_of

ALL_EQUAL = EqualPart("e-dala", Decimal(1))
JOINING = (Membership("e-dala", "2080", True), Membership("e-dala", "2081", True))
DEARER = PriceChange("e-dala", Decimal("0.1"))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _applied(snapshot, *chosen):
    return apply(snapshot, Scenario(chosen))


def _pays(snapshot, collaboration, municipality):
    return snapshot.contributions[ContributionKey(collaboration, municipality)].figure.amount


def _together(snapshot, scenario, collaboration):
    return total_of(member_amounts(snapshot, scenario, collaboration).values()).amount


@given(scenarios_of(key_changes, most=16))
def test_the_parts_of_all_members_sum_to_the_whole_to_the_ore(papers, scenario):
    parts = key_parts(papers, scenario, "e-dala")
    said = {o.municipality: o.is_member for o in scenario.of(Membership)}
    agreed = set(papers.allocation_keys["e-dala"].members)
    members = {code for code in agreed | said.keys() if said.get(code, code in agreed)}
    assert parts.keys() == members
    assert total_of(parts.values()).amount == key_split(papers, "e-dala").implied_total.money
    assert all(part.kr == round_half_away(part.kr, ORE) for part in parts.values())


@given(scenarios_of(st.one_of(key_changes, price_changes), most=16))
def test_what_all_members_pay_is_the_whole_at_its_price_to_the_ore(papers, scenario):
    prices = {o.collaboration: o.share for o in scenario.of(PriceChange)}
    for name in ("e-dala", "skolskjuts", "telefoni"):
        whole = _together(papers, Scenario(), name)
        price = prices.get(name, Decimal(0))
        expected = round_half_away(whole.kr * (1 + price), ORE)
        assert _together(papers, scenario, name).kr == expected
    stated = {key.municipality for key in papers.contributions if key.collaboration == "e-dala"}
    paid = member_amounts(papers, scenario, "e-dala")
    assumed = apply(papers, scenario)
    assert {code: paid[code] for code in stated} == {
        code: _pays(assumed, "e-dala", code) for code in stated
    }


@given(percents(0, 100), percents(-50, 100))
def test_a_bill_is_the_stated_one_moved_by_the_share_of_the_whole(papers, weight, price):
    assumed = _applied(papers, EqualPart("e-dala", weight), PriceChange("e-dala", price))
    split = key_split(papers, "e-dala")
    shares = shares_of(papers, split.key, split.counted_on, weight)
    for code, said in ((LUDVIKA, 185_000), (SMEDJEBACKEN, 45_000)):
        move = Fraction(split.implied_total.money.kr) * (shares[code] - split.shares[code])
        exact = (said + move) * Fraction(1 + price)
        # Two parts of the whole are rounded by remainder, then the bill: 2 × 1.01 + 0.5 öre.
        assert abs(Fraction(_pays(assumed, "e-dala", code).kr) - exact) < Fraction(5, 100)


def test_bills_with_all_in_equal_shares_and_all_by_inhabitants(papers):
    equal = _applied(papers, ALL_EQUAL)
    heads = _applied(papers, EqualPart("e-dala", Decimal(0)))
    assert _pays(equal, "e-dala", LUDVIKA) == kr("139320.21")
    assert _pays(equal, "e-dala", SMEDJEBACKEN) == kr("54430.74")
    for code, said in ((LUDVIKA, kr("185000")), (SMEDJEBACKEN, kr("45000"))):
        there = _pays(equal, "e-dala", code) - said
        back = _pays(heads, "e-dala", code) - said
        assert abs(there + back) <= kr("0.02")


def test_two_more_members_make_it_cheaper_for_all_and_pay_the_difference(papers):
    before = member_amounts(papers, Scenario(), "e-dala")
    after = member_amounts(papers, Scenario(JOINING), "e-dala")
    assert after.keys() - before.keys() == {"2080", "2081"}
    assert all(after[code] < before[code] for code in before)
    joined = after["2080"] + after["2081"]
    assert joined == sum((before[code] - after[code] for code in before), ZERO)
    # All in equal shares, each of fifteen pays a fifteenth of the whole.
    whole = key_split(papers, "e-dala").implied_total.money
    equal = key_parts(papers, Scenario((*JOINING, ALL_EQUAL)), "e-dala")
    assert {
        abs(part - kr(str(round(whole.kr / 15, 2)))) <= kr("0.01") for part in equal.values()
    } == {True}


def test_one_who_leaves_pays_nothing_and_the_others_more(papers):
    before = member_amounts(papers, Scenario(), "e-dala")
    after = member_amounts(papers, Scenario((Membership("e-dala", "2062", False),)), "e-dala")
    assert after["2062"] == ZERO
    assert all(after[code] > before[code] for code in before if code != "2062")


def test_all_others_leave_and_the_two_who_are_stated_pay_it_all(papers):
    gone = Scenario(tuple(Membership("e-dala", code, False) for code in FREE))
    assert key_parts(papers, gone, "e-dala").keys() == {LUDVIKA, SMEDJEBACKEN}
    assert _together(papers, gone, "e-dala") == _together(papers, Scenario(), "e-dala")


@given(st.sampled_from(DAYS))
def test_the_inhabitants_of_another_day_divide_the_same_whole(papers, day):
    parts = key_parts(papers, Scenario((CountedOn("e-dala", day),)), "e-dala")
    split = key_split(papers, "e-dala", day)
    for code, part in parts.items():
        exact = Fraction(key_split(papers, "e-dala").implied_total.money.kr) * split.shares[code]
        assert abs(Fraction(part.kr) - exact) < Fraction(1, 100)


def test_at_the_agreed_key_the_stated_bills_stand(papers):
    assumed = _applied(
        papers, EqualPart("e-dala", Decimal("0.5")), CountedOn("e-dala", date(2022, 12, 31))
    )
    assert assumed.contributions == papers.contributions


@given(percents(0, 100))
def test_the_assumed_key_implies_the_same_whole(papers, weight):
    assumed = _applied(papers, EqualPart("e-dala", weight))
    whole = key_split(papers, "e-dala").implied_total.money
    again = key_split(assumed, "e-dala")
    assert again.key.equal_part == weight
    assert abs(again.implied_total.money - whole) < kr("1")


@given(st.sampled_from(COLLABORATIONS), percents(-50, 100))
def test_a_price_moves_its_own_collaboration_only(papers, collaboration, price):
    assumed = _applied(papers, PriceChange(collaboration, price))
    for key, contribution in papers.contributions.items():
        amount = assumed.contributions[key].figure.amount
        if key.collaboration != collaboration:
            assert assumed.contributions[key] is contribution
        elif contribution.figure.is_unknown:
            assert amount == contribution.figure.amount
        else:
            assert abs(amount - contribution.figure.money * (1 + price)) <= kr("0.01")


@given(st.integers(0, 10**6), percents(-50, 100))
def test_an_amount_in_the_place_of_an_unknown_is_priced_with_the_stated_ones(papers, amount, price):
    said = AssumedAmount("e-arkiv", SMEDJEBACKEN, kr(str(amount)))
    scenario = Scenario((said, PriceChange("e-arkiv", price)))
    whole = kr(str(417_000 + amount)) * (1 + price)
    assert _together(papers, scenario, "e-arkiv").kr == round_half_away(whole.kr, ORE)
    assumed = apply(papers, scenario)
    assert abs(_pays(assumed, "e-arkiv", LUDVIKA) - kr("417000") * (1 + price)) <= kr("0.01")
    ludvika, smedjebacken = compare_bills(papers, assumed)
    assert (smedjebacken.filled, smedjebacken.unknown) == (("e-arkiv",), ())
    assert (ludvika.filled, ludvika.unknown) == ((), ())
    # Nothing was known of it, so nothing of it is a difference.
    assert smedjebacken.difference == ZERO and smedjebacken.is_moved
    assert smedjebacken.after.total.missing == 0
    assert smedjebacken.after.total.known - kr("120000") == _pays(assumed, "e-arkiv", SMEDJEBACKEN)


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
    assert [(c.is_moved, c.unknown, c.filled) for c in changes] == [(True, (), ())] * 2
    assert not any(change.is_moved for change in compare_bills(papers, papers))


def test_a_key_without_a_whole_makes_its_known_bills_unknown_and_has_no_lever(papers):
    key = ContributionKey("e-dala", SMEDJEBACKEN)
    lacking = replace(papers.contributions[key], figure=not_known(key.ref))
    base = replace(papers, contributions={**papers.contributions, key: lacking})
    moved = Scenario((EqualPart("e-dala", Decimal("0.8")),))
    assert isinstance(_pays(apply(base, moved), "e-dala", LUDVIKA), Unknown)
    assert key_parts(base, moved, "e-dala") is None
    kinds = {lever.kind for lever in levers_of(base, Scenario()) if "e-dala" in lever.subject}
    assert kinds == {"price"}
    assert _pays(_applied(base, DEARER), "e-dala", LUDVIKA) == kr("203500")


def test_compare_says_what_moved_and_nothing_else(papers):
    assumed = _applied(
        papers, UsedUp(Decimal(0)), Utilisation("365", Decimal(1)),
        PriceChange("telefoni", Decimal("0.5")),
    )  # fmt: skip
    found = {moved.ref: (moved.before.amount, moved.after.amount)
             for moved in compare(papers, assumed)}  # fmt: skip
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
