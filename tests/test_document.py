"""A scenario as a document: what is written is read back, and what is not ours is refused."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from assumed import overlays, scenarios, scenarios_of
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.scenario.document import DocumentRefused, read_document, write_document
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CountedOn,
    Lump,
    Membership,
    Scenario,
    UsedUp,
    YearEnd,
)

WHOLE = Scenario(
    (
        UsedUp(Decimal("0.5")),
        Action("Vakanser", "cost", mkr("1.2"), 9),
        Lump("Licenser & <b>mer</b>", "032+033:other_cost", kr("3000000.50"), 10, budgeted=False),
        CountedOn("e-dala", date(2021, 12, 31)),
        Membership("e-dala", "2081", True),
        AssumedAmount("e-arkiv", "2061", kr("200000")),
    )
)
# The document of WHOLE as the first version of the format wrote it: it must be read for good.
WRITTEN = {
    "format": 1,
    "assumptions": [
        {"kind": "used_up", "share": "0.5", "part": ""},
        {"kind": "action", "name": "Vakanser", "item": "cost", "yearly": "1200000", "start": 9},
        {
            "kind": "lump",
            "name": "Licenser & <b>mer</b>",
            "part": "032+033:other_cost",
            "amount": "3000000.50",
            "month": 10,
            "budgeted": False,
        },
        {"kind": "counted_on", "collaboration": "e-dala", "day": "2021-12-31"},
        {
            "kind": "membership",
            "collaboration": "e-dala",
            "municipality": "2081",
            "is_member": True,
        },
        {
            "kind": "assumed_amount",
            "collaboration": "e-arkiv",
            "municipality": "2061",
            "amount": "200000",
        },
    ],
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


def _through_json(document):
    return json.loads(json.dumps(document, ensure_ascii=False))


def _one(**entry):
    return {"format": 1, "assumptions": [entry]}


def test_the_document_of_a_known_scenario_stays_as_it_is():
    assert read_document(WRITTEN) == WHOLE
    document = write_document(WHOLE)
    assert read_document(document) == WHOLE
    assert [entry["kind"] for entry in document["assumptions"]] == [
        entry["kind"] for entry in WRITTEN["assumptions"]
    ]
    assert document["format"] == 1


@given(scenarios)
def test_any_scenario_comes_back_through_json(scenario):
    assert read_document(_through_json(write_document(scenario))) == scenario


@given(
    st.decimals(-(10**8), 10**8, places=2),
    st.decimals(-2, 2, places=6),
    st.text(min_size=1, max_size=60),
)
def test_amounts_shares_and_names_come_back_exactly(amount, share, name):
    said = [UsedUp(share, name), YearEnd(name, Money(amount))]
    if name.strip() and name.isprintable():
        said.append(Action(name, name, Money(amount), 12))
    scenario = Scenario(tuple(said))
    document = json.loads(json.dumps(write_document(scenario)))
    assert read_document(document) == scenario


@given(anything)
def test_anything_else_is_refused_and_never_fails_otherwise(document):
    for tried in (document, {"format": 1, "assumptions": document}):
        try:
            read_document(tried)
        except DocumentRefused:
            continue
        assert tried["assumptions"] in ([], {}, ""), tried


@given(scenarios_of(overlays, most=3), st.data(), anything)
def test_a_document_with_one_value_spoilt_is_refused_or_another_scenario(scenario, data, value):
    document = write_document(scenario)
    if not document["assumptions"]:
        return
    entry = data.draw(st.sampled_from(document["assumptions"]))
    entry[data.draw(st.sampled_from([*entry, "okänd"]))] = value
    with suppress(DocumentRefused):
        assert isinstance(read_document(document), Scenario)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"format": 1},
        {"format": 2, "assumptions": []},
        {"format": "1", "assumptions": []},
        {"format": True, "assumptions": []},
        {"assumptions": []},
        _one(),
        _one(kind="okänd"),
        _one(kind="used_up"),
        _one(kind="used_up", share="1", part="", more="x"),
        _one(kind="used_up", share=1, part=""),
        _one(kind="used_up", share=0.5, part=""),
        _one(kind="used_up", share="NaN", part=""),
        _one(kind="used_up", share="sNaN", part=""),
        _one(kind="used_up", share="Infinity", part=""),
        _one(kind="used_up", share="1e999999999", part=""),
        _one(kind="used_up", share="1e99999999999999999999", part=""),
        _one(kind="used_up", share="9" * 100_000, part=""),
        _one(kind="used_up", share="0." + "1" * 100_000, part=""),
        _one(kind="used_up", share="en halv", part=""),
        _one(kind="used_up", share="1", part=None),
        _one(kind="carried_over", share="1.01"),
        _one(kind="action", name=" ", item="cost", yearly="1", start=5),
        _one(kind="action", name="x", item="cost", yearly="1", start=13),
        _one(kind="action", name="x", item="cost", yearly="1", start="5"),
        _one(kind="action", name="x", item="cost", yearly="1", start=True),
        _one(kind="action", name="x", item="cost", yearly="1", start=5.0),
        _one(kind="lump", name="x", part="p", amount="-1", month=5, budgeted=True),
        _one(kind="lump", name="x", part="p", amount="1", month=5, budgeted=1),
        _one(kind="counted_on", collaboration="e-dala", day="igår"),
        _one(kind="counted_on", collaboration="e-dala", day=20211231),
        _one(kind="moved_money", source="a", target="a", amount="1"),
        {"format": 1, "assumptions": [*WRITTEN["assumptions"], WRITTEN["assumptions"][0]]},
    ],
)
def test_what_is_no_scenario_is_refused(document):
    with pytest.raises(DocumentRefused):
        read_document(document)
