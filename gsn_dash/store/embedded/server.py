"""The life of the embedded server: found or started, watched until ready, stopped."""

import fcntl
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from gsn_dash.store.embedded.binaries import Binaries, find_binaries, reachable_binaries
from gsn_dash.store.embedded.folders import (
    Folders,
    cluster_of,
    make_folders,
    make_state,
    socket_folder,
)
from gsn_dash.store.embedded.postmaster import (
    SOCKET_NAME,
    Postmaster,
    find_postmaster,
    remove_stale_notes,
    stop_postmaster,
)
from gsn_dash.store.embedded.programs import ROLE, create_cluster, last_lines, start_server
from gsn_dash.store.engine import StoreUnavailable

DATABASE = "gsn"
# Part of the socket's name only; said outright, for PGPORT may say something else.
PORT = 5432
READY_SECONDS = 60
# A server that gives up at once may be waiting for the last of the one before it to die.
STARTS = 5
STOP_SECONDS = 5
POLL_SECONDS = 0.02

log = logging.getLogger(__name__)


class EmbeddedPostgres:
    """The server whose data lies below the folder `state`; may be used from many threads.

    A server of the same folder that another process of ours runs is used, and left to it.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._guard = threading.RLock()
        self._abandoned = threading.Event()
        self._child: subprocess.Popen | None = None
        self._adopted_orphan: int | None = None

    def ensure_running(self) -> str:
        """Make sure that the server answers; returns its postgresql:// address.

        Creates the cluster and the database the first time, and starts the server again if
        it has died. Raises StoreUnavailable with one Swedish sentence.
        """
        with self._guard:
            state = make_state(self._state)
            with _alone(state / "postgres.lock"):
                folders = make_folders(state)
                binaries = reachable_binaries(find_binaries(), folders.account, state)
                self._make_cluster(binaries, folders)
                socket = self._wait_ready(binaries, folders, socket_folder(folders, state))
            return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(socket), safe='')}&port={PORT}"

    def is_made(self) -> bool:
        """Whether there is a cluster already, which `ensure_running` would start."""
        try:
            return cluster_of(self._state).exists()
        except PermissionError:
            return True  # whose it is, and what to do, the start tells

    def stop(self) -> None:
        """Stop the server if this process started it. A server stopped twice is stopped.

        A start that another thread is waiting for is given up.
        """
        self._abandoned.set()
        with self._guard:
            self._abandoned.clear()
            pid = self._child.pid if self._child else self._adopted_orphan
            if pid is not None:
                stop_postmaster(pid, STOP_SECONDS)
            if self._child is not None:
                self._child.wait()
            self._child = self._adopted_orphan = None

    def _make_cluster(self, binaries: Binaries, folders: Folders) -> None:
        try:
            found = (folders.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            create_cluster(binaries, folders)
            return
        if found != str(binaries.major):
            raise StoreUnavailable(
                f"Databasen i {folders.data} är gjord med PostgreSQL {found} men programmet "
                f"har {binaries.major}; flytta undan mappen så görs en ny av data/."
            )

    def _wait_ready(self, binaries: Binaries, folders: Folders, socket: Path) -> Path:
        """Wait until a connection is answered, starting the server when there is none.

        Returns the folder of its socket.
        """
        deadline = time.monotonic() + READY_SECONDS
        starts = 0
        while time.monotonic() < deadline and not self._abandoned.is_set():
            live = self._live(folders)
            if live is None:
                if starts == STARTS:
                    break
                starts += 1
                remove_stale_notes(folders.data, socket)
                self._child = start_server(binaries, folders, socket)
            elif live.socket is not None and not (live.socket / SOCKET_NAME).exists():
                # Swept out of a folder for temporary files: nobody can reach it any more.
                stop_postmaster(live.pid, STOP_SECONDS)
            elif live.socket is not None and _answers(live.socket):
                self._adopt(live)
                return live.socket
            self._pause(starts)
        log.error("the server did not come up: %s", last_lines(folders.log))
        raise StoreUnavailable(
            f"Databasen i {folders.root} gick inte att starta; "
            f"se efter att disken inte är full och läs {folders.log}."
        )

    def _live(self, folders: Folders) -> Postmaster | None:
        noted = find_postmaster(folders.data)
        if self._child is not None:
            if self._child.poll() is not None:
                log.warning("postgres ended with %s", self._child.returncode)
                self._child = None
            elif noted is None:
                return Postmaster(self._child.pid, None)  # too young to have left a note
        return noted

    def _pause(self, starts: int) -> None:
        try:
            if self._child is not None:
                self._child.wait(timeout=POLL_SECONDS)
            # It ended: give what is left of the one before it ever more time to go.
            time.sleep(POLL_SECONDS * 2**starts)
        except subprocess.TimeoutExpired:
            return

    def _adopt(self, live: Postmaster) -> None:
        """Take over a server whose parent is gone, which only Linux prevents."""
        ours = self._child is not None and self._child.pid == live.pid
        if not ours and sys.platform != "linux" and psutil.Process(live.pid).ppid() == 1:
            self._adopted_orphan = live.pid


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time, over all processes; the system lets go for a process that is killed."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _answers(socket: Path) -> bool:
    """Whether the server takes our connection; makes our database if it is not there."""
    try:
        _connect(socket, DATABASE).close()
    except psycopg.OperationalError as problem:
        # The reason has no code when it comes while connecting, only our server's own words.
        missing = f'database "{DATABASE}" does not exist' in str(problem)
        return missing and _makes_database(socket)
    return True


def _makes_database(socket: Path) -> bool:
    try:
        with _connect(socket, "postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    except psycopg.OperationalError as problem:
        log.info("not ready: %s", problem)
        return False
    return True


def _connect(socket: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(socket),
        port=PORT,
        user=ROLE,
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )
