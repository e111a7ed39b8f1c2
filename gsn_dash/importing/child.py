"""Ask the child process that reads files, and end it where it takes too long."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from gsn_dash.ingest.cells import FileRefused

LIMIT_SECONDS = 20
# Each file takes a processor and up to 2 GiB while it is read: the meetings are to have the rest.
MOST_AT_ONCE = 2
WAIT_SECONDS = 10
READING = BoundedSemaphore(MOST_AT_ONCE)
_BUSY = "Servern läser redan andra filer, så den här lästes inte; vänta en stund och försök igen."
_PROJECT = Path(__file__).resolve().parents[2]
_BROKEN = (
    "Filen gick inte att läsa: den är skadad, eller gjord på ett sätt som programmet inte känner."
    " Öppna den i ett kalkylprogram, spara om den som xlsx och försök igen."
)
log = logging.getLogger(__name__)


def ask_child(
    task: str, *arguments: Any, seconds: float = LIMIT_SECONDS, wait: float = WAIT_SECONDS
) -> Any:
    """What a task of `worker.TASKS` gives, from a process of its own.

    Raises FileRefused: as the task does, where `MOST_AT_ONCE` others are still being read after
    `wait` seconds, where the process has not answered after `seconds`, when it is killed, or has
    died.
    """
    command = [sys.executable, "-m", "gsn_dash.importing.worker"]
    asked = pickle.dumps((task, arguments), pickle.HIGHEST_PROTOCOL)
    try:
        with _turn(wait):
            ended = subprocess.run(
                command, input=asked, capture_output=True, cwd=_PROJECT, timeout=seconds
            )
    except subprocess.TimeoutExpired:
        raise FileRefused(
            f"Filen tog mer än {seconds} sekunder att läsa, så läsningen avbröts och inget"
            " sparades. Dela upp den, eller spara bara de blad som behövs."
        ) from None
    if ended.returncode != 0:
        log.error("the reading of a file broke: %s", ended.stderr.decode("utf-8", "replace"))
        raise FileRefused(_BROKEN)
    kind, answer = pickle.loads(ended.stdout)
    if kind == "refused":
        raise FileRefused(answer)
    return answer


@contextmanager
def _turn(wait: float) -> Iterator[None]:
    """One of the places of those who read at once. Raises FileRefused where none comes free."""
    if not READING.acquire(timeout=wait):
        raise FileRefused(_BUSY)
    try:
        yield
    finally:
        READING.release()
