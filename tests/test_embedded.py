"""The embedded server: its first start, its later ones, and all the ways to die."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
from harness import answer, hold, postgres_of, until

from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.postmaster import find_postmaster
from gsn_dash.store.engine import StoreUnavailable, make_engine, server_version_problem

IS_ROOT = os.geteuid() == 0
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends a child with its parent"
)

def postmaster(state: Path) -> int:
    found = find_postmaster(state / "postgres" / "data")
    assert found is not None, "no server runs"
    return found.pid


def write_note(state: Path, pid: int) -> None:
    """What a server leaves in its data folder and beside its socket when the power goes."""
    data = state / "postgres" / "data"
    socket = state / "postgres" / "socket"
    note = data / "postmaster.pid"
    note.write_text(f"{pid}\n{data}\n1700000000\n5432\n{socket}\n\n  1234567  0\nready   \n")
    (socket / ".s.PGSQL.5432.lock").write_text(f"{pid}\n{data}\n1700000000\n5432\n{socket}\n")


def test_first_start_makes_a_cluster_that_keeps_its_promises(server: EmbeddedPostgres) -> None:
    url = server.ensure_running()
    assert url.startswith("postgresql://")
    assert answer(url, "SHOW server_encoding") == "UTF8"
    assert answer(url, "SHOW fsync") == "on"
    assert answer(url, "SHOW temp_file_limit") == "256MB"
    assert answer(url, "SHOW listen_addresses") == ""
    assert answer(url, "SELECT lower('ÅÄÖ')") == "åäö"
    engine = make_engine(url)
    assert server_version_problem(engine) is None
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
    engine.dispose()


def test_folders_are_closed_to_others(server: EmbeddedPostgres, state: Path) -> None:
    server.ensure_running()
    for folder in ("postgres", "postgres/data", "postgres/socket"):
        assert stat.S_IMODE((state / folder).stat().st_mode) == 0o700, folder


def test_what_is_committed_survives_stop_and_start(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    assert answer(server.ensure_running(), "SELECT number FROM kept") == 7


def test_stop_leaves_no_process(server: EmbeddedPostgres, state: Path) -> None:
    server.ensure_running()
    server.stop()
    server.stop()
    assert postgres_of(state) == []


def test_two_first_starts_at_once_share_one_server(state: Path) -> None:
    holders = [hold(state) for _ in range(2)]
    urls = [holder.stdout.readline().strip() for holder in holders]
    assert urls[0] == urls[1] != ""
    roots = [p for p in postgres_of(state) if p.cmdline()[0].endswith("/postgres")]
    assert [p.pid for p in roots if p.ppid() in {h.pid for h in holders}] == [postmaster(state)]
    for holder in holders:
        holder.communicate(timeout=30)
    assert postgres_of(state) == []


def test_a_server_of_another_process_is_used_and_left_alone(
    server: EmbeddedPostgres, state: Path
) -> None:
    url = server.ensure_running()
    pid = postmaster(state)
    other = hold(state)
    assert other.stdout.readline().strip() == url
    other.communicate(timeout=30)
    assert postmaster(state) == pid
    assert answer(url, "SELECT 1") == 1


def test_note_of_a_dead_process_is_removed(server: EmbeddedPostgres, state: Path) -> None:
    server.ensure_running()
    server.stop()
    gone = subprocess.Popen(["true"])
    gone.wait()
    write_note(state, gone.pid)
    assert answer(server.ensure_running(), "SELECT 1") == 1


def test_note_with_a_number_that_someone_else_has_now(
    server: EmbeddedPostgres, state: Path
) -> None:
    server.ensure_running()
    server.stop()
    # Of the server's own user: PostgreSQL itself gives way only to other users' processes.
    owner = (state / "postgres").stat()
    who = {"user": owner.st_uid, "group": owner.st_gid} if IS_ROOT else {}
    bystander = subprocess.Popen(["sleep", "300"], **who)
    try:
        write_note(state, bystander.pid)
        assert answer(server.ensure_running(), "SELECT 1") == 1
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_killed_server_is_started_again_with_its_data(
    server: EmbeddedPostgres, state: Path
) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    first = postmaster(state)
    os.kill(first, signal.SIGKILL)
    assert answer(server.ensure_running(), "SELECT number FROM kept") == 7
    assert postmaster(state) != first


def test_adopted_server_that_is_killed_is_started_again(
    server: EmbeddedPostgres, state: Path
) -> None:
    other = hold(state)
    other.stdout.readline()
    server.ensure_running()
    os.kill(postmaster(state), signal.SIGKILL)
    assert answer(server.ensure_running(), "SELECT 1") == 1
    other.communicate(timeout=30)
    assert answer(server.ensure_running(), "SELECT 1") == 1


@needs_linux
def test_kill_of_the_owner_leaves_no_server(state: Path) -> None:
    owner = hold(state)
    owner.stdout.readline()
    left = psutil.Process(postmaster(state))
    owner.kill()
    owner.wait()
    left.wait(timeout=30)
    until(lambda: not postgres_of(state), "the server's children to end")


def test_kill_in_the_middle_of_the_first_start(server: EmbeddedPostgres, state: Path) -> None:
    owner = hold(state)
    until(lambda: list((state / "postgres").glob("data.ny-*/global")), "initdb to begin")
    owner.kill()
    owner.wait()
    assert not (state / "postgres" / "data").exists()
    assert answer(server.ensure_running(), "SELECT 1") == 1


def test_swept_away_socket_is_made_again(server: EmbeddedPostgres, state: Path) -> None:
    server.ensure_running()
    (state / "postgres" / "socket" / ".s.PGSQL.5432").unlink()
    assert answer(server.ensure_running(), "SELECT 1") == 1


def test_cluster_of_another_release_is_not_touched(
    server: EmbeddedPostgres, state: Path
) -> None:
    server.ensure_running()
    server.stop()
    (state / "postgres" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(StoreUnavailable, match="PostgreSQL 17"):
        server.ensure_running()
