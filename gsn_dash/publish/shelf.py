"""Where the files come from: the figures that are asked for, and what has been made of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

import anyio
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from gsn_dash.domain.over_time import Moment
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.publish.answering import NotFound, NotNow, Published, refuse, send
from gsn_dash.publish.kept_files import KeptFiles
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui.data import Figures, Place
from gsn_dash.ui.state.chosen_occasion import PARAMETER, read_place

# What the address of a file calls the occasion that another one is held against.
AGAINST = "mot"
_EMPTY = "Databasen har inga uppgifter än; försök igen när de har lästs in."
_AWAY = "Databasen svarar inte just nu; försök igen om en stund."
# A file takes a processor for a moment: the meetings are to have the others.
AT_ONCE = 2
# Whoever comes when so many wait already is told to come back, instead of waiting for minutes.
MOST_WAITING = 60
_BUSY = "Många hämtar filer just nu; försök igen om en stund."
# An earlier occasion is read for its files alone: what has been made of it is worth more than
# what it was made of, which the pages need the room for.
_KEPT_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class Given:
    """The ways to the figures in force, those of an occasion, all occasions, and the database."""

    current: Callable[[], Figures]
    figures_of: Callable[[Place], Figures | None]
    series: Callable[[], Sequence[Moment]]
    engine: Callable[[], Engine | None]


class Shelf:
    """Makes files off the event loop, a few at once, and keeps what it has made."""

    def __init__(self, given: Given) -> None:
        self._given = given
        # Those whose file is being made, and those who wait for that. Only the event loop counts.
        self._asked = 0
        self._threads = anyio.CapacityLimiter(AT_ONCE)
        self._kept = KeptFiles(_KEPT_BYTES)

    async def answer(
        self,
        request: Request,
        make: Callable[[Request], Published],
        is_open: bool = False,
        as_json: bool = False,
        keeps: bool = True,
    ) -> Response:
        """The file that `make` makes in a thread, or in a sentence why there is none.

        Where it `keeps` it, `make` is asked once for the figures in force and an address.
        """
        name = self._name(request) if keeps else None
        made = self._kept.find(name) if name else None
        if made is not None:
            return send(request, made, is_open)
        if self._asked >= AT_ONCE + MOST_WAITING:
            return refuse(503, _BUSY, as_json)
        self._asked += 1
        try:
            made = await anyio.to_thread.run_sync(partial(make, request), limiter=self._threads)
        except NotFound as problem:
            return refuse(404, str(problem), as_json)
        except NotNow as problem:
            return refuse(503, str(problem), as_json)
        except StoreUnavailable as problem:
            return refuse(503, problem.sentence, as_json)
        finally:
            self._asked -= 1
        if name and name == self._name(request):
            self._kept.keep(name, made)
        return send(request, made, is_open)

    def _name(self, request: Request) -> Hashable | None:
        """What a file is kept by: the figures, the address and the occasions that it names."""
        version, said = self._given.current().version, request.query_params
        if version is None:
            return None
        asked = (said.get(PARAMETER, ""), said.get(AGAINST, ""))
        return version, request.scope["path"], *(text and read_place(text) for text in asked)

    def figures(self, request: Request) -> Figures:
        """The figures of the occasion in the address, else the latest; with a snapshot.

        Raises NotFound, NotNow and StoreUnavailable.
        """
        now = self._given.current()
        if now.snapshot is None:
            raise NotNow(now.problem or _EMPTY)
        said = request.query_params.get(PARAMETER, "")
        return self._find(said) if said else now

    def compared(self, request: Request) -> Snapshot | None:
        """The occasion that the address holds the figures against; None where it names none.

        Raises NotFound and StoreUnavailable.
        """
        said = request.query_params.get(AGAINST, "")
        return self._find(said).snapshot if said else None

    def series(self) -> Sequence[Moment]:
        """What is followed over occasions, oldest first. Raises StoreUnavailable."""
        return self._given.series()

    def _find(self, said: str) -> Figures:
        place = read_place(said)
        found = self._given.figures_of(place) if place else None
        if found is None or found.snapshot is None:
            raise NotFound(f"Det finns inget tillfälle ”{said[:20]}”; skriv till exempel 2023-2.")
        return found

    def latest(self) -> Figures:
        """The figures in force, with or without a snapshot."""
        return self._given.current()

    def engine(self) -> Engine:
        """The way to the database. Raises NotNow."""
        engine = self._given.engine()
        if engine is None:
            raise NotNow(_AWAY)
        return engine
