"""People: who they are behind their pseudonyms, which rights they were given, when they came.

All functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, Text, func, insert, literal, select
from sqlalchemy.dialects.postgresql import distinct_on

from gsn_dash.store.acting import Actor, acting
from gsn_dash.store.rights import PEOPLE
from gsn_dash.store.schema_people import person, role_grant
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import OWN_DISK, begin, way

_TROUBLE = (
    "Databasen svarar inte, så det går inte att se vem som får göra vad; försök igen om en stund.",
    "Databasen tar inte emot vem som får göra vad; den som sköter databasen ser varför i loggen.",
)


@dataclass(frozen=True)
class Person:
    """Somebody who has logged in; `role` is what was granted last, None where nothing was."""

    pseudonym: str
    name: str
    role: str | None


def find_person(engine: Engine, subject: str, name: str) -> str:
    """The pseudonym of who logs in, made where they are new; the name is put right.

    `subject` is what the log-in service knows them by, for ever (at most 500 characters); `name`
    is at most 60 characters on one line. Who has been erased, or lost by a fail-over, is somebody
    new.
    """
    known = select(person.c.pseudonym).where(person.c.subject == subject, person.c.name == name)
    with told_of(*_TROUBLE), way(engine, PEOPLE).connect() as connection:
        found = connection.execute(known).scalar_one_or_none()
    if found is not None:
        return found
    made = func.person_of(literal(subject, Text), literal(name, Text))
    # No standby is waited for: what is put down to a pseudonym is committed after it.
    with told_of(*_TROUBLE), begin(engine, PEOPLE, OWN_DISK) as connection:
        return connection.execute(select(made)).scalar_one()


def record_refusal(engine: Engine, actor: Actor, deed: str) -> None:
    """Put down that somebody was refused a deed: its name, of small letters and underscores.

    Nothing has been done that it is the evidence of, and who was refused is not to wait: no standby
    is waited for.
    """
    texts = (literal(text, Text) for text in (deed, actor.pseudonym, actor.role))
    with told_of(*_TROUBLE), begin(engine, PEOPLE, OWN_DISK) as connection:
        connection.execute(select(func.record_refusal(*texts)))


def grant_role(engine: Engine, pseudonym: str, role: str, by: Actor) -> None:
    """Give somebody one of the roles (`acting.ROLES`), in the place of the one they had."""
    values = {"pseudonym": pseudonym, "role": role, "granted_by": by.pseudonym}
    # Their pseudonym stands for them only where they act.
    with acting(by), told_of(*_TROUBLE), begin(engine, PEOPLE) as connection:
        connection.execute(insert(role_grant).values(values))


def granted_role(engine: Engine, pseudonym: str) -> str | None:
    """The role that somebody was given last; None where nobody has given them any."""
    rows = select(role_grant.c.role).where(role_grant.c.pseudonym == pseudonym)
    with told_of(*_TROUBLE), way(engine, PEOPLE).connect() as connection:
        found = connection.execute(rows.order_by(role_grant.c.id.desc()).limit(1))
        return found.scalar_one_or_none()


def list_people(engine: Engine) -> tuple[Person, ...]:
    """Everybody who has logged in and is not erased, by name."""
    newest = select(role_grant.c.pseudonym, role_grant.c.role)
    newest = newest.order_by(role_grant.c.pseudonym, role_grant.c.id.desc())
    last = newest.ext(distinct_on(role_grant.c.pseudonym)).subquery()
    rows = select(person.c.pseudonym, person.c.name, last.c.role)
    rows = rows.outerjoin(last, last.c.pseudonym == person.c.pseudonym)
    rows = rows.where(person.c.subject.is_not(None)).order_by(person.c.name, person.c.pseudonym)
    with told_of(*_TROUBLE), way(engine, PEOPLE).connect() as connection:
        return tuple(Person(*row) for row in connection.execute(rows))
