"""The meetings that are listened to are read together: who guesses codes holds up nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

from meeting_people import EVA, started
from sqlalchemy import Engine, event

from gsn_dash.meeting.decks import Decks
from gsn_dash.meeting.keeping import RoomKeeper
from gsn_dash.meeting.messages import meeting_topic
from gsn_dash.meeting.recipes import MeetingRecipe
from gsn_dash.meeting.rooms import Rooms
from gsn_dash.meeting.stream import Hub
from gsn_dash.store.meetings import new_code
from gsn_dash.ui.data import Figures

GUESSES = 300
MOST_QUESTIONS = 5


@contextmanager
def questions(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked."""
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_guessed_codes_are_one_question_and_the_meeting_is_found_among_them(loaded_engine: Engine):
    rooms = Rooms(Hub(lambda: None))
    decks = Decks(MeetingRecipe(Figures), rooms.decked)
    keeper = RoomKeeper(rooms, decks, Figures)
    code = started(loaded_engine).code
    guesses = {new_code() for _ in range(GUESSES)} - {code}
    with questions(loaded_engine) as asked:
        keeper.keep(loaded_engine, {code} | guesses, set(), 0.0)
        assert len([each for each in asked if "FROM meeting" in each]) <= MOST_QUESTIONS
    assert [room.meeting.presenter_mark for room in rooms.all()] == [EVA]
    assert rooms.find(code).message is None or meeting_topic(code) == rooms.find(code).message.topic
    decks.stop()
