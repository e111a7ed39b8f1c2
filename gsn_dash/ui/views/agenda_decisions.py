"""The proposed decision of each item: a draft out of the figures, until somebody accepts a text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from gsn_dash.domain.meeting.agenda import Agenda, AgendaItem
from gsn_dash.present.agenda import (
    KEPT_UNTIL_SAVED,
    READ_AGAIN,
    UNSAVED_DRAFT,
    describe_conflict,
    describe_kept_text,
)
from gsn_dash.present.decision import draft_decision
from gsn_dash.present.meeting import name_number
from gsn_dash.store.agendas import DecisionConflict, DecisionVersion
from gsn_dash.ui import data
from gsn_dash.ui.page import show_heading, show_note, show_text
from gsn_dash.ui.rights import Deed, may
from gsn_dash.ui.state import agenda as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.agenda import HeldText
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views import agenda_commands as commands
from gsn_dash.ui.views.agenda import LONGEST_AUTHOR, Kept
from gsn_dash.ui.views.scenario_forms import button, show_sentence

_LONGEST_TEXT = 20_000


def show_decisions(figures: data.Figures, agenda: Agenda, kept: Kept) -> None:
    """A text for each item, side by side where there is room."""
    show_heading("Förslag till beslut")
    show_text(
        "Utkasten är skrivna ur siffrorna. Ändra i texten och godta den när den är klar."
        " Till dess är den märkt som utkast på mötet."
    )
    items = agenda.items
    columns = st.columns(max(len(items), 1), gap="large")
    for item, column in zip(items, columns, strict=False):
        draft = draft_decision(figures.snapshot, item, figures.findings)
        newest = kept.decisions.get(item.number)
        state.follow_text(item.number, newest, draft, has_just_come())
        with column:
            _show_decision(figures, item, draft, newest)


@st.fragment
def _show_decision(
    figures: data.Figures, item: AgendaItem, draft: str, newest: DecisionVersion | None
) -> None:
    """The text, what has come of it so far, and what can be done with it."""
    number = item.number
    held, told = state.held_text(number), state.told(number)
    st.subheader(plain_label(name_number(item) or item.title), anchor=False)
    _show_state(figures, held, draft)
    if not may(Deed.ARRANGE):
        st.html(f'<p class="gsn-written">{escape(held.text)}</p>')
        return
    with st.form(f"decision_form_{number}", border=False, enter_to_submit=False):
        label = f"Förslag till beslut, {name_number(item).lower() or item.title}"
        given = {"height": "content", "max_chars": _LONGEST_TEXT, "key": state.text_key(number)}
        st.text_area(plain_label(label), held.text, **given)
        st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key=_author_key(item), width=320
        )
        theirs = _newer(held, told, newest)
        if theirs is not None:
            _show_theirs(theirs)
        with st.container(horizontal=True, gap="small"):
            _show_submits(figures, item, theirs, draft)
    show_sentence(told.sentence, told.is_warning)
    if held.before:
        given = (number, held.before, held.text)
        button("Ta tillbaka min text", f"text_back_{number}", commands.lay_out_text, *given)


def _show_state(figures: data.Figures, held: HeldText, draft: str) -> None:
    """Who wrote what lies here, and whether the figures have moved on since."""
    seen = held.seen
    if seen is None:
        show_text(UNSAVED_DRAFT)
        is_older, laid = True, held.text
    else:
        moment = seen.saved_at.astimezone(data.ZONE)
        show_text(describe_kept_text(seen.author, moment, seen.accepted), KEPT_UNTIL_SAVED)
        is_older = any(batch.recorded_at > seen.saved_at for batch in figures.batches)
        laid = seen.text
    if is_older and laid != draft:
        show_note(READ_AGAIN, True)


def _newer(
    held: HeldText, told: state.Told, newest: DecisionVersion | None
) -> DecisionVersion | None:
    """What somebody else has kept on top of what the visitor has seen, if anything."""
    found = told.conflict.newest if isinstance(told.conflict, DecisionConflict) else newest
    seen = held.seen.version if held.seen else 0
    return found if found is not None and found.version > seen else None


def _show_theirs(theirs: DecisionVersion) -> None:
    moment = theirs.saved_at.astimezone(data.ZONE)
    show_note(describe_conflict("texten", theirs.author, moment), True)
    st.html(
        f"<details open><summary><bdi>{escape(theirs.author)}</bdi>s text</summary>"
        f'<p class="gsn-written">{escape(theirs.text)}</p></details>'
    )


def _author_key(item: AgendaItem) -> str:
    return f"decision_author_{item.number}"


def _show_submits(
    figures: data.Figures, item: AgendaItem, theirs: DecisionVersion | None, draft: str
) -> None:
    """All that is done takes with it what stands in the form, so none of it is lost."""
    anyway = " ändå" if theirs else ""
    for label, accepted in (("Godta texten", True), ("Spara som utkast", False)):
        _submit(label + anyway, item, _send, figures, theirs, accepted)
    if theirs is not None:
        _submit(f"Ta {theirs.author}s text", item, _take_theirs, theirs)
    _submit("Gör om utkastet ur siffrorna", item, _redraft, draft)


def _submit(label: str, item: AgendaItem, act: Callable[..., None], *given: object) -> None:
    is_first = label.startswith("Godta")
    st.form_submit_button(
        plain_label(label),
        key=f"decision_{item.number}_{label}",
        type="primary" if is_first else "secondary",
        on_click=act,
        args=(item, *given),
    )


def _send(
    item: AgendaItem, figures: data.Figures, theirs: DecisionVersion | None, accepted: bool
) -> None:
    seen = theirs or state.held_text(item.number).seen
    author = state.typed(_author_key(item)).strip()
    opened.remember_author(author)
    commands.keep_text(
        figures.snapshot.occasion,
        item.number,
        _typed(item),
        author,
        accepted,
        seen.version if seen else 0,
    )


def _take_theirs(item: AgendaItem, theirs: DecisionVersion) -> None:
    commands.take_their_text(item.number, theirs, _typed(item))


def _redraft(item: AgendaItem, draft: str) -> None:
    """Lay out the draft of the figures in force; what stood there can be taken back."""
    commands.lay_out_text(item.number, draft, _typed(item))


def _typed(item: AgendaItem) -> str:
    return state.typed(state.text_key(item.number))
