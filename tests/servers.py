"""PostgreSQL servers of the tests' own, that take harm: one alone, or one with its standby.

They run the programs that the embedded server runs, with the files in deploy/postgresql, and
listen on a port, as servers on machines of their own do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from harness import free_port, fresh_state, until

from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded.account import choose_account
from gsn_dash.store.embedded.binaries import find_binaries, reachable_binaries

DEPLOY = PROJECT / "deploy" / "postgresql"
USER, DATABASE = "gsn", "gsn"


@dataclass
class Programs:
    """The server's programs, and whom they run as; root may not."""

    folder: Path

    def __post_init__(self) -> None:
        self._account = choose_account(self.folder)
        self._bin = reachable_binaries(find_binaries(), self._account, self.folder).bin
        os.chown(self.folder, self._account.uid, self._account.gid)

    def run(self, name: str, *arguments: object) -> None:
        """Run one to its end. Raises subprocess.CalledProcessError."""
        ended = self.start(name, *arguments, said=subprocess.PIPE)
        said, _ = ended.communicate()
        if ended.returncode:
            raise subprocess.CalledProcessError(ended.returncode, name, said)

    def start(self, name: str, *arguments: object, said: int = subprocess.DEVNULL):
        """Start one in a group of processes of its own."""
        who = {}
        if self._account.other:
            who = {"user": self._account.uid, "group": self._account.gid, "extra_groups": []}
        return subprocess.Popen(
            [str(self._bin / name), *map(str, arguments)],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **who,
        )


@dataclass
class Server:
    """One server, its data and its port."""

    programs: Programs
    data: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return url_of(self.place)

    def start(self, *options: str) -> Server:
        """Start it and wait until it answers."""
        given = [part for option in options for part in ("-c", option)]
        self.process = self.programs.start("postgres", "-D", self.data, "-p", self.port, *given)
        until(self._answers, "the server to answer")
        return self

    def stop(self) -> None:
        """In order; those who are connected are cut off."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """All of its processes at once, as when its machine loses its power."""
        self._end(signal.SIGKILL)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def ask(self, query: str, database: str = DATABASE) -> object:
        """The one value that a query gives."""
        with psycopg.connect(url_of(self.place, database), autocommit=True) as connection:
            return connection.execute(query).fetchone()[0]

    def tell(self, command: str, database: str = DATABASE) -> None:
        """Run a command that answers nothing, without waiting for a standby."""
        own = "-c synchronous_commit=local"
        url = url_of(self.place, database)
        with psycopg.connect(url, autocommit=True, options=own) as connection:
            connection.execute(command)

    def _end(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait()

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended"
        try:
            return self.ask("SELECT 1", "postgres") == 1
        except psycopg.OperationalError:
            return False


def url_of(places: str, database: str = DATABASE) -> str:
    """The address of a database on one or several host:port, divided by commas."""
    return f"postgresql://{USER}@{places}/{database}?connect_timeout=3"


def make_server(folder: Path, *includes: str) -> Server:
    """A new server below `folder`, not yet started, with files of deploy/ and an empty database."""
    programs = Programs(folder)
    server = Server(programs, folder / "data", free_port())
    programs.run("initdb", "-D", server.data, "-U", USER, "--auth=trust", "--no-sync",
                 "--encoding=UTF8", "--locale=C")  # fmt: skip
    _settle(server, *includes)
    return server


def _settle(server: Server, *includes: str) -> None:
    """Write the settings. A process that is killed loses nothing that it gave to the system, so
    that the drills need not wait for the disk."""
    said = ["listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off",
            "shared_buffers = '32MB'", "jit = off", "max_connections = 30"]  # fmt: skip
    said += [f"include = '{DEPLOY / name}'" for name in includes]
    (server.data / "postgresql.conf").write_text("\n".join(said) + "\n")


@contextmanager
def alone() -> Iterator[Server]:
    """A server with an empty database and few places, running."""
    with fresh_state() as folder:
        server = make_server(folder)
        try:
            server.start().tell(f"CREATE DATABASE {DATABASE}", "postgres")
            yield server
        finally:
            server.kill()


@dataclass
class Pair:
    """A server that is written to, and its standby."""

    primary: Server
    standby: Server

    @property
    def url(self) -> str:
        """The address of both, in the order that they were first made."""
        places = sorted(server.place for server in (self.primary, self.standby))
        return url_of(",".join(places))

    def replicate(self) -> None:
        """Make the standby anew, out of the primary as it is, and start it."""
        shutil.rmtree(self.standby.data, ignore_errors=True)
        where = ["-h", "127.0.0.1", "-p", self.primary.port, "-U", USER, "-D", self.standby.data]
        how = ["-R", "-X", "stream", "-c", "fast", "--no-sync"]
        self.primary.programs.run("pg_basebackup", *where, *how)
        _settle(self.standby, "reserv.conf")
        _settle(self.primary, "primar.conf")
        self.primary.tell("SELECT pg_reload_conf()")
        self.standby.start()
        until(self.is_followed, "the standby to be one that is waited for")

    def fail_over(self) -> None:
        """The primary has been killed: the standby takes its place."""
        assert self.standby.ask("SELECT pg_promote()") is True
        self.primary, self.standby = self.standby, self.primary

    def is_followed(self) -> bool:
        """Whether the primary waits for the standby."""
        waited_for = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        return self.primary.ask(waited_for) == 1


@contextmanager
def pair() -> Iterator[Pair]:
    """A server and its standby, running, with an empty database."""
    with fresh_state() as folder:
        primary = make_server(folder, "primar.conf")
        standby = Server(primary.programs, folder / "standby", free_port())
        made = Pair(primary, standby)
        try:
            primary.start().tell(f"CREATE DATABASE {DATABASE}", "postgres")
            made.replicate()
            yield made
        finally:
            primary.kill()
            standby.kill()
