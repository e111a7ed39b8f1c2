"""Several who do something in one meeting at once: one order for all, and no step lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from at_once import own_engine, together
from harness import until
from meeting_people import BO, CIA, EVA, OPENING, TABLE, mark_of, started
from sqlalchemy import Engine, select, text

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meeting_drafts import Meeting, MeetingRefused
from gsn_dash.store.meeting_ends import end_meeting, read_end, shown_of
from gsn_dash.store.meetings import (
    MOST_ASKS,
    ask_to_present,
    asking,
    dismiss_ask,
    find_meeting,
    hand_over,
    list_meetings,
    move_meeting,
    take_over,
)
from gsn_dash.store.schema import meeting_now

STEPS = 10


def test_each_move_is_one_step_whoever_makes_it_through_whichever_program(loaded_engine):
    code = started(loaded_engine).code

    def move(number: int) -> list[int]:
        with own_engine(loaded_engine) as engine:
            return [
                move_meeting(engine, code, EVA, {"view": f"{number}"}, (f"{number} {step}", 1))
                for step in range(STEPS)
            ]

    steps = [step for each in together(6, move) for step in each]
    assert sorted(steps) == list(range(1, 6 * STEPS + 1))
    assert find_meeting(loaded_engine, code).sequence == 6 * STEPS
    assert [each.sequence for each in shown_of(loaded_engine, code)] == sorted(steps)


def test_the_role_is_handed_to_one_of_several(loaded_engine):
    code = started(loaded_engine).code
    for number in range(6):
        ask_to_present(loaded_engine, code, mark_of(f"{number}"), f"Nr {number}")
    asks = asking(loaded_engine, code)
    given = together(6, lambda n: hand_over(loaded_engine, code, EVA, asks[n].id))
    (made,) = [meeting for meeting in given if meeting is not None]
    assert made.sequence == 1
    assert find_meeting(loaded_engine, code) == made
    assert [ask.mark for ask in asking(loaded_engine, code)] == [
        ask.mark for ask in asks if ask.mark != made.presenter_mark
    ]


def test_who_has_lost_the_role_moves_nothing_more(loaded_engine):
    """The old presenter's steps come before the new one has it, or not at all."""
    code = started(loaded_engine).code

    def act(number: int) -> list[int | None]:
        if number == 0:
            return [take_over(loaded_engine, code, BO, "Bo").sequence]
        return [move_meeting(loaded_engine, code, EVA, TABLE) for _ in range(STEPS)]

    (taken,), *moved = together(4, act)
    steps = [step for each in moved for step in each if step is not None]
    assert sorted(steps) == list(range(1, taken))
    assert find_meeting(loaded_engine, code).sequence == taken


def test_a_meeting_ends_once_and_no_step_comes_after(loaded_engine):
    code = started(loaded_engine).code

    def act(number: int) -> object:
        if number < 4:
            return end_meeting(loaded_engine, code, EVA, lambda _: {"by": number})
        return [move_meeting(loaded_engine, code, EVA, TABLE) for _ in range(STEPS)]

    answers = together(6, act)
    assert sorted(answers[:4]) == [False, False, False, True]
    steps = [step for each in answers[4:] for step in each if step is not None]
    assert find_meeting(loaded_engine, code).sequence == len(steps) + 1
    assert sorted(steps) == list(range(1, len(steps) + 1))


def test_meetings_that_start_at_once_have_codes_of_their_own(loaded_engine):
    """They all draw the same codes first."""

    def start(_number: int) -> str:
        codes = iter(["BCDFG", "BCDFH", "BCDFJ", "BCDFK", "BCDFL"])
        with own_engine(loaded_engine) as engine:
            return started(engine, make_code=lambda: next(codes)).code

    codes = together(5, start)
    assert sorted(codes) == ["BCDFG", "BCDFH", "BCDFJ", "BCDFK", "BCDFL"]
    assert {each.code for each in list_meetings(loaded_engine)} == set(codes)


def test_one_browser_that_asks_in_many_tabs_asks_once(loaded_engine):
    code = started(loaded_engine, OPENING).code

    def ask(_number: int) -> None:
        # More than the engine has connections: who waits too long is told so.
        with suppress(StoreUnavailable):
            ask_to_present(loaded_engine, code, CIA, "Cia")

    together(20, ask)
    assert [ask.mark for ask in asking(loaded_engine, code)] == [CIA]


def test_a_step_that_went_astray_comes_to_nothing_when_a_later_one_was_taken(loaded_engine):
    code, now = started(loaded_engine).code, 1_700_000_000_000
    assert move_meeting(loaded_engine, code, EVA, TABLE, turn=now) == 1
    for late in (now - 1, now - 6000):
        assert move_meeting(loaded_engine, code, EVA, OPENING, turn=late) is None
    assert find_meeting(loaded_engine, code).place == TABLE
    assert move_meeting(loaded_engine, code, EVA, OPENING, turn=now + 1) == 2
    # The computer's clock has been set back, or somebody else's goes behind.
    assert move_meeting(loaded_engine, code, EVA, TABLE, turn=now - 3_600_000) == 3
    take_over(loaded_engine, code, BO, "Bo")
    assert move_meeting(loaded_engine, code, BO, OPENING, turn=now - 3_601_000) == 5


def test_a_step_that_the_database_holds_up_is_given_up_before_its_browser_does(loaded_engine):
    code = started(loaded_engine).code
    with _held(loaded_engine, code):
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            move_meeting(loaded_engine, code, EVA, TABLE)
        assert time.monotonic() - began < 6
    assert find_meeting(loaded_engine, code).place == OPENING
    assert move_meeting(loaded_engine, code, EVA, TABLE) == 1


@contextmanager
def _held(engine: Engine, code: str) -> Iterator[None]:
    """Somebody keeps the meeting's row."""
    with engine.begin() as connection:
        row = select(meeting_now).where(meeting_now.c.code == code).with_for_update()
        connection.execute(row)
        yield


def test_what_is_written_at_the_end_is_of_the_meeting_as_it_ended(loaded_engine):
    """A step that comes while the end is being written waits, and is then refused."""
    code = started(loaded_engine).code
    answers = []
    late = Thread(target=lambda: answers.append(move_meeting(loaded_engine, code, EVA, TABLE)))

    def write(last: Meeting) -> dict:
        late.start()
        until(lambda: _waiting(loaded_engine), "the step to wait")
        return {"sequence": last.sequence, "shown": len(shown_of(loaded_engine, code))}

    move_meeting(loaded_engine, code, EVA, OPENING, ("opening", 1))
    assert end_meeting(loaded_engine, code, EVA, write)
    late.join()
    assert answers == [None]
    assert read_end(loaded_engine, code) == {"sequence": 1, "shown": 1}
    assert find_meeting(loaded_engine, code).sequence == 2


def _waiting(engine: Engine) -> int:
    """How many wait for one another."""
    with engine.connect() as connection:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return connection.execute(text(waiting)).scalar_one()


def test_who_no_longer_presents_writes_no_end(loaded_engine):
    code = started(loaded_engine).code
    take_over(loaded_engine, code, BO, "Bo")
    assert not end_meeting(loaded_engine, code, EVA, lambda _: pytest.fail("written"))


def test_who_asks_when_the_presenter_would_not_see_it_is_told_so(loaded_engine):
    code = started(loaded_engine).code
    here = [mark_of(f"{number}") for number in range(MOST_ASKS)]
    for mark in here:
        assert ask_to_present(loaded_engine, code, mark, "Bo", here)
    with pytest.raises(MeetingRefused, match="Många"):
        ask_to_present(loaded_engine, code, CIA, "Cia", here)
    assert ask_to_present(loaded_engine, code, here[0], "Bo igen", here)
    assert [ask.mark for ask in asking(loaded_engine, code)] == here
    # Those who have gone do not keep the others from asking.
    assert ask_to_present(loaded_engine, code, CIA, "Cia", here[5:])
    assert [ask.mark for ask in asking(loaded_engine, code)] == [*here[5:], CIA]


def test_the_presenter_alone_says_no_to_who_asks(loaded_engine):
    code, other = started(loaded_engine).code, started(loaded_engine).code
    for mark in (BO, CIA):
        ask_to_present(loaded_engine, code, mark, "Bo")
    first, second = asking(loaded_engine, code)
    assert not dismiss_ask(loaded_engine, code, BO, first.id)
    assert not dismiss_ask(loaded_engine, other, EVA, first.id)
    assert dismiss_ask(loaded_engine, code.lower(), EVA, first.id)
    assert not dismiss_ask(loaded_engine, code, EVA, first.id)
    assert asking(loaded_engine, code) == (second,)
