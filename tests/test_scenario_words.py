"""What is said of kept scenarios, and what an address asks for of them."""

from datetime import datetime
from decimal import Decimal

import pytest

from gsn_dash.domain.amounts import MKR, Money, Unknown
from gsn_dash.present.scenarios import (
    apart,
    describe_comparison,
    describe_conflict,
    describe_listed,
    describe_other_base,
    group_fingerprint,
    say_what_was_done,
    shorten_fingerprint,
)
from gsn_dash.ui.state.opened import Wanted, read_wanted

NOON = datetime(2023, 5, 8, 12, 0)


def mkr(text: str) -> Money:
    return Money(Decimal(text) * MKR)


@pytest.mark.parametrize(
    ("nets", "said"),
    [
        ([("A", mkr("2"))], "Året slutar 2,0\u00a0Mkr bättre än budget med ”A”."),
        ([("A", mkr("0"))], "Året slutar precis på budget med ”A”."),
        ([("A", mkr("0.04"))], "Året slutar i stort sett på budget med ”A”."),
        (
            [("A", mkr("1.46")), ("B", mkr("-1")), ("C", mkr("1.51"))],
            "Året slutar bäst med ”A” och ”C”, 1,5\u00a0Mkr bättre än budget, och sämst med"
            " ”B”, 1,0\u00a0Mkr sämre än budget.",
        ),
        (
            [("A", mkr("1")), ("B", mkr("1")), ("C", Unknown("okänt"))],
            "Året slutar 1,0\u00a0Mkr bättre än budget med ”A” och ”B”.",
        ),
        ([("A", Unknown("okänt"))], "Papperen säger inte hur året slutar mot budget."),
    ],
)
def test_the_best_and_the_worst_are_told_as_they_are_shown(nets, said):
    assert describe_comparison(nets) == said


def test_names_that_turn_the_text_round_are_kept_apart():
    assert apart("Höst (Å)") == "Höst (Å)"
    for name in ("\u202egnort", "שלום", "مرحبا"):
        assert apart(name) == f"\u2068{name}\u2069"
        listed = describe_listed(name, "Eva", NOON, "tillfälle 2, 2023", True)
        assert listed.startswith(f"\u2068{name}\u2069 · Eva · 8\u00a0maj 2023")
        assert listed.endswith("fryst vid mötet")


def test_who_was_first_is_told_with_those_who_came_between():
    said = describe_conflict("Höst", "sparade", "Eva", NOON, ["Bo", "Eva", "Bo"])
    assert said.startswith("Eva sparade ”Höst” 8\u00a0maj 2023 kl.\u00a012:00")
    assert "Dessförinnan har också Bo ändrat det." in said
    assert "Dessförinnan" not in describe_conflict("Höst", "sparade", "Eva", NOON, ["Eva"])


@pytest.mark.parametrize(
    ("before", "after", "is_renamed", "is_changed", "did"),
    [
        ("open", "deleted", False, False, "tog bort"),
        ("open", "frozen", True, False, "frös"),
        ("open", "open", True, False, "döpte om"),
        ("open", "open", True, True, "sparade"),
        ("deleted", "open", False, False, "sparade"),
    ],
)
def test_what_somebody_did_is_named(before, after, is_renamed, is_changed, did):
    assert say_what_was_done(before, after, is_renamed, is_changed) == did


def test_a_correction_is_told_from_another_occasion():
    same = describe_other_base("tillfälle 2, 2023", "tillfälle 2, 2023", False, True)
    other = describe_other_base("tillfälle 2, 2023", "tillfälle 3, 2023", True, False)
    assert "har rättats sedan scenariot sparades" in same
    assert "samma resultat" in same
    assert "nu ett annat" in other
    assert "frystes på siffrorna för tillfälle 2, 2023. Nu gäller tillfälle 3, 2023" in other


def test_a_fingerprint_is_shown_in_groups():
    mark = "0123456789abcdef" * 4
    assert group_fingerprint(mark).replace(" ", "") == mark
    assert shorten_fingerprint(mark) == "01234567 89abcdef"


@pytest.mark.parametrize(
    ("address", "has_levers", "wanted"),
    [
        ({}, True, None),
        ({"scenario": [""]}, False, None),
        ({"scenario": ["x"]}, False, Wanted("x", 0, False)),
        ({"scenario": ["x"]}, True, Wanted("x", 0, True)),
        ({"scenario": ["x"], "version": ["3"]}, False, Wanted("x", 3, True)),
        ({"scenario": ["x"], "version": ["²"]}, False, Wanted("x", 0, False)),
        ({"scenario": ["x"], "version": ["9" * 5000]}, False, Wanted("x", 0, False)),
    ],
)
def test_an_address_asks_for_a_scenario(address, has_levers, wanted):
    assert read_wanted(address, has_levers) == wanted
