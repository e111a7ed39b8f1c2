"""A database from before this version, with rows in every table that it had, is brought up to
date as it stands, whichever version it is from."""

from datetime import date

import pytest
from alembic import command
from imports_made import COST_OUTCOME, correction, kept
from old_rows import BROUGHT
from papers import kr, mkr
from sqlalchemy import inspect, text

from gsn_dash.operate.backup import run_backup, run_restore
from gsn_dash.store import migrate
from gsn_dash.store.audit import head_of, list_deeds, verify
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.roles import make_roles
from gsn_dash.store.withdrawing import withdraw

# Who did something, in the rows of each version: their names stand in a table of their own now.
NAMED = {
    "0001": {"import_batch.recorded_by": ["Eva"]},
    "0003": {"scenario_version.author": ["Bo", "Eva"]},
    "0004": {
        "agenda_version.author": ["Eva"],
        "decision_version.author": ["Eva"],
        "meeting.started_by": ["Eva", "Eva"],
        "meeting_now.presenter": ["Cia", "Eva"],
        "meeting_ask.name": ["Bo"],
    },
    "0005": {
        "import_batch.recorded_by": ["Bo", "Eva"],
        "ledger_map_version.author": ["Bo"],
        "finding_answer.author": ["Cia"],
        "issued_report.issued_by": ["Eva"],
    },
}


def _brought(revision: str) -> list[str]:
    return [each for each in BROUGHT if each <= revision]


def _content(connection, tables) -> dict[str, list[str]]:
    """Every row of the tables as text, but for columns that hold names and later ones."""
    named = {each for columns in NAMED.values() for each in columns}
    found = {}
    for table, columns in tables.items():
        kept = [column for column in columns if f"{table}.{column}" not in named]
        row = f"jsonb_build_array({', '.join(kept)})::text"
        found[table] = connection.scalars(text(f"SELECT {row} FROM {table} ORDER BY 1")).all()
    return found


def _upgrade(engine, revision: str) -> None:
    config = migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.fixture(params=BROUGHT)
def old(request, empty_url):
    """(engine, revision, tables, rows) of a database as that revision left it."""
    engine = make_engine(empty_url)
    _upgrade(engine, request.param)
    with engine.begin() as connection:  # one, as an import is closed with its transaction
        for revision in _brought(request.param):
            connection.exec_driver_sql(BROUGHT[revision])
    inspector = inspect(engine)
    tables = {
        name: [column["name"] for column in inspector.get_columns(name)]
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }
    with engine.connect() as connection:
        rows = _content(connection, tables)
    yield engine, request.param, tables, rows
    engine.dispose()


def test_every_row_of_every_earlier_version_stands_after_the_upgrade(old):
    engine, revision, tables, before = old
    assert all(before.values()), "a table without rows proves nothing"
    migrate.migrate(engine)
    with engine.connect() as connection:
        assert _content(connection, tables) == before
        names = {
            column: connection.scalars(
                text(f"SELECT shown_name({column.split('.')[1]}) FROM {column.split('.')[0]}")
            ).all()
            for part in _brought(revision)
            for column in NAMED.get(part, ())
        }
    wanted = {
        column: who for part in _brought(revision) for column, who in NAMED.get(part, {}).items()
    }
    assert {column: sorted(who) for column, who in names.items()} == wanted
    make_roles(engine)
    assert verify(engine).breaks == ()


@pytest.mark.parametrize("old", ["0005"], indirect=True)
def test_what_was_put_down_before_refusals_were_is_as_it_was(old):
    engine, *_ = old
    _upgrade(engine, "0010")
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT record_deed('log_in', person_of('iss cia', 'Cia'), 'x')")
    before = list_deeds(engine, 100)
    assert before[0].action == "log_in" and len(before) > 10
    migrate.migrate(engine)
    make_roles(engine)
    found, *rest = list_deeds(engine, 100)
    assert (found.action, found.object, found.object_id) == ("find", "occasion", "2023 2")
    assert tuple(rest) == before
    with engine.begin() as connection:
        refused = "SELECT record_refusal('issue', person_of('iss cia', 'Cia'), 'x')"
        connection.exec_driver_sql(refused)
    assert list_deeds(engine, 1)[0].object_id == "issue" and verify(engine).breaks == ()


# The first version with a chain, and the last without what a proof has asked for since.
@pytest.mark.parametrize("revision", ["0007", "0009"])
@pytest.mark.parametrize("old", ["0005"], indirect=True)
def test_a_backup_of_an_earlier_version_is_restored_and_proved(old, revision, tmp_path, capsys):
    engine, _, tables, _ = old
    _upgrade(engine, revision)
    with engine.connect() as connection:
        before, chained = _content(connection, tables), head_of(connection)
    assert run_backup(engine, tmp_path / "old.backup") == 0
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert run_restore(engine, tmp_path / "old.backup", "Drift") == 0, capsys.readouterr().err
    with engine.connect() as connection:
        after = _content(connection, tables)
    # Who lives is not in a backup, and which transaction opened an import means nothing in it.
    apart = {table: before[table] for table in ("app_process", "import_batch")}
    assert after | apart == before and len(after["import_batch"]) == 2
    verdict = verify(engine, chained[1])
    assert (verdict.breaks, verdict.has_head) == ((), True) and verdict.count > chained[0]
    assert migrate.revision_of(engine) == migrate.newest_revision()


def test_figures_imports_and_the_order_of_papers_are_as_they_were(old):
    engine, revision, _, _ = old
    migrate.migrate(engine)
    snapshot = read_snapshot(engine)
    figures = {COST_OUTCOME: mkr("-21.5")} if revision > "0001" else {}
    assert {key: each.money for key, each in snapshot.operating.items()} == figures
    assert snapshot.occasion.meeting_on == date(2023, 5, 8)
    assert list(snapshot.documents) == (["b", "a"] if figures else ["a"])
    first, *_ = read_batches(engine)
    assert (first.id, first.kind, first.withdrawn_by) == (1, "folder", None)


def test_what_is_imported_after_it_is_numbered_on_and_can_be_withdrawn(old):
    engine, revision, _, _ = old
    migrate.migrate(engine)
    before = read_snapshot(engine).operating.get(COST_OUTCOME)
    number = 3 if revision == "0005" else 2
    assert kept(engine, correction("-21000000")).batch == number
    assert read_snapshot(engine).operating[COST_OUTCOME].money == kr("-21000000")
    withdraw(engine, number, "Eva", "Fel")
    assert read_snapshot(engine).operating.get(COST_OUTCOME) == before
    assert verify(engine).breaks == ()
