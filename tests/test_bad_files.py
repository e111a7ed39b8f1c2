"""A file that cannot be trusted is refused or told, with what to do; nothing else happens."""

import pytest
from bad_files import DAMAGED, HAND_MADE, OTHER_KINDS, UNREADABLE, drive_bad_files, outcome

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store.record import record


def test_there_is_a_bad_file_for_each_way_to_be_bad():
    assert len(HAND_MADE) >= 60
    assert len({(bad.content, bad.name) for bad in HAND_MADE}) == len(HAND_MADE)


@pytest.mark.parametrize("bad", (*OTHER_KINDS, *DAMAGED), ids=lambda bad: bad.words)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(bad):
    sentence, found = outcome(bad.name, bad.content)
    assert found is None and bad.words in sentence
    assert sentence.endswith((".", "!")) and len(sentence) < 300


@pytest.mark.parametrize("bad", UNREADABLE, ids=lambda bad: bad.words)
def test_a_cell_that_cannot_be_used_is_told_where_it_stands(bad):
    sentence, found = outcome(bad.name, bad.content)
    assert sentence == "" and found.problems
    problem = found.problems[0]
    assert bad.words in problem.sentence and len(problem.sentence) <= 300
    assert problem.cell == bad.cell


def test_files_made_at_random_are_refused_told_or_read_as_they_stand(loaded_engine):
    """A part of what `make soak` drives. Whatever is read can be kept, too."""
    with loaded_engine.connect() as connection:

        def keep(drafts: Drafts) -> None:
            with connection.begin_nested() as kept:
                record(connection, drafts, by="test")
                kept.rollback()

        counted = drive_bad_files(60, seed=5, keep=keep)
    assert min(counted["refused"], counted["told"], counted["read"]) > 3, counted
