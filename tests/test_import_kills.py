"""An import whose process is killed leaves all or nothing; make soak kills a hundred."""

from import_kills import drive_import_kills
from program_kills import drive_program_kills


def test_a_killed_import_leaves_all_or_nothing(loaded_engine):
    kills = drive_import_kills(loaded_engine, count=3, seed=1)
    assert kills.killed == 3
    assert kills.imports >= 3, "the processes were killed before they did anything"


def test_a_killed_program_leaves_all_or_nothing_and_no_child(loaded_engine, tmp_path):
    assert drive_program_kills(loaded_engine, tmp_path, count=1, seed=1) in (1, 2)
