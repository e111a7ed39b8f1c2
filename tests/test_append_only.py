"""What has been recorded stays: no row that holds a figure is changed or taken away."""

import uuid

import pytest
from imports_made import fill
from meeting_people import EVA
from papers import rolled_back
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import schema

# Names of things may be put right in place; figures, and what they were imported from, may not.
NAMES = {
    "document", "activity", "activity_member", "project", "project_code", "municipality",
    "collaboration",
}  # fmt: skip
# What is only so for now: where a meeting is, who asks, which keys are left, who lives, who is
# logged in, what somebody is called. Their own tests say what of it may move.
MOVING = {"meeting_now", "meeting_ask", "presenter_key", "app_process", "login", "person"}
PSEUDONYM = "p" + "0" * 32
KEPT = [t for t in schema.metadata.sorted_tables if t.name not in NAMES | MOVING]


@pytest.fixture(scope="module")
def connection(server_url, loaded_template):
    """One for all tests here, each of which takes back what it tries."""
    with rolled_back(server_url, loaded_template) as connection:
        _assume_something(connection)
        _meet(connection)
        fill(connection)
        # What is checked at the end of a transaction would else stand in the way of a truncate.
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
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


def _meet(connection):
    """An agenda, a decision, and a meeting that has shown something and ended."""
    rows = {
        "agenda_version": {
            "year": 2023, "number": 2, "version": 1, "document": {}, "author": "Eva",
        },
        "decision_version": {
            "year": 2023, "number": 2, "item": "3", "version": 1, "text": "Nämnden beslutar",
            "accepted": True, "author": "Eva",
        },
        "meeting": {"code": "BCDFG", "year": 2023, "number": 2, "started_by": "Eva"},
        "meeting_now": {
            "code": "BCDFG", "place": {}, "presenter": "Eva", "presenter_mark": EVA,
        },
        "meeting_shown": {"code": "BCDFG", "sequence": 0, "view": "opening", "batch": 1},
        "meeting_end": {"code": "BCDFG", "document": {}},
        "meeting_guest": {"code": "BCDFG", "mark": EVA},
        "role_grant": {"pseudonym": PSEUDONYM, "role": "editor", "granted_by": "Cia"},
    }  # fmt: skip
    connection.execute(schema.person.insert().values(pseudonym=PSEUDONYM, name="Cia"))
    for name, values in rows.items():
        connection.execute(schema.metadata.tables[name].insert().values(values))


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
