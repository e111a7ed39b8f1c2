"""Appendices as they were issued: kept for ever, to the byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine, Row, select
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store import schema
from gsn_dash.store.rights import IMPORTS
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin
from gsn_dash.store.written import NotKept, Unkept, check_document, kept_line

LONGEST_NAME = 60
LARGEST_CONTENT = 32 * 1024 * 1024  # bytes
LARGEST_OPTIONS, DEEPEST_OPTIONS = 1024 * 1024, 32
_READING = (
    "Databasen svarar inte, så utfärdade bilagor går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut utfärdade bilagor; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om bilagan sparades; se efter i listan.",
    "Databasen tog inte emot bilagan, så den är inte utfärdad; den som sköter databasen ser"
    " varför i loggen.",
)
_TABLE = schema.issued_report


@dataclass(frozen=True)
class IssuedDraft:
    """An appendix that somebody issues.

    `batch` is the import that its figures were of, `fingerprint` theirs; `options` is a JSON
    object of all else that it was made from (its date, its scenarios). format: pdf or docx. The
    same `id` sent twice is one appendix.
    """

    year: int
    number: int
    batch: int
    format: str
    options: Mapping[str, Any]
    fingerprint: str
    content: bytes
    issued_by: str
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class IssuedSummary:
    """An issued appendix but for its content; `issued_at` is the database's time, in UTC."""

    id: str
    year: int
    number: int
    batch: int
    format: str
    options: Mapping[str, Any]
    fingerprint: str
    sha256: str
    issued_by: str
    issued_at: datetime


@dataclass(frozen=True)
class Issued(IssuedSummary):
    """An issued appendix with its content."""

    content: bytes


Kept = TypeVar("Kept", bound=IssuedSummary)


def keep_issued(engine: Engine, draft: IssuedDraft) -> Issued:
    """Keep an appendix (at most 32 MB) as issued. Raises NotKept and StoreUnavailable.

    The same `id` again gives what was kept the first time.
    """
    values = asdict(draft) | {
        "id": UUID(draft.id),
        "issued_by": kept_line(draft.issued_by, "Namnet på den som utfärdar", LONGEST_NAME),
        "options": _checked_options(draft.options),
        "sha256": sha256(draft.content).hexdigest(),
    }
    if not 0 < len(draft.content) <= LARGEST_CONTENT:
        raise NotKept("Bilagan är tom eller större än 32 MB; utfärda den med färre scenarier.")
    with told_of(*_WRITING), begin(engine, IMPORTS) as connection:
        connection.execute(upsert(_TABLE).values(values).on_conflict_do_nothing())
        rows = select(_TABLE).where(_TABLE.c.id == values["id"])
        return _read(connection.execute(rows).one(), Issued)


def list_issued(
    engine: Engine, occasion: tuple[int, int] | None = None
) -> tuple[IssuedSummary, ...]:
    """What has been issued, of one occasion or of all, the latest first. Raises
    StoreUnavailable."""
    rows = select(*(column for column in _TABLE.c if column.name != "content"))
    if occasion is not None:
        rows = rows.where(_TABLE.c.year == occasion[0], _TABLE.c.number == occasion[1])
    rows = rows.order_by(_TABLE.c.issued_at.desc(), _TABLE.c.id)
    with told_of(*_READING), engine.connect() as connection:
        return tuple(_read(row, IssuedSummary) for row in connection.execute(rows))


def read_issued(engine: Engine, name: str) -> Issued | None:
    """The appendix with the id `name`; None where there is none. Raises StoreUnavailable."""
    try:
        wanted = UUID(name)
    except ValueError:
        return None
    with told_of(*_READING), engine.connect() as connection:
        row = connection.execute(select(_TABLE).where(_TABLE.c.id == wanted)).one_or_none()
    return _read(row, Issued) if row else None


def _read(row: Row, kind: type[Kept]) -> Kept:
    values = dict(row._mapping)
    return kind(id=str(values.pop("id")), **values)


def _checked_options(options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return check_document(options, LARGEST_OPTIONS, DEEPEST_OPTIONS)
    except Unkept as problem:
        said = "Valen som bilagan gjordes av går inte att spara; välj färre scenarier."
        raise NotKept(said) from problem
