"""The app as the operator runs it: how it opens, how it ends, what is left after."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from itertools import product
from pathlib import Path

import psutil
import psycopg
import pytest
from harness import AppServer, free_port, postgres_of, surroundings, until, wait_settled
from playwright.sync_api import Page

from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded.postmaster import find_postmaster
from gsn_dash.store.rights import LOGINS

Start = Callable[..., AppServer]
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends a child with its parent"
)


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=30) as response:
        return response.status, response.read().decode()


def database_of(app: AppServer) -> str:
    return json.loads(get(f"{app.url}/healthz")[1])["database"]


def assert_refused(app: AppServer, *told: str) -> None:
    """It ended with 1 and one sentence on stderr that tells what is given."""
    said, complained = app.process.communicate(timeout=60)
    assert app.process.returncode == 1
    assert complained.endswith(".\n") and complained.count("\n") == 1, complained
    assert all(word in complained for word in told), complained
    assert "Öppna" not in said


def test_says_in_one_line_and_in_swedish_where_to_look_and_is_there_until_it_is_ended(
    start_program: Start, state: Path
) -> None:
    app = start_program().wait_open()
    assert postgres_of(state)
    told = " ".join(app.lines)
    assert len(app.lines) > 3, "progress is shown"
    assert not re.search(r"\b(the|you|server|running|started|URL|http://0)\b", told), told
    assert app.lines[-1] == f"Öppna {app.url}"
    assert sum(line.startswith("Öppna") for line in app.lines) == 1
    assert get(app.url)[0] == 200
    assert get(f"{app.url}/driftbudget")[0] == 200
    # The embedded server has its roles, and the app logs in as them and as nobody else.
    until(lambda: '"rights":"enforced"' in get(f"{app.url}/healthz")[1], "the database to be held")
    # Nor do they reach the server's own databases, where nothing is bounded.
    folder = find_postmaster(state / "postgres" / "data").socket
    for role, database in product(LOGINS, ("postgres", "template1")):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(host=str(folder), port=5432, user=role, dbname=database)
    code, said, complained = app.stop(signal.SIGTERM)
    assert (code, said, complained) == (0, "", "")
    assert postgres_of(state) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_signal_ends_everything(start_program: Start, state: Path, number: int) -> None:
    app = start_program().wait_open()
    assert postgres_of(state)
    code, _, complained = app.stop(number)
    assert (code, complained) == (0, "")
    assert postgres_of(state) == []


def test_signal_while_starting_ends_everything(start_program: Start, state: Path) -> None:
    app = start_program()
    until(lambda: postgres_of(state), "the database to start")
    code, said, complained = app.stop()
    assert (code, complained) == (0, "") and "Öppna" not in said
    assert postgres_of(state) == []


def test_open_page_does_not_hold_up_the_end(start_program: Start, page: Page) -> None:
    app = start_program().wait_open()
    page.goto(app.url)
    wait_settled(page)
    if sys.platform == "linux":  # where a process tells what it has loaded
        # Nor does it make the server import what it does not need: 90 MB, and half a second.
        loaded = " ".join(part.path for part in psutil.Process(app.process.pid).memory_maps())
        unneeded = ("pandas", "pyarrow", "numpy", "typst", "python_calamine", "lxml")
        assert [name for name in unneeded if f"/{name}/" in loaded] == []
    began = time.monotonic()
    code, _, complained = app.stop()
    print(f"ended in {time.monotonic() - began:.2f} s with a page open")
    assert (code, complained) == (0, "")


@needs_linux
def test_kill_leaves_nothing_that_the_next_start_cannot_mend(
    start_program: Start, state: Path
) -> None:
    port = str(free_port())
    start_program(PORT=port).wait_open().stop(signal.SIGKILL)
    until(lambda: not postgres_of(state), "the database to end with the app")
    began = time.monotonic()
    again = start_program(PORT=port).wait_open()
    status, _ = get(again.url)
    print(f"second start answered after {time.monotonic() - began:.2f} s")
    assert status == 200
    assert not any("Läser in" in line for line in again.lines), "it had all been read before"


@needs_linux
def test_server_ends_with_its_parent(state: Path) -> None:
    port = str(free_port())
    command = f"{shlex.quote(sys.executable)} -m gsn_dash serve --with-parent; true"
    parent = subprocess.Popen(
        ["sh", "-c", command],
        cwd=PROJECT,
        env=surroundings(GSN_STATE=str(state), PORT=port),
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in parent.stdout:
        if line.startswith("Öppna"):
            break
    [child] = psutil.Process(parent.pid).children()
    parent.kill()
    parent.wait()
    child.wait(timeout=30)
    until(lambda: not postgres_of(state), "the database to end")
    parent.stdout.close()


def test_taken_port_is_said_in_one_sentence(start_program: Start, state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert_refused(start_program(PORT=port), port, "PORT=")
    assert not (state / "postgres").exists(), "found out before the long work"


def test_address_of_another_machine_is_said_in_one_sentence(start_program: Start) -> None:
    assert_refused(start_program(ADDRESS="203.0.113.7"), "203.0.113.7", "ADDRESS")


def test_state_that_cannot_be_made_is_said_in_one_sentence(start_program: Start) -> None:
    assert_refused(start_program(GSN_STATE="/proc/gsn"), "/proc/gsn", "GSN_STATE")


def test_log_that_cannot_be_written_is_said_in_one_sentence(
    start_program: Start, state: Path
) -> None:
    (state / "gsn.log").mkdir(parents=True)
    assert_refused(start_program(), "gsn.log", "GSN_STATE")


def test_serves_without_a_database_and_says_so(start_program: Start) -> None:
    url = f"postgresql://anna:hemligt@localhost:{free_port()}/gsn"
    app = start_program(DATABASE_URL=url).wait_open()
    [sentence] = [line for line in app.lines if "svarar inte" in line]
    assert sentence.endswith(".") and "DATABASE_URL" in sentence
    assert "hemligt" not in " ".join(app.lines)
    assert get(app.url)[0] == 200
    until(lambda: database_of(app) == "lost", "the app to know")


def test_killed_database_comes_back_while_the_app_runs(start_program: Start, state: Path) -> None:
    app = start_program().wait_open()
    until(lambda: database_of(app) == "ok", "the figures to be read")
    data = state / "postgres" / "data"
    killed = find_postmaster(data).pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: (new := find_postmaster(data)) and new.pid != killed, "another server")
    until(lambda: database_of(app) == "ok", "the figures to be read again")
