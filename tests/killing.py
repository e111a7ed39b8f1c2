"""Kill -9 whoever does something, wherever he is in it: it is done whole, or it is not done.

One shape for all that is kept. A deed has a number, which all of what it writes says, so that
what is in force tells which deed was done last, and whether all of it was. It is done by a
process of its own, which says when the database has told it that it is kept.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil
from harness import await_end_of_work, surroundings, until
from preloaded import FORGE, begin
from sqlalchemy import Engine

from gsn_dash.settings import PROJECT

_PATIENCE = 60


class Doer(Protocol):
    """A process that does a deed."""

    def begin(self) -> None:
        """Let it set out."""

    def finish(self) -> None:
        """Wait until it has done it. Fails where it could not."""

    def kill(self) -> bool:
        """Kill it, and what it has started; whether it had said that the deed was kept."""


@dataclass(frozen=True)
class Deed:
    """`name` in Swedish; what makes a doer, by the address of the database and the number; and
    what tells the number in force, and fails where a deed is there in part."""

    name: str
    doer: Callable[[str, int], Doer]
    shown: Callable[[Engine], int]


@dataclass(frozen=True)
class Killed:
    """How many were killed, how many of them had done it, and how many of those had said so."""

    name: str
    killed: int
    done: int
    told: int


def drive(engine: Engine, deed: Deed, count: int, seed: int) -> Killed:
    """Do it once in peace, then kill `count` who do it, at moments that are drawn by lot.

    Raises AssertionError where a deed is there in part, where one that was told is not there, and
    where somebody is left behind.
    """
    chance, url = random.Random(seed), _url(engine)
    first = deed.shown(engine) + 1
    longest = _whole(deed, url, first)
    before, done, told = deed.shown(engine), 0, 0
    assert before == first, "the one in peace was not done"
    for number in range(first + 1, first + 1 + count):
        was_told = _kill_one(deed, url, number, chance.uniform(0, 2 * longest))
        await_end_of_work(engine)
        shown = deed.shown(engine)
        assert shown in (before, number), f"{shown} is neither the one before nor this, {number}"
        assert shown == number or not was_told, f"{number} was told and {shown} is there"
        before, done, told = shown, done + (shown == number), told + was_told
    return Killed(deed.name, count, done, told)


def _whole(deed: Deed, url: str, number: int) -> float:
    """Seconds that it takes when nobody is killed."""
    doer = deed.doer(url, number)
    began = time.monotonic()
    doer.begin()
    doer.finish()
    return time.monotonic() - began


def _kill_one(deed: Deed, url: str, number: int, seconds: float) -> bool:
    """Let one begin and kill it; whether it had said that it was done."""
    doer = deed.doer(url, number)
    doer.begin()
    time.sleep(seconds)  # the moment is what is drawn by lot
    return doer.kill()


class Split:
    """A doer that gets ready first, and is killed only while it does the deed.

    `make_ready(engine, number)` gives what does it.
    """

    def __init__(self, make_ready: Callable, url: str, number: int) -> None:
        self._wire, theirs = FORGE.Pipe()
        self._process = FORGE.Process(target=_perform, args=(make_ready, url, number, theirs))
        begin(self._process)
        theirs.close()
        self._hear("ready")

    def begin(self) -> None:
        self._wire.send("begin")

    def finish(self) -> None:
        self._hear("kept")
        self._end()

    def kill(self) -> bool:
        self._process.kill()
        self._process.join()
        assert self._process.exitcode in (0, -signal.SIGKILL), "it failed by itself"
        try:
            told = self._wire.poll() and self._wire.recv() == "kept"
        except (EOFError, ConnectionResetError):
            told = False
        self._end()
        return told

    def _hear(self, wanted: str) -> None:
        assert self._wire.poll(_PATIENCE) and self._wire.recv() == wanted

    def _end(self) -> None:
        self._process.join()
        self._process.close()
        self._wire.close()


def _perform(make_ready: Callable, url: str, number: int, wire) -> None:
    from gsn_dash.store.engine import make_engine

    with closing(wire):
        work = make_ready(make_engine(url), number)
        wire.send("ready")
        wire.recv()
        work()
        wire.send("kept")


class Program:
    """A doer that is a program of ours, killed wherever it is, also while it starts."""

    def __init__(self, url: str, *words: str) -> None:
        self._words = words
        self._url = url

    def begin(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gsn_dash", *self._words],
            cwd=Path(PROJECT),
            env=surroundings(DATABASE_URL=self._url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self) -> None:
        said, complained = self._process.communicate()
        assert self._process.returncode == 0, said + complained

    def kill(self) -> bool:
        children = psutil.Process(self._process.pid).children(recursive=True)
        has_ended = self._process.poll() == 0
        self._process.kill()
        _, complained = self._process.communicate()
        assert self._process.returncode in (0, -signal.SIGKILL), complained
        until(lambda: not any(map(_lives, children)), "the children of who was killed")
        return has_ended


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _url(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
