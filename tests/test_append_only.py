"""What has been recorded stays: no row that holds a figure is changed or taken away."""

import uuid

import pytest
from papers import rolled_back
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import schema

# Names of things may be put right in place; figures, and what they were imported from, may not.
NAMES = {
    "document", "activity", "activity_member", "project", "project_code", "municipality",
    "collaboration",
}  # fmt: skip
KEPT = [table for table in schema.metadata.sorted_tables if table.name not in NAMES]


@pytest.fixture
def connection(server_url, loaded_template):
    with rolled_back(server_url, loaded_template) as connection:
        _assume_something(connection)
        yield connection


def _assume_something(connection):
    """A scenario, which no paper brings."""
    name = uuid.uuid4()
    connection.execute(schema.scenario.insert().values(id=name))
    connection.execute(
        schema.scenario_version.insert().values(
            scenario_id=name, version=1, name="Ett", author="Eva", note="", document={},
            year=2023, number=2, batch=1, state="open",
        )
    )  # fmt: skip
    # What is checked at the end of a transaction would otherwise stand in the way of a truncate.
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
@pytest.mark.parametrize("change", ["update", "update nothing", "delete", "truncate", "cascade"])
def test_a_recorded_row_is_never_changed(connection, table, change):
    before = connection.execute(select(func.count()).select_from(table)).scalar_one()
    assert before, "a table without rows proves nothing"
    first = next(column for column in table.c if column.computed is None and column.name != "id")
    statements = {
        "update": update(table).values({first: first}),
        "update nothing": update(table).values({first: first}).where(text("false")),
        "delete": delete(table),
        "truncate": text(f"TRUNCATE {table.name}"),
        "cascade": text(f"TRUNCATE {table.name} CASCADE"),
    }
    with pytest.raises(DBAPIError) as refused, connection.begin_nested():
        connection.execute(statements[change])
    # 23001 is our refusal; a table that others point at is not truncated alone: 0A000.
    assert refused.value.orig.sqlstate in {"23001"} | ({"0A000"} if change == "truncate" else set())
    after = connection.execute(select(func.count()).select_from(table)).scalar_one()
    assert after == before


def test_what_figures_point_at_cannot_be_taken_away(connection):
    for name in ("document", "place", "occasion", "project", "municipality"):
        table = schema.metadata.tables[name]
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.execute(delete(table))
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.execute(text(f"TRUNCATE {name} CASCADE"))
