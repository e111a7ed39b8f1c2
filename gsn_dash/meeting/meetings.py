"""The meetings of this process: what is known of them, who is told, and how it is kept true."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from gsn_dash.meeting.decks import Decks
from gsn_dash.meeting.keeping import ANYTHING, RoomKeeper
from gsn_dash.meeting.keys import Keys
from gsn_dash.meeting.messages import FIGURES_TOPIC, PREVIEW, Plain, figures_message, meeting_topic
from gsn_dash.meeting.presence import Following, Here, Presence
from gsn_dash.meeting.recipes import MeetingRecipe
from gsn_dash.meeting.rooms import Rooms
from gsn_dash.meeting.stream import Hub
from gsn_dash.meeting.watching import MeetingWatch
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui.data import Figures

_TOPIC = meeting_topic("")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Surroundings:
    """What the meetings are given: the figures in memory, the way to the database (None while it
    is away), which process this is, and how to have the figures looked at anew at once."""

    figures: Callable[[], Figures]
    engine: Callable[[], Engine | None]
    here: Here
    look_at_figures: Callable[[], None]


class Meetings:
    """All of it together, from the start of the server to its end."""

    def __init__(self, given: Surroundings) -> None:
        self.given = given
        self.hub = Hub(self._wake)
        self.rooms = Rooms(self.hub)
        self.decks = Decks(MeetingRecipe(given.figures), self.rooms.decked)
        self.keys = Keys()
        self._presence = Presence(given.here)
        self._keeper = RoomKeeper(self.rooms, self.decks, given.figures)
        self._watch = MeetingWatch(given.engine, self._round, self._lose)
        self._lock = threading.Lock()
        self._news: Plain | None = None
        self._is_lost = True

    def start(self) -> None:
        """Begin to listen to the database; does not hold up the caller."""
        self._tell_figures()
        self._watch.start()

    def stop(self) -> None:
        """End every connection, and say goodbye to the other processes if that can be done."""
        self.hub.shut()
        self._watch.stop()
        self.decks.stop()
        engine = self.given.engine()
        if engine is not None:
            try:
                self._presence.leave(engine)
            except StoreUnavailable as problem:
                log.info("left without a word: %s", problem)

    def followers(self, code: str) -> frozenset[str]:
        """The marks of the browsers that follow a meeting, through whichever process."""
        return self._presence.followers(code)

    def refreshed(self) -> None:
        """The figures have been looked at, or were found to be out of reach."""
        if not self.given.figures().status[1]:
            # The watch may be waiting for an answer that does not come.
            self.rooms.lost()
        if self._tell_figures():
            self._wake()

    def _wake(self) -> None:
        self._watch.wake()

    def _tell_figures(self) -> bool:
        """Tell which figures are in force; whether that was anything new."""
        version, ok = self.given.figures().status
        with self._lock:
            news = figures_message(version, ok, self._presence.apps)
            if news == self._news:
                return False
            self._news = news
            self.hub.publish(news)
        return True

    def _round(self, engine: Engine, told: set[str]) -> float:
        """What the watch does each time; how many seconds the next time may wait."""
        now = time.monotonic()
        if told & {"figures", ANYTHING}:
            self.given.look_at_figures()
        self.keys.keep(engine)
        self._keeper.keep(engine, self._wanted(), told, now)
        if told & {"presence", ANYTHING}:
            self._presence.hear(engine)
        following = self._following()
        self._presence.tell(engine, now, following)
        self._count()
        self._tell_figures()
        self._is_lost = False
        return min(self._keeper.seconds_left(now), self._presence.seconds_left(now, following))

    def _count(self) -> None:
        for room in self.rooms.all():
            meeting = room.meeting
            is_followed = meeting.ended_at is None and meeting.code != PREVIEW
            marks = self.followers(meeting.code) if is_followed else frozenset()
            self.rooms.followed(meeting.code, marks)

    def _lose(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            self.rooms.lost()
            self.given.look_at_figures()

    def _wanted(self) -> set[str]:
        return {topic.removeprefix(_TOPIC) for topic in self.hub.topics() - {FIGURES_TOPIC}}

    def _following(self) -> Following:
        """Who follows here, of each meeting that there is."""
        told = self.hub.followers().items()
        followers = {topic.removeprefix(_TOPIC): sorted(marks) for topic, marks in told}
        return {code: marks for code, marks in followers.items() if self.rooms.find(code)}
