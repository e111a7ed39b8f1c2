"""The figures in force, kept in memory for every page: the only caches of the program.

The watch calls `refresh` or `lost` from its own thread; pages read `current()`. No page asks
the database for the latest figures, so nothing waits for it while a slider moves, and the last
figures stay when it goes away. An earlier occasion is read when somebody first asks for it
(`figures_of`), and the line over all of them likewise (`series`); both are kept for the version
in force. What visitors keep (scenarios) is read and written through `engine()`; figures are read
through a standby where there is one and it has come as far.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex
from typing import TypeVar
from zoneinfo import ZoneInfo

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.over_time import Moment, followed_refs, moments_of
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import hold
from gsn_dash.present.frame import describe_banner, describe_foot
from gsn_dash.store.answers import Answer, read_answers
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.history import read_history
from gsn_dash.store.occasions import (
    OccasionLine,
    list_collaborations,
    list_occasions,
    read_series,
)
from gsn_dash.store.read import Batch, Engine, read_batches, read_snapshot, read_version
from gsn_dash.store.trouble import told_of

ZONE = ZoneInfo("Europe/Stockholm")
# Tells this process from every other: a page that one has drawn, no other one knows.
APP = token_hex(8)
# The earlier occasions that are kept in memory, those that were asked for last.
MOST_KEPT = 8
_AWAY = (
    "Databasen svarar inte, så det valda tillfället går inte att visa just nu; välj ett annat"
    " eller försök igen om en stund.",
    "Databasen lämnar inte ut det valda tillfället; den som sköter databasen ser varför i loggen.",
)

Place = tuple[int, int]
Read = TypeVar("Read")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figures:
    """What the pages show: an occasion with its controls, their answers, imports and earlier
    forecasts, and how fresh it is.

    `snapshot` is None until figures have been read, or where the store has no occasion.
    `occasions` are all that can be chosen, newest first; `answers` are by a finding's key.
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
    occasions: tuple[OccasionLine, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def place(self) -> Place | None:
        """The year and number of the occasion; None where there is none."""
        return _place_of(self.snapshot) if self.snapshot else None

    @property
    def is_latest(self) -> bool:
        """Whether no later occasion is in force."""
        return self.place in (None, *_places(self.occasions[:1]))

    @property
    def status(self) -> tuple[str, bool]:
        """What tells an open page whether to draw itself again: version, and if all is well."""
        return str(self.version), not self.problem


_lock = threading.Lock()
# Held while an earlier occasion is read: who asks for the same one meanwhile waits for it.
_reading = threading.Lock()
_figures = Figures()
_engine: Engine | None = None
_reader: Engine | None = None
# Earlier occasions of the version in force, the one that was asked for last at the end.
_earlier: OrderedDict[Place, Figures] = OrderedDict()
# What is followed over time, with the version that it is of.
_series: tuple[Hashable, tuple[Moment, ...]] | None = None


def current() -> Figures:
    """The figures of the latest occasion, in force now; costs nothing."""
    return _figures


def engine() -> Engine | None:
    """The way to the database that last answered, for what is kept there beside the figures.

    None while it does not. It is the watch's own, so nobody else may dispose of it.
    """
    return _engine


def figures_of(place: Place) -> Figures | None:
    """The figures of the occasion (year, number), in force now; None where there is none.

    The latest, and those that were asked for last, cost nothing; another one is read. Raises
    StoreUnavailable where that cannot be done.
    """
    now = current()
    if now.place == place:
        return now
    found = _kept_of(place)
    if found is None and place in _places(now.occasions):
        with _reading:
            found = _kept_of(place) or _read_earlier(place)
    return found and replace(found, read_at=now.read_at, problem=now.problem)


def _kept_of(place: Place) -> Figures | None:
    with _lock:
        found = _earlier.get(place)
        if found is not None:
            _earlier.move_to_end(place)
        return found


def _read_earlier(place: Place) -> Figures | None:
    """Read an occasion and keep it, unless the figures have moved on meanwhile."""
    now = current()
    with told_of(*_AWAY):
        snapshot, answers = _read_as_of(
            now.version, engine(), _reader, lambda way: _read_one(way, place)
        )
    if snapshot is None:
        return None
    found = replace(now, snapshot=snapshot, findings=run_controls(snapshot), answers=answers)
    with _lock:
        if _figures.version == now.version:
            _earlier[place] = found
            while len(_earlier) > MOST_KEPT:
                _earlier.popitem(last=False)
    _hold_all()
    return found


def _read_one(way: Engine, place: Place) -> tuple[Snapshot | None, Mapping[str, Answer]]:
    snapshot = read_snapshot(way, place)
    return snapshot, read_answers(way, place) if snapshot else {}


def _read_as_of(
    version: Hashable, way: Engine | None, standby: Engine | None, read: Callable[[Engine], Read]
) -> Read:
    """What is read through the standby if it has come as far as `version`, else as it was written.

    Raises StoreUnavailable where neither can be read by, and what SQLAlchemy raises.
    """
    if standby is not None:
        try:
            with told_of(*_AWAY):
                if read_version(standby) == version:
                    return read(standby)
        except StoreUnavailable:
            log.info("The standby is passed over.")
    if way is None:
        raise StoreUnavailable(_AWAY[0])
    return read(way)


def series() -> tuple[Moment, ...]:
    """What is followed over time, oldest occasion first; read once for the version in force.

    Raises StoreUnavailable where it cannot be read.
    """
    now = current()
    found = _kept_series(now.version)
    if found is None:
        with _reading:
            found = _kept_series(now.version)
            return _read_series(now) if found is None else found
    return found


def _kept_series(version: Hashable) -> tuple[Moment, ...] | None:
    held = _series
    return held[1] if held is not None and held[0] == version else None


def _read_series(now: Figures) -> tuple[Moment, ...]:
    global _series
    codes = now.snapshot.municipalities if now.snapshot else ()

    def read(way: Engine) -> tuple[Moment, ...]:
        return moments_of(read_series(way, followed_refs(list_collaborations(way), codes)))

    with told_of(*_AWAY):
        found = _read_as_of(now.version, engine(), _reader, read)
    _series = (now.version, found)
    return found


def refresh(engine: Engine, reader: Engine | None = None) -> None:
    """Read what is new: one small query, and the figures only where a batch has come.

    `engine` is asked which figures are in force, so that what somebody has just kept is what they
    are shown; they are read through `reader`, a standby that may lag, where it has them.
    """
    global _figures, _engine, _reader
    now = datetime.now(ZONE)
    version = read_version(engine)
    fresh = None
    if version != _figures.version:
        fresh = _read_as_of(version, engine, reader, lambda way: _read(way, version, now))
    with _lock:
        if fresh is not None:
            _earlier.clear()
        _figures = fresh or replace(_figures, read_at=now, problem="")
        _engine, _reader = engine, reader
    _hold_all()


def _hold_all() -> None:
    """What is made of these occasions is kept, and of no other."""
    with _lock:
        held = (_figures, *_earlier.values())
        hold(figures.snapshot for figures in held if figures.snapshot)


def _read(engine: Engine, version: Hashable, now: datetime) -> Figures:
    snapshot = read_snapshot(engine)
    findings = run_controls(snapshot) if snapshot else ()
    # A batch that came while this was read belongs to the next round, with its figures.
    newest = snapshot.batch if snapshot else None
    batches = tuple(b for b in read_batches(engine) if newest is None or b.id <= newest)
    return Figures(
        snapshot=snapshot,
        findings=findings,
        batches=batches,
        history=read_history(engine),
        version=version,
        read_at=now,
        occasions=list_occasions(engine),
        answers=read_answers(engine, _place_of(snapshot)) if snapshot else {},
    )


def _places(occasions: tuple[OccasionLine, ...]) -> tuple[Place, ...]:
    return tuple((line.year, line.number) for line in occasions)


def _place_of(snapshot: Snapshot) -> Place:
    return snapshot.occasion.year, snapshot.occasion.number


def lost(sentence: str) -> None:
    """Keep the last figures and say, in one Swedish sentence, why there are no newer."""
    global _figures, _engine, _reader
    with _lock:
        _figures = replace(_figures, problem=sentence)
        _engine = _reader = None


def status() -> tuple[str, bool]:
    """The status of the figures in force now, for those who ask without a page."""
    return _figures.status


def frame_lines(figures: Figures) -> tuple[str | None, tuple[str, ...]]:
    """The warning above a page (or None), and the lines at its foot."""
    if figures.snapshot is None:
        return None, ()
    banner = describe_banner(figures.problem, figures.read_at) if figures.problem else None
    return banner, describe_foot(figures.snapshot, figures.findings)
