"""How the deck of a meeting is made, while it goes on and after it has ended."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from sqlalchemy import Engine

from gsn_dash.meeting.deck.compose import compose_deck
from gsn_dash.meeting.decks import Deck, pack
from gsn_dash.meeting.frozen import open_kept
from gsn_dash.meeting.leading import led_to
from gsn_dash.meeting.sources import chosen_scenario, read_sources
from gsn_dash.store.agendas import agenda_mark
from gsn_dash.store.meeting_ends import read_end
from gsn_dash.store.meetings import Meeting
from gsn_dash.ui.data import Figures


class MeetingRecipe:
    """Decks out of the figures in force, or out of what was kept when the meeting ended."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures

    def mark(self, engine: Engine, meeting: Meeting) -> Hashable:
        if meeting.ended_at is not None:
            return "ended"
        version = self._figures().version
        occasion = (meeting.year, meeting.number)
        if version is None:
            return None
        agenda = agenda_mark(engine, *occasion)
        return version, occasion, agenda, chosen_scenario(engine, occasion)

    def make(self, engine: Engine, meeting: Meeting) -> Deck:
        occasion, figures = (meeting.year, meeting.number), self._figures()
        document = read_end(engine, meeting.code) if meeting.ended_at is not None else None
        if document is not None:
            content, batch = open_kept(engine, document), document["batch"]
        else:
            sources = read_sources(engine, figures, occasion)
            content, batch = compose_deck(sources), sources.snapshot.batch
        return pack(content if figures.place == occasion else led_to(content, occasion), batch)
