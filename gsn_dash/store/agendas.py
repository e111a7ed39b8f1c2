"""Keep the agenda of an occasion's meeting, and the decisions that are proposed, as versions.

A change is a new version, written only on top of the newest that its writer has seen
(`based_on`, 0 where there was none): the second of two writers is told. Asking for what is
already so writes nothing and gives the newest version. All functions raise StoreUnavailable
where the database does not answer or will not do as asked, and those that write MeetingRefused
where what a person wrote may not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, and_, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from gsn_dash.store.meeting_drafts import (
    LONGEST_ITEM,
    MeetingRefused,
    checked_decision,
    checked_name,
    checked_object,
    refused_occasion,
)
from gsn_dash.store.rights import MEETING
from gsn_dash.store.schema import agenda_version, decision_version
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin

_READING = (
    "Databasen svarar inte, så dagordningen går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut dagordningen; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om ändringen sparades; försök igen.",
    "Databasen tog inte emot ändringen, så inget är sparat; den som sköter databasen ser varför i"
    " loggen.",
)


@dataclass(frozen=True)
class AgendaVersion:
    """A version of what has been chosen for an occasion's agenda: JSON, who chose it and when."""

    version: int
    document: Mapping[str, Any]
    author: str
    saved_at: datetime


@dataclass(frozen=True)
class AgendaConflict:
    """Nothing was written, since somebody else was first; `newest` is theirs."""

    newest: AgendaVersion


@dataclass(frozen=True)
class DecisionVersion:
    """A version of the decision that is proposed in an item, and whether somebody accepted it."""

    item: str
    version: int
    text: str
    accepted: bool
    author: str
    saved_at: datetime


@dataclass(frozen=True)
class DecisionConflict:
    """Nothing was written, since somebody else was first; `newest` is theirs."""

    newest: DecisionVersion


def read_agenda(engine: Engine, year: int, number: int) -> AgendaVersion | None:
    """The newest version of an occasion's agenda; None where nobody has chosen."""
    with _reading(engine) as connection:
        return _newest_agenda(connection, year, number)


def save_agenda(
    engine: Engine,
    year: int,
    number: int,
    based_on: int,
    document: Mapping[str, Any],
    author: str,
) -> AgendaVersion | AgendaConflict:
    """Keep `document` (at most 64 kB) as the agenda, on top of version `based_on`."""
    kept, name = checked_object(document), checked_name(author)
    with _writing(engine, year, number) as connection:
        newest = _newest_agenda(connection, year, number)
        if newest is not None and newest.document == kept:
            return newest
        seen = newest.version if newest else 0
        if newest is not None and seen != based_on:
            return AgendaConflict(newest)
        values = {"version": seen + 1, "document": kept, "author": name}
        return AgendaVersion(**_add(connection, agenda_version, year, number, values))


def read_decisions(engine: Engine, year: int, number: int) -> dict[str, DecisionVersion]:
    """The newest version of the decision in each item of an occasion that has one."""
    table = decision_version
    rows = _of(table, year, number).order_by(table.c.item, table.c.version.desc())
    with _reading(engine) as connection:
        found = connection.execute(rows.ext(distinct_on(table.c.item)))
        return {row.item: DecisionVersion(**row._mapping) for row in found}


def save_decision(
    engine: Engine,
    year: int,
    number: int,
    item: str,
    based_on: int,
    text: str,
    accepted: bool,
    author: str,
) -> DecisionVersion | DecisionConflict:
    """Keep the decision that is proposed in an item, on top of version `based_on`.

    `item` is the item's number, at most 20 characters.
    """
    kept, name = checked_decision(text), checked_name(author)
    if len(item) > LONGEST_ITEM:
        raise MeetingRefused("Ärendets nummer är för långt; läs in sidan på nytt.")
    with _writing(engine, year, number) as connection:
        newest = _newest_decision(connection, year, number, item)
        if newest is not None and (newest.text, newest.accepted) == (kept, accepted):
            return newest
        seen = newest.version if newest else 0
        if newest is not None and seen != based_on:
            return DecisionConflict(newest)
        values = {
            "item": item, "version": seen + 1, "text": kept, "accepted": accepted, "author": name,
        }  # fmt: skip
        return DecisionVersion(**_add(connection, decision_version, year, number, values))


def agenda_mark(engine: Engine, year: int, number: int) -> str:
    """What names the agenda and the decisions that an occasion has now.

    Compare it for equality only. The times tell another database, or a restored copy, apart.
    """
    counts = [
        column
        for table in (agenda_version, decision_version)
        for column in _count(table, year, number)
    ]
    with _reading(engine) as connection:
        found = connection.execute(select(*counts)).one()
    return " ".join(str(part) for part in found)


def _count(table: Table, year: int, number: int) -> list[Any]:
    """How many versions there are, and when the newest came."""
    of_occasion = and_(table.c.year == year, table.c.number == number)
    return [
        select(wanted).where(of_occasion).scalar_subquery()
        for wanted in (func.count(), func.max(table.c.saved_at))
    ]


def _of(table: Table, year: int, number: int) -> Any:
    """The versions of an occasion, but for the occasion itself."""
    columns = [column for column in table.c if column.name not in ("year", "number")]
    return select(*columns).where(table.c.year == year, table.c.number == number)


def _newest_agenda(connection: Connection, year: int, number: int) -> AgendaVersion | None:
    table = agenda_version
    rows = _of(table, year, number).order_by(table.c.version.desc()).limit(1)
    row = connection.execute(rows).one_or_none()
    return AgendaVersion(**row._mapping) if row else None


def _newest_decision(
    connection: Connection, year: int, number: int, item: str
) -> DecisionVersion | None:
    table = decision_version
    rows = _of(table, year, number).where(table.c.item == item)
    row = connection.execute(rows.order_by(table.c.version.desc()).limit(1)).one_or_none()
    return DecisionVersion(**row._mapping) if row else None


def _add(
    connection: Connection, table: Table, year: int, number: int, values: dict[str, Any]
) -> dict[str, Any]:
    statement = insert(table).values(year=year, number=number, **values)
    columns = [column for column in table.c if column.name not in ("year", "number")]
    return dict(connection.execute(statement.returning(*columns)).one()._mapping)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with told_of(*_READING), engine.connect() as connection:
        yield connection


@contextmanager
def _writing(engine: Engine, year: int, number: int) -> Iterator[Connection]:
    """A transaction in which nobody else writes about the occasion; committed at the end."""
    with told_of(*_WRITING), refused_occasion(), begin(engine, MEETING) as connection:
        connection.execute(select(func.hold_occasion(year, number)))
        yield connection
