"""Whoever listens hears of a change at its commit, of none that was undone, and of a death."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from at_once import own_engine
from imports_made import correction, kept
from meeting_people import BO, EVA, OPENING, TABLE, started
from sqlalchemy import Engine, text

from gsn_dash.store import schema
from gsn_dash.store.agendas import save_agenda, save_decision
from gsn_dash.store.app_places import leave_place, report_place
from gsn_dash.store.audit import erase, find_people
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.listening import Listener
from gsn_dash.store.meeting_ends import end_meeting
from gsn_dash.store.meetings import (
    ask_to_present,
    asking,
    hand_over,
    move_meeting,
    take_back_ask,
    take_over,
)

SOON = 10  # seconds that a test waits for what it knows will come


@contextmanager
def _listening(engine: Engine) -> Iterator[tuple[Listener, socket.socket, socket.socket]]:
    """A listener, the socket it is to be woken by, and the socket that wakes it."""
    waker, wake = socket.socketpair()
    listener = Listener(engine)
    with waker, wake:
        try:
            yield listener, waker, wake
        finally:
            listener.close()


@pytest.fixture
def ears(loaded_engine):
    with _listening(loaded_engine) as found:
        yield found


def test_what_is_imported_chosen_and_decided_is_told(loaded_engine, ears):
    listener, waker, _ = ears
    with loaded_engine.begin() as connection:
        connection.execute(schema.import_batch.insert().values(recorded_by="test"))
    assert listener.wait(SOON, waker) == {"figures"}
    save_agenda(loaded_engine, 2023, 2, 0, {}, "Eva")
    assert listener.wait(SOON, waker) == {"agenda"}
    save_decision(loaded_engine, 2023, 2, "3", 0, "Nämnden beslutar", False, "Eva")
    assert listener.wait(SOON, waker) == {"agenda"}
    save_agenda(loaded_engine, 2023, 2, 0, {}, "Bo")  # writes nothing
    assert listener.wait(0, waker) == set()


def test_a_name_that_goes_is_told_so_that_no_page_shows_it_any_more(loaded_engine, ears):
    listener, waker, _ = ears
    kept(loaded_engine, correction("-21000000"), by="Cia")
    assert listener.wait(SOON, waker) == {"figures"}
    erase(loaded_engine, find_people(loaded_engine, "Cia"), "Drift")
    assert listener.wait(SOON, waker) == {"figures"}


def test_whatever_moves_in_a_meeting_is_told_by_its_code(loaded_engine, ears):
    listener, waker, _ = ears
    code = started(loaded_engine).code
    assert listener.wait(SOON, waker) == {f"meeting {code}"}
    for change in (
        lambda: move_meeting(loaded_engine, code, EVA, TABLE),
        lambda: ask_to_present(loaded_engine, code, BO, "Bo"),
        lambda: ask_to_present(loaded_engine, code, BO, "Bo Ek"),
        lambda: take_back_ask(loaded_engine, code, BO),
        lambda: ask_to_present(loaded_engine, code, BO, "Bo"),
        lambda: hand_over(loaded_engine, code, EVA, asking(loaded_engine, code)[0].id),
        lambda: take_over(loaded_engine, code, EVA, "Eva"),
        lambda: end_meeting(loaded_engine, code, EVA, lambda _: {}),
    ):
        change()
        assert listener.wait(SOON, waker) == {f"meeting {code}"}
    move_meeting(loaded_engine, code, EVA, OPENING)  # after the end: nothing
    assert listener.wait(0, waker) == set()


def test_a_process_is_told_of_when_something_is_new_and_not_each_time_it_lives(loaded_engine, ears):
    listener, waker, _ = ears
    report_place(loaded_engine, "a:1", "t", {"BCDFG": ["x"]})
    assert listener.wait(SOON, waker) == {"presence"}
    report_place(loaded_engine, "a:1", "t", {"BCDFG": ["x"]})
    assert listener.wait(0, waker) == set()
    for change in (
        lambda: report_place(loaded_engine, "a:1", "t", {}),
        lambda: report_place(loaded_engine, "a:1", "u", {}),
        lambda: leave_place(loaded_engine, "a:1", "u"),
    ):
        change()
        assert listener.wait(SOON, waker) == {"presence"}


def test_what_is_undone_is_not_told_and_what_is_not_yet_done_neither(loaded_engine, ears):
    listener, waker, _ = ears
    made = started(loaded_engine)
    listener.wait(SOON, waker)
    move = schema.meeting_now.update().values(sequence=schema.meeting_now.c.sequence + 1)
    with loaded_engine.connect() as connection:
        connection.execute(schema.import_batch.insert().values(recorded_by="test"))
        connection.execute(move)
        assert listener.wait(0, waker) == set()
        connection.rollback()
        assert listener.wait(0, waker) == set()
        connection.execute(move)
        assert listener.wait(0, waker) == set()
        connection.commit()
    assert listener.wait(SOON, waker) == {f"meeting {made.code}"}


def test_all_that_came_meanwhile_is_heard_at_once(loaded_engine, ears):
    listener, waker, _ = ears
    codes = [started(loaded_engine).code for _ in range(3)]
    report_place(loaded_engine, "a:1", "t", {})
    heard = set()
    while len(heard) < 4:
        heard |= listener.wait(SOON, waker)
    assert heard == {"presence", *(f"meeting {code}" for code in codes)}


def test_a_move_is_heard_within_tens_of_milliseconds(loaded_engine, ears):
    """From another program's connection. The median: a machine in use may stop for a while."""
    listener, waker, _ = ears
    code = started(loaded_engine).code
    listener.wait(SOON, waker)
    waits = []
    with own_engine(loaded_engine) as engine:
        for _ in range(21):
            before = time.perf_counter()
            move_meeting(engine, code, EVA, TABLE)
            assert listener.wait(SOON, waker) == {f"meeting {code}"}
            waits.append(time.perf_counter() - before)
    assert sorted(waits)[10] < 0.05


def test_it_is_woken_at_once_and_then_waits_again(ears):
    listener, waker, wake = ears
    heard = []
    thread = Thread(target=lambda: heard.append(listener.wait(60, waker)))
    thread.start()
    wake.send(b"!")
    thread.join(SOON)
    assert not thread.is_alive()
    assert heard == [set()]
    before = time.perf_counter()
    assert listener.wait(1, waker) == set()
    assert time.perf_counter() - before > 0.9, "a waker that has woken it once does no more"


def test_a_listener_whose_connection_has_died_says_so_and_another_hears(loaded_engine, ears):
    listener, waker, _ = ears
    code = started(loaded_engine).code
    listener.wait(SOON, waker)
    with loaded_engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        )
    with pytest.raises(StoreUnavailable) as said:
        # The server's farewell may be heard first, and then that it has gone.
        for _ in range(2):
            listener.wait(SOON, waker)
    assert said.value.sentence.endswith(".")
    with pytest.raises(StoreUnavailable):
        listener.wait(0, waker)
    listener.close()
    with _listening(loaded_engine) as (other, its_waker, _):
        move_meeting(loaded_engine, code, EVA, TABLE)
        assert other.wait(SOON, its_waker) == {f"meeting {code}"}
