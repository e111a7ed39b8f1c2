"""A scenario: one assumption of each quantity, in an order that means nothing."""

from datetime import date
from decimal import Decimal

import pytest
from assumed import overlays, scenarios, scenarios_of
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr

from gsn_dash.domain.scenario.overlays import (
    ALL_USED,
    SUBJECTS,
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
    shares_by,
    subject_of,
)

HALF = Decimal("0.5")
# Each kind twice, of the same quantity where it says another thing of it.
PAIRS = [
    (UsedUp(HALF), UsedUp(Decimal(0))),
    (UsedUp(HALF, "total:revenue"), UsedUp(Decimal(0), "total:revenue")),
    (RestChange("cost", HALF), RestChange("cost", Decimal(0))),
    (YearEnd("031", mkr("1")), YearEnd("031", mkr("2"))),
    (Action("Vakanser", "cost", mkr("1"), 5), Action("Vakanser", "revenue", mkr("2"), 6)),
    (Lump("Hyra", "a", mkr("1"), 5), Lump("Hyra", "b", mkr("2"), 6, False)),
    (Utilisation("365", HALF), Utilisation("365", Decimal(0))),
    (Stopped("365"), Stopped("365")),
    (MovedMoney("365", "natverk", mkr("1")), MovedMoney("365", "sakerhet", mkr("2"))),
    (CarriedOver(HALF), CarriedOver(Decimal(0))),
    (PriceChange("e-dala", HALF), PriceChange("e-dala", Decimal(0))),
    (EqualPart("e-dala", HALF), EqualPart("e-dala", Decimal(0))),
    (CountedOn("e-dala", date(2022, 12, 31)), CountedOn("e-dala", date(2019, 12, 31))),
    (Membership("e-dala", "2062", False), Membership("e-dala", "2062", True)),
    (AssumedAmount("e-arkiv", "2061", kr("1")), AssumedAmount("e-arkiv", "2061", kr("2"))),
]


def test_every_kind_is_tried_here():
    assert {type(first) for first, _ in PAIRS} == set(SUBJECTS)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_assumptions_of_one_quantity_are_refused_and_the_later_takes_the_place(first, second):
    with pytest.raises(ValueError):
        Scenario((first, second))
    other = PriceChange("telefoni", HALF)
    assert Scenario((first, other)).says(second) == Scenario((second, other))
    assert Scenario((other,)).says(second) == Scenario((other, second))


def test_a_whole_and_its_parts_are_several_quantities():
    scenario = Scenario((UsedUp(HALF), UsedUp(Decimal(0), "total:revenue")))
    assert scenario.used_up("total:revenue") == 0
    assert scenario.used_up("total:rest_cost") == scenario.used_up("") == HALF
    assert Scenario().used_up("total:revenue") == ALL_USED


def test_a_municipality_can_join_two_collaborations():
    chosen = (Membership("e-dala", "2081", True), Membership("telefoni", "2081", True))
    assert Scenario(chosen).of(Membership) == chosen


@given(scenarios, overlays)
def test_what_is_said_is_there_once_and_all_else_stays(scenario, overlay):
    said = scenario.says(overlay)
    assert overlay in said.overlays
    assert said.says(overlay) == said
    others = [o for o in scenario.overlays if subject_of(o) != subject_of(overlay)]
    assert [o for o in said.overlays if o != overlay] == others
    kind, *subject = subject_of(overlay)
    assert said.without(kind, *subject) == Scenario(tuple(others))
    assert scenario.without(kind, *subject) == Scenario(tuple(others))


@given(scenarios_of(overlays))
def test_the_overlays_of_all_kinds_are_the_whole_scenario(scenario):
    found = [overlay for kind in SUBJECTS for overlay in scenario.of(kind)]
    assert sorted(map(repr, found)) == sorted(map(repr, scenario.overlays))
    assert Scenario().overlays == Scenario().of(UsedUp) == ()


@given(st.decimals(-5, 5, places=4))
def test_a_part_of_a_whole_is_between_none_and_all(share):
    for make in (CarriedOver, lambda part: EqualPart("e-dala", part)):
        if 0 <= share <= 1:
            assert make(share)
        else:
            with pytest.raises(ValueError):
                make(share)


def test_a_contribution_is_not_below_zero():
    assert AssumedAmount("e-arkiv", "2061", kr("0"))
    with pytest.raises(ValueError):
        AssumedAmount("e-arkiv", "2061", kr("-0.01"))


def test_shares_are_found_by_what_they_are_of():
    found = shares_by((PriceChange("a", HALF), PriceChange("b", Decimal(0))),
                      "collaboration", "share")  # fmt: skip
    assert found == {"a": HALF, "b": 0}
