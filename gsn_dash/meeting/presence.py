"""Which processes serve, and which browsers follow what in each of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from gsn_dash.store.app_places import AppPlace, leave_place, read_places, report_place

# A process is taken for dead when it has not been heard of for 15 seconds.
REPORT_SECONDS = 5
# Fifty who come at once are told of a few times and not fifty.
SETTLE_SECONDS = 0.3

Following = dict[str, list[str]]


@dataclass(frozen=True)
class Here:
    """This process: the address it serves, and the token that tells it from the one before it."""

    place: str
    token: str


class Presence:
    """Tells the other processes who follows here, and hears from them. Used by one thread."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._places: tuple[AppPlace, ...] | None = None
        self._reported: Following | None = None
        self._reported_at = float("-inf")

    @property
    def apps(self) -> tuple[str, ...]:
        """The tokens of all processes that serve; none until the others have been asked for."""
        if self._places is None:
            return ()
        return tuple(sorted({self._here.token, *(place.token for place in self._places)}))

    def followers(self, code: str) -> frozenset[str]:
        """The marks of the browsers that follow a meeting, in all processes."""
        places = self._places or ()
        return frozenset(mark for place in places for mark in place.following.get(code, ()))

    def seconds_left(self, now: float, following: Following) -> float:
        """How long until `tell` has something to do."""
        wait = REPORT_SECONDS if following == self._reported else SETTLE_SECONDS
        return max(0.0, self._reported_at + wait - now)

    def tell(self, engine: Engine, now: float, following: Following) -> None:
        """Report this process and read all of them, when it is time."""
        if self.seconds_left(now, following) == 0:
            report_place(engine, self._here.place, self._here.token, following)
            self._reported, self._reported_at = following, now
            self.hear(engine)

    def hear(self, engine: Engine) -> None:
        """Another process has told of itself."""
        self._places = read_places(engine)

    def leave(self, engine: Engine) -> None:
        """This process serves no more."""
        leave_place(engine, self._here.place, self._here.token)
