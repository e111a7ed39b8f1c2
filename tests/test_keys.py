"""A key lets one browser present, once."""

from contextlib import suppress

import pytest
from at_once import together
from meeting_people import BO, CIA, EVA, mark_of
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import keys
from gsn_dash.store.acting import EDITOR, PRESENTER
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.keys import redeem_key
from gsn_dash.store.logins import end_login, find_login

KEY, OTHER_KEY = mark_of("nyckel"), mark_of("annan nyckel")


def keep_key(engine: Engine, mark: str) -> None:
    keys.keep_key(engine, mark, EDITOR)


def may_present(engine: Engine, mark: str) -> bool:
    """Whether the browser has been logged in, for the role that the keys here give."""
    found = find_login(engine, mark)
    assert found is None or (found.role, found.person) == (EDITOR, None)
    return found is not None


def test_a_key_opens_for_the_browser_that_comes_first_and_never_again(engine):
    keep_key(engine, KEY)
    assert not may_present(engine, EVA)
    assert redeem_key(engine, KEY, EVA)
    assert may_present(engine, EVA)
    keep_key(engine, KEY)
    assert not redeem_key(engine, KEY, BO)
    assert not redeem_key(engine, KEY, EVA)
    assert not may_present(engine, BO)
    assert may_present(engine, EVA)


def test_each_key_opens_for_itself(engine):
    keep_key(engine, KEY)
    keep_key(engine, OTHER_KEY)
    assert redeem_key(engine, KEY, EVA)
    assert redeem_key(engine, OTHER_KEY, BO)
    assert [may_present(engine, mark) for mark in (EVA, BO, CIA)] == [True, True, False]


def test_what_is_no_key_opens_nothing(engine):
    keep_key(engine, KEY)
    for wrong in (OTHER_KEY, KEY.upper(), "", "x", "' OR true --"):
        assert not redeem_key(engine, wrong, EVA)
    assert not may_present(engine, EVA)
    assert redeem_key(engine, KEY, EVA)


def test_of_twenty_browsers_at_once_the_key_opens_for_one(engine):
    keep_key(engine, KEY)
    marks = [mark_of(f"{number}") for number in range(20)]

    def redeem(number: int) -> bool:
        # More than the engine has connections: who waits too long is told so, and asks again.
        while True:
            with suppress(StoreUnavailable):
                return redeem_key(engine, KEY, marks[number])

    opened = together(20, redeem)
    assert opened.count(True) == 1
    assert [may_present(engine, mark) for mark in marks] == opened


def test_a_used_key_cannot_be_made_unused(engine):
    keep_key(engine, KEY)
    redeem_key(engine, KEY, EVA)
    for statement in (
        "UPDATE presenter_key SET used_by = NULL, used_at = NULL",
        f"UPDATE presenter_key SET used_by = '{BO}'",
        "DELETE FROM presenter_key",
        "TRUNCATE presenter_key",
    ):
        with pytest.raises(DBAPIError) as said, engine.begin() as connection:
            connection.execute(text(statement))
        assert said.value.orig.sqlstate == "23001"


@pytest.mark.parametrize(("days", "opens"), [(29, True), (31, False)])
def test_a_key_that_stands_in_an_old_log_opens_no_more(engine, days: int, opens: bool):
    keep_key(engine, KEY)
    with engine.begin() as connection:
        # As if the days had gone by, which nobody has done.
        connection.execute(text("ALTER TABLE presenter_key DISABLE TRIGGER USER"))
        made = f"UPDATE presenter_key SET made_at = now() - interval '{days} days'"
        connection.execute(text(made))
        connection.execute(text("ALTER TABLE presenter_key ENABLE TRIGGER USER"))
    keep_key(engine, KEY)
    assert redeem_key(engine, KEY, EVA) == opens
    assert may_present(engine, EVA) == opens


def test_a_key_gives_its_role_and_a_browser_that_has_left_does_not_come_back(engine):
    keys.keep_key(engine, KEY, PRESENTER)
    assert redeem_key(engine, KEY, EVA)
    end_login(engine, [EVA])
    keep_key(engine, OTHER_KEY)
    assert redeem_key(engine, OTHER_KEY, EVA)
    found = find_login(engine, EVA)
    assert found.role == PRESENTER and found.ended_at is not None
    with pytest.raises(DBAPIError) as said, engine.begin() as connection:
        connection.execute(text("UPDATE login SET ended_at = NULL"))
    assert said.value.orig.sqlstate == "23001"
