"""Where a meeting is: what a browser tells is read strictly, and told on as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsn_dash.domain.meeting.place import Place, as_json, read_place

names = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80)
places = st.builds(
    Place,
    names.filter(bool),
    names,
    st.dictionaries(names, st.integers(-(10**9), 10**9), max_size=20),
)


@given(places)
def test_a_place_survives_the_wire(place):
    assert read_place(json.loads(json.dumps(as_json(place)))) == place


def test_a_place_may_be_a_view_alone():
    assert read_place({"view": "opening"}) == Place("opening", "", {})


def test_the_same_place_is_told_the_same_whatever_lever_was_moved_first():
    one, other = Place("v", "", {"b": 2, "a": 1}), Place("v", "", {"a": 1, "b": 2})
    assert json.dumps(as_json(one)) == json.dumps(as_json(other))


def test_as_much_as_may_be_is_taken():
    levers = {f"{number:0100}": (-1) ** number * 10**9 for number in range(200)}
    place = read_place({"view": "v" * 80, "row": "r" * 200, "levers": levers})
    assert place == Place("v" * 80, "r" * 200, levers)


@pytest.mark.parametrize(
    "document",
    [
        None,
        "opening",
        ["opening"],
        {},
        {"view": ""},
        {"view": None},
        {"view": 3},
        {"view": "v" * 81},
        {"view": "v\0"},
        {"view": "v", "row": None},
        {"view": "v", "row": "r" * 201},
        {"view": "v", "row": "two\nlines"},
        {"view": "v", "row": "\ud800"},
        {"view": "v", "levers": None},
        {"view": "v", "levers": [1]},
        {"view": "v", "levers": {"a": True}},
        {"view": "v", "levers": {"a": "1"}},
        {"view": "v", "levers": {"a": 1.0}},
        {"view": "v", "levers": {"a": None}},
        {"view": "v", "levers": {"a": 10**9 + 1}},
        {"view": "v", "levers": {"a": -(10**9) - 1}},
        {"view": "v", "levers": {"a" * 101: 1}},
        {"view": "v", "levers": {"\x1b": 1}},
        {"view": "v", "levers": {str(number): 1 for number in range(201)}},
        {"view": "v", "presenter": True},
    ],
)
def test_what_is_no_place_is_refused(document):
    with pytest.raises(ValueError):
        read_place(document)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda parts: (
            st.lists(parts)
            | st.dictionaries(st.sampled_from(["view", "row", "levers", "a"]) | st.text(), parts)
        ),
        max_leaves=10,
    )
)
def test_whatever_is_sent_is_a_place_or_refused(document):
    try:
        place = read_place(document)
    except ValueError:
        return
    assert {"row": "", "levers": {}, **document} == as_json(place)
