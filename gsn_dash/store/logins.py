"""Log-ins: when each began, was last used, and ended. Of people it has pseudonyms alone.

All functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, Text, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.rights import PEOPLE
from gsn_dash.store.schema import login, meeting_guest
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin

_AWAY = "Databasen svarar inte, så inloggningen går inte att pröva; försök igen om en stund."
_REFUSING = "Databasen tar inte emot inloggningen; den som sköter databasen ser varför i loggen."


@dataclass(frozen=True)
class Login:
    """A log-in, as it is `now` by the database's clock: of a person, or with a key's role."""

    person: str | None
    role: str | None
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    now: datetime

    def is_good(self, longest: timedelta, idle: timedelta) -> bool:
        """Whether it has neither ended, nor lasted too long, nor lain idle too long."""
        in_time = self.now - self.began_at < longest and self.now - self.seen_at < idle
        return self.ended_at is None and in_time


def find_login(engine: Engine, mark: str) -> Login | None:
    """The log-in with a mark, ended or not; None where there has been none."""
    found = func.login_of(literal(mark, Text)).table_valued(*login.c).alias("found")
    columns = found.c.person, found.c.role, found.c.began_at, found.c.seen_at, found.c.ended_at
    asked = select(*columns, func.clock_timestamp())
    with told_of(_AWAY, _REFUSING), engine.connect() as connection:
        row = connection.execute(asked).one_or_none()
    return Login(*row) if row else None


def begin_login(engine: Engine, mark: str, person: str, began_at: datetime) -> None:
    """A person's log-in is seen for the first time; nothing happens where it is known."""
    values = {"mark": mark, "person": person, "began_at": began_at}
    statement = upsert(login).values(values).on_conflict_do_nothing()
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        connection.execute(statement)


def note_seen(engine: Engine, mark: str) -> None:
    """A log-in that goes on is used now."""
    goes_on = update(login).where(login.c.mark == mark, login.c.ended_at.is_(None))
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        connection.execute(goes_on.values(seen_at=func.clock_timestamp()))


def end_login(engine: Engine, mark: str) -> None:
    """End a log-in for good, also one that has not been seen yet."""
    now = func.clock_timestamp()
    ended = upsert(login).values(mark=mark, ended_at=now)
    is_on = login.c.ended_at.is_(None)
    statement = ended.on_conflict_do_update(
        index_elements=[login.c.mark], set_={"ended_at": now}, where=is_on
    )
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        connection.execute(statement)


def end_logins(engine: Engine, person: str) -> int:
    """End all log-ins of a person, by pseudonym; how many went on."""
    theirs = update(login).where(login.c.person == person, login.c.ended_at.is_(None))
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        return connection.execute(theirs.values(ended_at=func.clock_timestamp())).rowcount


def is_guest(engine: Engine, code: str, mark: str) -> bool:
    """Whether a presenter has handed this meeting over to the browser with a mark, ever."""
    asked = select(meeting_guest.c.code).where(
        meeting_guest.c.code == code, meeting_guest.c.mark == mark
    )
    with told_of(_AWAY, _REFUSING), engine.connect() as connection:
        return connection.execute(asked).one_or_none() is not None
