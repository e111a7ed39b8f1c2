"""Scenarios are kept as versions: who was second is told, and what has been written stays."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from drafted import draft, listed, refused
from sqlalchemy import func, select

from gsn_dash.store import schema
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenario_drafts import Conflict
from gsn_dash.store.scenarios import (
    create_scenario,
    delete_scenario,
    find_scenario,
    freeze_scenario,
    history_of,
    list_scenarios,
    rename_scenario,
    save_scenario,
    undo_delete,
)

NO_SUCH = ["", "1", "ett namn", "../../etc", "'; --", "\0", "😀", str(uuid.UUID(int=7))]


@pytest.fixture
def store(loaded_engine):
    return loaded_engine


def _rows(engine) -> tuple[int, int]:
    tables = (schema.scenario, schema.scenario_version)
    with engine.connect() as connection:
        count = [select(func.count()).select_from(table) for table in tables]
        return tuple(connection.execute(each).scalar_one() for each in count)


def test_what_is_created_is_found_as_it_was_written(store):
    mine = draft("  Höst\n", " Eva ", note=" en\r\n\tanteckning ", document={"a": [1, None, "x"]})
    made = create_scenario(store, mine)
    assert (made.version, made.name, made.author) == (1, "Höst", "Eva")
    assert (made.note, made.document) == ("en\r\n\tanteckning", {"a": [1, None, "x"]})
    assert (made.year, made.number, made.batch) == (2023, 2, 1)
    assert (made.id, made.state, made.fingerprint) == (mine.id, "open", None)
    assert made.saved_at.utcoffset() == timedelta(0)
    assert find_scenario(store, made.id) == made
    assert find_scenario(store, made.id.upper()) == made
    assert history_of(store, made.id) == (made,)
    assert list_scenarios(store) == listed(made)


def test_keeping_a_scenario_leaves_the_figures_alone(store):
    before = read_snapshot(store)
    create_scenario(store, draft())
    assert read_snapshot(store) == before


def test_a_creation_whose_answer_was_lost_can_be_sent_again(store):
    mine = draft()
    made = create_scenario(store, mine)
    later = save_scenario(store, made.id, 1, replace(mine, note="mer"))
    assert create_scenario(store, mine) == made
    assert history_of(store, made.id) == (made, later)
    assert _rows(store) == (1, 2)


def test_an_id_that_another_scenario_has_is_refused(store):
    mine = draft()
    create_scenario(store, mine)
    with refused("id"):
        create_scenario(store, replace(mine, name="Vår"))
    with refused("id"):
        create_scenario(store, replace(mine, id="inget id"))
    assert _rows(store) == (1, 1)


def test_two_scenarios_may_have_one_name(store):
    first, second = create_scenario(store, draft()), create_scenario(store, draft())
    assert first.id != second.id
    assert list_scenarios(store) == listed(second, first)


def test_saving_adds_a_version_and_keeps_those_before(store):
    first = create_scenario(store, draft())
    second = save_scenario(store, first.id, 1, draft("Vinter", "Bo", note="n", document={"b": 2}))
    assert (second.version, second.name, second.author, second.note) == (2, "Vinter", "Bo", "n")
    assert second.document == {"b": 2}
    assert second.saved_at > first.saved_at
    assert history_of(store, first.id) == (first, second)
    assert find_scenario(store, first.id) == second
    assert list_scenarios(store) == listed(second)


def test_the_second_writer_is_told_what_has_come_since_and_nothing_is_written(store):
    first = create_scenario(store, draft())
    second = save_scenario(store, first.id, 1, draft(author="Bo"))
    third = rename_scenario(store, first.id, 2, "Vinter", "Carin")
    mine = draft(author="David", document={"mine": True})
    assert save_scenario(store, first.id, 1, mine) == Conflict(third, (second, third))
    assert save_scenario(store, first.id, 2, mine) == Conflict(third, (third,))
    assert save_scenario(store, first.id, 9, mine) == Conflict(third, ())
    assert history_of(store, first.id) == (first, second, third)


def test_the_second_writer_chooses_to_save_over_or_as_new(store):
    first = create_scenario(store, draft())
    theirs = save_scenario(store, first.id, 1, draft(author="Bo"))
    mine = draft(author="Eva", document={"mine": True})
    conflict = save_scenario(store, first.id, 1, mine)
    over = save_scenario(store, first.id, conflict.newest.version, mine)
    assert over.document == {"mine": True}
    assert history_of(store, first.id) == (first, theirs, over)
    copy = create_scenario(store, mine)
    assert copy.id != first.id
    assert history_of(store, first.id)[-1] == over


def test_every_kind_of_change_obeys_the_same_rule(store):
    first = create_scenario(store, draft())
    newest = save_scenario(store, first.id, 1, draft(author="Bo"))
    told = Conflict(newest, (newest,))
    assert rename_scenario(store, first.id, 1, "Nytt", "Carin") == told
    assert delete_scenario(store, first.id, 1, "Carin") == told
    assert freeze_scenario(store, first.id, 1, "Carin", "f", 1) == told
    gone = delete_scenario(store, first.id, 2, "Bo")
    assert undo_delete(store, first.id, 2, "Carin") == Conflict(gone, (gone,))
    assert _rows(store) == (1, 3)


def test_what_is_already_so_is_not_written_again(store):
    """A person presses twice, or the answer was lost on the way."""
    mine = draft()
    first = create_scenario(store, mine)
    assert save_scenario(store, first.id, 1, mine) == first
    named = rename_scenario(store, first.id, 1, "Vår", "Eva")
    assert rename_scenario(store, first.id, 1, " Vår ", "Eva") == named
    saved = save_scenario(store, first.id, 2, draft(note="n"))
    assert save_scenario(store, first.id, 2, draft(note="n")) == saved
    gone = delete_scenario(store, first.id, 3, "Eva")
    assert delete_scenario(store, first.id, 3, "Eva") == gone
    back = undo_delete(store, first.id, 4, "Eva")
    assert undo_delete(store, first.id, 4, "Eva") == back
    frozen = freeze_scenario(store, first.id, 5, "Eva", "f", 1)
    assert freeze_scenario(store, first.id, 5, "Eva", "f", 1) == frozen
    assert history_of(store, first.id) == (first, named, saved, gone, back, frozen)


def test_the_same_change_by_somebody_else_is_a_conflict(store):
    first = create_scenario(store, draft())
    named = rename_scenario(store, first.id, 1, "Vår", "Eva")
    assert rename_scenario(store, first.id, 1, "Vår", "Bo") == Conflict(named, (named,))


def test_renaming_changes_the_name_and_who_did_it(store):
    first = create_scenario(store, draft(note="n"))
    named = rename_scenario(store, first.id, 1, "Vår", "Bo")
    expected = replace(first, version=2, name="Vår", author="Bo", saved_at=named.saved_at)
    assert named == expected


def test_deleting_hides_and_undo_brings_back_as_it_was(store):
    first = create_scenario(store, draft(note="n"))
    gone = delete_scenario(store, first.id, 1, "Bo")
    assert (gone.version, gone.state, gone.author) == (2, "deleted", "Bo")
    assert list_scenarios(store) == ()
    assert find_scenario(store, first.id) == gone
    back = undo_delete(store, first.id, 2, "Eva")
    assert back == replace(first, version=3, saved_at=back.saved_at)
    assert list_scenarios(store) == listed(back)
    assert history_of(store, first.id) == (first, gone, back)


def test_what_is_deleted_is_neither_renamed_nor_frozen_nor_deleted_again(store):
    first = create_scenario(store, draft())
    gone = delete_scenario(store, first.id, 1, "Eva")
    with refused("state"):
        rename_scenario(store, first.id, 2, "Vår", "Eva")
    with refused("state"):
        freeze_scenario(store, first.id, 2, "Eva", "f", 1)
    with refused("state"):
        delete_scenario(store, first.id, 2, "Bo")
    assert find_scenario(store, first.id) == gone


def test_who_saves_what_another_deleted_is_told_and_may_bring_it_back(store):
    first = create_scenario(store, draft())
    gone = delete_scenario(store, first.id, 1, "Bo")
    mine = draft(document={"mine": 1})
    assert save_scenario(store, first.id, 1, mine) == Conflict(gone, (gone,))
    back = save_scenario(store, first.id, 2, mine)
    assert (back.state, back.version, back.document) == ("open", 3, {"mine": 1})


def test_undo_of_what_is_not_deleted_writes_nothing(store):
    first = create_scenario(store, draft())
    assert undo_delete(store, first.id, 1, "Bo") == first


def test_frozen_carries_a_fingerprint_and_can_neither_change_nor_be_deleted(store):
    first = create_scenario(store, draft())
    frozen = freeze_scenario(store, first.id, 1, "Bo", "a" * 64, 1)
    expected = replace(first, version=2, author="Bo", state="frozen", fingerprint="a" * 64)
    assert frozen == replace(expected, saved_at=frozen.saved_at)
    changes = [
        lambda: save_scenario(store, first.id, 2, draft(note="n")),
        lambda: rename_scenario(store, first.id, 2, "Vår", "Bo"),
        lambda: delete_scenario(store, first.id, 2, "Bo"),
        lambda: freeze_scenario(store, first.id, 2, "Bo", "b" * 64, 1),
    ]
    for change in changes:
        with refused("state"):
            change()
    assert undo_delete(store, first.id, 2, "Bo") == frozen
    assert list_scenarios(store) == listed(frozen)
    assert create_scenario(store, draft(document=frozen.document)).state == "open"


def test_a_freeze_tells_which_figures_it_was_computed_from(store):
    first = create_scenario(store, draft())
    with store.begin() as connection:
        later = connection.execute(
            schema.import_batch.insert()
            .values(recorded_by="test")
            .returning(schema.import_batch.c.id)
        ).scalar_one()
    assert freeze_scenario(store, first.id, 1, "Bo", "f", later).batch == later


@pytest.mark.parametrize("name", NO_SUCH)
def test_a_scenario_that_is_not_there_is_none(store, name):
    assert find_scenario(store, name) is None
    assert history_of(store, name) == ()
    assert save_scenario(store, name, 1, draft()) is None
    assert rename_scenario(store, name, 1, "Vår", "Eva") is None
    assert delete_scenario(store, name, 1, "Eva") is None
    assert undo_delete(store, name, 1, "Eva") is None
    assert freeze_scenario(store, name, 1, "Eva", "f", 1) is None
    assert _rows(store) == (0, 0)
