"""The tables as queries name them. Their truth is the migrations: a test compares the two."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Integer, Numeric, Table
from sqlalchemy.dialects.postgresql import JSONB

from gsn_dash.store.columns import (
    computed_ref,
    figure_columns,
    link_columns,
    metadata,
    name,
    numbered,
    row_id,
    texts,
    times,
)
from gsn_dash.store.schema_kept import (
    agenda_version,
    app_process,
    decision_version,
    finding_answer,
    issued_report,
    login,
    meeting,
    meeting_ask,
    meeting_end,
    meeting_guest,
    meeting_now,
    meeting_shown,
    presenter_key,
    scenario,
    scenario_version,
)
from gsn_dash.store.schema_people import audit, person, role_grant, subject_version, turn

# What visitors keep is named from here too; the other tables stand below.
__all__ = [
    "agenda_version",
    "app_process",
    "audit",
    "decision_version",
    "finding_answer",
    "issued_report",
    "login",
    "meeting",
    "meeting_ask",
    "meeting_end",
    "meeting_guest",
    "meeting_now",
    "meeting_shown",
    "person",
    "presenter_key",
    "role_grant",
    "scenario",
    "scenario_version",
    "subject_version",
    "turn",
]

import_batch = Table(
    "import_batch",
    metadata,
    row_id(),
    Column("recorded_at", DateTime(timezone=True)),
    name("recorded_by"),
    *texts("note", "opened_in", "kind"),
    *numbered("withdraws_id"),
)
import_file = Table("import_file", metadata, *numbered("batch_id"), *texts("name", "sha256"))
document = Table(
    "document",
    metadata,
    *texts("key", "title", "kind"),
    Column("dated", Date),
    *texts("pages", "item"),
    *numbered("id"),
)
place = Table(
    "place",
    metadata,
    row_id(),
    *texts("document_key", "section", "row_label", "column_label"),
    Column("doc_page", Integer),
)
occasion = Table("occasion", metadata, row_id(), Column("year", Integer), Column("number", Integer))
occasion_days = Table(
    "occasion_days",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    Column("year", Integer),
    *[Column(day, Date) for day in ("period_start", "period_end")],
    *[Column(day, Date) for day in ("appendix_dated", "meeting_on")],
    *texts("document_key"),
    *link_columns(),
)
activity = Table("activity", metadata, *texts("key", "name"))
activity_member = Table("activity_member", metadata, *texts("group_key", "activity_key"))
project = Table("project", metadata, *texts("key", "name", "kind"), Column("position", Integer))
project_code = Table("project_code", metadata, *texts("project_key", "code"))
municipality = Table("municipality", metadata, *texts("code", "name"))
collaboration = Table("collaboration", metadata, *texts("key", "name"), Column("position", Integer))
operating_line = Table(
    "operating_line",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("activity_key", "item", "span", "measure"),
    computed_ref(),
    *figure_columns(),
)
appropriation = Table(
    "appropriation",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("project_key", "kind"),
    computed_ref(),
    *figure_columns(),
)
project_result = Table(
    "project_result",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("project_key", "measure"),
    computed_ref(),
    *figure_columns(),
)
contribution = Table(
    "contribution",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("collaboration_key", "municipality_code"),
    Column("year", Integer),
    *texts("standing"),
    computed_ref(),
    *figure_columns(),
)
allocation_key = Table(
    "allocation_key",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("collaboration_key"),
    Column("equal_part", Numeric(5, 4)),
    *texts("counted_on"),
    *numbered("place_id"),
    *link_columns(),
)
allocation_key_member = Table(
    "allocation_key_member",
    metadata,
    *numbered("allocation_key_id"),
    *texts("municipality_code"),
)
population = Table(
    "population",
    metadata,
    row_id(),
    *texts("municipality_code"),
    Column("as_of", Date),
    Column("inhabitants", Integer),
    *numbered("place_id"),
    *link_columns(),
)
published_total = Table(
    "published_total",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("ref"),
    *figure_columns(),
)
published_claim = Table(
    "published_claim",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("ref", "kind"),
    Column("ratio", Numeric),
    Column("flag", Boolean),
    *texts("statement"),
    *figure_columns(),
)
printed_cell = Table(
    "printed_cell",
    metadata,
    row_id(),
    *numbered("occasion_id"),
    *texts("document_key", "table_name"),
    Column("row_no", Integer),
    Column("column_no", Integer),
    *texts("role", "text", "ref"),
    *link_columns(),
)
ledger = Table(
    "ledger",
    metadata,
    row_id(),
    Column("starts", Date),
    Column("ends", Date),
    *texts("program", "sie_type"),
    Column("months", ARRAY(Date)),
    *texts("fingerprint"),
    *numbered("entries_id", "place_id"),
    *link_columns(),
)
ledger_entry = Table(
    "ledger_entry",
    metadata,
    *numbered("ledger_id"),
    Column("month", Date),
    *texts("account", "cost_centre", "project", "measure"),
    Column("amount", Numeric(18, 2)),
)
ledger_month = Table(
    "ledger_month",
    metadata,
    *numbered("ledger_id"),
    Column("map_version", Integer),
    Column("month", Date),
    *texts("item", "activity", "project", "measure"),
    Column("amount", Numeric(18, 2)),
    *numbered("batch_id"),
)
ledger_map_version = Table(
    "ledger_map_version",
    metadata,
    Column("version", Integer),
    Column("document", JSONB),
    name("author"),
    *numbered("batch_id"),
    *times("saved_at"),
)
