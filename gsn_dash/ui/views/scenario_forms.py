"""Where a visitor saves what is assumed, opens what others have saved, and settles conflicts."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeVar

import streamlit as st

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.scenarios import AWAY, describe_listed
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.scenario_drafts import DELETED, FROZEN, ScenarioSummary, ScenarioVersion
from gsn_dash.store.scenarios import Engine, list_scenarios
from gsn_dash.ui import data
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import opened
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.views import scenario_commands as commands
from gsn_dash.ui.views.scenario_commands import Typed
from gsn_dash.ui.views.scenario_words import base_of, moment_of, show_conflict

Answer = TypeVar("Answer")
_SAVING, _MORE, _OPENING = "scenario_saving", "scenario_more", "scenario_opening"
_UNDOER = "scenario_undoer"
_LONGEST = {"name": 80, "author": 60, "note": 2000}


def show_saving(snapshot: Snapshot) -> None:
    """The form that saves what is assumed."""
    version = _open_version()
    with st.popover("Spara", key=_SAVING, on_change="rerun") as popover:
        if not may(Deed.SAVE_SCENARIO):
            show_way_in("tank-om", "spara det du har antagit")
            return
        if popover.open:
            show_told()
        number, noted = opened.form_number(), opened.note_number()
        # The form is another one with another note, so that a note in the midst of being written
        # stays when the scenario is renamed or frozen.
        with st.form(_key("form_save", noted), border=False, enter_to_submit=False):
            with st.container(gap="xxsmall"):
                _show_names(_SAVING, number, version)
                note = version.note if version else ""
                st.text_area(
                    "Anteckning", note, 68, max_chars=_LONGEST["note"], key=_key("note", noted)
                )
            kinds = {"Spara": commands.SAVE, "Spara som nytt": commands.CREATE}
            if version is None:
                kinds = {"Spara": commands.CREATE}
            elif version.state == FROZEN:
                kinds = {"Spara som nytt": commands.CREATE}
            _show_submits(snapshot, _SAVING, number, kinds)


def show_more(snapshot: Snapshot) -> None:
    """What else can be done with the open scenario: nothing of it where it is frozen."""
    version = _open_version()
    if version is None or not may(Deed.SAVE_SCENARIO):
        return
    with st.popover("Mer", key=_MORE, on_change="rerun") as popover:
        if popover.open:
            show_told()
        if version.state != FROZEN:
            number = opened.form_number()
            with st.form(_key("form_more", number), border=False, enter_to_submit=False):
                _show_names(_MORE, number, version)
                kinds = {
                    "Byt namn": commands.RENAME,
                    "Frys": commands.FREEZE,
                    "Ta bort": commands.DELETE,
                }
                _show_submits(snapshot, _MORE, number, kinds)
        button("Stäng scenariot, behåll reglagen", "close", _close)


def is_form_open() -> bool:
    """Whether a form is in sight, and says itself what has come of it."""
    return any(st.session_state.get(name) for name in (_SAVING, _MORE))


def _open_version() -> ScenarioVersion | None:
    found = opened.opened()
    return found.version if found else None


def _show_names(form: str, number: int, version: ScenarioVersion | None) -> None:
    st.text_input(
        "Scenariots namn",
        version.name if version else "",
        max_chars=_LONGEST["name"],
        key=_key(f"{form}_name", number),
        autocomplete="off",
    )
    author = opened.author()
    st.text_input(
        "Ditt namn", author, max_chars=_LONGEST["author"], key=_key(f"{form}_author", number)
    )


def _key(part: str, number: int) -> str:
    return f"scenario_{part}_{number}"


def _show_submits(snapshot: Snapshot, form: str, number: int, kinds: dict[str, str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, kind in kinds.items():
            st.form_submit_button(
                label,
                key=_key(f"{form}_{kind}", number),
                type="primary" if label == "Spara" else "secondary",
                on_click=_submit,
                args=(snapshot, form, number, kind),
            )


def _submit(snapshot: Snapshot, form: str, number: int, kind: str) -> None:
    """Carry it out; the form closes where it went well, or where there is a choice to make."""
    name, author = (st.session_state[_key(f"{form}_{part}", number)] for part in ("name", "author"))
    typed = Typed(name, author, st.session_state[_key("note", opened.note_number())])
    opened.remember_author(author.strip())
    if kind == commands.CREATE:
        commands.create(snapshot, typed)
    else:
        commands.change(snapshot, kind, typed)
    if not opened.told().is_warning:
        st.session_state[form] = False
    st.rerun()


def show_opening(snapshot: Snapshot) -> None:
    """The scenarios that can be opened; the database is asked only while they are in sight."""
    with st.popover("Öppna", key=_OPENING, on_change="rerun") as popover:
        if popover.open:
            _show_list(snapshot)


def ask_store(ask: Callable[[Engine], Answer]) -> Answer | str:
    """What the database answers, or why it does not."""
    engine = data.engine()
    if engine is None:
        return AWAY
    try:
        return ask(engine)
    except StoreUnavailable as problem:
        return problem.sentence


def say_listed(version: ScenarioSummary) -> str:
    """A scenario as a line of a list."""
    is_frozen = version.state == FROZEN
    said = (version.name, version.author, moment_of(version), base_of(version))
    return describe_listed(*said, is_frozen)


def _show_list(snapshot: Snapshot) -> None:
    found = ask_store(list_scenarios)
    if isinstance(found, str):
        show_sentence(found, True)
    elif not found:
        st.html("<p>Inget är sparat än.</p>")
    else:
        lines = {version.id: say_listed(version) for version in found}
        chosen = st.selectbox(
            "Sparade scenarier, det senaste först",
            list(lines),
            format_func=lines.get,
            key="scenario_chosen",
        )
        _show_chosen(next(version for version in found if version.id == chosen))
        button("Öppna scenariot", "open", _open, snapshot, chosen, is_first=True)


def _show_chosen(version: ScenarioSummary) -> None:
    """What a line has no room for."""
    note = escape(version.note).replace("\n", "<br>")
    said = f'<p class="gsn-quiet"><bdi>{note}</bdi></p>' if note else ""
    st.html(f"<p>{escape(say_listed(version))}</p>{said}")


def _open(snapshot: Snapshot, chosen: str) -> None:
    commands.open_by_id(snapshot, chosen)
    st.session_state[_OPENING] = False


def _close() -> None:
    commands.close()
    st.session_state[_MORE] = False


def button(
    label: str, name: str, act: Callable[..., None], *given: object, is_first: bool = False
) -> None:
    """A button that does something with the scenarios and draws the whole page anew."""
    st.button(
        plain_label(label),
        key=f"scenario_do_{name}",
        type="primary" if is_first else "secondary",
        on_click=_do,
        args=(act, given),
    )


def _do(act: Callable[..., None], given: tuple[object, ...]) -> None:
    act(*given)
    st.rerun()


def show_sentence(sentence: str, is_warning: bool = False) -> None:
    """What came of something, read out by itself."""
    if sentence:
        kind, role = ("gsn-note gsn-note-warning", "alert") if is_warning else ("", "status")
        st.html(f'<div class="{kind}" role="{role}"><p>{escape(sentence)}</p></div>')


def show_told() -> None:
    """What came of the last command; that all went well only until something is changed again."""
    told = opened.told()
    if told.is_warning or not opened.is_changed(state.current()):
        show_sentence(told.sentence, told.is_warning)


def show_choices(snapshot: Snapshot) -> None:
    """Who was first, where somebody was, and the ways on after the last command."""
    told = opened.told()
    if told.conflict is not None:
        show_conflict(snapshot, told)
    with st.container(horizontal=True, gap="small", key="scenario_choices"):
        if told.conflict is not None:
            _show_conflict_choices(snapshot, told)
        if told.deleted is not None and opened.author():
            given = (snapshot, told.deleted, opened.author())
            button(_UNDO, "undo", commands.undo, *given)
        if told.before is not None:
            button("Tillbaka till det jag hade", "back", commands.go_back, told.before)
    if told.deleted is not None and not opened.author():
        _ask_who_undoes(snapshot, told.deleted)


_UNDO = "Ångra borttagningen"


def _ask_who_undoes(snapshot: Snapshot, gone: ScenarioVersion) -> None:
    """Whoever has not said a name yet signs what is brought back."""
    with st.form("scenario_form_undo", border=False, enter_to_submit=False):
        st.text_input("Ditt namn", max_chars=_LONGEST["author"], key=_UNDOER)
        st.form_submit_button(
            _UNDO, key="scenario_do_undo_named", on_click=_undo_named, args=(snapshot, gone)
        )


def _undo_named(snapshot: Snapshot, gone: ScenarioVersion) -> None:
    author = st.session_state[_UNDOER].strip()
    opened.remember_author(author)
    commands.undo(snapshot, gone, author)
    st.rerun()


_ANYWAY = {
    commands.SAVE: "Spara ändå",
    commands.RENAME: "Byt namn ändå",
    commands.FREEZE: "Frys ändå",
    commands.DELETE: "Ta bort ändå",
}


def _show_conflict_choices(snapshot: Snapshot, told: opened.Told) -> None:
    newest = told.conflict.newest
    if newest.state != FROZEN and told.kind in _ANYWAY:
        button(_ANYWAY[told.kind], "insist", commands.insist, snapshot, told)
    button("Spara som nytt", "instead", commands.create_instead, snapshot, told.draft)
    if newest.state != DELETED:
        label = f"Öppna {newest.author}s version"
        button(label, "theirs", commands.open_theirs, snapshot, newest)
