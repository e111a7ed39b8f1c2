"""Keep meetings: start, follow, move, hand over; for their ends see `meeting_ends`.

Where a meeting is lies in one row, which only the presenter's browser moves and nobody after the
end; each change of it (the place, the presenter, the end) is one step of its sequence, and is
told on the channel `gsn` (see `listening`). A `mark` is the sha256, in hexadecimal, of a
browser's secret. All functions raise StoreUnavailable where the database does not answer or will
not do as asked, and those that take a name, a place or a document MeetingRefused where it cannot
be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from secrets import choice
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Engine,
    Select,
    Text,
    any_,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.meeting_drafts import (
    CODE_LENGTH,
    CODE_LETTERS,
    Ask,
    Meeting,
    MeetingRefused,
    checked_name,
    checked_object,
    read_code,
)
from gsn_dash.store.meeting_rows import all_meetings, read_meeting, reading, step, writing
from gsn_dash.store.schema import (
    meeting,
    meeting_ask,
    meeting_guest,
    meeting_now,
    meeting_shown,
)

LISTED = 200
MOST_ASKS = 20
# A browser gives a step up after six seconds, and by then no trace of it is left in here.
MOVE_MILLISECONDS = "2000"
_MANY_ASK = "Många har redan bett om att få presentera; försök igen om en stund."


def new_code() -> str:
    """A code as a person types it, drawn at random out of seventeen million."""
    return "".join(choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def start_meeting(
    engine: Engine,
    year: int,
    number: int,
    by: str,
    mark: str,
    place: Mapping[str, Any],
    shown: tuple[str, int] | None = None,
    make_code: Callable[[], str] = new_code,
) -> Meeting:
    """Start a meeting of an occasion, presented by `by` in the browser with `mark`.

    `shown` is the first view and its import batch, as in `move_meeting`. A code that any meeting
    has had is passed over for another.
    """
    name, kept = checked_name(by), checked_object(place)
    with writing(engine) as connection:
        code = _take_code(connection, make_code, year, number, name)
        now = {"code": code, "place": kept, "presenter": name, "presenter_mark": mark}
        connection.execute(insert(meeting_now).values(now))
        _note_shown(connection, code, 0, shown)
        return read_meeting(connection.execute(all_meetings().where(meeting.c.code == code)).one())


def _take_code(
    connection: Connection, make_code: Callable[[], str], year: int, number: int, by: str
) -> str:
    """The first code made that is free, now the meeting's."""
    while True:
        values = {"code": make_code(), "year": year, "number": number, "started_by": by}
        statement = upsert(meeting).values(values).on_conflict_do_nothing(index_elements=["code"])
        code = connection.execute(statement.returning(meeting.c.code)).scalar_one_or_none()
        if code is not None:
            return code


def find_meeting(engine: Engine, code: str) -> Meeting | None:
    """The meeting with a code, in capitals or not; None where there is none."""
    wanted = read_code(code)
    if wanted is None:
        return None
    with reading(engine) as connection:
        row = connection.execute(all_meetings().where(meeting.c.code == wanted)).one_or_none()
    return read_meeting(row) if row else None


def find_meetings(engine: Engine, codes: Collection[str]) -> tuple[Meeting, ...]:
    """The meetings with these codes, as codes are kept; those that there are, in any order."""
    wanted = meeting.c.code == any_(literal(list(codes), ARRAY(Text)))
    with reading(engine) as connection:
        return tuple(read_meeting(row) for row in connection.execute(all_meetings().where(wanted)))


def live_meetings(engine: Engine) -> tuple[Meeting, ...]:
    """The meetings that go on, newest first, at most 200."""
    return _list(engine, all_meetings().where(meeting_now.c.ended_at.is_(None)))


def list_meetings(engine: Engine) -> tuple[Meeting, ...]:
    """All meetings, newest first, at most 200."""
    return _list(engine, all_meetings())


def _list(engine: Engine, rows: Select) -> tuple[Meeting, ...]:
    with reading(engine) as connection:
        found = connection.execute(rows.order_by(meeting.c.id.desc()).limit(LISTED))
        return tuple(read_meeting(row) for row in found)


def move_meeting(
    engine: Engine,
    code: str,
    mark: str,
    place: Mapping[str, Any],
    shown: tuple[str, int] | None = None,
    turn: int | None = None,
) -> int | None:
    """Move the meeting to `place`; the step of its sequence that this was.

    `shown` is the key of the view and the import batch of its figures: it is kept for ever where
    it is not what was shown last. `turn` tells in which order the presenter's browser took its
    steps, in milliseconds by its clock: one that went astray comes to nothing when it turns up
    after a later one. None, and nothing is written, then, and where `mark` is not the
    presenter's, the meeting has ended, or there is none. Takes at most two seconds in the
    database, so that who has given up has been given up.
    """
    kept = checked_object(place)
    with writing(engine) as connection:
        connection.execute(select(func.set_config("statement_timeout", MOVE_MILLISECONDS, True)))
        sequence = step(connection, code, mark, turn, place=kept)
        if sequence is not None:
            _note_shown(connection, code, sequence, shown)
    return sequence


def _note_shown(
    connection: Connection, code: str, sequence: int, shown: tuple[str, int] | None
) -> None:
    """Keep what is shown, if it is something else than what was shown before."""
    if shown is None:
        return
    table = meeting_shown
    before = select(table.c.view, table.c.batch).where(table.c.code == code)
    last = connection.execute(before.order_by(table.c.sequence.desc()).limit(1)).one_or_none()
    if last is None or tuple(last) != shown:
        view, batch = shown
        values = {"code": code, "sequence": sequence, "view": view, "batch": batch}
        connection.execute(insert(table).values(values))


def ask_to_present(
    engine: Engine, code: str, mark: str, name: str, here: Collection[str] = ()
) -> bool:
    """Ask for the presenter's role; asking again puts the name right, and is the same ask.

    False, and nothing is written, where the browser presents already, the meeting has ended or
    there is none. Where twenty others ask, those who are not among `here`, the marks of the
    browsers that follow, ask no longer; raises MeetingRefused where twenty are left.
    """
    said = checked_name(name)
    with writing(engine) as connection:
        # The lock keeps the meeting from ending, and the role from moving, meanwhile.
        rows = select(meeting_now).where(meeting_now.c.code == read_code(code))
        now = connection.execute(rows.with_for_update(key_share=True)).one_or_none()
        if now is None or now.ended_at is not None or now.presenter_mark == mark:
            return False
        _make_room(connection, now.code, mark, here)
        statement = upsert(meeting_ask).values(code=now.code, mark=mark, name=said)
        columns = [meeting_ask.c.code, meeting_ask.c.mark]
        renamed = meeting_ask.c.name != statement.excluded.name
        # As it was said: the excluded one is a pseudonym by then, which nobody is called.
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=columns, set_={"name": said}, where=renamed
            )
        )
    return True


def _make_room(connection: Connection, code: str, mark: str, here: Collection[str]) -> None:
    """See to it that the presenter would see one more ask. Raises MeetingRefused."""
    table = meeting_ask
    others = table.c.code == code, table.c.mark != mark
    count = select(func.count()).select_from(table).where(*others)
    if connection.execute(count).scalar_one() >= MOST_ASKS:
        connection.execute(delete(table).where(*others, table.c.mark.not_in(here)))
        if connection.execute(count).scalar_one() >= MOST_ASKS:
            raise MeetingRefused(_MANY_ASK)


def take_back_ask(engine: Engine, code: str, mark: str) -> None:
    """Ask no longer; nothing happens where the browser has not asked."""
    with writing(engine) as connection:
        _forget_ask(connection, read_code(code), mark)


def asking(engine: Engine, code: str) -> tuple[Ask, ...]:
    """Who asks to present, in the order that they asked, at most 20."""
    rows = select(meeting_ask).where(meeting_ask.c.code == read_code(code))
    with reading(engine) as connection:
        found = connection.execute(rows.order_by(meeting_ask.c.id).limit(MOST_ASKS))
        return tuple(Ask(row.id, row.name, row.mark, row.asked_at) for row in found)


def dismiss_ask(engine: Engine, code: str, mark: str, ask_id: int) -> bool:
    """Say no to somebody who has asked.

    False, and nothing is written, where `mark` is not the presenter's, the ask is gone, or the
    meeting has ended.
    """
    now, table = meeting_now.c, meeting_ask
    presented = select(now.code).where(
        now.code == read_code(code), now.presenter_mark == mark, now.ended_at.is_(None)
    )
    asked = delete(table).where(table.c.id == ask_id, table.c.code.in_(presented))
    with writing(engine) as connection:
        return connection.execute(asked.returning(table.c.id)).one_or_none() is not None


def hand_over(engine: Engine, code: str, mark: str, ask_id: int) -> Meeting | None:
    """Give the presenter's role to somebody who has asked for it; the meeting as it became.

    None, and nothing is written, where `mark` is not the presenter's, the ask has been taken
    back, or the meeting has ended.
    """
    table = meeting_ask
    with writing(engine) as connection:
        asked = select(table).where(table.c.id == ask_id, table.c.code == read_code(code))
        ask = connection.execute(asked).one_or_none()
        given = _give(connection, ask.code, mark, ask.mark, ask.name) if ask else None
        if given is not None:
            # Who is handed the role by who has it needs none of their own, at this meeting.
            guest = upsert(meeting_guest).values(code=given.code, mark=ask.mark)
            connection.execute(guest.on_conflict_do_nothing())
        return given


def take_over(engine: Engine, code: str, mark: str, name: str) -> Meeting | None:
    """Take the presenter's role from whoever has it; that it may be done is for the caller to know.

    None where the meeting has ended or there is none.
    """
    said = checked_name(name)
    with writing(engine) as connection:
        return _give(connection, code, None, mark, said)


def _give(
    connection: Connection, code: str, giver: str | None, mark: str, name: str
) -> Meeting | None:
    """Let the browser with `mark` present, and ask no longer."""
    # Another computer's clock goes as it goes.
    if step(connection, code, giver, presenter=name, presenter_mark=mark, turn=0) is None:
        return None
    row = connection.execute(all_meetings().where(meeting.c.code == read_code(code))).one()
    _forget_ask(connection, row.code, mark)
    return read_meeting(row)


def _forget_ask(connection: Connection, code: str | None, mark: str) -> None:
    table = meeting_ask
    connection.execute(delete(table).where(table.c.code == code, table.c.mark == mark))
