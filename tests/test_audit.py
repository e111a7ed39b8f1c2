"""Who did what is kept: in one chain, by pseudonyms, and so that a change of it is found out."""

import pytest
from at_once import together
from drafted import draft
from imports_made import correction, kept
from lived import held, live
from meeting_people import EVA
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from gsn_dash.__main__ import main
from gsn_dash.store import schema
from gsn_dash.store.acting import EDITOR, Actor
from gsn_dash.store.audit import (
    ADDED,
    ALTERED,
    CHANGED,
    GONE,
    MISSING,
    UNCHAINED,
    Break,
    erase,
    find_people,
    list_deeds,
    prove,
    verify,
)
from gsn_dash.store.columns import ERASED
from gsn_dash.store.engine import make_engine
from gsn_dash.store.keys import keep_key, redeem_key
from gsn_dash.store.people import record_refusal
from gsn_dash.store.read import read_batches
from gsn_dash.store.scenarios import create_scenario

# What `live` does, in the order that it is committed.
DEEDS = """
test add, test import, Eva add, Eva import, Eva correct, Eva import, Eva withdraw, Bo map,
Eva answer, Eva issue,
Eva create, Eva save, Bo rename, Bo delete, Bo restore, Bo freeze,
Eva change, Eva decide, Eva start, ? end, ? redeem, Cia log_in, Cia refuse, Cia grant, Cia correct
"""


@pytest.fixture(scope="module")
def lived(module_url):
    """(the owner's engine, the app's) of a database that has been used for everything."""
    owner = make_engine(module_url)
    with held(owner) as app:
        live(app)
        yield owner, app
    owner.dispose()


def test_everything_that_is_done_is_in_the_chain_with_who_did_it(lived):
    owner, _ = lived
    said = [f"{deed.name or '?'} {deed.action}" for deed in reversed(list_deeds(owner, 100))]
    assert said == [each.strip() for each in DEEDS.split(",")]
    verdict = verify(owner)
    assert (verdict.count, verdict.breaks) == (len(said), ())
    assert verify(owner, verdict.head).has_head
    assert not verify(owner, "a" * 64).has_head


def test_the_database_itself_says_by_which_log_in_it_was_done(lived):
    owner, _ = lived
    with owner.connect() as connection:
        rows = connection.execute(select(schema.audit.c.login, schema.audit.c.action)).all()
    logins = {row.action: row.login for row in rows}
    assert logins["correct"] == logins["issue"] == "gsn_import"
    assert (logins["freeze"], logins["decide"]) == ("gsn_scenarios", "gsn_meeting")
    assert logins["redeem"] == logins["log_in"] == "gsn_people"


def test_a_preview_and_what_is_refused_leave_no_trace(lived):
    owner, _ = lived
    assert "Provaren" not in {deed.name for deed in list_deeds(owner, 100)}
    assert find_people(owner, "Provaren") == ()


TAMPERED = {
    "UPDATE audit SET action = 'import' WHERE number = 3": Break(CHANGED, 3),
    "UPDATE audit SET at = at + interval '1 second' WHERE number = 4": Break(CHANGED, 4),
    "DELETE FROM audit WHERE number = 5": Break(MISSING, 5),
    "UPDATE audit SET previous = repeat('0', 64) WHERE number = 6": Break(UNCHAINED, 6),
    "UPDATE operating_line SET amount = amount - 1 WHERE batch_id = 2": Break(
        ALTERED, None, "import_batch", "2"
    ),
    "UPDATE occasion SET number = 9 WHERE number = 3": Break(GONE, None, "occasion", "2023 3"),
    "UPDATE project SET kind = 'rest' WHERE key = (SELECT min(key) FROM project)": ALTERED,
    "DELETE FROM activity_member": GONE,
    "UPDATE document SET title = 'y'": ALTERED,
    "DELETE FROM finding_answer": Break(GONE, None, "finding_answer", "2023 2 k 1"),
    "UPDATE issued_report SET content = 'x', sha256 = encode(sha256('x'), 'hex')": ALTERED,
    "UPDATE scenario_version SET name = 'y' WHERE version = 2": ALTERED,
    "INSERT INTO agenda_version SELECT year, number, 2, document, author, saved_at"
    " FROM agenda_version": Break(ADDED, None, "agenda_version", "2023 2 2"),
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_change_past_the_program_is_found_out_also_when_the_owner_did_it(lived, statement):
    owner, _ = lived
    with owner.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))
        found, *_ = prove(connection).breaks
        connection.rollback()
    assert TAMPERED[statement] in (found, found.what)


def test_every_break_is_told_of_and_not_only_the_first(lived):
    owner, _ = lived
    with owner.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in (
            "UPDATE audit SET action = 'import' WHERE number IN (3, 5)",
            "DELETE FROM audit WHERE number IN (7, 8)",
            "UPDATE operating_line SET amount = amount - 1 WHERE batch_id IN (2, 3)",
            "UPDATE scenario_version SET name = 'y' WHERE version = 2",
            "UPDATE document SET title = 'y'",
        ):
            connection.execute(text(statement))
        papers = connection.scalars(text("SELECT key FROM document ORDER BY key")).all()
        breaks = prove(connection).breaks
        connection.rollback()
    assert breaks[:3] == (Break(CHANGED, 3), Break(CHANGED, 5), Break(MISSING, 7))
    told = [(each.what, each.object) for each in breaks[3:]]
    assert told.count((ALTERED, "import_batch")) == 2 and (ALTERED, "scenario_version") in told
    assert [each.object_id for each in breaks if each.object == "document"] == papers


CLOSED = {
    # Made immediate, what is put down at the end is put down at once: of an import without rows.
    "SET CONSTRAINTS ALL IMMEDIATE; {batch};"
    " INSERT INTO import_file SELECT max(id), 'a', repeat('a', 64) FROM import_batch": "is closed",
    "SET CONSTRAINTS ALL IMMEDIATE; {batch};"
    " UPDATE document SET title = 'y'": "with an import alone",
    # What is put down comes in the order that it was done.
    "{batch}; UPDATE document SET title = 'y'": "with an import alone",
}


@pytest.mark.parametrize("attack", CLOSED)
def test_an_import_that_is_put_down_takes_nothing_more_from_who_opened_it(lived, attack):
    owner, app = lived
    importer = app.get_execution_options()["gsn_writers"]["gsn_import"]
    batch = "INSERT INTO import_batch (recorded_by, kind) VALUES ('Evil', 'table')"
    before = verify(owner)
    with pytest.raises(DBAPIError, match=CLOSED[attack]), importer.begin() as connection:
        for statement in attack.format(batch=batch).split("; "):
            connection.execute(text(statement))
    assert verify(owner) == before and before.breaks == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE project SET kind = 'group' WHERE kind = 'project'",
        "DELETE FROM activity_member",
        "DELETE FROM project_code",
        "UPDATE document SET title = 'y'",
    ],
)
def test_what_figures_are_about_changes_with_an_import_alone_which_is_put_down(lived, change):
    owner, app = lived
    importer = app.get_execution_options()["gsn_writers"]["gsn_import"]
    with pytest.raises(DBAPIError, match="with an import alone"), importer.begin() as connection:
        connection.execute(text(change))
    with owner.connect() as connection:
        count = prove(connection).count
        connection.execute(text(change))
        connection.execute(text("INSERT INTO import_batch (recorded_by) VALUES ('Eva')"))
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        assert (prove(connection).count, prove(connection).breaks) == (count + 1, ())
        connection.rollback()


def test_a_pseudonym_stands_for_nobody_but_who_acts(lived):
    """Whoever has seen somebody's id could else do things in their name."""
    owner, app = lived
    (cia,) = find_people(owner, "Cia")
    writer = app.get_execution_options()["gsn_writers"]["gsn_people"]
    granted = f"INSERT INTO role_grant (pseudonym, role, granted_by) VALUES ('{cia}', 'x', '{cia}')"
    for actor, refusal in (("", "is_no_pseudonym"), (cia, "role_check")):
        with pytest.raises(DBAPIError, match=refusal), writer.begin() as connection:
            connection.execute(select(func.set_config("gsn.actor", actor, True)))
            connection.execute(text(granted))


@pytest.mark.parametrize(
    "forged",
    [
        "INSERT INTO audit (actor, action, object, object_id, digest) VALUES ('', 'x', '', '', '')",
        "UPDATE audit SET actor = ''",
        "SELECT record_deed('freeze', 'x', 'administrator')",
        "INSERT INTO person (name) VALUES ('x')",
        "SELECT erase_person('x')",
    ],
)
def test_nobody_who_writes_can_forge_a_deed(lived, forged):
    _, app = lived
    for writer in app.get_execution_options()["gsn_writers"].values():
        with writer.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(forged))


def test_a_cut_tail_is_found_by_the_hash_that_was_noted(lived):
    owner, _ = lived
    noted = verify(owner).head
    with owner.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM audit WHERE action IN ('log_in', 'grant')"))
        connection.execute(text("DELETE FROM audit WHERE number > 19"))
        assert not prove(connection, noted).has_head
        connection.rollback()


def test_names_stand_apart_and_can_be_erased_while_the_chain_still_proves(lived):
    owner, app = lived
    with owner.connect() as connection:
        stored = [
            connection.scalars(text(f"SELECT {column.name} FROM {table.name}")).all()
            for table in schema.metadata.sorted_tables
            for column in table.c
            if type(column.type).__name__ == "Name"
        ]
    assert len(stored) == 10
    assert {text[0] + str(len(text)) for texts in stored for text in texts} == {"p33"}
    erase(owner, find_people(owner, "Bo"), "Drift")
    assert find_people(owner, "Bo") == ()
    last, *_ = deeds = list_deeds(owner, 100)
    assert (last.name, last.action, last.object) == ("Drift", "erase", "person")
    assert {deed.name for deed in deeds if deed.action in ("rename", "freeze", "map")} == {ERASED}
    assert ERASED in {batch.recorded_by for batch in read_batches(app)}
    assert verify(owner).breaks == ()
    with owner.connect() as connection:
        everything = connection.scalars(text("SELECT to_jsonb(person)::text FROM person")).all()
    assert not any('"Bo"' in row for row in everything)


def test_many_at_once_make_one_chain(loaded_engine):
    together(6, lambda _: create_scenario(loaded_engine, draft()))
    verdict = verify(loaded_engine)
    assert (verdict.count, verdict.breaks) == (8, ())


def test_the_commands_prove_list_and_erase(loaded_engine, monkeypatch, capsys):
    url = loaded_engine.url.set(drivername="postgresql").render_as_string(False)
    monkeypatch.setenv("DATABASE_URL", url)
    kept(loaded_engine, correction("-21000000"), by="Cia <b>")
    assert main(["audit", "verify"]) == 0
    head = verify(loaded_engine).head
    assert head in capsys.readouterr().out
    assert main(["audit", "verify", "--head", head]) == 0
    assert main(["audit", "verify", "--head", "b" * 64]) == 1
    assert "avklippt" in capsys.readouterr().err
    record_refusal(loaded_engine, Actor(find_people(loaded_engine, "Cia <b>")[0], "", "x"), "issue")
    keep_key(loaded_engine, "c" * 64, EDITOR)
    assert redeem_key(loaded_engine, "c" * 64, EVA)
    assert main(["audit", "list"]) == 0
    listed = capsys.readouterr().out
    assert "Cia <b>: rättade inläsning 2" in listed
    assert "Cia <b>: nekades att utfärda bilaga\n" in listed
    # A browser with a key has no name, so none has been taken away.
    assert "någon utan inloggning: använde nyckel" in listed and ERASED not in listed
    assert main(["audit", "erase", "Cia <b>"]) == 1
    assert main(["audit", "erase", "Cia <b>", "--yes"]) == 0
    assert main(["audit", "erase", "Cia <b>", "--yes"]) == 1
    with loaded_engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE audit SET object_id = '9' WHERE number = 2"))
        for table in ("document", "project", "municipality", "activity", "collaboration"):
            column = "title" if table == "document" else "name"
            connection.execute(text(f"UPDATE {table} SET {column} = {column} || 'y'"))
    count = len(verify(loaded_engine).breaks)
    capsys.readouterr()
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("bruten:") and said[1].startswith("- händelse 2: den är ändrad")
    assert len(said) == 23 and said[21] == f"- och {count - 20} till"
