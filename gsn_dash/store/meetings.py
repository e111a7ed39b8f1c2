"""Keep meetings: start, follow, move, hand over, end.

Where a meeting is lies in one row, which only the presenter's browser moves and nobody after the
end; each change of it (the place, the presenter, the end) is one step of its sequence, and is
told on the channel `gsn` (see `listening`). A `mark` is the sha256, in hexadecimal, of a
browser's secret. All functions raise StoreUnavailable where the database does not answer or will
not do as asked, and those that take a name, a place or a document MeetingRefused where it cannot
be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from secrets import choice
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.meeting_drafts import (
    CODE_LENGTH,
    CODE_LETTERS,
    LARGEST_END,
    Ask,
    Meeting,
    Shown,
    checked_name,
    checked_object,
    read_code,
    refused_occasion,
)
from gsn_dash.store.schema import meeting, meeting_ask, meeting_end, meeting_now, meeting_shown
from gsn_dash.store.trouble import told_of

LISTED = 200
ASKS_LISTED = 50
_READING = (
    "Databasen svarar inte, så mötet går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut mötet; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om ändringen sparades; försök igen.",
    "Databasen tog inte emot ändringen, så inget är sparat; den som sköter databasen ser varför i"
    " loggen.",
)


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
    with _writing(engine) as connection:
        code = _take_code(connection, make_code, year, number, name)
        now = {"code": code, "place": kept, "presenter": name, "presenter_mark": mark}
        connection.execute(insert(meeting_now).values(now))
        _note_shown(connection, code, 0, shown)
        return _read(connection.execute(_meetings().where(meeting.c.code == code)).one())


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
    with _reading(engine) as connection:
        row = connection.execute(_meetings().where(meeting.c.code == wanted)).one_or_none()
    return _read(row) if row else None


def live_meetings(engine: Engine) -> tuple[Meeting, ...]:
    """The meetings that go on, newest first, at most 200."""
    return _list(engine, _meetings().where(meeting_now.c.ended_at.is_(None)))


def list_meetings(engine: Engine) -> tuple[Meeting, ...]:
    """All meetings, newest first, at most 200."""
    return _list(engine, _meetings())


def _list(engine: Engine, rows: Select) -> tuple[Meeting, ...]:
    with _reading(engine) as connection:
        found = connection.execute(rows.order_by(meeting.c.id.desc()).limit(LISTED))
        return tuple(_read(row) for row in found)


def move_meeting(
    engine: Engine,
    code: str,
    mark: str,
    place: Mapping[str, Any],
    shown: tuple[str, int] | None = None,
) -> int | None:
    """Move the meeting to `place`; the step of its sequence that this was.

    `shown` is the key of the view and the import batch of its figures: it is kept for ever where
    it is not what was shown last. None, and nothing is written, where `mark` is not the
    presenter's, the meeting has ended, or there is none.
    """
    kept = checked_object(place)
    with _writing(engine) as connection:
        sequence = _step(connection, code, mark, place=kept)
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


def _step(connection: Connection, code: str, mark: str | None, **values: Any) -> int | None:
    """Change where a meeting that goes on is now, and count it.

    None where `mark` is not the presenter's (a mark of None is anybody's). Whoever comes at the
    same moment waits for the row, and is then told by what it has become.
    """
    table = meeting_now
    statement = update(table).where(table.c.code == read_code(code), table.c.ended_at.is_(None))
    if mark is not None:
        statement = statement.where(table.c.presenter_mark == mark)
    values = {"sequence": table.c.sequence + 1, "moved_at": func.clock_timestamp(), **values}
    return connection.execute(
        statement.values(values).returning(table.c.sequence)
    ).scalar_one_or_none()


def ask_to_present(engine: Engine, code: str, mark: str, name: str) -> bool:
    """Ask for the presenter's role; asking again puts the name right, and is the same ask.

    False, and nothing is written, where the browser presents already, the meeting has ended or
    there is none.
    """
    said = checked_name(name)
    with _writing(engine) as connection:
        # The lock keeps the meeting from ending, and the role from moving, meanwhile.
        rows = select(meeting_now).where(meeting_now.c.code == read_code(code))
        now = connection.execute(rows.with_for_update(key_share=True)).one_or_none()
        if now is None or now.ended_at is not None or now.presenter_mark == mark:
            return False
        statement = upsert(meeting_ask).values(code=now.code, mark=mark, name=said)
        columns = [meeting_ask.c.code, meeting_ask.c.mark]
        renamed = meeting_ask.c.name != statement.excluded.name
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=columns, set_={"name": statement.excluded.name}, where=renamed
            )
        )
    return True


def take_back_ask(engine: Engine, code: str, mark: str) -> None:
    """Ask no longer; nothing happens where the browser has not asked."""
    with _writing(engine) as connection:
        _forget_ask(connection, read_code(code), mark)


def asking(engine: Engine, code: str) -> tuple[Ask, ...]:
    """Who asks to present, in the order that they asked, at most 50."""
    rows = select(meeting_ask).where(meeting_ask.c.code == read_code(code))
    with _reading(engine) as connection:
        found = connection.execute(rows.order_by(meeting_ask.c.id).limit(ASKS_LISTED))
        return tuple(Ask(row.id, row.name, row.mark, row.asked_at) for row in found)


def hand_over(engine: Engine, code: str, mark: str, ask_id: int) -> Meeting | None:
    """Give the presenter's role to somebody who has asked for it; the meeting as it became.

    None, and nothing is written, where `mark` is not the presenter's, the ask has been taken
    back, or the meeting has ended.
    """
    table = meeting_ask
    with _writing(engine) as connection:
        asked = select(table).where(table.c.id == ask_id, table.c.code == read_code(code))
        ask = connection.execute(asked).one_or_none()
        return _give(connection, ask.code, mark, ask.mark, ask.name) if ask else None


def take_over(engine: Engine, code: str, mark: str, name: str) -> Meeting | None:
    """Take the presenter's role from whoever has it; that it may be done is for the caller to know.

    None where the meeting has ended or there is none.
    """
    said = checked_name(name)
    with _writing(engine) as connection:
        return _give(connection, code, None, mark, said)


def _give(
    connection: Connection, code: str, giver: str | None, mark: str, name: str
) -> Meeting | None:
    """Let the browser with `mark` present, and ask no longer."""
    if _step(connection, code, giver, presenter=name, presenter_mark=mark) is None:
        return None
    row = connection.execute(_meetings().where(meeting.c.code == read_code(code))).one()
    _forget_ask(connection, row.code, mark)
    return _read(row)


def _forget_ask(connection: Connection, code: str | None, mark: str) -> None:
    table = meeting_ask
    connection.execute(delete(table).where(table.c.code == code, table.c.mark == mark))


def end_meeting(engine: Engine, code: str, mark: str, document: Mapping[str, Any]) -> bool:
    """End the meeting, for ever, and keep what it showed; whether it was done.

    False, and nothing is written, where `mark` is not the presenter's, the meeting has ended
    before, or there is none.
    """
    kept = checked_object(document, LARGEST_END)
    with _writing(engine) as connection:
        if _step(connection, code, mark, ended_at=func.clock_timestamp()) is None:
            return False
        ended = read_code(code)
        connection.execute(insert(meeting_end).values(code=ended, document=kept))
        connection.execute(delete(meeting_ask).where(meeting_ask.c.code == ended))
    return True


def read_end(engine: Engine, code: str) -> dict[str, Any] | None:
    """What a meeting that has ended showed, with its names in the order they were written."""
    rows = select(meeting_end.c.document).where(meeting_end.c.code == read_code(code))
    with _reading(engine) as connection:
        return connection.execute(rows).scalar_one_or_none()


def shown_of(engine: Engine, code: str) -> tuple[Shown, ...]:
    """The views that a meeting has come to, in order."""
    table = meeting_shown
    rows = select(table).where(table.c.code == read_code(code)).order_by(table.c.sequence)
    with _reading(engine) as connection:
        found = connection.execute(rows)
        return tuple(Shown(row.sequence, row.view, row.batch, row.shown_at) for row in found)


def _meetings() -> Select:
    now = [column for column in meeting_now.c if column.name != "code"]
    return select(*meeting.c, *now).join(meeting_now, meeting_now.c.code == meeting.c.code)


def _read(row: Row) -> Meeting:
    return Meeting(**row._mapping)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with told_of(*_READING), engine.connect() as connection:
        yield connection


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end; of an occasion that is not there we tell."""
    with told_of(*_WRITING), refused_occasion(), engine.begin() as connection:
        yield connection
