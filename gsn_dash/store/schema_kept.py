"""The tables of what visitors keep and where meetings are, as queries name them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, LargeBinary, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from gsn_dash.store.columns import metadata, name, numbered, occasion_columns, row_id, texts, times

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
    *texts("name"),
    name("author"),
    *texts("note"),
    Column("document", JSONB),
    Column("year", Integer),
    Column("number", Integer),
    *numbered("batch"),
    *texts("state", "fingerprint"),
    Column("saved_at", DateTime(timezone=True)),
)
agenda_version = Table(
    "agenda_version",
    metadata,
    *occasion_columns(),
    Column("version", Integer),
    Column("document", JSONB),
    name("author"),
    *times("saved_at"),
)
decision_version = Table(
    "decision_version",
    metadata,
    *occasion_columns(),
    *texts("item"),
    Column("version", Integer),
    *texts("text"),
    Column("accepted", Boolean),
    name("author"),
    *times("saved_at"),
)
meeting = Table(
    "meeting",
    metadata,
    row_id(),
    *texts("code"),
    *occasion_columns(),
    *times("started_at"),
    name("started_by"),
)
meeting_now = Table(
    "meeting_now",
    metadata,
    *texts("code"),
    *numbered("sequence"),
    Column("place", JSONB),
    name("presenter"),
    *texts("presenter_mark"),
    *numbered("turn"),
    *times("moved_at", "ended_at"),
)
meeting_shown = Table(
    "meeting_shown",
    metadata,
    *texts("code"),
    *numbered("sequence"),
    *texts("view"),
    *numbered("batch"),
    *times("shown_at"),
)
meeting_end = Table("meeting_end", metadata, *texts("code"), Column("document", JSON))
meeting_ask = Table(
    "meeting_ask",
    metadata,
    row_id(),
    *texts("code"),
    name("name"),
    *texts("mark"),
    *times("asked_at"),
)
presenter_key = Table(
    "presenter_key",
    metadata,
    *texts("mark"),
    *times("made_at"),
    *texts("used_by"),
    *times("used_at"),
    *texts("role"),
)
login = Table(
    "login", metadata, *texts("mark", "person", "role"), *times("began_at", "seen_at", "ended_at")
)
meeting_guest = Table("meeting_guest", metadata, *texts("code", "mark"), *times("given_at"))
app_process = Table(
    "app_process",
    metadata,
    *texts("place", "token"),
    Column("following", JSONB),
    *times("seen_at"),
)
finding_answer = Table(
    "finding_answer",
    metadata,
    *occasion_columns(),
    *texts("key"),
    Column("version", Integer),
    *texts("state", "words"),
    name("author"),
    *texts("fingerprint"),
    *times("saved_at"),
)
issued_report = Table(
    "issued_report",
    metadata,
    Column("id", Uuid, primary_key=True),
    *occasion_columns(),
    *numbered("batch"),
    *texts("format"),
    Column("options", JSONB),
    *texts("fingerprint", "sha256"),
    Column("content", LargeBinary),
    name("issued_by"),
    *times("issued_at"),
)
