"""What this process knows of each meeting that somebody follows here, told as soon as it moves."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gsn_dash.meeting.decks import Deck
from gsn_dash.meeting.messages import MeetingMessage, meeting_topic, missing, unmade
from gsn_dash.meeting.stream import Hub
from gsn_dash.store.meetings import Ask, Meeting


@dataclass(frozen=True)
class Room:
    """A meeting as it was last heard of; `deck` is None until its views have been made.

    `followers` are the marks of those who follow it; `is_unmade` says that no views can be made
    of what is so now.
    """

    meeting: Meeting
    asks: tuple[Ask, ...] = ()
    followers: frozenset[str] = frozenset()
    database: bool = True
    deck: Deck | None = None
    is_unmade: bool = False

    @property
    def message(self) -> MeetingMessage | None:
        """What to tell; nothing while there is nothing to show."""
        if self.deck is None:
            return None
        # Nobody hands the meeting over to who has gone; who comes back asks still.
        asks = tuple(ask for ask in self.asks if ask.mark in self.followers)
        holder = self.meeting.presenter_mark
        following, is_held = len(self.followers - {holder}), holder in self.followers
        return MeetingMessage(self.meeting, self.deck, asks, following, is_held, self.database)


class Rooms:
    """The rooms by code. May be called from any thread; what is older than known is passed over."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = {}

    def find(self, code: str) -> Room | None:
        """The meeting with this code, if it is known here."""
        return self._rooms.get(code)

    def all(self) -> list[Room]:
        """Every meeting that is known here."""
        with self._lock:
            return list(self._rooms.values())

    def seen(self, meeting: Meeting, asks: tuple[Ask, ...] = ()) -> None:
        """The database has told how a meeting stands."""
        with self._lock:
            room = self._rooms.get(meeting.code)
            if room is None:
                self._put(Room(meeting, asks))
            elif meeting.sequence >= room.meeting.sequence or not room.database:
                followers = room.followers if meeting.ended_at is None else frozenset()
                told = replace(room, meeting=meeting, asks=asks, followers=followers, database=True)
                self._put(told)

    def stepped(self, code: str, sequence: int, place: Mapping[str, Any]) -> None:
        """The presenter has taken a step here, and it is kept."""
        with self._lock:
            room = self._rooms.get(code)
            if room is not None and sequence > room.meeting.sequence:
                meeting = replace(room.meeting, sequence=sequence, place=dict(place))
                self._put(replace(room, meeting=meeting))

    def decked(self, code: str, deck: Deck | None) -> None:
        """A meeting's views have been made, or made anew; None where that cannot be done.

        Then those that are shown stay, and where there are none that is told.
        """
        with self._lock:
            room = self._rooms.get(code)
            if room is None:
                return
            if deck is None and room.deck is None and not room.is_unmade:
                self._hub.publish(unmade(code))
            self._put(replace(room, deck=deck or room.deck, is_unmade=deck is None))

    def followed(self, code: str, followers: frozenset[str]) -> None:
        """These browsers, by their marks, follow a meeting."""
        with self._lock:
            if code in self._rooms:
                self._put(replace(self._rooms[code], followers=followers))

    def lost(self) -> None:
        """The database does not answer: each meeting stays where it was, and says so."""
        with self._lock:
            for room in tuple(self._rooms.values()):
                self._put(replace(room, database=False))

    def miss(self, code: str) -> None:
        """There is no such meeting."""
        with self._lock:
            self._rooms.pop(code, None)
            self._hub.publish(missing(code))

    def leave(self, code: str) -> None:
        """Nobody follows the meeting here any more."""
        with self._lock:
            self._rooms.pop(code, None)
            self._hub.forget(meeting_topic(code))

    def _put(self, room: Room) -> None:
        code = room.meeting.code
        before = self._rooms.get(code)
        self._rooms[code] = room
        message = room.message
        if message is not None and message.says_more_than(before and before.message):
            self._hub.publish(message)
