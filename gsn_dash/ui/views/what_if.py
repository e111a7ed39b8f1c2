"""Tänk om …?: levers, and beside them what they move. Reported and assumed never look alike."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.levers import remove_lever
from gsn_dash.domain.scenario.trial import Trial, make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.collaborating import describe_result
from gsn_dash.present.what_if import describe_dropped, describe_refused
from gsn_dash.ui.data import Figures
from gsn_dash.ui.occasions import own_parameter, source_of
from gsn_dash.ui.page import show_heading, show_note, show_text
from gsn_dash.ui.sheet import show_sheet
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.state.choices import choose_in_address
from gsn_dash.ui.views.goals import show_goals
from gsn_dash.ui.views.months import show_proposal
from gsn_dash.ui.views.scenario_commands import open_wanted
from gsn_dash.ui.views.scenario_compare import show_comparison
from gsn_dash.ui.views.scenarios import show_scenario_bar, show_scenario_trouble
from gsn_dash.ui.views.spread import show_spread
from gsn_dash.ui.views.timing import show_timing
from gsn_dash.ui.views.what_if_levers import lever_id
from gsn_dash.ui.views.what_if_sheet import render_still, sheet_json

PAGE = "tank-om"
# In an order that makes three rows of them on a phone.
_VIEWS = {
    "reglage": "Reglage",
    "tillfallig": "Tillfälligt eller bestående?",
    "vad-kravs": "Vad krävs?",
    "sakerhet": "Hur säker är prognosen?",
    "jamfor": "Jämför scenarier",
}
_SHEET = "what_if_sheet"
_HOW_COUNTED = (
    "Årets slut räknas så här: prognosen, plus den del av periodens avvikelse som inte går åt, plus"
    " ändringen av intäkter och kostnader för resten av året, plus åtgärderna, minus fakturor som"
    " inte finns i budgeten. En faktura som finns i budgeten och väntas senare i år är en"
    " tidsförskjutning: så mycket av avvikelsen går åt, vad reglaget än säger."
)
_WHAT_IS_LEFT = (
    "Av pengar som blir kvar förs så stor del över som reglaget säger, men inget av det som"
    " blir kvar i ett stoppat projekt. Pengar som flyttas används i samma grad som projektets"
    " andra pengar."
)


def open_scenario(snapshot: Snapshot) -> None:
    """Take up what the address says, and say quietly what in it could not be used."""
    state.open_scenario(snapshot)
    open_wanted(snapshot)
    state.fitted(snapshot)
    for sentence in (describe_refused(state.refused()), describe_dropped(state.left_out())):
        if sentence:
            st.html(f'<p class="gsn-quiet">{escape(sentence)}</p>')


@st.fragment
def show_levers(snapshot: Snapshot) -> None:
    """All that moves. It moves in the browser; a lever that is let go draws this again."""
    trial = _trial(snapshot)
    with st.container(key="what_if"):
        still, sheet = _drawn(trial)
        st.html(still)
        show_sheet(
            {**sheet, "revision": state.revision()},
            _SHEET,
            on_moved=lambda positions: _take_up(trial, positions),
            on_remove=lambda name: _remove(trial, name),
            on_reset=state.reset,
        )
    state.write_scenario(PAGE)


def _drawn(trial: Trial) -> tuple[str, dict]:
    """What stands still and what moves; while nothing is assumed, made once for all who look."""

    def make() -> tuple[str, dict]:
        return render_still(trial, source_of), sheet_json(trial, source_of)

    if trial.scenario.overlays:
        return make()
    # The figures' addresses tell of an occasion that is not the latest, which it may become.
    return kept(trial.base, f"what-if sheet {own_parameter()}", make)


def _trial(snapshot: Snapshot) -> Trial:
    scenario = state.fitted(snapshot)
    return state.kept_while("trial", (snapshot, scenario), lambda: make_trial(snapshot, scenario))


def _take_up(trial: Trial, positions: dict[str, int]) -> None:
    state.move({lever_id(lever): lever for lever in trial.compiled.levers}, positions)


def _remove(trial: Trial, name: str) -> None:
    for lever in trial.compiled.levers:
        if lever_id(lever) == name:
            state.replace_scenario(remove_lever(state.current(), lever))


def show_chosen(figures: Figures) -> None:
    """The view that the visitor has chosen, of the same scenario."""
    snapshot = figures.snapshot
    chosen = choose_in_address("visa", "Visa", _VIEWS, is_label_shown=False)
    match chosen:
        case "reglage":
            show_scenario_bar(snapshot)
            show_proposal(snapshot)
            show_levers(snapshot)
            _show_limits(snapshot)
        case "vad-kravs":
            show_goals(snapshot, state.fitted(snapshot))
        case "tillfallig":
            show_timing(snapshot, state.fitted(snapshot))
        case "sakerhet":
            _show_certainty(figures)
        case "jamfor":
            show_comparison(snapshot)
    if chosen != "reglage":
        show_scenario_trouble()
        state.write_scenario(PAGE)


def _show_certainty(figures: Figures) -> None:
    snapshot, scenario = figures.snapshot, state.fitted(figures.snapshot)
    assumed = apply(snapshot, scenario)
    show_spread(snapshot, assumed, figures.history, bool(scenario.overlays))


def _show_limits(snapshot: Snapshot) -> None:
    """What no paper says, and how the page counts."""
    show_heading("Att tänka på")
    show_note(describe_result(snapshot))
    year, left = ("", "") if snapshot.occasion.is_closing else (_HOW_COUNTED, _WHAT_IS_LEFT)
    show_text(
        "I papperen är det som står i handlingarna, eller följer av dem. Tänk om är ett"
        " räkneexempel: papperens siffror ändrade med reglagen. Inga siffror i databasen ändras."
        " Adressen överst i webbläsaren visar samma antaganden för den som får den.",
        year,
        "När en större eller mindre del delas lika, invånarna räknas en annan dag, eller en kommun"
        " går med eller ur, ändras varje kommuns andel av hela samarbetets kostnad, som är"
        " framräknad ur det papperen anger och antas vara oförändrad. Kommunens belopp flyttas"
        " lika mycket. Vid avtalets fördelning gäller papperens belopp. Delarna blir alltid hela"
        " kostnaden, på öret. Bilderna visar hela kronor.",
        left,
    )
