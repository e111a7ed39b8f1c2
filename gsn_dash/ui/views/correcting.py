"""Källor: one figure put right, or another of its sources chosen, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Contribution, Population, Snapshot
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
from gsn_dash.store.record import Recorded
from gsn_dash.ui import data
from gsn_dash.ui.changing import try_change
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import laid_out, opened
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.state.laid_out import LaidOut
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views.importing_preview import LONGEST_AUTHOR, tell_of
from gsn_dash.ui.views.told import lacks_name, show_told

_SCALES = ("Mkr", "tkr", "kr")
_LONGEST_PRINTED, _LONGEST_REASON = 40, 300
_NO_REASON = "Skriv varför; det visas vid siffran."
_MOVED = (
    "Inget sparades: uppgiften har ändrats sedan du öppnade sidan. Det som gäller nu står ovanför,"
    " och det du skrev står kvar nedanför. Spara en gång till om ditt ska gälla i stället."
)
_CORRECT, _CHOOSE = "correct", "choose"
Stated = Figure | Population | tuple[Contribution, ...]


@dataclass(frozen=True)
class _Asked:
    """What a form asks for; `key` begins the keys of its fields, `seen` is what it would change,
    as the visitor was told of it, and `now` as it is in force."""

    form: str
    ref: str
    key: str
    seen: Stated
    now: Stated
    author: str
    reason: str
    make: Callable[[], Drafts]


def show_correcting(snapshot: Snapshot, ref: str) -> None:
    """The forms for a figure that a paper states; nothing for what a rule has given."""
    stated = find_stated(snapshot, ref)
    if stated is None:
        return
    if has_just_come():
        state.forget_told()
    # Open also after a press that went well: what came of it is said under the button.
    with st.expander("Rätta uppgiften", expanded=bool(state.told(_about(_CORRECT, ref)).sentence)):
        if may(Deed.CHANGE_FIGURES):
            _show_correction(snapshot, ref, stated)
        else:
            show_way_in("kallor", "rätta en uppgift")
    if may(Deed.CHANGE_FIGURES) and len(sources_of_contribution(snapshot, ref)) > 1:
        is_told = bool(state.told(_about(_CHOOSE, ref)).sentence)
        with st.expander("Välj vilken källa som gäller", expanded=is_told):
            _show_choice(snapshot, ref)


def _about(form: str, ref: str) -> str:
    return f"{form} {ref}"


def _lay_out(snapshot: Snapshot, form: str, ref: str, now: Stated) -> LaidOut[Stated]:
    """A form as it lies before the visitor, of what was in force when he came."""
    about = (snapshot.occasion.year, snapshot.occasion.number, ref)
    return laid_out.lay_out(form, about, now, snapshot.batch)


def _show_correction(snapshot: Snapshot, ref: str, stated: Figure | Population) -> None:
    form = _lay_out(snapshot, _CORRECT, ref, stated)
    shown, key = form.shown, f"correct_{form.turn}"
    is_count = isinstance(shown, Population)
    with st.form(key, border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            usual = format_number(shown.count) if is_count else _bare(shown)
            label = "Antal invånare" if is_count else "Nytt belopp, eller ? om det är okänt"
            printed = st.text_input(
                label, usual, max_chars=_LONGEST_PRINTED, key=f"{key}_printed", width=320
            )
            scale = "kr"
            if not is_count:
                at = _SCALES.index(_scale_of(ref))
                scale = st.selectbox("Räknat i", _SCALES, at, key=f"{key}_scale", width=120)
        reason, author = _ask_why(key)
        pressed = st.form_submit_button("Spara rättelsen", type="primary")
    show_told(_about(_CORRECT, ref))
    if pressed:
        correction = Correction(printed, scale)
        make = partial(correction_drafts, snapshot, ref, correction)
        _do(snapshot, _Asked(_CORRECT, ref, key, form.seen, stated, author, reason, make))


def _show_choice(snapshot: Snapshot, ref: str) -> None:
    """The places that state the figure, of which one is in force."""
    found = sources_of_contribution(snapshot, ref)
    form = _lay_out(snapshot, _CHOOSE, ref, found)
    lines = [
        f"{format_value(one.figure)}{'' if at else ' (gäller nu)'}, tryckt"
        f" {format_as_printed(one.figure.printed)}, {name_place(one.figure.origin)}"
        for at, one in enumerate(form.seen)
    ]
    key = f"choose_{form.turn}"
    with st.form(key, border=False, enter_to_submit=False):
        chosen = st.radio(
            "Källor som anger uppgiften",
            range(len(lines)),
            format_func=lambda at: plain_label(lines[at]),
            # In another order the number that was chosen is another source.
            key=f"{key}_source_{'|'.join(lines)}",
        )
        reason, author = _ask_why(key)
        pressed = st.form_submit_button("Låt den valda gälla")
    show_told(_about(_CHOOSE, ref))
    if pressed and not chosen:
        told = Told("Den källan gäller redan; välj en annan.", True)
        state.tell(told, _about(_CHOOSE, ref))
        st.rerun()
    if pressed:
        make = partial(choice_drafts, snapshot, ref, chosen)
        _do(snapshot, _Asked(_CHOOSE, ref, key, form.seen, found, author, reason, make))


def _ask_why(key: str) -> tuple[str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        reason = st.text_input("Varför", max_chars=_LONGEST_REASON, key=f"{key}_why", width=480)
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key=f"{key}_who", width=320
        )
    return reason, author


def _do(snapshot: Snapshot, asked: _Asked) -> None:
    opened.remember_author(asked.author.strip())
    lacking = None if asked.reason.strip() else Told(_NO_REASON, True, f"{asked.key}_why")
    lacking = lacking or lacks_name(asked.author, f"{asked.key}_who")
    told = lacking or try_change(Deed.CHANGE_FIGURES, lambda engine: _keep(engine, snapshot, asked))
    state.tell(told, _about(asked.form, asked.ref))
    st.rerun()


def _keep(engine: data.Engine, snapshot: Snapshot, asked: _Asked) -> Told:
    """Kept where what it changes is as the visitor has seen it; else he is told that it is not."""
    if asked.now != asked.seen:
        laid_out.tell_of(asked.form, asked.now)
        return Told(_MOVED, True)
    try:
        found = keep_drafts(engine, asked.make(), asked.author, asked.reason, snapshot.batch)
    except CorrectionRefused as refused:
        return Told(str(refused), True, f"{asked.key}_printed")
    if isinstance(found, Recorded):
        for form in (_CORRECT, _CHOOSE):
            laid_out.settle(form, found.batch or 0)
    return tell_of(found)


def _bare(figure: Figure) -> str:
    """The figure as it was printed, or the question mark of what is unknown."""
    return figure.printed or "?"


def _scale_of(ref: str) -> str:
    """What such figures are printed in most often; a person sees it and may choose another."""
    return "kr" if ref.startswith("collaboration") else "Mkr"
