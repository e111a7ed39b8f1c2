"""Keep the end of a meeting, and tell what a meeting showed.

All functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from gsn_dash.store.meeting_drafts import LARGEST_END, Meeting, Shown, checked_object, read_code
from gsn_dash.store.meeting_rows import all_meetings, read_meeting, reading, step, writing
from gsn_dash.store.schema import meeting_ask, meeting_end, meeting_now, meeting_shown


def end_meeting(
    engine: Engine, code: str, mark: str, write: Callable[[Meeting], Mapping[str, Any]]
) -> bool:
    """End the meeting, for ever, and keep what it showed; whether it was done.

    `write` gives that, for the meeting as it stands: nobody moves it, or takes it over, until it
    has ended. What it raises is raised, and then the meeting goes on; so is MeetingRefused where
    what it gives cannot be kept. False, and nothing is written, where `mark` is not the
    presenter's, the meeting has ended before, or there is none.
    """
    ended, table = read_code(code), meeting_now
    theirs = table.c.code == ended, table.c.presenter_mark == mark, table.c.ended_at.is_(None)
    with writing(engine) as connection:
        last = all_meetings().where(*theirs).with_for_update(key_share=True, of=table)
        row = connection.execute(last).one_or_none()
        if row is None:
            return False
        kept = checked_object(write(read_meeting(row)), LARGEST_END)
        step(connection, code, mark, ended_at=func.clock_timestamp())
        connection.execute(insert(meeting_end).values(code=ended, document=kept))
        connection.execute(delete(meeting_ask).where(meeting_ask.c.code == ended))
    return True


def read_end(engine: Engine, code: str) -> dict[str, Any] | None:
    """What a meeting that has ended showed, with its names in the order they were written."""
    rows = select(meeting_end.c.document).where(meeting_end.c.code == read_code(code))
    with reading(engine) as connection:
        return connection.execute(rows).scalar_one_or_none()


def shown_of(engine: Engine, code: str) -> tuple[Shown, ...]:
    """The views that a meeting has come to, in order."""
    table = meeting_shown
    rows = select(table).where(table.c.code == read_code(code)).order_by(table.c.sequence)
    with reading(engine) as connection:
        found = connection.execute(rows)
        return tuple(Shown(row.sequence, row.view, row.batch, row.shown_at) for row in found)
