"""The operator sees who has logged in, gives a role, and logs somebody out."""

from datetime import UTC, datetime, timedelta

import pytest
from meeting_people import mark_of
from sqlalchemy import Engine

from gsn_dash.operate.people import run_people
from gsn_dash.store.acting import EDITOR, Actor
from gsn_dash.store.logins import begin_login, find_login
from gsn_dash.store.people import find_person, granted_role


def test_a_role_is_given_taken_away_and_a_log_in_ended(
    engine: Engine, capsys: pytest.CaptureFixture
):
    assert run_people(engine, "", "", False) == 0
    assert "Ingen har loggat in än" in capsys.readouterr().out
    anna, mark = find_person(engine, "utfärdare anna", "Anna Ek"), mark_of("inloggning")
    by = Actor(anna, "Anna Ek", EDITOR)
    begin_login(engine, mark, by, datetime.now(UTC), longest=timedelta(hours=12))
    assert run_people(engine, anna, "redaktör", False) == 0
    assert granted_role(engine, anna) == "editor"
    assert find_login(engine, mark).ended_at is None
    assert run_people(engine, anna, "läsare", True) == 0
    assert granted_role(engine, anna) == "reader"
    assert find_login(engine, mark).ended_at is not None
    capsys.readouterr()
    run_people(engine, "", "", False)
    # The operator's own commands are nobody who has logged in.
    assert capsys.readouterr().out == f"{anna}  Anna Ek, läsare\n"


@pytest.mark.parametrize(("person", "role"), [("p123", "redaktör"), ("", "chef")])
def test_who_or_what_is_unknown_is_told_in_a_sentence(
    engine: Engine, capsys: pytest.CaptureFixture, person: str, role: str
):
    known = find_person(engine, "utfärdare anna", "Anna Ek")
    assert run_people(engine, person or known, role, False) == 1
    said = capsys.readouterr().out
    assert (person or role) in said and said.endswith(".\n")
    assert granted_role(engine, known) is None
