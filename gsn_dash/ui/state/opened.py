"""Which saved scenario is open, who the visitor is, and what has come of what was asked last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.present.occasions import Place, say_place
from gsn_dash.store.scenario_drafts import Conflict, ScenarioDraft, ScenarioVersion
from gsn_dash.ui.state.labels import plain_label

# What the address says of it; the levers are said beside them only where they are not saved.
SCENARIO, VERSION, COMPARED = "scenario", "version", "jamfor"
NOW = "nu"
_OPEN = "opened_scenario"
_AUTHOR = "opened_author"
_WANTED = "opened_wanted"
_SHOWN = "opened_shown"
_TOLD = "opened_told"
_FORM = "opened_form"
_NOTE = "opened_note"
_OCCASION = "opened_occasion"


@dataclass(frozen=True)
class Opened:
    """A saved scenario as the visitor has seen it, and what of it the figures could take."""

    version: ScenarioVersion
    scenario: Scenario
    refused: tuple[Overlay, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A scenario that an address asks for; `based_on` is 0 where it asks for the newest.

    `has_levers` is whether the address itself says what is assumed.
    """

    id: str
    based_on: int
    has_levers: bool


@dataclass(frozen=True)
class Before:
    """What was assumed, and the scenario that was open, before another was opened."""

    scenario: Scenario
    opened: Opened | None


@dataclass(frozen=True)
class Told:
    """What came of the last command: a sentence, and what there is to choose between.

    `conflict` is somebody else's version where they were first, with the `kind` of command and
    the draft that were refused; `deleted` a scenario that can be brought back; `before` what
    was assumed, and not saved, when another scenario was opened.
    """

    sentence: str = ""
    is_warning: bool = False
    conflict: Conflict | None = None
    kind: str = ""
    draft: ScenarioDraft | None = None
    deleted: ScenarioVersion | None = None
    before: Before | None = None


def begin(place: Place) -> None:
    """From now on all is of this occasion; what is open and assumed at others stays with them."""
    if st.session_state.get(_OCCASION) != place:
        st.session_state[_OCCASION] = place
        # What is typed of a scenario that is out of sight is not to stand under another's name.
        st.session_state[_NOTE] = note_number() + 1
        st.session_state[_FORM] = form_number() + 1


def own_name(name: str) -> str:
    """A name in the session that is the occasion's own."""
    return f"{name}_{say_place(st.session_state[_OCCASION])}"


def opened() -> Opened | None:
    """The saved scenario that is open; None where none is."""
    return st.session_state.get(own_name(_OPEN))


def is_open(asked: Wanted) -> bool:
    """Whether what an address asks for is the scenario that is open, with no levers of its own."""
    found = opened()
    return found is not None and found.version.id == asked.id and not asked.has_levers


def hold(found: Opened | None) -> None:
    """Let another saved scenario be the open one, or none; the form shows its name and note.

    Where it is the same scenario with the same note, what is typed of a new note stays.
    """
    if _note_of(found) != _note_of(opened()):
        st.session_state[_NOTE] = note_number() + 1
    st.session_state[own_name(_OPEN)] = found
    st.session_state[_FORM] = form_number() + 1


def _note_of(found: Opened | None) -> tuple[str, str]:
    return (found.version.id, found.version.note) if found else ("", "")


def form_number() -> int:
    """Another one each time the form is to show another scenario, and not what was typed."""
    return st.session_state.get(_FORM, 0)


def note_number() -> int:
    """Another one each time the form is to show another note."""
    return st.session_state.get(_NOTE, 0)


def is_changed(scenario: Scenario) -> bool:
    """Whether what is assumed is another than what is saved in the open scenario."""
    found = opened()
    return found is not None and set(found.scenario.overlays) != set(scenario.overlays)


def author() -> str:
    """What the visitor calls himself, remembered while the session lasts."""
    return st.session_state.get(_AUTHOR, "")


def remember_author(name: str) -> None:
    """Keep what the visitor calls himself."""
    st.session_state[_AUTHOR] = name


def wanted() -> Wanted | None:
    """What an address has asked for and not yet been given."""
    return st.session_state.get(own_name(_WANTED))


def want(asked: Wanted | None) -> None:
    """Note what an address asks for; None when it has been given."""
    st.session_state[own_name(_WANTED)] = asked


def read_wanted(address: dict[str, Sequence[str]], has_levers: bool) -> Wanted | None:
    """What an address asks for: `?scenario=…`, or `?scenario=…&version=3` with unsaved levers."""
    name = next(iter(address.get(SCENARIO, ())), "")
    seen = next(iter(address.get(VERSION, ())), "")
    based_on = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    return Wanted(name, based_on, has_levers or based_on > 0) if name else None


def address_of(scenario: Scenario) -> list[tuple[str, str]]:
    """What the address says of the open scenario, or of one that has not been reached yet."""
    asked, found = wanted(), opened()
    if asked is not None:
        based_on = [(VERSION, str(asked.based_on))] if asked.based_on else []
        return [(SCENARIO, asked.id), *based_on]
    if found is None:
        return []
    name = [(SCENARIO, found.version.id)]
    return [*name, (VERSION, str(found.version.version))] if is_changed(scenario) else name


def says_levers(scenario: Scenario) -> bool:
    """Whether the address says the levers: not where it names a scenario that says the same."""
    return opened() is None or wanted() is not None or is_changed(scenario)


def tell(told: Told) -> None:
    """Note what came of a command, in the place of what came of the last one."""
    st.session_state[own_name(_TOLD)] = told


def told() -> Told:
    """What came of the last command; empty where there is nothing to say."""
    return st.session_state.get(own_name(_TOLD), Told())


def show_state(scenario: Scenario) -> None:
    """Note what the page now says of the open scenario, changed or not."""
    st.session_state[_SHOWN] = _state(scenario)


def is_shown_wrong(scenario: Scenario) -> bool:
    """Whether the page says something of the open scenario that no longer is so."""
    shown = st.session_state.get(_SHOWN)
    return shown is not None and shown != _state(scenario)


def forget_shown() -> None:
    """Nothing on the page says anything of the open scenario."""
    st.session_state[_SHOWN] = None


def _state(scenario: Scenario) -> tuple[object, ...]:
    found = opened()
    return (found.version if found else None, is_changed(scenario), told(), wanted())


def choose_compared(label: str, options: dict[str, str], most: int) -> list[str]:
    """Which scenarios are to stand side by side; the address holds the choice.

    `options` is id -> text. What the address names beyond `most`, or that is no option, is not
    among those chosen.
    """
    chosen = [name for name in compared_in_address() if name in options][:most]
    st.session_state[COMPARED] = chosen
    return st.multiselect(
        plain_label(label),
        list(options),
        format_func=options.get,
        key=COMPARED,
        max_selections=most,
        placeholder="Välj",
        on_change=_write_compared,
    )


def compared_in_address() -> list[str]:
    """The names in the address, each once."""
    names = st.query_params.get(COMPARED, "").split(",")
    return list(dict.fromkeys(name for name in names if name))


def _write_compared() -> None:
    chosen = st.session_state[COMPARED]
    if chosen:
        st.query_params[COMPARED] = ",".join(chosen)
    else:
        st.query_params.pop(COMPARED, None)
