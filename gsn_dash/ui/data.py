"""The figures in force, kept in memory for every page: the only caches of the program.

The watch calls `refresh` or `lost` from its own thread; pages read `current()`. No page asks
the database, so nothing waits for it while a slider moves, and the last figures stay when it
goes away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.frame import describe_banner, describe_foot, describe_occasion
from gsn_dash.store.read import Batch, Engine, read_batches, read_snapshot, read_version

Made = TypeVar("Made")
ZONE = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class Figures:
    """What the pages show: an occasion with its controls and imports, and how fresh it is.

    `snapshot` is None until figures have been read, or where the store has no occasion.
    `read_at` is when the database last answered; `problem` is why it does not now, or empty.
    """

    snapshot: Snapshot | None = None
    findings: tuple[Finding, ...] = ()
    batches: tuple[Batch, ...] = ()
    version: int | None = None
    read_at: datetime | None = None
    problem: str = ""


_lock = threading.Lock()
_figures = Figures()
_made: dict[tuple[int | None, str], object] = {}


def current() -> Figures:
    """The figures in force now; costs nothing."""
    return _figures


def refresh(engine: Engine) -> None:
    """Read what is new: one small query, and the figures only where a batch has come."""
    global _figures
    now = datetime.now(ZONE)
    version = read_version(engine)
    if version == _figures.version:
        fresh = replace(_figures, read_at=now, problem="")
    else:
        snapshot = read_snapshot(engine)
        findings = run_controls(snapshot) if snapshot else ()
        fresh = Figures(snapshot, findings, read_batches(engine), version, now)
    with _lock:
        _figures = fresh


def lost(sentence: str) -> None:
    """Keep the last figures and say, in one Swedish sentence, why there are no newer."""
    global _figures
    with _lock:
        _figures = replace(_figures, problem=sentence)


def status() -> tuple[str, bool]:
    """What tells an open page whether to draw itself again: version, and whether all is well."""
    return str(_figures.version), not _figures.problem


def frame_lines() -> tuple[str, str | None, tuple[str, ...]]:
    """The line above a page, the warning (or None), and the lines at its foot."""
    figures = current()
    if figures.snapshot is None:
        return "", None, ()
    banner = describe_banner(figures.problem, figures.read_at) if figures.problem else None
    foot = describe_foot(figures.snapshot, figures.findings)
    return describe_occasion(figures.snapshot.occasion), banner, foot


def kept(name: str, make: Callable[[], Made]) -> Made:
    """`make()` once for each version of the figures: pictures and tables that never change."""
    version = _figures.version
    key = (version, name)
    if key not in _made:
        for old in [held for held in _made if held[0] != version]:
            _made.pop(old, None)
        _made[key] = make()
    return _made[key]
