"""Kontotabellen: which accounts are what, and which codes are which activity and project."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from gsn_dash.domain.ledger import LedgerMap
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.ledger_map import (
    MapUnread,
    describe_keys,
    describe_open_accounts,
    describe_open_codes,
    read_accounts,
    read_codes,
    write_accounts,
    write_codes,
)
from gsn_dash.present.numbers import format_moment
from gsn_dash.present.scenarios import apart
from gsn_dash.store import ledger_codes
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.ledger_maps import MapConflict, MapVersion, read_map, save_map
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.changing import do
from gsn_dash.ui.occasions import shown
from gsn_dash.ui.page import show_heading, show_text
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import laid_out, opened
from gsn_dash.ui.state.laid_out import LaidOut
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views.scenario_forms import show_sentence

_TOLD, _FORM = "ledger_map_told", "ledger_map"
_LONGEST_NAME = 60
_AWAY = "Databasen svarar inte, så kontotabellen går inte att visa; försök igen om en stund."
_INTRODUCTION = (
    "En SIE-fil har konton, kostnadsställen och projekt. Här står vad de är hos oss. Det längsta"
    " kontonumret som passar gäller, så 49 går före 4-8. När tabellen ändras räknas alla månader"
    " om, och det går att se i historiken."
)


def show_ledger_map() -> None:
    """The table of accounts as lines that can be changed, for whoever may change figures."""
    show_heading("Kontotabell för SIE-filer")
    if has_just_come():
        st.session_state.pop(_TOLD, None)
    show_sentence(*st.session_state.get(_TOLD, ("", False)))
    label = "Visa och ändra kontotabellen"
    with st.expander(label, key="ledger_map", on_change="rerun") as expander:
        if expander.open:
            _show_table()
        else:
            laid_out.put_away(_FORM)


def _show_table() -> None:
    engine = data.engine()
    try:
        if engine is None:
            raise StoreUnavailable(_AWAY)
        newest, codes = read_map(engine), ledger_codes.read_codes(engine)
    except StoreUnavailable as problem:
        show_sentence(str(problem), True)
        return
    figures = shown() or data.current()
    form = laid_out.lay_out(_FORM, None, newest, newest.version)
    snapshot, own = figures.snapshot, form.shown.map
    show_text(_INTRODUCTION, _say_saved(form.seen))
    with st.form(f"ledger_map_{form.turn}", border=False, enter_to_submit=False):
        accounts = _area(form, "Konton", lambda of: write_accounts(of.accounts))
        show_text(describe_open_accounts(codes.accounts, own))
        centres = _area(form, "Kostnadsställen", lambda of: write_codes(of.cost_centres))
        show_text(
            describe_open_codes(codes.cost_centres, own.cost_centres, "kostnadsställen"),
            f"Verksamheterna är {describe_keys(_activities(snapshot))}.",
        )
        projects = _area(form, "Projekt", lambda of: write_codes(of.projects))
        show_text(
            describe_open_codes(codes.projects, own.projects, "projekt"),
            f"Projekten är {describe_keys(_projects(snapshot))}.",
        )
        name = st.text_input("Ditt namn", opened.author(), max_chars=_LONGEST_NAME)
        is_sent = st.form_submit_button("Spara kontotabellen", type="primary")
    if is_sent:
        _save(form.seen, snapshot, (accounts, centres, projects), name)


def _area(form: LaidOut[MapVersion], label: str, write: Callable[[LedgerMap], str]) -> str:
    """A field for lines; beside it what somebody else has made of them since, if anything."""
    text, theirs = write(form.shown.map), write(form.seen.map)
    height = min(30 * (text.count("\n") + 3), 400)
    key = f"ledger_map_{label}_{form.turn}"
    typed = st.text_area(f"{label}: en rad för varje, kod = vad", text, height=height, key=key)
    if theirs != text:
        st.html(
            f"<details open><summary>{label}, så som {escape(apart(form.seen.author))} har sparat"
            f' dem</summary><p class="gsn-written">{escape(theirs)}</p></details>'
        )
    return typed


def _activities(snapshot: Snapshot | None) -> dict[str, str]:
    known = snapshot.activities if snapshot else ()
    return {each.key: each.name for each in known if not each.members}


def _projects(snapshot: Snapshot | None) -> dict[str, str]:
    return {each.key: each.name for each in snapshot.projects} if snapshot else {}


def _say_saved(version: MapVersion) -> str:
    if version.saved_at is None:
        return "Tabellen är programmets egen; ingen har ändrat den."
    moment = format_moment(version.saved_at.astimezone(data.ZONE))
    return f"Senast ändrad av {version.author}, {moment}."


def _save(
    version: MapVersion, snapshot: Snapshot | None, texts: tuple[str, str, str], name: str
) -> None:
    """Save what was written, or say what cannot be read; what was written stays in the fields."""
    st.session_state.pop(_TOLD, None)
    accounts, centres, projects = texts
    try:
        # A code that is mapped already may be of an activity that this occasion does not have.
        kept = version.map
        wanted = LedgerMap(
            read_accounts(accounts),
            read_codes(
                centres, {*_activities(snapshot), *kept.cost_centres.values()}, "Kostnadsställen"
            ),
            read_codes(projects, {*_projects(snapshot), *kept.projects.values()}, "Projekt"),
        )
        told = _keep(version, wanted, name)
    except MapUnread as problem:
        show_sentence(str(problem), True)
        return
    except (NotKept, StoreUnavailable) as problem:
        show_sentence(problem.sentence, True)
        return
    opened.remember_author(name.strip())
    st.session_state[_TOLD] = told
    st.rerun()


def _keep(version: MapVersion, wanted: LedgerMap, name: str) -> tuple[str, bool]:
    """Kept on top of the version that the visitor has seen; else he is told of who was first."""
    engine = data.engine()
    if engine is None:
        return _AWAY, True
    answer = do(
        Deed.CHANGE_FIGURES, engine, lambda way: save_map(way, version.version, wanted, name)
    )
    if isinstance(answer, MapConflict):
        laid_out.tell_of(_FORM, answer.newest)
        return (
            f"Inget sparades: {apart(answer.newest.author)} har ändrat kontotabellen sedan du"
            " öppnade den. Det du skrev står kvar, med de nya raderna under. Spara en gång till om"
            " ditt ska gälla i stället."
        ), True
    laid_out.settle(_FORM, answer.version)
    if answer.version == version.version:
        return "Inget var ändrat, så inget sparades.", False
    return "Kontotabellen är sparad, och månaderna är räknade om.", False
