"""Where the files come from: the figures that are asked for, and what has been made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import anyio
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from gsn_dash.domain.over_time import Moment
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.publish.answering import NotFound, NotNow, Published, refuse, send
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui.data import Figures, Place
from gsn_dash.ui.state.chosen_occasion import PARAMETER, read_place

# What the address of a file calls the occasion that another one is held against.
AGAINST = "mot"
_EMPTY = "Databasen har inga uppgifter än; försök igen när de har lästs in."
_AWAY = "Databasen svarar inte just nu; försök igen om en stund."
# A file takes a processor for a moment: the meetings are to have the others.
_AT_ONCE = 2


@dataclass(frozen=True)
class Given:
    """The ways to the figures in force, those of an occasion, all occasions, and the database."""

    current: Callable[[], Figures]
    figures_of: Callable[[Place], Figures | None]
    series: Callable[[], Sequence[Moment]]
    engine: Callable[[], Engine | None]


class Shelf:
    """Makes files off the event loop, a few at once, and keeps those of the figures in force."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._threads = anyio.CapacityLimiter(_AT_ONCE)

    async def answer(
        self,
        request: Request,
        make: Callable[[Request], Published],
        is_open: bool = False,
        as_json: bool = False,
    ) -> Response:
        """The file that `make` makes in a thread, or in a sentence why there is none."""
        try:
            made = await anyio.to_thread.run_sync(partial(make, request), limiter=self._threads)
        except NotFound as problem:
            return refuse(404, str(problem), as_json)
        except NotNow as problem:
            return refuse(503, str(problem), as_json)
        except StoreUnavailable as problem:
            return refuse(503, problem.sentence, as_json)
        return send(request, made, is_open)

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

    def keep(self, snapshot: Snapshot, name: str, make: Callable[[], Published]) -> Published:
        """`make()`, once for a snapshot in force."""
        return kept(snapshot, f"file {name}", make)
