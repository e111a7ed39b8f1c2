"""Amounts are exact, and what nobody knows never becomes a number."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsn_dash.domain.amounts import (
    KR,
    MKR,
    ORE,
    TKR,
    ZERO,
    Money,
    Total,
    Unknown,
    deviation_of,
    ratio_of,
    round_fraction,
    round_half_away,
    total_of,
)

NOBODY_KNOWS = Unknown("papperet har ett frågetecken")
moneys = st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(Money)
amounts = st.one_of(moneys, st.just(NOBODY_KNOWS))
steps = st.sampled_from([ORE, KR, TKR, Decimal(100_000), MKR])
exact = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@pytest.mark.parametrize("value", [0.1, 1, True, "1", None])
def test_money_takes_only_a_decimal(value):
    with pytest.raises(TypeError):
        Money(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_money_is_a_number(value):
    with pytest.raises(ValueError):
        Money(Decimal(value))


@pytest.mark.parametrize("factor", [0.5, True, "2", Fraction(1, 2)])
def test_money_is_multiplied_by_exact_numbers_only(factor):
    with pytest.raises(TypeError):
        Money(Decimal(10)) * factor
    with pytest.raises(TypeError):
        factor * Money(Decimal(10))


@pytest.mark.parametrize("other", [Decimal(1), 1, 0, NOBODY_KNOWS])
def test_money_is_added_to_money_only(other):
    with pytest.raises(TypeError):
        Money(Decimal(10)) + other
    with pytest.raises(TypeError):
        Money(Decimal(10)) - other


@pytest.mark.parametrize("amount", [ZERO, Money(Decimal(1)), NOBODY_KNOWS])
def test_no_amount_is_true_or_false(amount):
    with pytest.raises(TypeError):
        bool(amount)


@pytest.mark.parametrize(
    "calculate",
    [
        lambda unknown: unknown + ZERO,
        lambda unknown: ZERO - unknown,
        lambda unknown: -unknown,
        lambda unknown: unknown * 2,
        lambda unknown: sum([unknown, unknown], ZERO),
        lambda unknown: abs(unknown),
    ],
)
def test_nothing_can_be_calculated_with_the_unknown(calculate):
    with pytest.raises(TypeError):
        calculate(NOBODY_KNOWS)


def test_the_unknown_says_why():
    with pytest.raises(ValueError):
        Unknown("  ")


@given(moneys, moneys)
def test_money_adds_up(first, second):
    assert first + second == second + first
    assert first + second - second == first
    assert first - second == -(second - first)


@given(moneys)
def test_a_unit_changes_how_money_is_counted_and_not_how_much_it_is(money):
    for unit in (KR, TKR, MKR):
        assert Money(money.in_unit(unit) * unit) == money


@pytest.mark.parametrize(
    "zero",
    [-ZERO, ZERO * -1, -1 * ZERO, abs(ZERO), ZERO - ZERO, Money(Decimal("-0.0")) * 1],
)
def test_zero_has_no_sign(zero):
    assert zero == ZERO
    assert not zero.kr.is_signed()


@given(st.lists(amounts))
def test_a_total_adds_the_known_and_counts_the_missing(terms):
    total = total_of(terms)
    known = [term for term in terms if isinstance(term, Money)]
    assert total.known.kr == sum((money.kr for money in known), Decimal(0))
    assert total.missing == len(terms) - len(known)


def test_a_total_with_a_gap_is_no_amount():
    total = total_of([Money(Decimal(120_000)), NOBODY_KNOWS])
    assert total == Total(Money(Decimal(120_000)), missing=1)
    assert isinstance(total.amount, Unknown)


def test_a_total_without_gaps_is_an_amount_also_with_no_terms():
    assert total_of([Money(Decimal(2)), Money(Decimal(3))]).amount == Money(Decimal(5))
    assert total_of([]).amount == ZERO


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.05", "0.1"), ("-0.05", "-0.1"), ("0.15", "0.2"), ("-0.25", "-0.3"), ("0.049", "0.0")],
)
def test_half_is_rounded_away_from_zero(value, rounded):
    assert round_half_away(Decimal(value), Decimal("0.1")) == Decimal(rounded)


@given(exact, steps)
def test_rounding_moves_at_most_half_a_step(value, step):
    rounded = round_half_away(value, step)
    assert rounded % step == 0
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)


@given(exact, steps)
def test_rounding_is_the_same_above_and_below_zero(value, step):
    assert round_half_away(-value, step) == -round_half_away(value, step)


@given(exact, steps)
def test_rounded_zero_has_no_sign(value, step):
    rounded = round_half_away(value, step)
    assert rounded or not rounded.is_signed()


@given(exact, steps)
def test_a_fraction_is_rounded_like_the_same_decimal(value, step):
    rounded = round_fraction(Fraction(value), step)
    assert rounded == round_half_away(value, step)
    assert rounded or not rounded.is_signed()


def test_a_fraction_that_no_decimal_can_hold_is_rounded_exactly():
    assert round_fraction(Fraction(2, 3), ORE) == Decimal("0.67")
    assert round_fraction(Fraction(-1, 3), ORE) == Decimal("-0.33")


def test_a_deviation_is_above_zero_where_less_is_spent_or_more_comes_in():
    budget, outcome = Money(Decimal(-247)), Money(Decimal(-215))
    assert deviation_of(outcome, budget) == Money(Decimal(32))
    assert deviation_of(Money(Decimal(212)), Money(Decimal(204))) == Money(Decimal(8))


@given(moneys)
def test_a_deviation_from_or_to_the_unknown_is_unknown(money):
    assert deviation_of(money, NOBODY_KNOWS) == NOBODY_KNOWS
    assert deviation_of(NOBODY_KNOWS, money) == NOBODY_KNOWS


def test_a_ratio_is_exact_or_nothing():
    assert ratio_of(Money(Decimal(78)), Money(Decimal(130))) == Decimal("0.6")
    assert ratio_of(ZERO, Money(Decimal(130))) == 0
    assert ratio_of(Money(Decimal(78)), ZERO) is None
    assert ratio_of(NOBODY_KNOWS, Money(Decimal(130))) is None
    assert ratio_of(Money(Decimal(78)), NOBODY_KNOWS) is None
