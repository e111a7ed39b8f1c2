"""What keeping a file would do, before anything is kept; and the button that keeps it."""

from __future__ import annotations

import streamlit as st

from gsn_dash.importing import flow, telling
from gsn_dash.importing.flow import Look
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
from gsn_dash.ui.tables import show_table

LONGEST_AUTHOR, LONGEST_NOTE = 60, 500


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
    show_seen(seen)
    if seen.can_keep:
        _show_keeping(held)


def show_seen(seen: Look) -> None:
    """The tables of a look: problems, the file's own sums, what changes, and the controls."""
    _show(telling.problems_table(seen.read.problems))
    _show_totals(seen.read.control_totals)
    if seen.preview is None:
        return
    _show(telling.changes_table(seen))
    findings = telling.findings_table(seen, flow.finding_changes(seen))
    if findings.rows:
        show_table(findings)
    elif seen.can_keep:
        show_text("Alla kontroller på sidan Granskning blir som de är nu.")


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
    form = st.form(f"import_keep_{held.turn}", border=False, enter_to_submit=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        given = {"max_chars": LONGEST_AUTHOR, "width": 320}
        author = st.text_input(
            "Ditt namn", opened.author(), key=f"import_author_{held.turn}", **given
        )
        given = {"max_chars": LONGEST_NOTE, "width": 480}
        note = st.text_input("Anteckning (om det behövs)", key=f"import_note_{held.turn}", **given)
        pressed = st.form_submit_button("Läs in", type="primary", key=f"import_do_{held.turn}")
    if pressed:
        opened.remember_author(author.strip())
        asked = held, author, note
        state.tell(try_change(Deed.CHANGE_FIGURES, lambda engine: _keep(engine, *asked)))
        st.rerun()


def _keep(engine: data.Engine, held: Held, author: str, note: str) -> Told:
    """Keep the file and let go of it, or say why not."""
    try:
        found = flow.keep_look(engine, held.seen, author, note)
        if isinstance(found, Overtaken):
            state.show_seen(flow.look(engine, held.opened, held.choices))
    except flow.FileRefused as refused:
        return Told(str(refused), True)
    if isinstance(found, Recorded):
        state.hold(None)
    return tell_of(found, count_changes(held.seen.changes))


def tell_of(found: Recorded | Overtaken | str, said: str = "") -> Told:
    """What came of keeping something; `said` is what it changed."""
    if isinstance(found, Overtaken):
        moment = found.at.astimezone(data.ZONE)
        return Told(describe_overtaken(found.batch, found.by, moment), True)
    if isinstance(found, str):
        return Told(found, True)
    return Told(describe_kept(found.batch, said))
