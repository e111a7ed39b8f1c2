"""The tables as queries name them. Their truth is the migrations: a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()


def _occasion() -> list[Column]:
    return [Column(name, Integer) for name in ("year", "number")]


def _times(*names: str) -> list[Column]:
    return [Column(name, DateTime(timezone=True)) for name in names]


def _id() -> Column:
    return Column("id", BigInteger, primary_key=True, autoincrement=True)


def _texts(*names: str) -> list[Column]:
    return [Column(name, Text) for name in names]


def _numbered(*names: str) -> list[Column]:
    return [Column(name, BigInteger) for name in names]


def _figure() -> list[Column]:
    return [
        Column("printed", Text),
        Column("amount", Numeric(18, 2)),
        Column("unknown_reason", Text),
        Column("precision_kr", Numeric),
        Column("approximate", Boolean),
        *_numbered("place_id"),
        *_link(),
    ]


def _link() -> list[Column]:
    """What ties a row to its import and to the row that it corrects or withdraws."""
    return [*_numbered("batch_id", "replaces_id"), Column("withdrawn", Boolean)]


def _computed_ref() -> Column:
    return Column("ref", Text, Computed("ref"))


import_batch = Table(
    "import_batch",
    metadata,
    _id(),
    Column("recorded_at", DateTime(timezone=True)),
    *_texts("recorded_by", "note", "opened_in"),
)
import_file = Table("import_file", metadata, *_numbered("batch_id"), *_texts("name", "sha256"))
document = Table(
    "document",
    metadata,
    *_texts("key", "title", "kind"),
    Column("dated", Date),
    *_texts("pages", "item"),
)
place = Table(
    "place",
    metadata,
    _id(),
    *_texts("document_key", "section", "row_label", "column_label"),
    Column("doc_page", Integer),
)
occasion = Table("occasion", metadata, _id(), Column("year", Integer), Column("number", Integer))
occasion_days = Table(
    "occasion_days",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    Column("year", Integer),
    *[Column(name, Date) for name in ("period_start", "period_end")],
    *[Column(name, Date) for name in ("appendix_dated", "meeting_on")],
    *_texts("document_key"),
    *_link(),
)
activity = Table("activity", metadata, *_texts("key", "name"))
activity_member = Table("activity_member", metadata, *_texts("group_key", "activity_key"))
project = Table("project", metadata, *_texts("key", "name", "kind"), Column("position", Integer))
project_code = Table("project_code", metadata, *_texts("project_key", "code"))
municipality = Table("municipality", metadata, *_texts("code", "name"))
collaboration = Table(
    "collaboration", metadata, *_texts("key", "name"), Column("position", Integer)
)
operating_line = Table(
    "operating_line",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("activity_key", "item", "span", "measure"),
    _computed_ref(),
    *_figure(),
)
appropriation = Table(
    "appropriation",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("project_key", "kind"),
    _computed_ref(),
    *_figure(),
)
project_result = Table(
    "project_result",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("project_key", "measure"),
    _computed_ref(),
    *_figure(),
)
contribution = Table(
    "contribution",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("collaboration_key", "municipality_code"),
    Column("year", Integer),
    *_texts("standing"),
    _computed_ref(),
    *_figure(),
)
allocation_key = Table(
    "allocation_key",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("collaboration_key"),
    Column("equal_part", Numeric(5, 4)),
    *_texts("counted_on"),
    *_numbered("place_id"),
    *_link(),
)
allocation_key_member = Table(
    "allocation_key_member",
    metadata,
    *_numbered("allocation_key_id"),
    *_texts("municipality_code"),
)
population = Table(
    "population",
    metadata,
    _id(),
    *_texts("municipality_code"),
    Column("as_of", Date),
    Column("inhabitants", Integer),
    *_numbered("place_id"),
    *_link(),
)
published_total = Table(
    "published_total", metadata, _id(), *_numbered("occasion_id"), *_texts("ref"), *_figure()
)
published_claim = Table(
    "published_claim",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("ref", "kind"),
    Column("ratio", Numeric),
    Column("flag", Boolean),
    *_texts("statement"),
    *_figure(),
)
printed_cell = Table(
    "printed_cell",
    metadata,
    _id(),
    *_numbered("occasion_id"),
    *_texts("document_key", "table_name"),
    Column("row_no", Integer),
    Column("column_no", Integer),
    *_texts("role", "text", "ref"),
    *_link(),
)
scenario = Table(
    "scenario",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("created_at", DateTime(timezone=True)),
)
scenario_version = Table(
    "scenario_version",
    metadata,
    Column("scenario_id", Uuid),
    Column("version", Integer),
    *_texts("name", "author", "note"),
    Column("document", JSONB),
    Column("year", Integer),
    Column("number", Integer),
    *_numbered("batch"),
    *_texts("state", "fingerprint"),
    Column("saved_at", DateTime(timezone=True)),
)
agenda_version = Table(
    "agenda_version",
    metadata,
    *_occasion(),
    Column("version", Integer),
    Column("document", JSONB),
    *_texts("author"),
    *_times("saved_at"),
)
decision_version = Table(
    "decision_version",
    metadata,
    *_occasion(),
    *_texts("item"),
    Column("version", Integer),
    *_texts("text"),
    Column("accepted", Boolean),
    *_texts("author"),
    *_times("saved_at"),
)
meeting = Table(
    "meeting",
    metadata,
    _id(),
    *_texts("code"),
    *_occasion(),
    *_times("started_at"),
    *_texts("started_by"),
)
meeting_now = Table(
    "meeting_now",
    metadata,
    *_texts("code"),
    *_numbered("sequence"),
    Column("place", JSONB),
    *_texts("presenter", "presenter_mark"),
    *_numbered("turn"),
    *_times("moved_at", "ended_at"),
)
meeting_shown = Table(
    "meeting_shown",
    metadata,
    *_texts("code"),
    *_numbered("sequence"),
    *_texts("view"),
    *_numbered("batch"),
    *_times("shown_at"),
)
meeting_end = Table("meeting_end", metadata, *_texts("code"), Column("document", JSON))
meeting_ask = Table(
    "meeting_ask", metadata, _id(), *_texts("code", "name", "mark"), *_times("asked_at")
)
presenter_key = Table(
    "presenter_key",
    metadata,
    *_texts("mark"),
    *_times("made_at"),
    *_texts("used_by"),
    *_times("used_at"),
)
app_process = Table(
    "app_process",
    metadata,
    *_texts("place", "token"),
    Column("following", JSONB),
    *_times("seen_at"),
)
