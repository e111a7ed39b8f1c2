"""Keeps the rooms as the database has them: what is read, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine

from gsn_dash.domain.meeting.agenda import OPENING
from gsn_dash.domain.meeting.place import Place, as_json
from gsn_dash.meeting.decks import Decks
from gsn_dash.meeting.messages import PREVIEW
from gsn_dash.meeting.rooms import Rooms
from gsn_dash.meeting.sources import occasion_of
from gsn_dash.store.meetings import Meeting, asking, find_meetings
from gsn_dash.ui.data import Figures

POLL_SECONDS = 1.0
# A phone that changes network is soon back: the room is kept true for so long.
LINGER_SECONDS = 30
# What the watch is told after a new connection: anything may have been missed.
ANYTHING = ""
_OF_MEETING = "meeting "
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class RoomKeeper:
    """Reads the meetings that are listened to here. Used by one thread."""

    def __init__(self, rooms: Rooms, decks: Decks, figures: Callable[[], Figures]) -> None:
        self._rooms = rooms
        self._decks = decks
        self._figures = figures
        self._wanted_at: dict[str, float] = {}
        self._asked_at = float("-inf")
        self._version: object = None

    def seconds_left(self, now: float) -> float:
        """How long until `keep` has something to do though nothing has been told."""
        return max(0.0, self._asked_at + POLL_SECONDS - now)

    def keep(self, engine: Engine, wanted: set[str], told: set[str], now: float) -> None:
        """Read what has been told of, what nobody asked for before, and once a second all.

        Raises StoreUnavailable, and then reads all next time.
        """
        is_due = ANYTHING in told or self.seconds_left(now) == 0
        codes = self._note(wanted, now)
        codes |= {each.removeprefix(_OF_MEETING) for each in told} & self._wanted_at.keys()
        if is_due:
            self._asked_at = float("-inf")
            codes |= self._wanted_at.keys() if ANYTHING in told else self._going_on()
        self._read(engine, codes)
        version = self._figures().version
        if is_due or codes or "agenda" in told or version != self._version:
            self._version = version
            for room in self._rooms.all():
                self._decks.want(engine, room.meeting)
        if is_due:
            self._asked_at = now

    def _note(self, wanted: set[str], now: float) -> set[str]:
        """Forget what nobody has wanted for a while; what is wanted for the first time.

        What is no meeting is forgotten as soon as nobody wants it.
        """
        new = wanted - self._wanted_at.keys()
        self._wanted_at.update(dict.fromkeys(wanted, now))
        for code, at in tuple(self._wanted_at.items()):
            lingers = LINGER_SECONDS if self._rooms.find(code) else 0
            if now - at > lingers:
                del self._wanted_at[code]
                self._rooms.leave(code)
        return new

    def _going_on(self) -> set[str]:
        """The codes of what may have moved without our being told."""
        return {each.meeting.code for each in self._rooms.all() if each.meeting.ended_at is None}

    def _read(self, engine: Engine, codes: set[str]) -> None:
        if PREVIEW in codes:
            self._rehearse()
        asked = codes - {PREVIEW}
        # All at once: whoever guesses codes costs the others no more than one question.
        found = find_meetings(engine, asked) if asked else ()
        for meeting in found:
            asks = asking(engine, meeting.code) if meeting.ended_at is None else ()
            self._rooms.seen(meeting, asks)
        for code in asked - {meeting.code for meeting in found}:
            self._rooms.miss(code)

    def _rehearse(self) -> None:
        """The rehearsal is a meeting of the occasion in force that nobody presents."""
        snapshot = self._figures().snapshot
        if snapshot is not None:
            year, number = occasion_of(snapshot)
            start = as_json(Place(OPENING))
            self._rooms.seen(
                Meeting(0, PREVIEW, year, number, _LONG_AGO, "", 0, start, "", "", _LONG_AGO, None)
            )
