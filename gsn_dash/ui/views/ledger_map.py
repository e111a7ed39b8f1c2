"""Kontotabellen: which accounts are what, and which codes are which activity and project."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.ledger import LedgerEntry, LedgerMap
from gsn_dash.domain.ledger_objects import (
    ACCOUNT,
    COST_CENTRE,
    PROJECT,
    LedgerObject,
    Names,
    entries_of,
    names_of,
    objects_of,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.ledger_map import MapUnread, read_accounts, write_accounts, write_codes
from gsn_dash.present.ledger_objects import KINDS, describe_open, open_table
from gsn_dash.present.numbers import format_moment
from gsn_dash.present.scenarios import apart
from gsn_dash.store import ledger_codes
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.ledger_maps import MapConflict, read_map, save_map
from gsn_dash.store.ledgers import MapVersion
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.changing import do
from gsn_dash.ui.occasions import shown
from gsn_dash.ui.page import show_heading, show_text
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import importing, laid_out, opened
from gsn_dash.ui.state.laid_out import LaidOut
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.ledger_choices import Chosen, choose
from gsn_dash.ui.views.scenario_forms import show_sentence

_TOLD, _FORM = "ledger_map_told", "ledger_map"
_LONGEST_NAME = 60
_AWAY = "Databasen svarar inte, så kontotabellen går inte att visa; försök igen om en stund."
_INTRODUCTION = (
    "En SIE-fil har konton, kostnadsställen och projekt. Här står vad de är hos oss. Det längsta"
    " kontonumret som passar gäller, så 49 går före 4-8. När tabellen ändras räknas alla månader"
    " om, och det går att se i historiken."
)
_KEPT = (
    "Beloppen är från de två senaste räkenskapsåren som är inlästa, tillsammans. Kodernas namn"
    " sparas inte: de står här när du har valt en SIE-fil ovan."
)
_NOTHING_READ = "Ingen bokföring är inläst än: välj en SIE-fil ovan, så visas dess koder här."


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
        newest = read_map(engine)
        entries, names, whence = _entries(engine)
    except StoreUnavailable as problem:
        show_sentence(str(problem), True)
        return
    snapshot = (shown() or data.current()).snapshot
    form = laid_out.lay_out(_FORM, None, newest, newest.version)
    objects, newest_objects = (
        objects_of(entries, names, version.map, snapshot) for version in (form.shown, form.seen)
    )
    show_text(_INTRODUCTION, _say_saved(form.seen), whence)
    with st.form(f"ledger_map_{form.turn}", border=False, enter_to_submit=False):
        accounts = _ask_accounts(form)
        # What is lacking is told of the table in force, whoever saved it.
        _show_open_accounts(newest_objects[ACCOUNT])
        centres = _ask_codes(form, COST_CENTRE, objects, newest_objects, snapshot)
        projects = _ask_codes(form, PROJECT, objects, newest_objects, snapshot)
        name = st.text_input("Ditt namn", opened.author(), max_chars=_LONGEST_NAME)
        is_sent = st.form_submit_button("Spara kontotabellen", type="primary")
    if is_sent:
        _save(form.seen, accounts, centres, projects, name)


def _entries(engine: data.Engine) -> tuple[tuple[LedgerEntry, ...], Names, str]:
    """What the codes are shown of: the file on its way in, or else what has been read in.

    The third is a sentence that says which. Raises StoreUnavailable.
    """
    held = importing.held()
    drafts = held.seen.read.drafts if held and held.seen else Drafts()
    if drafts.ledgers:
        return *entries_of(drafts), "Beloppen är från filen som du har valt ovan."
    entries = ledger_codes.read_sums(engine)
    return entries, {}, _KEPT if entries else _NOTHING_READ


def _ask_accounts(form: LaidOut[MapVersion]) -> str:
    text, theirs = (write_accounts(each.map.accounts) for each in (form.shown, form.seen))
    height = min(30 * (text.count("\n") + 3), 400)
    label = "Konton: en rad för varje, konto = vad"
    typed = st.text_area(label, text, height=height, key=f"ledger_map_accounts_{form.turn}")
    _show_theirs(form, ACCOUNT, text, theirs)
    return typed


def _ask_codes(
    form: LaidOut[MapVersion],
    kind: str,
    objects: Mapping[str, tuple[LedgerObject, ...]],
    newest: Mapping[str, tuple[LedgerObject, ...]],
    snapshot: Snapshot | None,
) -> Chosen:
    """The lists of a kind; beside them what somebody else has made of it since, if anything."""
    st.subheader(KINDS[kind], anchor=False)
    mapped, theirs = _codes_of(form.shown.map, kind), _codes_of(form.seen.map, kind)
    show_text(describe_open(kind, newest[kind]))
    chosen = choose(kind, form.turn, objects[kind], mapped, names_of(kind, snapshot))
    _show_theirs(form, kind, write_codes(mapped), write_codes(theirs))
    return chosen


def _codes_of(ledger_map: LedgerMap, kind: str) -> Mapping[str, str]:
    return ledger_map.cost_centres if kind == COST_CENTRE else ledger_map.projects


def _show_theirs(form: LaidOut[MapVersion], kind: str, own: str, theirs: str) -> None:
    if theirs == own:
        return
    who = escape(apart(form.seen.author))
    st.html(
        f"<details open><summary>{KINDS[kind]}, så som {who} har sparat dem</summary>"
        f'<p class="gsn-written">{escape(theirs)}</p></details>'
    )


def _show_open_accounts(objects: tuple[LedgerObject, ...]) -> None:
    """The accounts that no line is about, with their amounts."""
    table = open_table(ACCOUNT, objects, {})
    show_text(describe_open(ACCOUNT, objects))
    if table is not None:
        show_table(table)


def _say_saved(version: MapVersion) -> str:
    if version.saved_at is None:
        return "Tabellen är programmets egen; ingen har ändrat den."
    moment = format_moment(version.saved_at.astimezone(data.ZONE))
    return f"Senast ändrad av {version.author}, {moment}."


def _save(version: MapVersion, accounts: str, centres: Chosen, projects: Chosen, name: str) -> None:
    """Save what was chosen, or say what cannot be read; it stays as it is in the fields."""
    st.session_state.pop(_TOLD, None)
    try:
        wanted = LedgerMap(read_accounts(accounts), centres.read(), projects.read())
        told = _keep(version, wanted, name)
    except MapUnread as problem:
        show_sentence(str(problem), True)
        return
    except (NotKept, StoreUnavailable) as problem:
        show_sentence(problem.sentence, True)
        return
    opened.remember_author(name.strip())
    st.session_state[_TOLD] = told
    importing.show_seen(None)  # a file on its way in is now read otherwise
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
