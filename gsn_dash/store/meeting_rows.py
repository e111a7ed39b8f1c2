"""The rows of meetings: how they are read, changed by a step, and told of where they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, not_, select, update

from gsn_dash.store.meeting_drafts import Meeting, read_code, refused_occasion
from gsn_dash.store.rights import MEETING
from gsn_dash.store.schema import meeting, meeting_now
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin

ASTRAY_MILLISECONDS = 30_000
_READING = (
    "Databasen svarar inte, så mötet går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut mötet; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om ändringen sparades; försök igen.",
    "Databasen tog inte emot ändringen, så inget är sparat; den som sköter databasen ser varför i"
    " loggen.",
)


def step(
    connection: Connection, code: str, mark: str | None, turn: int | None = None, **values: Any
) -> int | None:
    """Change where a meeting that goes on is now, and count it.

    None where `mark` is not the presenter's (a mark of None is anybody's), or `turn` comes before
    the last one. Whoever comes at the same moment waits for the row, and is then told by what it
    has become.
    """
    table = meeting_now
    statement = update(table).where(table.c.code == read_code(code), table.c.ended_at.is_(None))
    if mark is not None:
        statement = statement.where(table.c.presenter_mark == mark)
    if turn is not None:
        # So much earlier is no step on its way: the clock has been set back since.
        later = table.c.turn.between(turn + 1, turn + ASTRAY_MILLISECONDS)
        statement = statement.where(not_(later))
        values["turn"] = turn
    values = {"sequence": table.c.sequence + 1, "moved_at": func.clock_timestamp(), **values}
    return connection.execute(
        statement.values(values).returning(table.c.sequence)
    ).scalar_one_or_none()


def all_meetings() -> Select:
    """The rows that `read_meeting` reads."""
    now = [column for column in meeting_now.c if column.name not in ("code", "turn")]
    return select(*meeting.c, *now).join(meeting_now, meeting_now.c.code == meeting.c.code)


def read_meeting(row: Row) -> Meeting:
    """A meeting, and where it is now."""
    return Meeting(**row._mapping)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read by. Raises StoreUnavailable."""
    with told_of(*_READING), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end; of an occasion that is not there we tell.

    Raises StoreUnavailable or MeetingRefused.
    """
    with told_of(*_WRITING), refused_occasion(), begin(engine, MEETING) as connection:
        yield connection
