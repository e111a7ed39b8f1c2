"""What somebody has answered to a finding of the controls, in versions that are only added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, Select, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from gsn_dash.store import schema
from gsn_dash.store.keep import checked_author
from gsn_dash.store.rights import IMPORTS
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin
from gsn_dash.store.written import NotKept, kept_text

EXPLAINED, REOPENED = "explained", "reopened"
LONGEST_WORDS = 2000
_READING = (
    "Databasen svarar inte, så svaren på fynden går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut svaren på fynden; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om svaret sparades; försök igen.",
    "Databasen tog inte emot svaret, så inget är sparat; den som sköter databasen ser varför i"
    " loggen.",
)
_TABLE = schema.finding_answer
_COLUMNS = [column for column in _TABLE.c if column.name not in ("year", "number")]


@dataclass(frozen=True)
class Answer:
    """A version of the answer to a finding: `fingerprint` is the finding's when it was given.

    state: explained or reopened. `saved_at` is the database's time, in UTC.
    """

    key: str
    version: int
    state: str
    words: str
    author: str
    fingerprint: str
    saved_at: datetime


@dataclass(frozen=True)
class AnswerConflict:
    """Nothing was written, since somebody else was first; `newest` is theirs."""

    newest: Answer


def answer(
    engine: Engine,
    occasion: tuple[int, int],
    key: str,
    based_on_version: int,
    state: str,
    words: str,
    by: str,
    fingerprint: str,
) -> Answer | AnswerConflict:
    """Keep the answer to the finding `key` of an occasion, on top of the version that was seen.

    `based_on_version` is 0 where there was none. The same answer again writes nothing. `words`
    may be empty only where the state is reopened. Raises NotKept, and StoreUnavailable where
    the database does not answer.
    """
    said = _checked_words(words, state)
    wanted = {
        "state": state,
        "words": said,
        "author": checked_author(by),
        "fingerprint": fingerprint,
    }
    with _writing(engine, occasion) as connection:
        newest = _newest(connection, occasion, key)
        if newest and all(getattr(newest, name) == value for name, value in wanted.items()):
            return newest
        seen = newest.version if newest else 0
        if newest and seen != based_on_version:
            return AnswerConflict(newest)
        values = {"key": key, "version": seen + 1, **wanted}
        year, number = occasion
        statement = insert(_TABLE).values(year=year, number=number, **values)
        return Answer(**connection.execute(statement.returning(*_COLUMNS)).one()._mapping)


def read_answers(engine: Engine, occasion: tuple[int, int]) -> Mapping[str, Answer]:
    """The newest answer to each finding of an occasion that has one, by the finding's key.

    Raises StoreUnavailable.
    """
    rows = _of(occasion).order_by(_TABLE.c.key, _TABLE.c.version.desc())
    with told_of(*_READING), engine.connect() as connection:
        found = connection.execute(rows.ext(distinct_on(_TABLE.c.key)))
        return {row.key: Answer(**row._mapping) for row in found}


def _checked_words(words: str, state: str) -> str:
    said = kept_text(words, "Förklaringen", LONGEST_WORDS)
    if state == EXPLAINED and not said:
        raise NotKept("Förklaringen är tom; skriv vad som förklarar fyndet.")
    return said


def _of(occasion: tuple[int, int]) -> Select:
    year, number = occasion
    return select(*_COLUMNS).where(_TABLE.c.year == year, _TABLE.c.number == number)


def _newest(connection: Connection, occasion: tuple[int, int], key: str) -> Answer | None:
    rows = _of(occasion).where(_TABLE.c.key == key).order_by(_TABLE.c.version.desc()).limit(1)
    row = connection.execute(rows).one_or_none()
    return Answer(**row._mapping) if row else None


@contextmanager
def _writing(engine: Engine, occasion: tuple[int, int]) -> Iterator[Connection]:
    """A transaction in which nobody else answers about the occasion; committed at the end."""
    with told_of(*_WRITING), begin(engine, IMPORTS) as connection:
        if not connection.execute(select(func.hold_occasion(*occasion))).scalar_one():
            raise NotKept("Tillfället finns inte i databasen; läs in sidan på nytt.")
        yield connection
