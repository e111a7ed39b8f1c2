"""The figures in force, kept in memory for every page: the only caches of the program.

The watch calls `refresh` or `lost` from its own thread; pages read `current()`. No page asks
the database for figures, so nothing waits for it while a slider moves, and the last figures stay
when it goes away. What visitors keep (scenarios) is read and written through `engine()`.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import hold
from gsn_dash.present.frame import describe_banner, describe_foot, describe_occasion
from gsn_dash.store.history import read_history
from gsn_dash.store.read import Batch, Engine, read_batches, read_snapshot, read_version

ZONE = ZoneInfo("Europe/Stockholm")
# Tells this process from every other: a page that one has drawn, no other one knows.
APP = token_hex(8)


@dataclass(frozen=True)
class Figures:
    """What the pages show: an occasion with its controls, imports and earlier forecasts, and how
    fresh it is.

    `snapshot` is None until figures have been read, or where the store has no occasion.
    `version` names what the store held, and can only be compared; None before it has been read.
    `read_at` is when the database last answered; `problem` is why it does not now, or empty.
    """

    snapshot: Snapshot | None = None
    findings: tuple[Finding, ...] = ()
    batches: tuple[Batch, ...] = ()
    history: tuple[PastForecast, ...] = ()
    version: Hashable = None
    read_at: datetime | None = None
    problem: str = ""

    @property
    def status(self) -> tuple[str, bool]:
        """What tells an open page whether to draw itself again: version, and if all is well."""
        return str(self.version), not self.problem


_lock = threading.Lock()
_figures = Figures()
_engine: Engine | None = None


def current() -> Figures:
    """The figures in force now; costs nothing."""
    return _figures


def engine() -> Engine | None:
    """The way to the database that last answered, for what is kept there beside the figures.

    None while it does not. It is the watch's own, so nobody else may dispose of it.
    """
    return _engine


def refresh(engine: Engine) -> None:
    """Read what is new: one small query, and the figures only where a batch has come."""
    global _figures, _engine
    now = datetime.now(ZONE)
    version = read_version(engine)
    fresh = None if version == _figures.version else _read(engine, version, now)
    with _lock:
        _figures = fresh or replace(_figures, read_at=now, problem="")
        _engine = engine
    hold([_figures.snapshot] if _figures.snapshot else [])


def _read(engine: Engine, version: Hashable, now: datetime) -> Figures:
    snapshot = read_snapshot(engine)
    findings = run_controls(snapshot) if snapshot else ()
    # A batch that came while this was read belongs to the next round, with its figures.
    newest = snapshot.batch if snapshot else None
    batches = tuple(b for b in read_batches(engine) if newest is None or b.id <= newest)
    return Figures(snapshot, findings, batches, read_history(engine), version, now)


def lost(sentence: str) -> None:
    """Keep the last figures and say, in one Swedish sentence, why there are no newer."""
    global _figures, _engine
    with _lock:
        _figures = replace(_figures, problem=sentence)
        _engine = None


def status() -> tuple[str, bool]:
    """The status of the figures in force now, for those who ask without a page."""
    return _figures.status


def frame_lines(figures: Figures) -> tuple[str, str | None, tuple[str, ...]]:
    """The line above a page, the warning (or None), and the lines at its foot."""
    if figures.snapshot is None:
        return "", None, ()
    banner = describe_banner(figures.problem, figures.read_at) if figures.problem else None
    foot = describe_foot(figures.snapshot, figures.findings)
    return describe_occasion(figures.snapshot.occasion), banner, foot
