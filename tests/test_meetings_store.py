"""A meeting is kept where it is: only who presents moves it, and what it showed stays."""

from datetime import timedelta

import pytest
from meeting_people import BO, CIA, EVA, OPENING, TABLE, started
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import schema
from gsn_dash.store.meeting_drafts import MeetingRefused, read_code
from gsn_dash.store.meeting_ends import end_meeting, read_end, shown_of
from gsn_dash.store.meetings import (
    ask_to_present,
    asking,
    find_meeting,
    hand_over,
    list_meetings,
    live_meetings,
    move_meeting,
    start_meeting,
    take_back_ask,
    take_over,
)

END = {"title": "Åtta \u2212 maj 😀", "views": [{"b": 1, "a": [None, True, "1.0", 1.5]}]}
NO_SUCH = ["", "BCDFG", "BCDF", "0OIL1", "'; --", "\0", "BCDFGH"]


@pytest.fixture
def store(loaded_engine):
    return loaded_engine


def test_a_meeting_is_found_by_its_code_however_it_is_typed(store):
    made = started(store, TABLE)
    assert (made.year, made.number, made.started_by, made.presenter) == (2023, 2, "Eva", "Eva")
    assert (made.sequence, made.place, made.presenter_mark) == (0, TABLE, EVA)
    assert made.ended_at is None
    assert made.started_at.utcoffset() == timedelta(0)
    code = made.code
    for typed in (code, code.lower(), f" {code[:3]} {code[3:].lower()}\n"):
        assert find_meeting(store, typed) == made
    for other in NO_SUCH:
        assert find_meeting(store, other) is None


def test_a_code_is_never_used_twice_not_even_after_the_end(store):
    first = started(store)
    end_meeting(store, first.code, EVA, lambda _: END)
    codes = iter([first.code, first.code, "BCDFG"])
    second = started(store, make_code=lambda: next(codes))
    assert second.code == "BCDFG"
    assert find_meeting(store, first.code).ended_at is not None
    assert list_meetings(store) == (second, find_meeting(store, first.code))
    assert live_meetings(store) == (second,)


def test_a_code_holds_no_sign_that_is_taken_for_another(store):
    for _ in range(30):
        code = started(store).code
        assert read_code(code) == code
        assert len(code) == 5
        assert not set(code) & set("AEIOUY01")


def test_the_presenter_moves_the_meeting_and_nobody_else(store):
    code = started(store).code
    assert move_meeting(store, code, BO, TABLE) is None
    assert find_meeting(store, code).place == OPENING
    assert move_meeting(store, code.lower(), EVA, TABLE) == 1
    assert move_meeting(store, code, EVA, OPENING) == 2
    now = find_meeting(store, code)
    assert (now.sequence, now.place) == (2, OPENING)
    assert now.started_at < now.moved_at
    for other in NO_SUCH:
        assert move_meeting(store, other, EVA, TABLE) is None


def test_each_view_that_is_shown_is_kept_once_with_the_figures_it_was_of(store):
    code = started(store, shown=("opening", 1)).code
    for row in ("", "rad 1", "rad 2"):
        move_meeting(store, code, EVA, {"view": "a", "row": row}, ("a", 1))
    move_meeting(store, code, EVA, TABLE)  # without saying what it shows
    with store.begin() as connection:
        connection.execute(schema.import_batch.insert().values(recorded_by="test"))
    move_meeting(store, code, EVA, TABLE, ("a", 2))
    move_meeting(store, code, EVA, TABLE, ("opening", 2))
    shown = [(each.sequence, each.view, each.batch) for each in shown_of(store, code)]
    assert shown == [(0, "opening", 1), (1, "a", 1), (5, "a", 2), (6, "opening", 2)]
    moments = [each.at for each in shown_of(store, code)]
    assert moments == sorted(moments)
    assert move_meeting(store, code, BO, TABLE, ("b", 2)) is None
    assert len(shown_of(store, code)) == 4
    assert shown_of(store, "BCDFG") == ()


def test_who_asks_is_given_the_role_with_name_and_asks_no_longer(store):
    code = started(store).code
    assert ask_to_present(store, code, BO, " Bo ")
    assert ask_to_present(store, code, CIA, "Cia")
    bo, cia = asking(store, code)
    assert (bo.name, bo.mark, cia.name, cia.mark) == ("Bo", BO, "Cia", CIA)
    assert hand_over(store, code, BO, bo.id) is None, "only who presents hands over"
    given = hand_over(store, code, EVA, bo.id)
    assert (given.presenter, given.presenter_mark, given.sequence) == ("Bo", BO, 1)
    assert (given.place, given.started_by) == (OPENING, "Eva")
    assert find_meeting(store, code) == given
    assert asking(store, code) == (cia,)
    assert hand_over(store, code, EVA, cia.id) is None
    assert move_meeting(store, code, EVA, TABLE) is None
    assert move_meeting(store, code, BO, TABLE) == 2


def test_asking_twice_is_one_ask_and_can_be_taken_back(store):
    code = started(store).code
    ask_to_present(store, code, BO, "Bo")
    ask_to_present(store, code, BO, "Bo Ek")
    (ask,) = asking(store, code)
    assert ask.name == "Bo Ek"
    take_back_ask(store, code, CIA)
    assert asking(store, code) == (ask,)
    take_back_ask(store, code, BO)
    assert asking(store, code) == ()
    assert hand_over(store, code, EVA, ask.id) is None
    assert find_meeting(store, code).presenter_mark == EVA


def test_who_presents_has_nothing_to_ask_for(store):
    code = started(store).code
    assert not ask_to_present(store, code, EVA, "Eva")
    assert not any(ask_to_present(store, other, BO, "Bo") for other in NO_SUCH)
    assert asking(store, code) == ()


def test_an_ask_in_one_meeting_gives_no_role_in_another(store):
    one, other = started(store), started(store)
    ask_to_present(store, one.code, BO, "Bo")
    (ask,) = asking(store, one.code)
    assert hand_over(store, other.code, EVA, ask.id) is None
    assert find_meeting(store, other.code) == other


def test_the_role_can_be_taken_over(store):
    code = started(store).code
    ask_to_present(store, code, BO, "Bo")
    taken = take_over(store, code, BO, "Bo")
    assert (taken.presenter, taken.presenter_mark, taken.sequence) == ("Bo", BO, 1)
    assert asking(store, code) == ()
    assert move_meeting(store, code, EVA, TABLE) is None
    assert take_over(store, "BCDFG", BO, "Bo") is None


def test_after_the_end_nothing_moves_and_what_was_shown_is_as_it_was_written(store):
    code = started(store).code
    ask_to_present(store, code, BO, "Bo")
    (ask,) = asking(store, code)
    move_meeting(store, code, EVA, TABLE)
    assert not end_meeting(store, code, BO, lambda _: END), "only who presents ends"
    assert read_end(store, code) is None
    assert end_meeting(store, code.lower(), EVA, lambda _: END)
    ended = find_meeting(store, code)
    assert (ended.sequence, ended.place) == (2, TABLE)
    assert ended.ended_at >= ended.started_at
    assert live_meetings(store) == ()
    assert move_meeting(store, code, EVA, OPENING) is None
    assert hand_over(store, code, EVA, ask.id) is None
    assert take_over(store, code, CIA, "Cia") is None
    assert not ask_to_present(store, code, CIA, "Cia")
    assert not end_meeting(store, code, EVA, lambda _: {"other": 1})
    assert find_meeting(store, code) == ended
    assert asking(store, code) == ()
    # Also the order of its names: what was shown is known by a hash of it.
    assert repr(read_end(store, code)) == repr(END)


def test_what_cannot_be_kept_is_refused_in_a_sentence(store):
    code = started(store).code
    nested = {"view": "v"}
    for _ in range(100):
        nested = {"in": nested}
    for refused in (
        lambda: start_meeting(store, 2023, 2, " ", EVA, OPENING),
        lambda: start_meeting(store, 2023, 2, "E" * 61, EVA, OPENING),
        lambda: start_meeting(store, 2023, 9, "Eva", EVA, OPENING),
        lambda: start_meeting(store, 2023, 2, "Eva", EVA, []),
        lambda: move_meeting(store, code, EVA, {"view": "v" * 65_536}),
        lambda: move_meeting(store, code, EVA, {"view": "\0"}),
        lambda: move_meeting(store, code, EVA, {"view": {1, 2}}),
        lambda: ask_to_present(store, code, BO, "B\x1bo"),
        lambda: take_over(store, code, BO, ""),
        lambda: end_meeting(store, code, EVA, lambda _: nested),
    ):
        with pytest.raises(MeetingRefused) as said:
            refused()
        assert said.value.sentence.endswith(".")
    assert [each.code for each in list_meetings(store)] == [code]
    assert find_meeting(store, code).sequence == 0


def test_the_lists_are_of_the_latest_two_hundred(store):
    with store.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO meeting (code, year, number, started_by) SELECT 'BCD' || a || b,"
                " 2023, 2, 'Eva' FROM string_to_table('BCDFGHJKLMNPQRS', NULL) a,"
                " string_to_table('BCDFGHJKLMNPQRS', NULL) b ORDER BY a, b"
            )
        )
        connection.execute(
            text(
                "INSERT INTO meeting_now (code, place, presenter, presenter_mark)"
                f" SELECT code, '{{}}', 'Eva', '{EVA}' FROM meeting"
            )
        )
    found = list_meetings(store)
    assert len(found) == 200
    assert [each.id for each in found] == sorted((each.id for each in found), reverse=True)
    assert found[0].code == "BCDSS"
    assert live_meetings(store) == found


def test_the_database_itself_lets_a_meeting_take_one_step_at_a_time_and_none_after_the_end(store):
    made = started(store)
    table = schema.meeting_now

    def refused(**values) -> None:
        with pytest.raises(DBAPIError) as said, store.begin() as connection:
            connection.execute(update(table).values(values))
        assert said.value.orig.sqlstate == "23001"

    for step in (-1, 0, 2):
        refused(sequence=table.c.sequence + step, presenter="Bo")
    refused(place=TABLE)
    for statement in ("DELETE FROM meeting_now", "TRUNCATE meeting_now"):
        with pytest.raises(DBAPIError) as said, store.begin() as connection:
            connection.execute(text(statement))
        assert said.value.orig.sqlstate == "23001"
    assert find_meeting(store, made.code) == made
    end_meeting(store, made.code, EVA, lambda _: END)
    refused(sequence=table.c.sequence + 1, ended_at=None)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("meeting", {"code": "BCDF0"}),
        ("meeting", {"code": "bcdfg"}),
        ("meeting", {"code": "BCDFGH"}),
        ("meeting", {"started_by": " "}),
        ("meeting_now", {"presenter_mark": EVA.upper()}),
        ("meeting_now", {"presenter_mark": EVA[:-1]}),
        ("meeting_now", {"place": [1]}),
        ("meeting_ask", {"mark": ""}),
        ("meeting_shown", {"batch": 10**9}),
        ("meeting_shown", {"view": ""}),
        ("meeting_end", {"document": []}),
    ],
)
def test_a_value_that_cannot_be_is_refused(store, table, values):
    code = started(store).code
    whole = {
        "meeting": {"code": "BCDFG", "year": 2023, "number": 2, "started_by": "Eva"},
        "meeting_now": {"code": "BCDFG", "place": {}, "presenter": "Eva", "presenter_mark": EVA},
        "meeting_ask": {"code": code, "name": "Bo", "mark": BO},
        "meeting_shown": {"code": code, "sequence": 0, "view": "v", "batch": 1},
        "meeting_end": {"code": code, "document": {}},
    }
    with store.begin() as connection:
        for name in ("meeting", "meeting_now") if table == "meeting_now" else (table,):
            asked = {**whole[name], **(values if name == table else {})}
            statement = schema.metadata.tables[name].insert().values(asked)
            if name != table:
                connection.execute(statement)
                continue
            with pytest.raises(DBAPIError) as said, connection.begin_nested():
                connection.execute(statement)
            assert said.value.orig.sqlstate in ("23514", "23503")
            # The same row without the fault is taken.
            connection.execute(schema.metadata.tables[name].insert().values(whole[name]))


def test_meetings_are_told_apart(store):
    one, other = started(store), started(store)
    move_meeting(store, one.code, EVA, TABLE, ("v", 1))
    end_meeting(store, one.code, EVA, lambda _: END)
    assert find_meeting(store, other.code) == other
    assert shown_of(store, other.code) == ()
    assert read_end(store, other.code) is None
    with store.connect() as connection:
        assert len(connection.execute(select(schema.meeting)).all()) == 2
