"""What the bench measures, served: the app on a state of its own, and small pages of Streamlit."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from harness import AppServer, free_port, fresh_state, surroundings, until

from gsn_dash.store.embedded import EmbeddedPostgres

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """What is served: its address without a path, the process that serves it, and its database.

    `database` is the address of PostgreSQL, "" where there is none.
    """

    url: str
    process: psutil.Process
    database: str = ""

    def cpu(self) -> float:
        """Seconds of processor that the server has taken so far."""
        return sum(self.process.cpu_times()[:2])

    def megabytes(self) -> float:
        """What the server has in memory now."""
        return self.process.memory_info().rss / 1e6


@contextmanager
def served_app(**environment: str) -> Iterator[Site]:
    """The app, on DATABASE_URL or else on a database of the bench's own."""
    with ExitStack() as stack:
        state = stack.enter_context(fresh_state())
        database = os.environ.get("DATABASE_URL")
        if database is None:
            server = EmbeddedPostgres(state / "database")
            stack.callback(server.stop)
            database = server.ensure_running()
        changes = {"PORT": str(free_port()), "GSN_STATE": str(state / "state")}
        app = AppServer(surroundings(DATABASE_URL=database, **changes, **environment))
        stack.callback(app.stop)
        app.wait_open()
        until(lambda: _answers(f"{app.url}/hamta/tabell/driftbudget.csv"), "the figures")
        yield Site(app.url, psutil.Process(app.process.pid), database)


@contextmanager
def served_small(script: str, **environment: str) -> Iterator[Site]:
    """A Streamlit app of the bench's own, as Streamlit comes."""
    port = free_port()
    command = ["-m", "streamlit", "run", str(HERE / script)]
    command += [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    with _served(command, port, "/_stcore/health", environment) as site:
        yield site


@contextmanager
def served_bare(script: str) -> Iterator[Site]:
    """A page of the bench's own, whose script takes its port."""
    port = free_port()
    with _served([str(HERE / script), str(port)], port, "/") as site:
        yield site


@contextmanager
def _served(
    arguments: list[str], port: int, health: str, environment: dict[str, str] | None = None
) -> Iterator[Site]:
    # Elsewhere than here, so that our own settings of Streamlit are not its.
    elsewhere = tempfile.gettempdir()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": elsewhere}
    environ = {**os.environ, **_whole_paths(), **(environment or {})}
    process = subprocess.Popen([sys.executable, *arguments], env=environ, **quiet)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: process.poll() is not None or _answers(url + health), arguments[0])
        assert process.poll() is None, f"{arguments} ended"
        yield Site(url, psutil.Process(process.pid))
    finally:
        process.kill()
        process.wait(timeout=30)


def _whole_paths() -> dict[str, str]:
    """Where Python finds our modules, also from another folder."""
    folders = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return {"PYTHONPATH": os.pathsep.join(str(Path(folder).resolve()) for folder in folders)}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status == 200
    except OSError:
        return False
