"""What the bench measures, served: the app on a state of its own, and small pages of Streamlit."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness import AppServer, free_port, fresh_state, surroundings, until

HERE = Path(__file__).parent
# How a measurement ends that does not hold what is promised; 1 is Python's own, of a breakdown.
UNHELD = 3


@contextmanager
def served_app() -> Iterator[str]:
    """The address of Tänk om …? in an app of the bench's own."""
    with fresh_state() as state:
        changes = {"PORT": str(free_port()), "GSN_STATE": str(state / "state")}
        if "DATABASE_URL" in os.environ:
            changes["DATABASE_URL"] = os.environ["DATABASE_URL"]
        app = AppServer(surroundings(**changes)).wait_open()
        try:
            yield f"{app.url}/tank-om"
        finally:
            app.stop()


@contextmanager
def served_small(script: str, **environment: str) -> Iterator[str]:
    """The address of a Streamlit app of the bench's own, as Streamlit comes."""
    port = free_port()
    command = ["-m", "streamlit", "run", str(HERE / script)]
    command += [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    with _served(command, port, "/_stcore/health", environment) as url:
        yield url


@contextmanager
def served_bare(script: str) -> Iterator[str]:
    """The address of a page of the bench's own, whose script takes its port."""
    port = free_port()
    with _served([str(HERE / script), str(port)], port, "/") as url:
        yield url


@contextmanager
def _served(
    arguments: list[str], port: int, health: str, environment: dict[str, str] | None = None
) -> Iterator[str]:
    # Elsewhere than here, so that our own settings of Streamlit are not its.
    elsewhere = tempfile.gettempdir()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": elsewhere}
    environ = {**os.environ, **(environment or {})}
    process = subprocess.Popen([sys.executable, *arguments], env=environ, **quiet)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(url + health), arguments[0])
        yield url
    finally:
        process.kill()
        process.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status == 200
    except OSError:
        return False
