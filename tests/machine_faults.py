"""What can happen to the machine that the site stands on: its disk is full, its clock jumps."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deeds import large_import
from faults import FIGURES, Endured, ground
from harness import AppServer, free_port, fresh_state, surroundings, until
from meeting_client import Browser
from sqlalchemy import Engine

from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import StoreUnavailable, make_engine

FULL, CLOCK = "Disken är full", "Klockan hoppar fram ett år och tillbaka tre dagar"
_MEGABYTES = 300
_JUMPS = ("+400d", "-3d", "+0")


class NotRun(Exception):
    """This machine does not let it be tried; the text says why, in Swedish."""


def fill_disk() -> Endured:
    """An app with its own database on a small disk, which is full while somebody imports.

    Raises NotRun.
    """
    with fresh_state() as folder, _small_disk(folder / "disk") as disk:
        app = AppServer(surroundings(PORT=str(free_port()), GSN_STATE=str(disk / "state")))
        try:
            reader = Browser(int(app.wait_open().environ["PORT"]))
            until(lambda: reader.get(FIGURES).status == 200, "the figures")
            engine = make_engine(EmbeddedPostgres(disk / "state").ensure_running())
            return _import_on_full(reader, engine, disk / "filler")
        finally:
            engine.dispose()
            app.stop()


def _import_on_full(reader: Browser, engine: Engine, filler: Path) -> Endured:
    figures, work = reader.get(FIGURES).body, large_import(engine, 1)
    _fill(filler)
    began = time.monotonic()
    try:
        work()
        raise AssertionError("the import was kept on a full disk")
    except StoreUnavailable as refused:
        answered, sentence = time.monotonic() - began, refused.sentence
        assert "disk är full" in sentence
    assert reader.get(FIGURES).body == figures
    filler.unlink()
    began = time.monotonic()
    until(lambda: _works(engine), "the import, when there is room again")
    until(lambda: reader.get("/healthz").json["database"] == "ok", "the app to be well")
    return Endured(FULL, None, answered, time.monotonic() - began, sentence)


def _works(engine: Engine) -> bool:
    try:
        large_import(engine, 1)()
    except StoreUnavailable:
        return False
    return True


def _fill(filler: Path) -> None:
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(65_536))


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m,mode=755", "tmpfs", str(place)]
    try:
        subprocess.run(words, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise NotRun("en liten disk går inte att montera här (kräver root)") from problem
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def move_clock() -> Endured:
    """The clock of the app's machine jumps while a meeting goes on. Raises NotRun."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        raise NotRun("libfaketime finns inte på den här datorn")
    with fresh_state() as folder:
        clock = folder / "clock"
        clock.write_text("+0")
        moved = {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            # Only the clock on the wall jumps; the one that runs since the start does not.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        with ground(**moved) as made:
            figures, slowest = made.figures(), 0.0
            for jump in _JUMPS:
                clock.write_text(jump)
                began = time.monotonic()
                assert made.step().status == 200
                slowest = max(slowest, time.monotonic() - began)
                assert made.figures() == figures
                assert made.presenter.get("/healthz").json["database"] == "ok"
            return Endured(CLOCK, None, slowest, slowest, "")
