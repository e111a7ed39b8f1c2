"""Whoever is killed in the midst of keeping something leaves all of it or nothing; see killing."""

import pytest
from deeds import DEEDS, program
from killing import Deed, drive


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_who_is_killed_leaves_all_or_nothing_and_what_was_told_is_there(loaded_engine, deed: Deed):
    assert drive(loaded_engine, deed, count=2, seed=1).killed == 2


def test_a_killed_program_leaves_all_or_nothing_and_no_child(loaded_engine, tmp_path):
    assert drive(loaded_engine, program(tmp_path), count=1, seed=1).killed == 1
