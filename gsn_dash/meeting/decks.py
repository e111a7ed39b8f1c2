"""The decks that are shown: composed once each, in a thread of their own, and kept packed."""

from __future__ import annotations

import gzip
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meetings import Meeting

# Some 30 kB each; more than anybody looks at within the time that a meeting is remembered.
KEPT_DECKS = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Deck:
    """All views of a meeting as JSON, packed with gzip; `hash` names just this content.

    `batch` is the import that its figures are as of.
    """

    hash: str
    batch: int
    packed: bytes

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.packed)


def pack(content: dict, batch: int) -> Deck:
    """The deck of a content that JSON can hold."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Deck(sha256(plain).hexdigest()[:16], batch, gzip.compress(plain, 6, mtime=0))


class Recipe(Protocol):
    """How a meeting's deck is made. Both may ask the database, and raise what it raises."""

    def mark(self, engine: Engine, meeting: Meeting) -> Hashable:
        """What the deck depends on, cheaply; None while there is nothing to make one of."""
        ...

    def make(self, engine: Engine, meeting: Meeting) -> Deck:
        """The deck, at length."""
        ...


class Decks:
    """Makes the decks that are wanted, one at a time, and keeps the latest of them.

    `made` is called, in the thread that composes, with the code of a meeting and its deck, None
    where none can be made; again each time that it is wanted.
    """

    def __init__(self, recipe: Recipe, made: Callable[[str, Deck | None], None]) -> None:
        self._recipe = recipe
        self._made = made
        self._lock = threading.Lock()
        self._wanted: dict[str, tuple[Engine, Meeting]] = {}
        # Touched by the thread that composes alone.
        self._marks: OrderedDict[str, tuple[Hashable, Deck | None]] = OrderedDict()
        self._kept: OrderedDict[str, Deck] = OrderedDict()
        self._is_working = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meeting-decks")

    def find(self, hash: str) -> Deck | None:
        """The deck with this content, if it is one of the latest that have been made."""
        with self._lock:
            deck = self._kept.get(hash)
            if deck is not None:
                self._kept.move_to_end(hash)
            return deck

    def want(self, engine: Engine, meeting: Meeting) -> None:
        """See to it, in a while, that the meeting's deck is of what is so by now."""
        with self._lock:
            self._wanted[meeting.code] = (engine, meeting)
            if self._is_working:
                return
            self._is_working = True
        self._thread.submit(self._work)

    def stop(self) -> None:
        """Make no more."""
        with self._lock:
            self._wanted.clear()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._is_working = False
                    return
                engine, meeting = self._wanted.pop(next(iter(self._wanted)))
            try:
                self._renew(engine, meeting)
            except (StoreUnavailable, SQLAlchemyError) as problem:
                # The database may be away: it is wanted again in a second.
                log.info("the views of meeting %s wait: %s", meeting.code, problem)
            except Exception:  # whatever it is, the other meetings go on
                log.exception("the views of meeting %s were not looked after", meeting.code)

    def _renew(self, engine: Engine, meeting: Meeting) -> None:
        mark = self._recipe.mark(engine, meeting)
        known = self._marks.get(meeting.code)
        if mark is None:
            return
        if known is None or known[0] != mark:
            known = (mark, self._make(engine, meeting))
        _put(self._marks, meeting.code, known)
        if known[1] is not None:
            # What is shown is to be found, however many others have been made since.
            with self._lock:
                _put(self._kept, known[1].hash, known[1])
        self._made(meeting.code, known[1])

    def _make(self, engine: Engine, meeting: Meeting) -> Deck | None:
        """The deck; None, told in the log, where the figures are such that none can be made.

        Raises what the database raises.
        """
        try:
            return self._recipe.make(engine, meeting)
        except (StoreUnavailable, SQLAlchemyError):
            raise
        except Exception:  # whatever it is, it is not to be tried anew once a second
            log.exception("the views of meeting %s cannot be made", meeting.code)
            return None


def _put(kept: OrderedDict, key: str, value: object) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > KEPT_DECKS:
        kept.popitem(last=False)
