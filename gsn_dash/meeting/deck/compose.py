"""Compose the deck: every view of a meeting's agenda that the papers give something for."""

from __future__ import annotations

from gsn_dash.charts.moving_rules import RULES
from gsn_dash.domain.meeting.agenda import (
    COLLABORATIONS,
    INVESTMENTS,
    OPENING,
    OPERATING,
    AgendaItem,
    AgendaView,
)
from gsn_dash.meeting.deck import collaborations, investments, operating
from gsn_dash.meeting.deck.content import Content, DeckSources, content_json
from gsn_dash.meeting.deck.items import tell_controls, tell_decision, tell_opening
from gsn_dash.meeting.deck.what_if import sheet_json, tell_what_if
from gsn_dash.present.meeting import (
    describe_meeting,
    describe_reading,
    head_item,
    name_meeting,
    name_pages,
    name_source,
    name_view,
    place_item,
)

_SUBJECTS = {
    OPERATING: operating.KINDS,
    INVESTMENTS: investments.KINDS,
    COLLABORATIONS: collaborations.KINDS,
}
_ITEM_KINDS = {"controls": tell_controls, "decision": tell_decision}
_WHAT_IF = "what_if"


def compose_deck(sources: DeckSources) -> dict:
    """The deck as plain lists and dicts, ready for JSON; the same for the same sources.

    A view that is left out of the agenda, or that the papers have nothing for, is not in it.
    """
    items = {item.number: item for item in sources.agenda.items}
    views = [
        _view_json(sources, view, items.get(view.item), content)
        for view in sources.agenda.views
        if view.shown and (content := _tell(sources, view, items.get(view.item)))
    ]
    moves = any(view["levers"] for view in views)
    snapshot = sources.snapshot
    return {
        "title": name_meeting(snapshot.occasion),
        "occasion": describe_meeting(snapshot.occasion),
        "source": name_source(snapshot),
        "figures": str(snapshot.batch),
        "read": describe_reading(sources.read_at),
        "archived": sources.archived,
        "items": [_item_json(item) for item in sources.agenda.items],
        "views": views,
        "sheet": sheet_json(sources) if moves else None,
        "rules": RULES,
    }


def _tell(sources: DeckSources, view: AgendaView, item: AgendaItem | None) -> Content | None:
    """What a view shows; None where the papers have nothing for it."""
    if view.kind == OPENING:
        return tell_opening(sources)
    if view.subject and view.kind == _WHAT_IF:
        return tell_what_if(sources, view.subject)
    if view.subject:
        return _SUBJECTS[view.subject][view.kind](sources)
    return _ITEM_KINDS[view.kind](sources, item)


def _view_json(
    sources: DeckSources, view: AgendaView, item: AgendaItem | None, content: Content
) -> dict:
    papers = name_source(sources.snapshot)
    return {
        "key": view.key,
        "item": view.item,
        "kind": view.kind,
        "name": name_view(view),
        "heading": head_item(item) if item else describe_meeting(sources.snapshot.occasion),
        **content_json(content),
        "source": place_item(item) if item else papers,
    }


def _item_json(item: AgendaItem) -> dict:
    return {"number": item.number, "title": item.title, "pages": name_pages(item)}
