"""The views that an item has once: what the controls found of it, and its decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.meeting.agenda import AgendaItem
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import Content, DeckSources
from gsn_dash.meeting.deck.tables import unused_name
from gsn_dash.present.agenda import FIGURES_MOVED
from gsn_dash.present.controls import controls_message
from gsn_dash.present.decision import draft_decision
from gsn_dash.present.findings import describe_finding
from gsn_dash.present.meeting import name_meeting, name_number, name_pages
from gsn_dash.present.unsettled import concerns
from gsn_dash.ui.views.controls import render_badge

# What a screen holds in type that is read across a room.
_MOST_FINDINGS, _LONGEST_EXPLANATION = 5, 200
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-ZÅÄÖ])")
_DRAFT = "utkast"


def tell_opening(sources: DeckSources) -> Content:
    """What the meeting is, and its items."""
    items = "".join(_render_item(item) for item in sources.agenda.items)
    html = f'<ul class="gsn-list gsn-agenda">{items}</ul>' if items else ""
    return Content(name_meeting(sources.snapshot.occasion), html=html)


def _render_item(item: AgendaItem) -> str:
    number, pages = name_number(item), name_pages(item)
    parts = [f'<span class="gsn-quiet">{escape(number)}</span>'] if number else []
    parts.append(f"<strong>{escape(item.title)}</strong>")
    parts += [f'<span class="gsn-quiet">{escape(pages)}</span>'] if pages else []
    name = unused_name(number or item.title, set())
    return f'<li data-row="{escape(name)}">{" ".join(parts)}</li>'


def tell_controls(sources: DeckSources, item: AgendaItem) -> Content | None:
    """What does not hold and what cannot be told of the item's figures, the worst first."""
    own = tuple(found for found in sources.findings if concerns(item, found))
    if not own:
        return None
    message = controls_message(count_verdicts(own))
    open_ones = [f for f in own if f.verdict in (Verdict.FAILS, Verdict.CANNOT_TELL)]
    return Content(message, html=_render_findings(sources.snapshot, open_ones))


def _render_findings(snapshot: Snapshot, found: Sequence[Finding]) -> str:
    if not found:
        return ""
    items, names = [], set()
    for finding in found[:_MOST_FINDINGS]:
        title, explanation = describe_finding(snapshot, finding)
        name = unused_name(title, names)
        names.add(name)
        items.append(
            f'<li data-row="{escape(name)}"><h2>{escape(title)}</h2>'
            f"{render_badge(finding.verdict)}<p>{escape(_shorten(explanation))}</p></li>"
        )
    more = len(found) - len(items)
    after = f'<p><a href="/granskning">och {more} till på Granskning</a></p>' if more else ""
    return f'<ul class="gsn-list">{"".join(items)}</ul>{after}'


def _shorten(explanation: str) -> str:
    """The first sentences, as many as are soon read; always one."""
    told = ""
    for sentence in _BETWEEN_SENTENCES.split(explanation):
        longer = f"{told} {sentence}".lstrip()
        if told and len(longer) > _LONGEST_EXPLANATION:
            break
        told = longer
    return told


def tell_decision(sources: DeckSources, item: AgendaItem) -> Content:
    """The decision that is kept, or else a draft; a draft until somebody has accepted it."""
    kept = sources.decisions.get(item.number)
    draft = draft_decision(sources.snapshot, item, sources.findings)
    text = kept.text if kept else draft
    badge = "" if kept and kept.accepted else _DRAFT
    is_older = kept and sources.read_at is not None and sources.read_at > kept.saved_at
    notes = (FIGURES_MOVED,) if is_older and text != draft else ()
    return Content("Förslag till beslut", html=render_decision(text), badge=badge, notes=notes)


def render_decision(text: str) -> str:
    """The text's lines as paragraphs; a numbered one is pointed out by its number."""
    paragraphs, names = [], set()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        point = re.match(r"\d+", line)
        name = unused_name(f"Punkt {point[0]}" if point else line, names)
        names.add(name)
        paragraphs.append(f'<p data-row="{escape(name)}">{escape(line)}</p>')
    return f'<div class="gsn-decision">{"".join(paragraphs)}</div>'
