"""What keeping a file would do, before anything is kept; and the button that keeps it."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.importing import doubts, flow, telling
from gsn_dash.importing.flow import Look
from gsn_dash.importing.titles import LONGEST_TITLE
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.present.importing import (
    NOTHING_NEW,
    count_changes,
    describe_kept,
    describe_overtaken,
)
from gsn_dash.present.tables import Table
from gsn_dash.store.keep import Overtaken
from gsn_dash.store.record import Recorded
from gsn_dash.ui import data
from gsn_dash.ui.changing import try_change
from gsn_dash.ui.page import show_lead, show_note, show_text
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.importing import Held, Told
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.ledger_unmapped import show_unmapped
from gsn_dash.ui.views.told import lacks_name, show_told

LONGEST_AUTHOR, LONGEST_NOTE = 60, 500
KEEPING = "keeping"
_UNSURE = "Kryssa i rutan ovanför knappen, om det är så du vill."


def show_preview(held: Held) -> None:
    """All that a person is to see before the button, and the button."""
    seen = held.seen
    for remark in seen.read.remarks:
        if remark not in held.opened.remarks:
            show_note(remark)
    if seen.read.problems or seen.preview is None:
        show_note(telling.describe_look(seen), True)
    elif not seen.can_keep:
        show_lead(NOTHING_NEW)
    else:
        show_lead(telling.describe_look(seen))
        _show_warnings(doubts.warnings(seen))
    if seen.preview is not None:
        show_unmapped(seen.read.drafts, seen.preview.after or seen.preview.before)
    show_seen(seen)
    if seen.can_keep:
        _show_keeping(held)


def _show_warnings(sentences: tuple[str, ...]) -> None:
    if sentences:
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
        st.html(
            '<div class="gsn-note gsn-note-warning"><p><strong>Se efter innan du läser in:'
            f"</strong></p><ul>{items}</ul></div>"
        )


def show_seen(seen: Look) -> None:
    """The tables of a look: problems, the file's own sums, what changes, and the controls."""
    _show(telling.problems_table(seen.read.problems))
    _show_totals(seen.read.control_totals)
    if seen.preview is None:
        return
    _show_changes(telling.changes_table(seen))
    for table in (telling.missing_table(seen), telling.unsaid_table(seen)):
        if table.rows:
            with st.expander(plain_label(table.caption)):
                show_table(table)
    findings = telling.findings_table(seen, flow.finding_changes(seen))
    if findings.rows:
        show_table(findings)
    elif seen.can_keep:
        show_text(telling.describe_controls(seen))


def _show_changes(table: Table) -> None:
    """What says most first; all of a long table for who wants to see."""
    if len(table.rows) <= telling.MOST_TOLD:
        _show(table)
        return
    show_table(telling.telling_rows(table))
    with st.expander("Visa alla uppgifter"):
        show_table(table)


def _show_totals(totals: tuple[ControlTotal, ...]) -> None:
    """The sums that are to be looked at; all of them for who wants to see."""
    show_text(telling.describe_totals(totals))
    doubtful = telling.doubtful_totals(totals)
    _show(telling.control_totals_table(doubtful))
    if len(doubtful) < len(totals):
        with st.expander("Alla summor i filen"):
            show_table(telling.control_totals_table(totals))


def _show(table: Table) -> None:
    if table.rows:
        show_table(table)


def _show_keeping(held: Held) -> None:
    """What the paper is called, who reads it in, and what must be said yes to."""
    must_confirm = doubts.confirmation(held.seen, datetime.now(data.ZONE).date())
    usual, turn = flow.default_title(held.seen), held.turn
    title, is_sure = "", True
    with st.form(f"import_keep_{turn}", border=False, enter_to_submit=False):
        if usual:
            title = st.text_input(
                "Vad papperet heter (visas på dagordningen och i bilagan)",
                usual,
                max_chars=LONGEST_TITLE,
                key=f"import_title_{turn}",
                width=640,
            )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            given = {"max_chars": LONGEST_AUTHOR, "width": 320}
            author = st.text_input(
                "Ditt namn", opened.author(), key=_field(held, "author"), **given
            )
            given = {"max_chars": LONGEST_NOTE, "width": 480}
            note = st.text_input("Anteckning (om det behövs)", key=_field(held, "note"), **given)
        if must_confirm:
            is_sure = st.checkbox(plain_label(must_confirm), key=_field(held, "sure"))
        pressed = st.form_submit_button("Läs in", type="primary", key=f"import_do_{turn}")
    show_told(KEEPING)
    if pressed:
        opened.remember_author(author.strip())
        lacking = lacks_name(author, _field(held, "author"))
        if not is_sure:
            lacking = lacking or Told(_UNSURE, True, _field(held, "sure"))
        told = lacking or try_change(
            Deed.CHANGE_FIGURES, lambda engine: _keep(engine, held, author, note, title)
        )
        state.tell(told, KEEPING if told.is_warning else "")
        st.rerun()


def _field(held: Held, name: str) -> str:
    return f"import_{name}_{held.turn}"


def _keep(engine: data.Engine, held: Held, author: str, note: str, title: str) -> Told:
    """Keep the file and let go of it, or say why not."""
    try:
        found = flow.keep_look(engine, held.seen, author, note, title)
        if isinstance(found, Overtaken):
            state.show_seen(flow.look(engine, held.opened, held.choices))
    except flow.FileRefused as refused:
        return Told(str(refused), True)
    if isinstance(found, Recorded):
        state.hold(None)
    return tell_of(found, count_changes(held.seen.changes), flow.occasion_told(held.seen))


def tell_of(
    found: Recorded | Overtaken | str, said: str = "", occasion: Occasion | None = None
) -> Told:
    """What came of keeping something; `said` is what it changed, of `occasion` if of any."""
    if isinstance(found, Overtaken):
        moment = found.at.astimezone(data.ZONE)
        return Told(describe_overtaken(found.batch, found.by, moment), True)
    if isinstance(found, str):
        return Told(found, True)
    return Told(describe_kept(found.batch, said, occasion))
