"""Inläsning: a file is chosen, shown as it was understood, and looked at; then it may be kept."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from gsn_dash.importing import flow
from gsn_dash.ingest.cells import LARGEST_FILE, FileRefused
from gsn_dash.ingest.opened import SIE, Opened
from gsn_dash.present.importing import FILE_KINDS, MESSAGE, describe_same
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui import data
from gsn_dash.ui.file_input import GivenFile, choose_file
from gsn_dash.ui.focus import move_focus
from gsn_dash.ui.page import show_heading, show_note, show_text
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state.importing import Held, Told
from gsn_dash.ui.state.visits import has_come_from_elsewhere
from gsn_dash.ui.views.importing_choices import CHOOSING, show_choices
from gsn_dash.ui.views.importing_preview import show_preview
from gsn_dash.ui.views.scenario_forms import show_sentence
from gsn_dash.ui.views.told import show_told

__all__ = ["MESSAGE", "may_import", "show_import"]

AWAY = "Databasen svarar inte just nu, så inget går att läsa in; försök igen om en stund."
_KEPT = "import_kept"
_KINDS = (".xlsx", ".xlsm", ".ods", ".csv", ".se", ".si", ".sie", ".txt")
_WORDS = {
    "label": "Välj en fil …",
    "hint": f"eller dra den hit. Högst {LARGEST_FILE // 1024**2} MB.",
    "reading": "Läser {name} …",
    "sent": "{name} är skickad.",
    "lost": "Servern har bytts ut sedan {name} valdes, och inget är sparat; välj filen igen.",
    "broken": "{name} kom inte fram, och inget är sparat; välj filen igen.",
    "large": "{name} är {size} MB; den får vara högst "
    f"{LARGEST_FILE // 1024**2} MB. Spara bara de blad som behövs.",
    "many": "Välj en fil i taget.",
    "unread": "{name} gick inte att läsa från datorn; försök igen.",
}


def may_import() -> bool:
    """Whether the visitor may read files in; says how to get to where not."""
    if not may(Deed.CHANGE_FIGURES):
        show_way_in("inlasning", "läsa in siffror")
    return may(Deed.CHANGE_FIGURES)


def show_import(figures: data.Figures) -> None:
    """The whole way of a file, as far as it has come."""
    if has_come_from_elsewhere():
        state.forget_told()
    show_heading("1. Välj fil")
    show_text(FILE_KINDS)
    rows = "förra tillfällets rader, där du fyller i beloppen"
    if figures.snapshot is None:
        rows = "rubriker, där du fyller i både rader och belopp"
    st.html(
        '<p>Enklast är <a href="/hamta/mall.xlsx" download>mallen</a>: ett kalkylblad med'
        f" {rows}.</p>"
    )
    given = choose_file("import_file", _WORDS, _KINDS, LARGEST_FILE, _turn())
    if given is not None:
        _take(figures, given)
    _show_told()
    held = state.held()
    if held is not None:
        _show_held(figures, held)


def _show_told() -> None:
    """Why a file could not be opened, or that the last one is kept."""
    told = state.told()
    if told.is_warning:
        show_sentence(told.sentence, True)
    elif told.sentence:
        # Step 2 and 3 are gone, and what is below them lies where they were.
        with st.container(key=_KEPT):
            st.html(_render_kept(told.sentence))
        move_focus(_KEPT, state.told_turn())


def _render_kept(sentence: str) -> str:
    """That a file is kept, and where what it brought can be seen."""
    return (
        '<div class="gsn-note" role="status" tabindex="-1">'
        f"<p><strong>{escape(sentence)}</strong></p><p>Se"
        ' <a href="/driftbudget">Driftbudget</a>, <a href="/investeringar">Investeringar</a>,'
        ' <a href="/samarbeten">Samarbeten</a> och vad kontrollerna säger på'
        ' <a href="/granskning">Granskning</a>.</p></div>'
    )


def _turn() -> int:
    held = state.held()
    return held.turn if held else 0


def _take(figures: data.Figures, given: GivenFile) -> None:
    """Open a file, and look at it at once where there is nothing to choose first."""
    state.hold(None)
    state.forget_told()
    if given.content is None:
        state.tell(Told(_WORDS["lost"].format(name=given.name), True))
        return
    with st.status(f"Läser {_plain(given.name)} …", expanded=True) as status:
        try:
            st.write("Öppnar filen och känner igen kolumnerna.")
            held = _open(given.name, given.content)
            if is_ready(held):
                st.write("Läser alla rader, jämför med det som gäller och prövar kontrollerna.")
                held = look_at(held)
            state.hold(held)
            status.update(
                label="Filen är läst. Inget är sparat än.", state="complete", expanded=False
            )
        except FileRefused as refused:
            state.tell(Told(f"{given.name}: {_as_sentence(refused)}", True))
            status.update(label="Filen läses inte in.", state="error", expanded=False)
        except StoreUnavailable as problem:
            state.tell(Told(problem.sentence, True))
            status.update(label="Filen gick inte att jämföra.", state="error", expanded=False)


def _open(name: str, content: bytes) -> Held:
    """Raises FileRefused and StoreUnavailable."""
    opened = flow.begin(name, content)
    same = flow.find_same(_engine(), opened)
    return Held(opened, state.next_turn(), opened.recognised, same=same)


def is_ready(held: Held) -> bool:
    """Whether a file can be read with no choice of a person's."""
    is_sure = all(found.is_sure for found in held.recognised)
    return is_sure and (held.occasion is not None or not flow.needs_occasion(held.opened))


def look_at(held: Held) -> Held:
    """The file with what keeping it would do. Raises FileRefused and StoreUnavailable."""
    return replace(held, seen=flow.look(_engine(), held.opened, held.choices))


def _engine() -> flow.Engine:
    engine = data.engine()
    if engine is None:
        raise StoreUnavailable(AWAY)
    return engine


def _as_sentence(refused: FileRefused) -> str:
    text = str(refused)
    return text if text.endswith(".") else f"{text}."


def _plain(name: str) -> str:
    """A name that Streamlit reads no markup in."""
    return "".join(sign for sign in name[:80] if sign.isalnum() or sign in " .-_åäöÅÄÖ")


def _show_held(figures: data.Figures, held: Held) -> None:
    opened = held.opened
    show_heading("2. Så har filen lästs")
    show_text(_describe(opened))
    if held.same is not None:
        moment = held.same.recorded_at.astimezone(data.ZONE)
        show_note(describe_same(held.same.id, held.same.recorded_by, moment))
    for remark in opened.remarks:
        show_note(remark)
    chosen = show_choices(figures, held)
    show_told(CHOOSING)
    if chosen is None and held.seen is None and opened.kind == SIE:
        chosen = held  # its codes have been mapped otherwise since it was looked at
    if chosen is not None:
        held = _look_again(chosen)
    show_heading("3. Det som skulle ändras")
    if held.seen is None:
        show_text("Välj först ovan hur filen ska läsas, och tryck på Visa vad som ändras.")
    else:
        show_preview(held)


def _look_again(chosen: Held) -> Held:
    """Read the file once more, as it is now chosen."""
    state.forget_told()
    state.hold(chosen)
    with st.status("Läser filen igen …") as status:
        try:
            chosen = look_at(chosen)
            status.update(label="Filen är läst. Inget är sparat än.", state="complete")
        except (FileRefused, StoreUnavailable) as problem:
            show_sentence(_as_sentence(problem), True)
            status.update(label="Filen gick inte att läsa så.", state="error")
    state.hold(chosen)
    return chosen


_DESCRIPTIONS = {
    "table": "Filen är en tabell.",
    "template": "Filen är programmets mall.",
    "population": "Filen är SCB:s tabell över folkmängd.",
    "sie": "Filen är redovisning i formatet SIE.",
}


def _describe(opened: Opened) -> str:
    what = _DESCRIPTIONS.get(opened.kind, "")
    return f"{opened.name}. {what} Filens kontrollsumma (sha256) börjar {opened.sha256[:12]}."
