"""Several who do something in one meeting at once: one order for all, and no step lost."""

from contextlib import suppress

from at_once import own_engine, together
from meeting_people import BO, CIA, EVA, OPENING, TABLE, mark_of, started

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meetings import (
    ask_to_present,
    asking,
    end_meeting,
    find_meeting,
    hand_over,
    list_meetings,
    move_meeting,
    shown_of,
    take_over,
)

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
            return end_meeting(loaded_engine, code, EVA, {"by": number})
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
