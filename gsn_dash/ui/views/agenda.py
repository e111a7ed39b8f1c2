"""The agenda of the occasion's meeting: what is shown, in which order, and who has said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from gsn_dash.domain.meeting.agenda import OPENING, Agenda, AgendaItem, arrange, make_agenda
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.agenda import (
    AWAY_READING,
    CHANGED,
    GONE_SCENARIO,
    NO_SCENARIO,
    OPENING_FIRST,
    ORDER_WORDS,
    PAPERS_OWN,
    describe_conflict,
    describe_kept_agenda,
    describe_meeting,
    list_differences,
)
from gsn_dash.present.meeting import head_item, name_number, name_view
from gsn_dash.present.scenario_compare import AssumptionRow
from gsn_dash.present.scenario_tables import assumptions_table
from gsn_dash.present.scenarios import YOURS, apart
from gsn_dash.store.agendas import (
    AgendaConflict,
    AgendaVersion,
    DecisionVersion,
    read_agenda,
    read_decisions,
)
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meetings import Meeting, list_meetings
from gsn_dash.store.scenarios import list_scenarios
from gsn_dash.ui import data
from gsn_dash.ui.order_list import Order, Row, choose_order
from gsn_dash.ui.page import show_heading, show_note, show_text
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import agenda as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.agenda import Held
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views import agenda_commands as commands
from gsn_dash.ui.views.scenario_forms import button, say_listed, show_sentence

LONGEST_AUTHOR = 60
_AUTHOR = "agenda_author"


@dataclass(frozen=True)
class Kept:
    """What is kept of the occasion's meeting now; `problem` is why it cannot be read, or empty.

    `scenarios` is id -> how a list says it.
    """

    agenda: AgendaVersion | None = None
    decisions: Mapping[str, DecisionVersion] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    scenarios: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def read_kept(snapshot: Snapshot) -> Kept:
    """Ask the database once for all that the page shows besides the figures."""
    engine = data.engine()
    if engine is None:
        return Kept(problem=AWAY_READING)
    place = (snapshot.occasion.year, snapshot.occasion.number)
    try:
        return Kept(
            read_agenda(engine, *place),
            read_decisions(engine, *place),
            list_meetings(engine),
            {found.id: say_listed(found) for found in list_scenarios(engine)},
        )
    except StoreUnavailable as problem:
        return Kept(problem=problem.sentence)


def message(snapshot: Snapshot, kept: Kept) -> str:
    """The page's one sentence, of the agenda as it is saved."""
    papers = make_agenda(snapshot)
    return describe_meeting(snapshot.occasion, arrange(papers, state.settled(papers, kept.agenda)))


def follow_kept(snapshot: Snapshot, kept: Kept) -> Agenda:
    """Take up what others have saved, where the visitor has nothing unsaved of his own."""
    state.begin(snapshot.occasion.year, snapshot.occasion.number)
    if has_just_come():
        state.forget_told()
    if kept.problem and state.is_held():
        return state.held().agenda
    return state.follow(make_agenda(snapshot), kept.agenda).agenda


def show_agenda(snapshot: Snapshot, kept: Kept) -> None:
    """The views of each item in order, what comes of changing them, and how to save it."""
    show_heading("Dagordning")
    if kept.problem:
        show_sentence(kept.problem, True)
    show_text(
        "Kryssa ur det som inte ska visas, och flytta med pilarna. Ändringarna gäller för alla"
        f" när du har sparat dem. {OPENING_FIRST}"
    )
    _show_changing(snapshot, kept)


@st.fragment
def _show_changing(snapshot: Snapshot, kept: Kept) -> None:
    held = state.held()
    items = held.papers.items
    columns = st.columns(max(len(items), 1), gap="large")
    orders = [
        _show_item(held, item, column, place)
        for place, (item, column) in enumerate(zip(items, columns, strict=False))
    ]
    scenario = state.choose_scenario(
        "Scenario i vyerna Tänk om", _scenarios(kept, held.choice.scenario)
    )
    held = state.take_orders(orders, scenario)
    _show_saving(snapshot, held)
    told = state.told(commands.AGENDA)
    if isinstance(told.conflict, AgendaConflict):
        _show_conflict(snapshot, kept, held, told.conflict)


def _show_item(
    held: Held, item: AgendaItem, column: st.delta_generator.DeltaGenerator, place: int
) -> Order:
    views = [v for v in held.agenda.views if v.item == item.number and v.kind != OPENING]
    usual = [v.key for v in held.papers.views if v.item == item.number and v.kind != OPENING]
    with column:
        st.subheader(plain_label(head_item(item)), anchor=False)
        return choose_order(
            # Not by its number, which one may lack: a key with a gap in it is refused.
            state.own_name(f"agenda_order_{place}"),
            f"Vyer i {name_number(item).lower()}" if item.number else f"Vyer: {item.title}",
            [Row(view.key, name_view(view), view.shown) for view in views],
            usual,
            ORDER_WORDS,
            held.turn,
        )


def _scenarios(kept: Kept, chosen: str) -> dict[str, str]:
    options = {"": NO_SCENARIO, **kept.scenarios}
    return options if chosen in options else {**options, chosen: GONE_SCENARIO}


def _show_saving(snapshot: Snapshot, held: Held) -> None:
    """Whether it is saved and by whom; the form has the same height whatever is said."""
    if not may(Deed.ARRANGE):
        show_way_in("mote", "spara dagordningen och förslagen till beslut")
        return
    base, told = held.base, state.told(commands.AGENDA)
    form = st.form("agenda_form", border=False, enter_to_submit=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key=_AUTHOR, width=320
        )
        given = {"key": "agenda_save", "on_click": _save, "args": (snapshot,)}
        st.form_submit_button("Spara dagordningen", type="primary", **given)
    if held.is_changed:
        show_sentence(CHANGED)
        button("Ångra ändringarna", "agenda_let_go", commands.let_go)
    elif base is not None:
        show_text(describe_kept_agenda(base.author, base.saved_at.astimezone(data.ZONE)))
    else:
        show_text(PAPERS_OWN)
    if told.is_warning or not held.is_changed:
        show_sentence(told.sentence, told.is_warning)


def _save(snapshot: Snapshot) -> None:
    author = state.typed(_AUTHOR).strip()
    opened.remember_author(author)
    commands.save(snapshot.occasion, author)
    st.rerun()


def _show_conflict(snapshot: Snapshot, kept: Kept, held: Held, conflict: AgendaConflict) -> None:
    """Who was first, where the two differ, and the choice between them."""
    newest = conflict.newest
    moment = newest.saved_at.astimezone(data.ZONE)
    show_note(describe_conflict("dagordningen", newest.author, moment), True)
    theirs = arrange(held.papers, state.settled(held.papers, newest))
    found = list_differences(held.agenda, theirs, lambda id: _scenarios(kept, id)[id])
    if found:
        rows = [AssumptionRow(d.what, (d.yours, d.theirs)) for d in found]
        headings = ("Det här skiljer", YOURS, apart(newest.author))
        show_table(assumptions_table("Din dagordning mot den som redan är sparad", headings, rows))
    with st.container(horizontal=True, gap="small"):
        button("Spara min ändå", "agenda_anyway", commands.save_anyway, snapshot.occasion, conflict)
        button(f"Ta {newest.author}s dagordning", "agenda_theirs", commands.take_theirs, conflict)
