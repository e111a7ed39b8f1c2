"""Källor: one figure put right, or another of its sources chosen, with a reason."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Population, Snapshot
from gsn_dash.importing.corrections import (
    Correction,
    CorrectionRefused,
    choice_drafts,
    correction_drafts,
    find_stated,
    sources_of_contribution,
)
from gsn_dash.importing.flow import keep_drafts
from gsn_dash.present.names import name_place
from gsn_dash.present.numbers import format_number
from gsn_dash.present.places import format_as_printed
from gsn_dash.present.sources import format_value
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.rights import may_edit, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views.importing_preview import AWAY, LONGEST_AUTHOR, MAY_NOT, tell_of
from gsn_dash.ui.views.scenario_forms import show_sentence

_SCALES = ("Mkr", "tkr", "kr")
_LONGEST_PRINTED, _LONGEST_REASON = 40, 300
_NO_REASON = "Skriv varför; det visas som källa."


def show_correcting(snapshot: Snapshot, ref: str) -> None:
    """The forms for a figure that a paper states; nothing for what a rule has given."""
    stated = find_stated(snapshot, ref)
    if stated is None:
        return
    if has_just_come():
        state.forget_told()
    told = state.told(ref)
    show_sentence(told.sentence, told.is_warning)
    with st.expander("Rätta uppgiften", expanded=told.is_warning):
        if not may_edit():
            show_way_in("kallor", "rätta en uppgift")
            return
        _show_correction(snapshot, ref, stated)
        if len(sources_of_contribution(snapshot, ref)) > 1:
            _show_choice(snapshot, ref)


def _show_correction(snapshot: Snapshot, ref: str, stated: Figure | Population) -> None:
    is_count = isinstance(stated, Population)
    with st.form(f"correct_{ref}", border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            usual = format_number(stated.count) if is_count else _bare(stated)
            label = "Antal invånare" if is_count else "Nytt belopp, eller ? om det är okänt"
            printed = st.text_input(
                label, usual, max_chars=_LONGEST_PRINTED, key=f"correct_printed_{ref}", width=320
            )
            scale = "kr"
            if not is_count:
                at = _SCALES.index(_scale_of(ref))
                scale = st.selectbox("Räknat i", _SCALES, at, key=f"correct_scale_{ref}", width=120)
        reason, author = _ask_why(f"correct_{ref}")
        pressed = st.form_submit_button("Spara rättelsen", type="primary")
    if pressed:
        correction = Correction(printed, scale, reason)
        _do(snapshot, ref, author, reason, lambda: correction_drafts(snapshot, ref, correction))


def _show_choice(snapshot: Snapshot, ref: str) -> None:
    """The places that state the figure, of which one is in force."""
    st.subheader("Välj vilken källa som gäller", anchor=False)
    found = sources_of_contribution(snapshot, ref)
    lines = [
        f"{format_value(one.figure)}, tryckt {format_as_printed(one.figure.printed)},"
        f" {name_place(one.figure.origin)}"
        for one in found
    ]
    with st.form(f"choose_{ref}", border=False, enter_to_submit=False):
        chosen = st.radio(
            "Källor som anger uppgiften; den första gäller nu",
            range(len(found)),
            format_func=lambda at: plain_label(lines[at]),
            key=f"choose_source_{ref}_{snapshot.batch}",
        )
        reason, author = _ask_why(f"choose_{ref}")
        pressed = st.form_submit_button("Låt den valda gälla")
    if pressed and not chosen:
        state.tell(Told("Den källan gäller redan; välj en annan.", True), ref)
        st.rerun()
    if pressed:
        _do(snapshot, ref, author, reason, lambda: choice_drafts(snapshot, ref, chosen))


def _ask_why(key: str) -> tuple[str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        reason = st.text_input("Varför", max_chars=_LONGEST_REASON, key=f"{key}_why", width=480)
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key=f"{key}_who", width=320
        )
    return reason, author


def _do(snapshot: Snapshot, ref: str, author: str, reason: str, make: Callable[[], Drafts]) -> None:
    opened.remember_author(author.strip())
    state.tell(_keep(snapshot, author, reason, make), ref)
    st.rerun()


def _keep(snapshot: Snapshot, author: str, reason: str, make: Callable[[], Drafts]) -> Told:
    engine = data.engine()
    if engine is None:
        return Told(AWAY, True)
    if not may_edit():
        return Told(MAY_NOT, True)
    if not reason.strip():
        return Told(_NO_REASON, True)
    try:
        return tell_of(keep_drafts(engine, make(), author, reason, snapshot.batch))
    except CorrectionRefused as refused:
        return Told(str(refused), True)
    except (NotKept, StoreUnavailable) as problem:
        return Told(problem.sentence, True)


def _bare(figure: Figure) -> str:
    """The figure as it was printed, or the question mark of what is unknown."""
    return figure.printed or "?"


def _scale_of(ref: str) -> str:
    """What such figures are printed in most often; a person sees it and may choose another."""
    return "kr" if ref.startswith("collaboration") else "Mkr"
