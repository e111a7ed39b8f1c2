"""The scenario that a visitor is trying, and the address that says it.

It is held in the session, and the address follows it, so that a link, a reload and a way back all
show the same. The address is read when the page is opened and not while it is used: then it may
lag a step behind the finger. Each occasion has a scenario of its own: another occasion has other
levers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from gsn_dash.domain.scenario.document import read_document
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.levers import Lever, overlay_of, set_lever
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.occasions import Place
from gsn_dash.present.scenario_tables import say_refused
from gsn_dash.store.scenario_drafts import ScenarioVersion
from gsn_dash.ui import data
from gsn_dash.ui.state import chosen_occasion, opened
from gsn_dash.ui.state.address import Address, read_whole_address, write_address
from gsn_dash.ui.state.opened import own_name
from gsn_dash.ui.state.scenario_address import ALONE, BEFORE, is_ours, read_address, say_scenario
from gsn_dash.ui.state.visits import has_come_from_elsewhere, has_just_come

Made = TypeVar("Made")

_HELD = "scenario_held"
_REFUSED = "scenario_refused"
_REVISION = "scenario_revision"
_FITTED = "scenario_fitted"
_LEFT_OUT = "scenario_left_out"


def open_scenario(snapshot: Snapshot) -> None:
    """Take up the scenario of the address or, where it has none, what the visitor left.

    Call in every run of the whole page. What the snapshot in force cannot take is refused.
    """
    opened.begin(_place_of(snapshot))
    opened.forget_shown()
    if has_just_come():
        opened.tell(opened.Told())
        _refuse(())
        # Whoever only chooses another occasion has the address of the one before.
        if has_come_from_elsewhere() and chosen_occasion.is_said():
            _open_address(snapshot, read_whole_address())


def _open_address(snapshot: Snapshot, address: Mapping[str, list[str]]) -> None:
    said = {name: texts for name, texts in address.items() if is_ours(name)}
    asked = opened.read_wanted(address, bool(said))
    if said or asked:
        opened.want(asked)
        # What is open already stays in sight until the database has answered.
        if said or not opened.is_open(asked):
            opened.hold(None)
            _take(snapshot, said)


def _place_of(snapshot: Snapshot) -> Place:
    return snapshot.occasion.year, snapshot.occasion.number


def _take(snapshot: Snapshot, address: Mapping[str, list[str]]) -> None:
    said, refused = read_address(address)
    taken, gone = fit(snapshot, said)
    names = [say_scenario(Scenario((overlay,)))[0][0] for overlay in gone]
    _refuse(tuple(dict.fromkeys((*refused, *names))))
    replace_scenario(taken)


def load_version(snapshot: Snapshot, version: ScenarioVersion, keeps_levers: bool = False) -> None:
    """Let a saved scenario be the open one, and be tried unless other levers are to stay.

    Raises DocumentRefused where its document is none of ours.
    """
    taken, gone = fit(snapshot, read_document(version.document))
    opened.hold(opened.Opened(version, taken, gone))
    if not keeps_levers:
        replace_scenario(taken)


def fitted(snapshot: Snapshot) -> Scenario:
    """What is assumed now, as far as the snapshot can take it; what it cannot is `left_out`.

    Whatever is asked afterwards is of the snapshot's occasion.
    """
    opened.begin(_place_of(snapshot))
    fits = st.session_state.get(_FITTED)
    if fits is None or fits[0] is not snapshot or fits[1] is not current():
        held, gone = fit(snapshot, current())
        is_new = fits is None or fits[0] is not snapshot
        if gone or is_new:
            # Other figures have other rests: the levers are to stand where Python has them.
            st.session_state[_REVISION] = revision() + 1
        is_same = fits is not None and _place_of(fits[0]) == _place_of(snapshot)
        words = fits[:1] if is_same else ()  # those of the figures that could take it
        texts = (say_refused(overlay, *words) for overlay in gone)
        st.session_state[own_name(_LEFT_OUT)] = tuple(dict.fromkeys((*left_out(), *texts)))
        _hold(snapshot, held)
    return current()


def _hold(snapshot: Snapshot, scenario: Scenario) -> None:
    st.session_state[own_name(_HELD)] = scenario
    st.session_state[_FITTED] = (snapshot, scenario)


def left_out() -> tuple[str, ...]:
    """What was assumed until figures came that cannot take it, in words; forgotten with another
    scenario.
    """
    return st.session_state.get(own_name(_LEFT_OUT), ())


def current() -> Scenario:
    """What is assumed now."""
    return st.session_state.get(own_name(_HELD), Scenario())


def revision() -> int:
    """Raised each time something else than the hand on a lever has changed the scenario."""
    return st.session_state.get(_REVISION, 0)


def refused() -> tuple[str, ...]:
    """The names in the address that could not be used when the page was opened."""
    return st.session_state.get(own_name(_REFUSED), ())


def _refuse(names: tuple[str, ...]) -> None:
    st.session_state[own_name(_REFUSED)] = names


def replace_scenario(scenario: Scenario) -> None:
    """Let another scenario be tried; the levers go to where it has them."""
    st.session_state[own_name(_HELD)] = scenario
    st.session_state[own_name(_LEFT_OUT)] = ()
    st.session_state[_REVISION] = revision() + 1


def reset() -> None:
    """Assume nothing."""
    _refuse(())
    replace_scenario(Scenario())


def assume(overlay: Overlay) -> None:
    """Put something in: an action, an invoice, an amount for an unknown."""
    replace_scenario(current().says(overlay))


def move(levers: Mapping[str, Lever], positions: Mapping[str, object]) -> None:
    """Take up where the hand has left the levers. What no lever can stand at is left out."""
    scenario = current()
    for name, lever in levers.items():
        position = positions.get(name)
        is_gone = lever.resting is None and overlay_of(scenario, lever) is None
        if type(position) is int and position in lever.positions and not is_gone:
            scenario = set_lever(scenario, lever, position)
    fits = st.session_state.get(_FITTED)
    st.session_state[own_name(_HELD)] = scenario
    if fits is not None:  # what a lever stands at fits
        _hold(fits[0], scenario)


def write_scenario(page: str) -> None:
    """Let the address of `page` say the scenario: which saved one, and what is not saved.

    Draws the page anew where it says something else of the open scenario than is so by now.
    """
    held = current()
    levers = say_scenario(held) if opened.says_levers(held) else []
    names = [opened.SCENARIO, opened.VERSION, *ALONE]
    stems = [f"{word}-" for word in BEFORE]
    chosen = [*opened.address_of(held), *levers]
    write_address("scenario", page, names, stems, chosen, _take_up)
    if opened.is_shown_wrong(held):
        st.rerun()


def _take_up(address: Address) -> None:
    """The browser knows better than a server that has been away, which may have drawn another
    occasion.
    """
    place = chosen_occasion.said_in(address) or data.current().place
    if place is not None:
        opened.begin(place)
    said, refused_names = read_address(address)
    _refuse(refused_names)
    replace_scenario(said)
    opened.hold(None)
    opened.want(opened.read_wanted(address, any(is_ours(name) for name in address)))


def kept_while(name: str, same: object, make: Callable[[], Made]) -> Made:
    """`make()` anew only where `same` is another than when it was last made, for this visitor."""
    key = f"kept_{name}"
    if key not in st.session_state or st.session_state[key][0] != same:
        st.session_state[key] = (same, make())
    return st.session_state[key][1]
