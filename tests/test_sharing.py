"""A whole is divided without a rest: shares sum to one, and amounts to the öre."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import PLACE, kr, read_papers, snapshot_with

from gsn_dash.domain.amounts import ORE, ZERO, Money, total_of
from gsn_dash.domain.sharing import (
    inhabitants_on,
    key_shares,
    population_days,
    shares_of,
    split_money,
    substitute_day,
)
from gsn_dash.domain.snapshot import AllocationKey, Population

codes = st.integers(1000, 9999).map(str)
parts = st.decimals(min_value=0, max_value=1, places=4)
populations = st.dictionaries(codes, st.integers(1, 10**6), min_size=1, max_size=15)
wholes = st.integers(0, 10**11).map(lambda ore: Money(ore * ORE))
weights = st.dictionaries(
    codes, st.fractions(min_value=0, max_value=100, max_denominator=1000), min_size=1, max_size=15
).filter(lambda found: sum(found.values()) > 0)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _counted(municipality: str, day: date, count: int) -> Population:
    return Population(municipality, day, count, PLACE)


@given(parts, populations)
def test_shares_sum_to_exactly_one(equal_part, inhabitants):
    shares = key_shares(equal_part, tuple(inhabitants), inhabitants)
    assert sum(shares.values()) == 1
    assert set(shares) == set(inhabitants)
    assert min(shares.values()) >= 0


@given(parts, populations)
def test_more_inhabitants_never_give_a_smaller_share(equal_part, inhabitants):
    shares = key_shares(equal_part, tuple(inhabitants), inhabitants)
    by_size = sorted(inhabitants, key=inhabitants.get)
    ordered = [shares[code] for code in by_size]
    assert ordered == sorted(ordered)


@given(populations)
def test_the_weight_of_the_equal_part_goes_from_inhabitants_to_equal(inhabitants):
    members = tuple(inhabitants)
    by_inhabitants = key_shares(Decimal(0), members, inhabitants)
    everybody = sum(inhabitants.values())
    assert by_inhabitants == {c: Fraction(n, everybody) for c, n in inhabitants.items()}
    equal = key_shares(Decimal(1), members, inhabitants)
    assert set(equal.values()) == {Fraction(1, len(members))}


def test_those_who_are_not_members_have_no_share_and_do_not_count():
    shares = key_shares(Decimal(0), ("2085", "2061"), {"2085": 3, "2061": 1, "2080": 96})
    assert shares == {"2085": Fraction(3, 4), "2061": Fraction(1, 4)}


def test_a_key_needs_members_and_their_inhabitants():
    with pytest.raises(ValueError):
        key_shares(Decimal("0.5"), (), {})
    with pytest.raises(KeyError):
        key_shares(Decimal("0.5"), ("2085",), {"2061": 1})


@given(wholes, weights)
def test_the_parts_sum_to_the_whole_to_the_ore(whole, given_weights):
    split = split_money(whole, given_weights)
    assert total_of(split.values()).known == whole
    assert all(part.kr % ORE == 0 and part >= ZERO for part in split.values())


@given(wholes, weights)
def test_every_part_is_within_an_ore_of_its_exact_share(whole, given_weights):
    everything = sum(given_weights.values())
    for code, part in split_money(whole, given_weights).items():
        exact = Fraction(whole.kr) * given_weights[code] / everything
        assert abs(Fraction(part.kr) - exact) < Fraction(1, 100)


@given(wholes, weights, st.randoms(use_true_random=False))
def test_the_order_they_are_named_in_changes_nothing(whole, given_weights, chance):
    shuffled = list(given_weights.items())
    chance.shuffle(shuffled)
    assert split_money(whole, dict(shuffled)) == split_money(whole, given_weights)


@given(wholes, weights)
def test_a_greater_weight_never_gives_a_smaller_part(whole, given_weights):
    split = split_money(whole, given_weights)
    by_weight = sorted(given_weights, key=lambda code: (given_weights[code], split[code]))
    amounts = [split[code] for code in by_weight]
    assert amounts == sorted(amounts)


@given(wholes, weights, st.fractions(min_value=Fraction(1, 100), max_value=100))
def test_only_the_relation_between_the_weights_matters(whole, given_weights, factor):
    scaled = {code: weight * factor for code, weight in given_weights.items()}
    assert split_money(whole, scaled) == split_money(whole, given_weights)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [("0.01", ["0.01", "0.00", "0.00"]), ("0.02", ["0.01", "0.01", "0.00"]),
     ("100.00", ["33.34", "33.33", "33.33"])],
)  # fmt: skip
def test_a_tie_goes_to_the_lowest_code(whole, expected):
    split = split_money(kr(whole), dict.fromkeys(("2085", "2061", "2039"), Fraction(1)))
    assert [split[code] for code in ("2039", "2061", "2085")] == [kr(text) for text in expected]


def test_a_weight_of_zero_pays_nothing():
    split = split_money(kr("0.01"), {"2021": Fraction(0), "2085": Fraction(1)})
    assert split == {"2021": ZERO, "2085": kr("0.01")}


@pytest.mark.parametrize(
    ("whole", "given_weights"),
    [
        ("10", {}),
        ("10", {"2085": Fraction(0)}),
        ("10", {"2085": Fraction(2), "2061": Fraction(-1)}),
        ("-10", {"2085": Fraction(1)}),
        ("0.001", {"2085": Fraction(1)}),
    ],
)
def test_what_cannot_be_divided_is_refused(whole, given_weights):
    with pytest.raises(ValueError):
        split_money(kr(whole), given_weights)


def test_the_stand_in_for_1_november_is_the_last_day_before_the_occasions_year(papers):
    assert substitute_day(papers) == date(2022, 12, 31)
    assert population_days(papers)[-1] == date(2024, 12, 31)
    assert len(inhabitants_on(papers, date(2022, 12, 31))) == 15


def test_without_a_day_before_the_year_there_is_no_stand_in():
    later = (_counted("2085", date(2023, 12, 31), 5),)
    assert substitute_day(snapshot_with(populations=later)) is None
    assert substitute_day(snapshot_with()) is None


def test_one_member_whose_inhabitants_are_not_held_leaves_no_share_to_tell():
    day = date(2022, 12, 31)
    key = AllocationKey("e-dala", Decimal("0.5"), ("2085", "2061"), "1 november", PLACE)
    one = _counted("2085", day, 26_500)
    assert shares_of(snapshot_with(populations=(one,)), key) is None
    both = (one, _counted("2061", day, 10_900))
    assert sum(shares_of(snapshot_with(populations=both), key).values()) == 1
    assert shares_of(snapshot_with(populations=both), key, as_of=date(2021, 12, 31)) is None
