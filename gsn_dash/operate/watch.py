"""Keeps the way to the database open while the app runs."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from gsn_dash.operate.bounds import note_bounds
from gsn_dash.operate.prepare import (
    StoreUnavailable,
    addresses,
    explain,
    is_prepared,
    open_ways,
    prepare,
)
from gsn_dash.settings import Settings
from gsn_dash.store.engine import make_reader
from gsn_dash.store.rights import READER

STOP_SECONDS = 2
# A database that has been asked and says nothing for so long is told to be away.
SILENT_SECONDS = 6

log = logging.getLogger(__name__)


class StoreWatch:
    """A thread that calls `refresh(engine, reader)` again and again, and `lost(sentence)` when it
    cannot.

    `reader` leads to a standby where the address names one. Every round it does what is needed:
    starts the embedded server if it has died, prepares the database if that has not been possible
    before, and asks `refresh` to read what is new. `lost` gets one Swedish sentence, in every
    round that fails, and also when `refresh` has got no answer for `silent` seconds. Rounds are
    `every` seconds apart, or come sooner when `look` is called.
    """

    def __init__(
        self,
        settings: Settings,
        refresh: Callable[[Engine, Engine], None],
        lost: Callable[[str], None],
        every: float = 1.0,
        silent: float = SILENT_SECONDS,
    ) -> None:
        self._settings = settings
        self._refresh = refresh
        self._lost = lost
        self._every = every
        self._silent = silent
        self._stopping = threading.Event()
        self._called = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-watch", daemon=True)
        self._engine: Engine | None = None
        self._reader: Engine | None = None
        self._needs_preparing = not is_prepared(settings)
        self._said = ""

    def start(self) -> None:
        """Begin; the first round starts at once, and does not hold up the caller."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for the round that is under way, at most two seconds."""
        self._stopping.set()
        self.look()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def look(self) -> None:
        """Let the next round come now: somebody has heard of something new. From any thread."""
        self._called.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._round()
            self._called.wait(self._every)
            # Before the next round: what is called for while it reads may come too late for it.
            self._called.clear()
        self._let_go()

    def _round(self) -> None:
        try:
            if self._engine is None:
                self._open()
            with self._minded():
                self._refresh(self._engine, self._reader)
        except StoreUnavailable as problem:
            self._fail(problem.sentence, problem)
        except SQLAlchemyError as problem:
            self._fail(explain(problem, self._settings), problem)
        except Exception as problem:  # whatever it is, the watch must not end: nobody restarts it
            self._fail("Uppgifterna gick inte att läsa ur databasen; se loggen.", problem)
        else:
            self._said = ""

    def _open(self) -> None:
        if self._needs_preparing:
            prepare(self._settings, log.info)
            self._needs_preparing = False
        engine = open_ways(self._settings)
        note_bounds(self._settings, engine)
        self._engine = engine
        self._reader = make_reader(addresses(self._settings)[READER])

    @contextmanager
    def _minded(self) -> Iterator[None]:
        """While inside, somebody else tells if the database hangs: who waits for it cannot."""
        silence = explain(TimeoutError(), self._settings)
        alarm = threading.Timer(self._silent, self._lost, [silence])
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def _fail(self, sentence: str, problem: Exception) -> None:
        if sentence != self._said:  # said once, not once a second
            log.error("the database was lost: %s", sentence, exc_info=problem)
            self._said = sentence
        self._let_go()
        # What comes back may be another server, or an older copy: look it over anew.
        self._needs_preparing = True
        self._lost(sentence)

    def _let_go(self) -> None:
        for way in (self._engine, self._reader):
            if way is not None:
                way.dispose()
        self._engine = self._reader = None
