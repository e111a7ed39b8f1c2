"""The table of accounts as lines: what is written is read back, and a line that is not is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsn_dash.domain.ledger import COST, IGNORE, ITEMS, AccountRule
from gsn_dash.present.ledger_map import (
    MapUnread,
    read_accounts,
    read_codes,
    write_accounts,
    write_codes,
)


@st.composite
def rules(draw) -> AccountRule:
    digits = draw(st.integers(1, 5))
    ends = sorted(draw(st.tuples(*[st.integers(0, 10**digits - 1)] * 2)))
    return AccountRule(*(f"{end:0{digits}d}" for end in ends), draw(st.sampled_from(ITEMS)))


@given(st.lists(rules(), min_size=1, max_size=8))
def test_the_lines_of_a_table_are_read_back_as_they_were(wanted):
    assert read_accounts(write_accounts(wanted)) == tuple(wanted)


def test_a_person_may_write_the_lines_in_their_own_way():
    found = read_accounts("\n 4 – 8=Kostnader\n\n49  =  räknas inte ")
    assert found == (AccountRule("4", "8", COST), AccountRule("49", "49", IGNORE))
    assert read_codes("0311 = 031\n\nÖst 3=032", ("031", "032"), "Kostnadsställen") == {
        "0311": "031",
        "Öst 3": "032",
    }
    assert read_codes("", (), "Projekt") == {}
    assert write_codes({"b": "2", "a": "1"}) == "a = 1\nb = 2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "minst en rad"),
        ("4-8", "Rad 1"),
        ("4 = kostnader\nx = kostnader", "rad 2: ”x” är inga konton"),
        ("4 = utgifter", "”utgifter” känns inte igen"),
        ("8-4 = kostnader", "det lägsta kontot först"),
        ("4-10 = kostnader", "lika många siffror"),
        ("= kostnader", "saknar något"),
    ],
)
def test_a_line_about_accounts_that_cannot_be_read_is_named(text, said):
    with pytest.raises(MapUnread, match=said):
        read_accounts(text)


def test_a_code_must_be_of_something_there_is_and_stand_once():
    with pytest.raises(MapUnread, match="Projekt, rad 2: ”9” finns inte; det som finns är 1, 2"):
        read_codes("a = 1\nb = 9", ("1", "2"), "Projekt")
    with pytest.raises(MapUnread, match="”a” står redan"):
        read_codes("a = 1\na = 2", ("1", "2"), "Projekt")
