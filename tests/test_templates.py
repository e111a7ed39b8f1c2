"""Texts that follow the levers: they say any number just as all other text does."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsn_dash.domain.amounts import Money, round_fraction
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, PER_ORE, Quantity
from gsn_dash.present.numbers import MINUS, SPACE, format_kr, format_mkr, format_number
from gsn_dash.present.templates import (
    BySign,
    Joined,
    Number,
    Pick,
    as_json,
    kr,
    mkr,
    percent,
    render,
)

nodes = st.integers(-(10**15), 10**15)
# The edges of rounding: half a unit of what is shown, and one of the finest on either side.
edges = st.tuples(
    st.integers(-300, 300), st.sampled_from([500_000_000, 5000, 50]), st.integers(-1, 1)
).map(lambda drawn: drawn[0] * drawn[1] + drawn[2])
pers = st.sampled_from([PER_ORE, PER_HUNDREDTH])


def money(node: int, per: int) -> Money:
    return Money(Decimal(node) / per)


@given(nodes | edges, pers)
def test_amounts_are_written_as_everywhere(node, per):
    quantity, amount = Quantity(0, per), money(node, per)
    assert render((mkr(quantity),), [node]) == format_mkr(amount)
    assert render((mkr(quantity, "+"),), [node]) == format_mkr(amount, True)
    assert render((mkr(quantity, "0"),), [node]) == format_mkr(abs(amount))
    assert render((kr(quantity), f"{SPACE}kr"), [node]) == format_kr(amount)
    assert render((kr(quantity, "+"), f"{SPACE}kr"), [node]) == format_kr(amount, True)
    assert render((kr(quantity, "0"), f"{SPACE}kr"), [node]) == format_kr(abs(amount))


@given(nodes | edges, st.integers(0, 3), st.sampled_from([1, 10, 100]))
def test_whole_numbers_are_written_as_everywhere(node, decimals, per):
    exact = Decimal(node) / per
    for form, signed, value in (
        ("int", False, exact),
        ("int+", True, exact),
        ("int0", False, abs(exact)),
    ):
        said = render((Number(0, form, per, decimals=decimals),), [node])
        assert said == format_number(value, decimals, signed)


@given(nodes, nodes.filter(bool), st.integers(0, 2))
def test_percent_are_exact_before_they_are_rounded(part, whole, decimals):
    step = Decimal(1).scaleb(-decimals)
    exact = round_fraction(Fraction(part, whole) * 100, step)
    quantities = Quantity(0, PER_ORE), Quantity(1, PER_ORE)
    for style, signed in (("", False), ("+", True)):
        said = render((percent(*quantities, style, decimals),), [part, whole])
        assert said == format_number(exact, decimals, signed)


@pytest.mark.parametrize(
    ("node", "form", "said"),
    [
        (-24_650_000 * 100, "mkr", "−24,7"),
        (49_999 * 100, "mkr+", "0,0"),
        (-49_999 * 100, "mkr", "0,0"),
        (-50_000 * 100, "mkr+", "−0,1"),
        (50_000 * 100, "mkr+", "+0,1"),
        (1_830_050, "kr", "18\u00a0301"),
        (-1_830_049, "kr0", "18\u00a0300"),
        (123_456_789_000, "kr+", "+1\u00a0234\u00a0567\u00a0890"),
    ],
)
def test_rounding_goes_away_from_zero_and_zero_has_no_sign(node, form, said):
    assert render((Number(0, form, 100),), [node]) == said
    assert "-" not in said and (MINUS in said) is (node < 0 and said[0] == MINUS)


@given(nodes | edges, pers)
def test_a_choice_is_made_by_the_number_as_it_is_shown(node, per):
    number = mkr(Quantity(0, per))
    said = render((BySign(number, ("över",), ("noll",), ("under",)),), [node])
    shown = format_mkr(money(node, per))
    assert said == ("noll" if shown == "0,0" else "under" if shown[0] == MINUS else "över")


@given(st.lists(st.sampled_from(["", "a", "b"])))
def test_what_is_empty_is_not_joined(texts):
    items = tuple((text,) if text else () for text in texts)
    joined = Joined("; ", (*items, (Joined("; ", ()),)))
    assert render((joined,), []) == "; ".join(text for text in texts if text)


def test_a_month_is_picked_by_its_place():
    template = ("från ", Pick(0, ("maj", "juni")))
    assert [render(template, [place]) for place in (0, 1)] == ["från maj", "från juni"]


def test_the_browser_is_given_all_that_is_needed_and_nothing_else():
    choice = BySign(
        Number(0, "mkr0", 100), ("a ", Number(1, "kr+", 10_000)), (), (Pick(2, ("x", "y")),)
    )
    template = (choice, Joined(", ", ((percent(Quantity(3, 1), Quantity(4, 1), "+", 1),), ("b",))))
    assert json.loads(json.dumps(as_json(template))) == [
        {
            "by": {"n": 0, "as": "mkr0", "per": 100, "decimals": 0},
            "+": ["a ", {"n": 1, "as": "kr+", "per": 10_000, "decimals": 0}],
            "0": [],
            "-": [{"pick": 2, "texts": ["x", "y"]}],
        },
        {
            "join": ", ",
            "items": [
                [{"n": 3, "as": "percent+", "per": 1, "decimals": 1, "of": 4}],
                ["b"],
            ],
        },
    ]
