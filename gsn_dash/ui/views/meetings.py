"""The ways into a meeting, the one that goes on, and those that have been held."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from gsn_dash.present.agenda import describe_live
from gsn_dash.present.numbers import format_moment
from gsn_dash.present.occasions import PARAMETER, name_place, say_place
from gsn_dash.present.scenarios import apart
from gsn_dash.store.meetings import Meeting
from gsn_dash.ui import data
from gsn_dash.ui.page import show_heading, show_text
from gsn_dash.ui.tables import render_data, render_frame, render_heading

# Forms and links out of Streamlit: what they lead to is no page of its own. They are plain HTML,
# so that they work also while the server draws nothing.
_WAYS = """
<div class="gsn-ways">
  <div><a class="gsn-way gsn-way-first" href="{start}">Starta mötet</a>
    <p>Du visar. De andra följer på sin egen skärm med en kort kod eller en länk.</p></div>
  {rehearse}
  <form action="/mote/anslut" method="get" novalidate>
    <div><input name="kod" type="text" maxlength="12" size="8" required
      autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="Kod"
      aria-label="Mötets kod">
    <button type="submit">Följ ett möte</button></div>
    <p>Skriv koden som den som visar har fått.</p></form>
</div>
"""
_REHEARSE = """<div><a class="gsn-way" href="/mote/forhandsvisning">Öva</a>
    <p>Samma skärm, men ingen följer.</p></div>"""
_NO_REHEARSAL = """<div><p>Öva går bara på det senaste tillfället. Välj det överst på sidan.</p>
    </div>"""


def show_ways_in(figures: data.Figures, meetings: Sequence[Meeting]) -> None:
    """What goes on now first of all, then the ways to start, to practise and to follow.

    A meeting is started with the occasion that is shown; one practises with the latest alone.
    """
    live = [meeting for meeting in meetings if meeting.ended_at is None]
    if live:
        st.html("".join(map(_render_live, live)))
    start = "/mote/starta"
    if not figures.is_latest:
        start += f"?{PARAMETER}={say_place(figures.place)}"
    rehearse = _REHEARSE if figures.is_latest else _NO_REHEARSAL
    st.html(_WAYS.format(start=start, rehearse=rehearse))


def _render_live(meeting: Meeting) -> str:
    said = describe_live(meeting.code, meeting.presenter, meeting.started_at.astimezone(data.ZONE))
    return (
        '<div class="gsn-meeting-now"><p><strong>Ett möte pågår.</strong>'
        f' <bdi>{escape(said)}</bdi></p><a class="gsn-way gsn-way-first"'
        f' href="/mote/{escape(meeting.code)}">Följ mötet {escape(meeting.code)}</a></div>'
    )


def show_earlier(figures: data.Figures, meetings: Sequence[Meeting]) -> None:
    """The meetings that have ended, newest first, each with a link to what was shown."""
    show_heading("Tidigare möten")
    ended = [meeting for meeting in meetings if meeting.ended_at is not None]
    if not ended:
        show_text("Inget möte är avslutat än. Det som visades på ett möte sparas när det avslutas.")
        return
    head = "".join(map(render_heading, _HEADINGS))
    body = "".join(_render_ended(meeting, figures) for meeting in ended)
    frame = ("Möten, det senaste först", f'<tr role="row">{head}</tr>', body)
    st.html(render_frame("Tidigare möten", *frame))


_HEADINGS = ("Avslutat", "Uppföljning", "Visades av", "Det som visades")


def _render_ended(meeting: Meeting, figures: data.Figures) -> str:
    ended = meeting.ended_at.astimezone(data.ZONE)
    cells = (
        escape(name_place((meeting.year, meeting.number), figures.occasions)),
        f"<bdi>{escape(apart(meeting.presenter))}</bdi>",
        f'<a href="/mote/{escape(meeting.code)}">Visa mötet {escape(meeting.code)}</a>',
    )
    rest = "".join(render_data(*pair) for pair in zip(cells, _HEADINGS[1:], strict=True))
    heading = f'<th scope="row" role="rowheader">{escape(format_moment(ended))}</th>'
    return f'<tr role="row">{heading}{rest}</tr>'
