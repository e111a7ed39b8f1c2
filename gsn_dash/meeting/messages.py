"""What followers are told, each message a line of JSON under its topic.

Most of a message is the same for everybody, so it is encoded once for each kind of receiver and
not once for each of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from gsn_dash.meeting.bundles import screen_version
from gsn_dash.meeting.decks import Deck
from gsn_dash.store.meetings import Ask, Meeting

FIGURES_TOPIC = "figures"
PREVIEW = "forhandsvisning"
# What a receiver may be, beside a follower: each kind gets its own text.
_PRESENTER, _ASKED, _FOLLOWER = "presenter", "asked", "follower"
_UNMADE = "Mötets vyer går inte att visa; den som sköter webbplatsen ser varför i loggen."


class Message(Protocol):
    """Something to tell; a later one of the same topic makes it stale."""

    @property
    def topic(self) -> str: ...

    def text(self, mark: str) -> str:
        """The JSON for the browser with this mark, on one line."""
        ...


@dataclass(frozen=True)
class Plain:
    """A message that is the same for all."""

    topic: str
    content: tuple[tuple[str, Any], ...] = ()

    @cached_property
    def _text(self) -> str:
        return _encoded({"topic": self.topic, **dict(self.content)})

    def text(self, _mark: str) -> str:
        return self._text


PULSE = Plain("puls")


def meeting_topic(code: str) -> str:
    """The topic of a meeting, or of the rehearsal."""
    return f"mote:{code}"


def missing(code: str) -> Plain:
    """There is no meeting with this code."""
    return Plain(meeting_topic(code), (("missing", True),))


def unmade(code: str) -> Plain:
    """There is a meeting with this code, and nothing of it can be shown."""
    return Plain(meeting_topic(code), (("missing", True), ("sentence", _UNMADE)))


def figures_message(version: str, ok: bool, apps: tuple[str, ...]) -> Plain:
    """Which figures are in force, whether the database answers, which processes live, and what
    a meeting's screen is opened with."""
    content = {"version": version, "ok": ok, "apps": apps, "screen": screen_version()}
    return Plain(FIGURES_TOPIC, tuple(content.items()))


@dataclass(frozen=True, eq=False)
class MeetingMessage:
    """Where a meeting is, with the deck that it is shown with."""

    meeting: Meeting
    deck: Deck
    asks: tuple[Ask, ...] = ()
    following: int = 0
    is_held: bool = True
    database: bool = True
    _texts: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def topic(self) -> str:
        return meeting_topic(self.meeting.code)

    def says_more_than(self, other: MeetingMessage | None) -> bool:
        """Whether anyone who has heard the other would hear anything new."""
        return other is None or self._heard() != other._heard()

    def _heard(self) -> tuple:
        meeting = self.meeting
        # A name can go without anything else: it has been erased.
        who = (meeting.presenter, meeting.presenter_mark)
        moved = (meeting.sequence, meeting.place, *who, meeting.ended_at)
        return *moved, self.deck.hash, self.asks, self.following, self.is_held, self.database

    def text(self, mark: str) -> str:
        kind = self._kind(mark)
        if kind not in self._texts:
            self._texts[kind] = _encoded(self._content(kind))
        return self._texts[kind]

    def _kind(self, mark: str) -> str:
        if mark == self.meeting.presenter_mark:
            return _PRESENTER
        return _ASKED if any(ask.mark == mark for ask in self.asks) else _FOLLOWER

    def _content(self, kind: str) -> dict[str, Any]:
        meeting, is_presenter = self.meeting, kind == _PRESENTER
        ended = meeting.ended_at is not None
        role = _PRESENTER if is_presenter else _FOLLOWER
        asks = [{"id": ask.id, "name": ask.name} for ask in self.asks]
        return {
            "topic": self.topic,
            "sequence": meeting.sequence,
            "place": meeting.place,
            "deck": self.deck.hash,
            "presenter": meeting.presenter,
            "role": "alone" if ended or meeting.code == PREVIEW else role,
            "following": self.following,
            "held": self.is_held,
            "asks": asks if is_presenter and not ended else [],
            "asked": kind == _ASKED,
            "ended": ended,
            "database": self.database,
        }


def _encoded(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
