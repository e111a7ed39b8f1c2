"""What the tests have in common: a real server of the app, states of its own, waiting."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from playwright.sync_api import Locator, Page
from preloaded import Fork
from sqlalchemy import Engine, make_url, text

from gsn_dash.settings import PROJECT, ROLE_URLS

WAIT_SECONDS = 30
TESTS = Path(__file__).parent
MEMORY, MEMORY_BYTES = Path("/dev/shm"), 6 * 2**30

# Starts the server of the folder it is given, tells its address, holds it until stdin ends.
HOLDER = """
import sys
from pathlib import Path
from gsn_dash.store.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
print(server.ensure_running(), flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def fresh_state(inside: Path | None = None) -> Iterator[Path]:
    """A folder for a state, short of path and open to the account that runs the database."""
    folder = Path(tempfile.mkdtemp(prefix="gsn-test-", dir=inside))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def brief_state() -> AbstractContextManager[Path]:
    """A `fresh_state` for what is not about disks: in memory, where the machine has the room.

    A database is made and dropped there in a fifth of the time, and most tests ask for their own.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES
    return fresh_state(MEMORY if roomy else None)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something that gives no event to wait for; fails after half a minute."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.01)


def await_end_of_work(engine: Engine) -> None:
    """Wait until the database is done with what somebody who was killed had asked for last."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        " AND datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        until(
            lambda: connection.execute(others).scalar_one() == 0,
            "the database to be done with who was killed",
        )


def postgres_of(state: Path) -> list[psutil.Process]:
    """The live processes of the server below `state`, the programs that make it included."""
    mark = str(state.resolve())
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            alive = process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            continue
        program = Path(words[0]).name if words else ""
        if alive and program in ("postgres", "initdb") and any(mark in word for word in words):
            found.append(process)
    return found


def free_port() -> int:
    """A port that nobody uses just now, nor is given while its server is away.

    It is below those that the system gives to whoever connects to something.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as sock, suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port


def surroundings(**changes: str) -> dict[str, str]:
    """The environment for a program of ours: none of this run's settings, but `changes`."""
    ours = ("DATABASE_URL", "PORT", "ADDRESS")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("GSN_")
    }
    return {**kept, **changes}


def role_urls(url: str) -> dict[str, str]:
    """The settings of an app that logs in as each role to a server that trusts whoever comes."""
    address = make_url(url)
    return {
        name: address.set(username=role).render_as_string(False) for role, name in ROLE_URLS.items()
    }


def hold(state: Path) -> subprocess.Popen:
    """Another process that starts the server of `state`, or uses it, till its stdin ends."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(state)],
        cwd=PROJECT,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(url: str, query: str) -> object:
    """The one value that a query gives."""
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def start_program(arguments: tuple[str, ...], environ: dict[str, str]) -> subprocess.Popen:
    """A real `python -m gsn_dash serve`."""
    return subprocess.Popen(
        [sys.executable, "-m", "gsn_dash", "serve", *arguments],
        cwd=PROJECT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class AppServer:
    """A running `serve`, read until it has said where to look or has ended."""

    environ: dict[str, str]
    arguments: tuple[str, ...] = ()
    start: Callable[[tuple[str, ...], dict[str, str]], subprocess.Popen | Fork] = start_program
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.process = self.start(self.arguments, self.environ)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.environ['PORT']}"

    def wait_open(self) -> "AppServer":
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("Öppna "):
                return self
        raise AssertionError(f"the app did not start: {self.lines} {self.process.stderr.read()}")

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """End it with a signal; returns its exit code and what it said after it opened."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        said, complained = self.process.communicate(timeout=WAIT_SECONDS)
        return self.process.returncode, said, complained


@contextmanager
def serve(app: str, **environment: str) -> Iterator[str]:
    """The address of a small app of the tests', run by Streamlit."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(TESTS / app),
            f"--server.port={port}",
            "--server.headless=true",
            "--server.address=127.0.0.1",
            "--server.fileWatcherType=none",
            "--browser.gatherUsageStats=false",
        ],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: process.poll() is not None or _answers(url), "the app")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
            return answer.status == 200
    except urllib.error.URLError:
        return False


def heading(page: Page) -> Locator:
    """The page's own heading: one, also while the page is drawn out of sight of its first view."""
    return page.locator("h1:not(.gsn-waiting *)")


def wait_settled(page: Page) -> None:
    """Wait until Streamlit is connected, has run the page, and has drawn all of it, in the place
    of its first view.

    After a click, first await something that the click changes: a run that has not begun
    looks like one that has ended.
    """
    app = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
    page.wait_for_selector(f'{app}[data-test-script-state="notRunning"]')
    # Parts whose script is still on the way stand there as skeletons.
    unfinished = '#gsn-first, [data-stale="true"], [data-testid="stSkeleton"]'
    page.wait_for_function("(them) => !document.querySelector(them)", arg=unfinished)
