"""An app that is there at once: a fork of a process that has imported what the app needs.

For tests of what a running app does; those of how it starts, and how it ends, run the program.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from secrets import token_hex
from types import ModuleType
from typing import TextIO

from gsn_dash.settings import PROJECT

OTHERS = (
    *("uvicorn", "streamlit.web.bootstrap", "streamlit.runtime.pages_manager", "openpyxl"),
    *("pytest", "playwright.sync_api"),  # which a test process itself has imported
)
# What has __ in its name is run, not imported; a migration is run where it is needed.
MODULES = (
    ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    for path in sorted((PROJECT / "gsn_dash").rglob("*.py"))
    if "__" not in path.name and "migrations" not in path.parts
)
# A process that has imported all of it, and splits itself: there is one for a test process.
FORGE = multiprocessing.get_context("forkserver")
FORGE.set_forkserver_preload([*OTHERS, *MODULES])


def begin(process: multiprocessing.process.BaseProcess) -> None:
    """Start it without the main program, which it would run: a page's, after a test of pages."""
    kept, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = kept


class Fork:
    """A running `serve`, with what the tests ask of a subprocess.Popen."""

    def __init__(self, arguments: tuple[str, ...], environ: dict[str, str]) -> None:
        self.stdout, said = _pipe()
        self.stderr, complained = _pipe()
        started = (("serve", *arguments), environ, said, complained)
        self._process = FORGE.Process(target=_run, args=started)
        begin(self._process)
        self.pid = self._process.pid
        said.close()
        complained.close()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    poll = returncode.fget

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def communicate(self, timeout: float) -> tuple[str, str]:
        """What it says till its end."""
        said, complained = self.stdout.read(), self.stderr.read()
        self._process.join(timeout)
        return said, complained


def _pipe() -> tuple[TextIO, Connection]:
    """A text file to read from, and what another process writes to it through."""
    reader, writer = FORGE.Pipe(duplex=False)
    with reader:
        return os.fdopen(os.dup(reader.fileno()), encoding="utf-8"), writer


def _run(
    arguments: tuple[str, ...], environ: Mapping[str, str], said: Connection, wrong: Connection
) -> None:
    os.dup2(said.fileno(), 1)
    os.dup2(wrong.fileno(), 2)
    said.close()
    wrong.close()
    os.chdir(PROJECT)
    os.environ.clear()
    os.environ.update(environ)
    from gsn_dash.__main__ import main
    from gsn_dash.ui import data

    data.APP = token_hex(8)  # the name of one process, which was drawn before the fork
    sys.exit(main(list(arguments)))
