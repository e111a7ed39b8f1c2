"""Starting the wheel's programs as the right user, and making a cluster with them."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from gsn_dash.store.embedded import launch
from gsn_dash.store.embedded.binaries import Binaries
from gsn_dash.store.embedded.folders import Folders
from gsn_dash.store.engine import StoreUnavailable

ROLE = "gsn"
INITDB_SECONDS = 120
LOG_BYTES = 1_000_000

# Small and careful: a handful of readers, some thousand rows, and every commit on the disk.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "fsync": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_wal_size": "256MB",
    # A question that sorts more than all that there is fails: it would fill the disk.
    "temp_file_limit": "256MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "lc_messages": "C",
}

log = logging.getLogger(__name__)

# Linux ends a child when the thread that started it ends, so the server needs a parent
# thread that lives as long as the process.
_PARENT = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgres-parent")


def start_server(binaries: Binaries, folders: Folders, socket: Path) -> subprocess.Popen:
    """Start the server as a child that stops cleanly when this process is no more.

    It is not yet ready when this returns. What it says goes to `folders.log`.
    """
    options = {**SERVER_OPTIONS, "unix_socket_directories": str(socket)}
    argv = [str(binaries.bin / "postgres"), "-D", str(folders.data)]
    for name, value in options.items():
        argv += ["-c", f"{name}={value}"]
    with _log_file(folders.log) as said:
        return _PARENT.submit(_start, argv, folders, signal.SIGINT, said).result()


def create_cluster(binaries: Binaries, folders: Folders) -> None:
    """Make the data folder, under another name until it is whole.

    Text is UTF-8 and ordered by code point on every platform. Raises StoreUnavailable.
    """
    for left in folders.root.glob("data.ny-*"):
        # Of a start that was killed, whose last process may be tidying there itself just now.
        shutil.rmtree(left, ignore_errors=True)
    half = folders.root / f"data.ny-{uuid.uuid4().hex}"
    argv = [str(binaries.bin / "initdb"), "-D", str(half), "-U", ROLE, "--auth=trust"]
    argv += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
    argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    with _log_file(folders.log) as said:
        initdb = _PARENT.submit(_start, argv, folders, signal.SIGKILL, said).result()
    try:
        status = initdb.wait(timeout=INITDB_SECONDS)
    except BaseException:
        initdb.kill()
        initdb.wait()
        raise
    if status != 0:
        log.error("initdb ended with %s: %s", status, last_lines(folders.log))
        raise StoreUnavailable(
            f"Databasen gick inte att skapa i mappen {folders.root}; "
            f"se efter att disken inte är full och läs {folders.log}."
        )
    half.rename(folders.data)


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log file, for another log."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])


def _log_file(path: Path) -> IO[bytes]:
    """The log to go on with, begun anew when it has grown long."""
    grown = path.exists() and path.stat().st_size > LOG_BYTES
    return path.open("wb" if grown else "ab")


def _start(
    argv: list[str], folders: Folders, death_signal: signal.Signals, said: IO[bytes]
) -> subprocess.Popen:
    account = folders.account
    order = {
        "argv": argv,
        "parent": os.getpid(),
        "death_signal": int(death_signal),
        "uid": account.uid if account.other else None,
        "gid": account.gid if account.other else None,
        "search": folders.search,
    }
    return subprocess.Popen(
        [sys.executable, "-I", "-S", launch.__file__, json.dumps(order)],
        # The server's own surroundings: no PG* variable of the user's may reach it.
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
