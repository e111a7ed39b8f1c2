"""The note that a running server leaves in its data folder, and whether it is true."""

import logging
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

# The name that PostgreSQL gives its socket on the default port.
SOCKET_NAME = ".s.PGSQL.5432"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Postmaster:
    """A live server: its process, and the folder of its socket once it has told."""

    pid: int
    socket: Path | None


def find_postmaster(data: Path) -> Postmaster | None:
    """The live server of the data folder, or None.

    A process that is dead, is a zombie, or has got the number of a server that died is no
    server.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].isdigit() or not _serves(int(lines[0]), data):
        return None
    told = len(lines) >= 5 and lines[4] != ""
    return Postmaster(int(lines[0]), Path(lines[4]) if told else None)


def _serves(pid: int, data: Path) -> bool:
    try:
        process = psutil.Process(pid)
        words = process.cmdline()
        alive = process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
    if not alive or not words or Path(words[0]).name != "postgres":
        return False
    try:
        # A server stands in its data folder, and is found there even if the folder was moved.
        return os.path.samefile(process.cwd(), data)
    except (psutil.Error, OSError):
        # Another user's working folder may be hidden from us; the command line is not.
        return str(data) in words


def remove_stale_notes(data: Path, socket: Path) -> None:
    """Remove what a dead server left in its data folder and beside its socket.

    The next server judges only whether some process has the number in the note, so that it
    can refuse to start for the sake of a stranger, or of a dead child that nobody buried.
    """
    if find_postmaster(data) is not None:
        return
    for note in (data / "postmaster.pid", socket / f"{SOCKET_NAME}.lock"):
        if note.exists():
            log.warning("removing %s, which no live server stands behind", note)
            note.unlink(missing_ok=True)


def stop_postmaster(pid: int, seconds: float) -> None:
    """Stop a server: politely, then at once, then by force, `seconds` for each step.

    The caller reaps the process if it is a child. A server stopped by force mends itself
    at its next start.
    """
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            process = psutil.Process(pid)
            os.kill(pid, number)
            process.wait(timeout=seconds)
        except (psutil.NoSuchProcess, ProcessLookupError):
            return
        except psutil.TimeoutExpired:
            log.warning("postgres %s did not heed signal %s", pid, number)
        else:
            return
