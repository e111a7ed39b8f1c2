"""The child process that reads what somebody has sent: python -m gsn_dash.importing.worker.

What it is to do comes pickled on stdin, what came of it goes pickled to stdout. It may use so much
memory and no more, and dies by itself where nobody is left to kill it.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from gsn_dash.ingest.cells import FileRefused, Workbook
from gsn_dash.ingest.opened import Choices, Known, Opened, ReadFile, open_file, read_opened

SHOWN_ROWS = 60
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 30
_TOO_BIG = (
    "Filen är för stor packad: den ryms inte i minnet. Dela upp den, eller spara bara de blad som"
    " behövs."
)


def open_shown(name: str, content: bytes) -> Opened:
    """The file opened, with no more rows of its sheets than a page shows."""
    opened = open_file(name, content)
    return replace(opened, workbook=_shortened(opened.workbook))


def read_again(opened: Opened, choices: Choices, known: Known) -> ReadFile:
    """Read the whole of a file that was opened before."""
    return read_opened(open_file(opened.name, opened.content), choices, known)


TASKS: dict[str, Callable[..., Any]] = {"open": open_shown, "read": read_again}


def _shortened(workbook: Workbook | None) -> Workbook | None:
    if workbook is None:
        return None
    sheets = tuple(replace(sheet, rows=sheet.rows[:SHOWN_ROWS]) for sheet in workbook.sheets)
    return replace(workbook, sheets=sheets)


def _answer(asked: bytes) -> tuple[str, Any]:
    """ "answer" and what came of it, or "refused" and the sentence."""
    name, arguments = pickle.loads(asked)
    try:
        return "answer", TASKS[name](*arguments)
    except FileRefused as refused:
        return "refused", str(refused)
    except MemoryError:
        return "refused", _TOO_BIG


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer one question."""
    _limit()
    # What others print must not get in among the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with answers:
        pickle.dump(_answer(sys.stdin.buffer.read()), answers, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
