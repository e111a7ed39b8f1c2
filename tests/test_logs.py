"""The log holds what was written last, and no more of it than there is room for."""

import resource
from pathlib import Path

import pytest

from gsn_dash.operate import logs
from gsn_dash.operate.logs import LogFile
from gsn_dash.operate.serve import LARGEST_MESSAGE, MOST_OPEN, open_more
from gsn_dash.settings import PROJECT


def test_a_long_log_is_put_aside_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(logs, "LOG_BYTES", 1000)
    path = tmp_path / "gsn.log"
    path.write_text("förut\n")
    stream = LogFile(path)
    for number in range(200):
        print(f"rad {number:>20} \udcff", file=stream, flush=True)
    kept = [each.read_text().splitlines() for each in (path.with_name("gsn.log.1"), path)]
    assert [each.name for each in sorted(tmp_path.iterdir())] == ["gsn.log", "gsn.log.1"]
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) < 2200
    numbers = [int(line.split()[1]) for line in kept[0] + kept[1]]
    assert numbers == list(range(numbers[0], 200)), "nothing is lost between the two"


def test_a_log_that_cannot_be_put_aside_grows_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logs, "LOG_BYTES", 10)
    (tmp_path / "gsn.log.1").mkdir()
    stream = LogFile(tmp_path / "gsn.log")
    for number in range(9):
        stream.write(f"rad {number}\n")
    stream.flush()
    assert (tmp_path / "gsn.log").read_text().count("\n") == 9


def test_more_connections_are_asked_for_than_a_system_gives_by_itself():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(512, before[1]), before[1]))
        open_more()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert (soft, hard) == (min(hard, MOST_OPEN), before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    service = (PROJECT / "deploy" / "gsn@.service").read_text()
    assert f"\nLimitNOFILE={MOST_OPEN}\n" in service


def test_what_anybody_may_send_a_session_is_small():
    assert LARGEST_MESSAGE <= 262_144
