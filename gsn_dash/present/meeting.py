"""What a meeting's views are called, and what stands at their head and foot."""

from __future__ import annotations

from datetime import datetime

from gsn_dash.domain.meeting.agenda import (
    COLLABORATIONS,
    INVESTMENTS,
    OPENING,
    OPERATING,
    AgendaItem,
    AgendaView,
)
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.names import name_followed, name_period
from gsn_dash.present.numbers import format_day, format_moment

_BOARD = "Gemensamma servicenämnden"
_SUBJECTS = {
    OPERATING: "Driftbudget",
    INVESTMENTS: "Investeringar",
    COLLABORATIONS: "Samarbeten",
}
_KINDS = {
    OPENING: "Dagordning",
    "message": "Budskap",
    "picture": "Bild",
    "bridge": "Vad avvikelsen består av",
    "table": "Tabell",
    "demand": "Vad krävs?",
    "what_if": "Tänk om",
    "controls": "Kontroller",
    "decision": "Förslag till beslut",
}


def name_meeting(occasion: Occasion) -> str:
    """ "Gemensamma servicenämnden, 8 maj 2023"."""
    return f"{_BOARD}, {format_day(occasion.meeting_on)}"


def describe_meeting(occasion: Occasion) -> str:
    """ "Uppföljning tillfälle 2, 2023 · januari–april 2023"."""
    return f"{name_followed(occasion)} · {name_period(occasion)}"


def name_source(snapshot: Snapshot) -> str:
    """ "Källa: Kallelse till nämndens möte 8 maj 2023"; empty where no such paper is known."""
    papers = [paper.title for paper in snapshot.documents.values() if paper.kind == "kallelse"]
    return f"Källa: {', '.join(papers)}" if papers else ""


def describe_reading(read_at: datetime | None) -> str:
    """When the figures were read in, in the moment's own zone; empty where nobody knows."""
    return f"Siffrorna lästes in {format_moment(read_at)}" if read_at else ""


def name_subject(subject: str) -> str:
    """ "Driftbudget", "Investeringar", "Samarbeten"; empty for no subject."""
    return _SUBJECTS.get(subject, "")


def name_view(view: AgendaView) -> str:
    """ "Driftbudget: bild"; what an item has once, and the opening, by its kind alone."""
    kind, subject = _KINDS[view.kind], name_subject(view.subject)
    return f"{subject}: {kind[0].lower()}{kind[1:]}" if subject else kind


def name_number(item: AgendaItem) -> str:
    """ "Ärende 3"; empty for an item without a number."""
    return f"Ärende {item.number}" if item.number else ""


def name_pages(item: AgendaItem) -> str:
    """ "sidorna 4–8", "sidan 15"; empty where the papers give none."""
    pages = item.pages.replace(" - ", "–")
    if not pages:
        return ""
    return f"sidan {pages}" if pages.isdigit() else f"sidorna {pages}"


def head_item(item: AgendaItem) -> str:
    """ "Ärende 3 · Rapportering av … · sidorna 4–8"."""
    return " · ".join(part for part in (name_number(item), item.title, name_pages(item)) if part)


def place_item(item: AgendaItem) -> str:
    """ "Ärende 3, sidorna 4–8"; the title where the papers give neither."""
    found = ", ".join(part for part in (name_number(item), name_pages(item)) if part)
    return found or item.title
