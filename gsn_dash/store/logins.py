"""Log-ins: when each began, was last used, and ended. Of people it has pseudonyms alone.

That one has begun or was used waits for no standby: what a fail-over loses of it is written anew
at the next request. That one has ended does wait, for whoever holds a copy of its cookies would
be let in again. What the chain of deeds has of either is written in the same transaction.

All functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Text, bindparam, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.acting import Actor
from gsn_dash.store.rights import PEOPLE
from gsn_dash.store.schema import login, meeting_guest
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import OWN_DISK, begin

_AWAY = "Databasen svarar inte, så inloggningen går inte att pröva; försök igen om en stund."
_REFUSING = "Databasen tar inte emot inloggningen; den som sköter databasen ser varför i loggen."
_LOGGED_IN, _LOGGED_OUT = "log_in", "log_out"


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


def begin_login(
    engine: Engine, mark: str, by: Actor, began_at: datetime, longest: timedelta
) -> None:
    """A person's log-in is seen for the first time, and put down. Nothing happens where it is
    known, or began longer ago than one lasts."""
    lasts = func.clock_timestamp() - literal(began_at) < literal(longest)
    new = select(literal(mark), literal(by.pseudonym), literal(began_at)).where(lasts)
    statement = upsert(login).from_select(["mark", "person", "began_at"], new)
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE, OWN_DISK) as connection:
        begun = connection.execute(statement.on_conflict_do_nothing().returning(login.c.mark))
        if begun.one_or_none() is not None:
            _put_down(connection, by, _LOGGED_IN)


def note_seen(engine: Engine, mark: str) -> None:
    """A log-in that goes on is used now."""
    goes_on = update(login).where(login.c.mark == mark, login.c.ended_at.is_(None))
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE, OWN_DISK) as connection:
        connection.execute(goes_on.values(seen_at=func.clock_timestamp()))


def end_login(
    engine: Engine, marks: Sequence[str], by: Actor | None = None, everywhere: bool = False
) -> None:
    """End the log-ins with these marks for good, also one that has not been seen yet; as a deed of
    `by` where told, and with `everywhere` all that this person has: all of it, or nothing.

    One that has ended already does no harm. It is locked all the same, so that who tries again
    because no standby had confirmed it waits for one again.
    """
    now = func.clock_timestamp()
    ended = upsert(login).values(mark=bindparam("mark"), ended_at=now)
    statement = ended.on_conflict_do_update(
        index_elements=[login.c.mark], set_={"ended_at": now}, where=login.c.ended_at.is_(None)
    )
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        for mark in sorted(marks):
            connection.execute(statement, {"mark": mark})
        if by is not None:
            if everywhere:
                end_in(connection, by.pseudonym)
            _put_down(connection, by, _LOGGED_OUT)


def end_logins(engine: Engine, person: str) -> int:
    """End all log-ins of a person, by pseudonym; how many went on."""
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE) as connection:
        return end_in(connection, person)


def end_in(connection: Connection, person: str) -> int:
    """As `end_logins`, as a part of what the transaction of `connection` does."""
    theirs = login.c.person == person
    # See `end_login` for why those that have ended are locked too.
    connection.execute(select(login.c.mark).where(theirs).order_by(login.c.mark).with_for_update())
    going_on = update(login).where(theirs, login.c.ended_at.is_(None))
    return connection.execute(going_on.values(ended_at=func.clock_timestamp())).rowcount


def _put_down(connection: Connection, by: Actor, action: str) -> None:
    texts = (literal(text, Text) for text in (action, by.pseudonym, by.role))
    connection.execute(select(func.record_deed(*texts)))


def is_guest(engine: Engine, code: str, mark: str) -> bool:
    """Whether a presenter has handed this meeting over to the browser with a mark, ever."""
    asked = select(meeting_guest.c.code).where(
        meeting_guest.c.code == code, meeting_guest.c.mark == mark
    )
    with told_of(_AWAY, _REFUSING), engine.connect() as connection:
        return connection.execute(asked).one_or_none() is not None
