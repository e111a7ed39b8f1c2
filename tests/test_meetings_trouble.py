"""A database that answers and will not, or does not answer: a sentence, the details in the log."""

import logging
from contextlib import contextmanager

import pytest
from meeting_people import BO, EVA, OPENING, TABLE, started
from sqlalchemy import Engine

from gsn_dash.store import agendas, app_places, keys, logins, meeting_ends, meetings
from gsn_dash.store.acting import EDITOR
from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.listening import Listener

SPRING = (2023, 2)
READS = {
    "find": lambda e, code: meetings.find_meeting(e, code),
    "several": lambda e, code: meetings.find_meetings(e, [code]),
    "live": lambda e, _: meetings.live_meetings(e),
    "list": lambda e, _: meetings.list_meetings(e),
    "asking": lambda e, code: meetings.asking(e, code),
    "end": lambda e, code: meeting_ends.read_end(e, code),
    "shown": lambda e, code: meeting_ends.shown_of(e, code),
    "agenda": lambda e, _: agendas.read_agenda(e, *SPRING),
    "decisions": lambda e, _: agendas.read_decisions(e, *SPRING),
    "mark": lambda e, _: agendas.agenda_mark(e, *SPRING),
    "log-in": lambda e, _: logins.find_login(e, EVA),
    "guest": lambda e, code: logins.is_guest(e, code, EVA),
    "places": lambda e, _: app_places.read_places(e),
}
WRITES = {
    "start": lambda e, _: meetings.start_meeting(e, *SPRING, "Eva", EVA, OPENING),
    "move": lambda e, code: meetings.move_meeting(e, code, EVA, TABLE),
    "ask": lambda e, code: meetings.ask_to_present(e, code, BO, "Bo"),
    "say no": lambda e, code: meetings.dismiss_ask(e, code, EVA, 1),
    "take back": lambda e, code: meetings.take_back_ask(e, code, BO),
    "take over": lambda e, code: meetings.take_over(e, code, BO, "Bo"),
    "end": lambda e, code: meeting_ends.end_meeting(e, code, EVA, lambda _: {}),
    "agenda": lambda e, _: agendas.save_agenda(e, *SPRING, 0, {}, "Eva"),
    "decision": lambda e, _: agendas.save_decision(e, *SPRING, "3", 0, "Så", True, "Eva"),
    "keep key": lambda e, _: keys.keep_key(e, EVA, EDITOR),
    "see": lambda e, _: logins.note_seen(e, EVA),
    "log out": lambda e, _: logins.end_login(e, [EVA]),
    "redeem": lambda e, _: keys.redeem_key(e, EVA, BO),
    "report": lambda e, _: app_places.report_place(e, "a:1", "t", {}),
    "leave": lambda e, _: app_places.leave_place(e, "a:1", "t"),
}


@contextmanager
def _changed(engine: Engine, **parts: object):
    """Another way to the database, with some parts of its address changed."""
    url = engine.url.set(**{k: v for k, v in parts.items() if k != "options"})
    if "options" in parts:
        url = url.update_query_dict({"options": parts["options"]})
    other = make_engine(url.render_as_string(hide_password=False))
    try:
        yield other
    finally:
        other.dispose()


def _told(ask, caplog: pytest.LogCaptureFixture, detail: str) -> None:
    caplog.clear()
    with caplog.at_level(logging.WARNING), pytest.raises(StoreUnavailable) as said:
        ask()
    assert said.value.sentence.startswith("Databasen ")
    assert said.value.sentence.endswith(".")
    assert detail in caplog.text


def test_a_database_that_may_only_be_read_is_read_and_listened_to_in_vain(loaded_engine, caplog):
    code = started(loaded_engine).code
    with _changed(loaded_engine, options="-c default_transaction_read_only=on") as standby:
        for write in WRITES.values():
            _told(lambda write=write: write(standby, code), caplog, "read-only transaction")
        for read in READS.values():
            read(standby, code)
        assert meetings.hand_over(standby, code, EVA, 1) is None
    assert meetings.find_meeting(loaded_engine, code).sequence == 0


def test_who_has_no_privileges_is_told_so(loaded_engine, caplog):
    code = started(loaded_engine).code
    with _changed(loaded_engine, options="-c role=pg_read_all_settings") as stranger:
        for ask in (*READS.values(), *WRITES.values()):
            _told(lambda ask=ask: ask(stranger, code), caplog, "permission denied")


def test_a_database_that_is_not_there_is_told_of(loaded_engine, caplog):
    with _changed(loaded_engine, database="no_such_database") as nowhere:
        for ask in (*READS.values(), *WRITES.values(), lambda e, _: Listener(e)):
            _told(lambda ask=ask: ask(nowhere, "BCDFG"), caplog, "no_such_database")
