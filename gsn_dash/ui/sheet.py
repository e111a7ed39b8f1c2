"""The live sheet: levers and all that follows them, evaluated and drawn in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from gsn_dash.charts.moving_rules import RULES
from gsn_dash.ui.component import component

# One script of several files, which know each other's names; the last one is what is mounted.
_SCRIPTS = (
    "sheet_program.js",
    "sheet_text.js",
    "sheet_svg.js",
    "sheet_lettering.js",
    "pictures.js",
    "sheet_axis.js",
    "sheet_places.js",
    "sheet_picture.js",
    "sheet_levers.js",
    "sheet_results.js",
    "sheet_section.js",
    "sheet_head.js",
    "sheet_hand.js",
    "sheet.js",
)
_STYLES = ("pictures.css", "sheet.css")

_mount = component("gsn_sheet", _SCRIPTS, _STYLES)


def show_sheet(
    sheet: Mapping[str, object],
    key: str,
    on_moved: Callable[[dict[str, int]], None],
    on_remove: Callable[[str], None],
    on_reset: Callable[[], None],
) -> None:
    """Show the sheet; shown again with the same key, nothing is drawn anew under the hand.

    `sheet` is JSON: the levers, the program that tells what they move, and the sections with
    the texts, tables and pictures (`charts.moving.move`) that show it. The callbacks run before
    the rerun that the browser asks for: `on_moved` gets, when the hand rests, the positions of
    the levers that it has moved by their ids, `on_remove` the id of a lever that is to go. The
    levers stand where `sheet` says, but for those whose move has not come to `on_moved` yet.
    `sheet["revision"]` is another for each time that Python itself has put them elsewhere.
    `sheet["about"]` says what the levers are about: what the browser tells of another sheet than
    the one shown last, which it had not got yet, is not taken up.
    """
    st.session_state[_about_of(key)] = sheet["about"]
    _mount(
        key=key,
        data={**sheet, "rules": RULES, "turn": st.session_state.get(_turn_of(key), 0)},
        on_positions_change=lambda: _tell_positions(key, on_moved),
        on_remove_change=lambda: _tell_removed(key, on_remove),
        on_reset_change=lambda: _tell_reset(key, on_reset),
    )


def _about_of(key: str) -> str:
    return f"{key}_about"


def _is_of_shown(key: str, told: Mapping[str, object]) -> bool:
    return told["about"] == st.session_state.get(_about_of(key))


def _turn_of(key: str) -> str:
    """The last telling of the browser's that has been taken up: it waits to hear of it."""
    return f"{key}_turn"


def _tell_positions(key: str, on_moved: Callable[[dict[str, int]], None]) -> None:
    if key not in st.session_state:  # told late, by a sheet that the page has replaced
        return
    told = st.session_state[key]["positions"]
    if _is_of_shown(key, told):
        on_moved({lever: int(position) for lever, position in told["at"].items()})
    st.session_state[_turn_of(key)] = told["turn"]


def _tell_removed(key: str, on_remove: Callable[[str], None]) -> None:
    told = st.session_state[key]["remove"]
    if _is_of_shown(key, told):
        on_remove(told["lever"])


def _tell_reset(key: str, on_reset: Callable[[], None]) -> None:
    if _is_of_shown(key, st.session_state[key]["reset"]):
        on_reset()
