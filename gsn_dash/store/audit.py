"""The chain of who did what: read, proved row by row, and held against what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, Row, Text, case, func, insert, literal, select, text

from gsn_dash.store.columns import ERASED
from gsn_dash.store.logins import end_in
from gsn_dash.store.schema_people import audit, person
from gsn_dash.store.trouble import told_of

_AWAY = "Databasen svarar inte, så det är ovisst om namnet är borttaget; försök igen om en stund."
_REFUSING = "Databasen tar inte bort namnet; se efter i dess logg varför."
START = "0" * 64
_AT = func.to_char(func.timezone("UTC", audit.c.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
_FIELDS = ("actor", "role", "login", "action", "object", "object_id", "digest")
# What is kept for ever, and what names its rows in the chain.
_KEPT = {
    "occasion": ("year", "number"),
    "scenario_version": ("scenario_id", "version"),
    "agenda_version": ("year", "number", "version"),
    "decision_version": ("year", "number", "item", "version"),
    "meeting": ("code",),
    "meeting_end": ("code",),
    "finding_answer": ("year", "number", "key", "version"),
    "role_grant": ("pseudonym", "role"),
}
_DIGESTS = {
    "import_batch": "SELECT id::text, batch_digest(id) FROM import_batch",
    "subject_version": "SELECT '', text_digest(subjects_of(NULL))"
    " WHERE subjects_of(NULL) IS NOT NULL",
    "issued_report": "SELECT id::text, encode(sha256(content), 'hex') FROM issued_report",
    **{
        table: f"SELECT concat_ws(' ', {', '.join(columns)}),"
        f" text_digest(jsonb_strip_nulls(to_jsonb(t))::text) FROM {table} AS t"
        for table, columns in _KEPT.items()
    },
}
# What tells the rows of each table apart whose last version is what stands there.
_SUBJECTS = {
    "document": ("key",),
    "activity": ("key",),
    "activity_member": ("group_key", "activity_key"),
    "project": ("key",),
    "project_code": ("project_key", "code"),
    "municipality": ("code",),
    "collaboration": ("key",),
}
_ASTRAY = """
    SELECT key, held.content IS NULL, said.content IS NULL FROM
        (SELECT concat_ws(' ', {key}) AS key, jsonb_strip_nulls(to_jsonb(t)) AS content
            FROM {table} AS t) AS held
    FULL JOIN
        (SELECT DISTINCT ON (key) key, content FROM subject_version
            WHERE subject = '{table}' ORDER BY key, id DESC) AS said USING (key)
    WHERE held.content IS DISTINCT FROM said.content ORDER BY key
"""
_NAMED_AGAIN = """
    SELECT DISTINCT pseudonym FROM person JOIN audit ON object_id = pseudonym
    WHERE action = 'erase' AND object = 'person' AND name IS NOT NULL ORDER BY pseudonym
"""
# How a chain may be broken: see `Break`.
CHANGED, UNCHAINED, MISSING = "changed", "unchained", "missing"
ALTERED, ADDED, GONE = "altered", "added", "gone"


@dataclass(frozen=True)
class Deed:
    """A row of the chain. `name` is the actor's as it is shown, empty where nobody is known."""

    number: int
    at: datetime
    name: str
    role: str
    action: str
    object: str
    object_id: str


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold.

    Of the chain itself: row `number` is CHANGED, UNCHAINED (does not follow the one before) or
    MISSING, perhaps with more that came after it. Of what is kept: the row `object_id` of `object`
    is ALTERED since it was put down, has been ADDED without being put down, or is GONE.
    """

    what: str
    number: int | None = None
    object: str = ""
    object_id: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a proof came to: how many rows, the hash of the last, and all the places where it broke,
    those of the chain itself first.

    `has_head` is whether the hash that was asked for stands in the chain; True where none was.
    """

    count: int
    head: str
    breaks: tuple[Break, ...]
    has_head: bool


def verify(engine: Engine, head: str = "") -> Verdict:
    """As `prove`, as of one moment. `engine` is the owner's. Raises what SQLAlchemy raises."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        return prove(connection, head)


def prove(connection: Connection, head: str = "") -> Verdict:
    """Prove the chain and hold what is kept against it.

    `head` is the hash of a row that must be in it: so a chain whose end is cut off is found out.
    """
    count, last, breaks, has_head = 0, START, list[Break](), head in ("", START)
    for row in _links(connection):
        breaks.extend(_break_of(row, count + 1, last))
        count, last = row.number, row.hash
        has_head = has_head or row.hash == head
    return Verdict(count, last, (*breaks, *_breaks_in_kept(connection)), has_head)


def _links(connection: Connection) -> Iterator[Row]:
    columns = [audit.c[name] for name in (*_FIELDS, "previous", "hash")]
    rows = select(audit.c.number, _AT.label("at"), *columns).order_by(audit.c.number)
    return iter(connection.execute(rows, execution_options={"yield_per": 1000}))


def _break_of(row: Row, number: int, previous: str) -> Iterator[Break]:
    """What is wrong with a row that should have this number; one thing at most."""
    if row.number != number:
        yield Break(MISSING, number)
    elif row.previous != previous:
        yield Break(UNCHAINED, number)
    elif row.hash != link_hash(row):
        yield Break(CHANGED, number)


def link_hash(row: Row) -> str:
    """What the hash of a row must be: see migration 0007."""
    fields = (str(row.number), row.at, *(getattr(row, name) for name in _FIELDS))
    encoded = (field.encode("utf-8") for field in fields)
    links = b"".join(b"%d:%s," % (len(field), field) for field in encoded)
    return sha256(row.previous.encode("ascii") + links).hexdigest()


def _breaks_in_kept(connection: Connection) -> Iterator[Break]:
    """The rows of what is kept that are not as the chain has them."""
    for table, digests in _DIGESTS.items():
        chained = select(audit.c.object_id, audit.c.digest).where(audit.c.object == table)
        put_down = {tuple(row) for row in connection.execute(chained)}
        kept = {tuple(row) for row in connection.execute(text(digests))}
        names = [{row[0] for row in rows} for rows in (kept, put_down)]
        for name in sorted({row[0] for row in kept ^ put_down}):
            what = ALTERED if all(name in each for each in names) else None
            yield Break(what or (ADDED if name in names[0] else GONE), None, table, name)
    yield from _breaks_in_subjects(connection)


def _breaks_in_subjects(connection: Connection) -> Iterator[Break]:
    """The names, members and codes that are not their last version; and people erased in vain."""
    for table, key in _SUBJECTS.items():
        asked = text(_ASTRAY.format(table=table, key=", ".join(key)))
        for name, is_gone, is_new in connection.execute(asked):
            yield Break(GONE if is_gone else ADDED if is_new else ALTERED, None, table, name)
    for again in connection.execute(text(_NAMED_AGAIN)).scalars():
        yield Break(ALTERED, None, "person", again)


def list_deeds(engine: Engine, most: int) -> tuple[Deed, ...]:
    """The last deeds, at most `most`, the latest first."""
    shown = func.coalesce(func.nullif(func.shown_name(audit.c.actor), ""), literal(ERASED))
    name = case((audit.c.actor == "", ""), else_=shown)
    columns = [audit.c[each] for each in ("role", "action", "object", "object_id")]
    rows = select(audit.c.number, audit.c.at, name, *columns)
    with engine.connect() as connection:
        found = connection.execute(rows.order_by(audit.c.number.desc()).limit(most))
        return tuple(Deed(*row) for row in found)


def head_of(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last row."""
    last = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return tuple(row) if row else (0, START)


def find_people(engine: Engine, name: str) -> tuple[str, ...]:
    """The pseudonyms of everybody with just this name, or of the one who has it as pseudonym."""
    rows = select(person.c.pseudonym).where(person.c.name.is_not(None))
    rows = rows.where((person.c.name == name) | (person.c.pseudonym == name))
    with engine.connect() as connection:
        return tuple(connection.execute(rows).scalars())


def erase(engine: Engine, pseudonyms: tuple[str, ...], by: str) -> None:
    """Log them out and forget their names, in one transaction, as the operator `by`; what they
    did stands. Raises StoreUnavailable."""
    with told_of(_AWAY, _REFUSING), engine.begin() as connection:
        tell_operator(connection, by)
        for pseudonym in pseudonyms:
            end_in(connection, pseudonym)
            connection.execute(select(func.erase_person(literal(pseudonym, Text))))


def record_restore(engine: Engine, by: str, digest: str) -> None:
    """Put down that the database was restored from a backup, by its SHA-256."""
    values = {"action": "restore", "object": "database", "object_id": "", "digest": digest}
    with engine.begin() as connection:
        tell_operator(connection, by)
        connection.execute(insert(audit).values(values))


def tell_operator(connection: Connection, by: str) -> None:
    """Say, for the rest of the transaction, that the operator `by` acts."""
    actor = func.pseudonym_of(literal(by, Text))
    said = (func.set_config("gsn.actor", actor, True), func.set_config("gsn.role", "owner", True))
    connection.execute(select(*said))
