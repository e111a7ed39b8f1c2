"""Every import: who, when, of what; and one of them withdrawn whole."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from gsn_dash.domain.drafts import MAP, WITHDRAWAL
from gsn_dash.importing import flow, telling
from gsn_dash.present.importing import describe_withdrawn, name_batch_kind
from gsn_dash.present.numbers import format_moment, format_number
from gsn_dash.present.scenarios import apart
from gsn_dash.present.tables import Table, TableRow, word
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import Batch
from gsn_dash.store.withdrawing import CannotWithdraw, withdraw
from gsn_dash.ui import data
from gsn_dash.ui.changing import AWAY, try_change
from gsn_dash.ui.page import show_heading, show_lead, show_text
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.importing import Told, Withdrawing
from gsn_dash.ui.state.labels import plain_label
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.importing_preview import LONGEST_AUTHOR, show_seen
from gsn_dash.ui.views.told import lacks_name, show_told

_PART = "history"
_SHOWN = 30
_NAMED_FILES = 2
_LONGEST_REASON = 500
_NO_REASON = "Skriv varför inläsningen dras tillbaka."
_HEADINGS = ("Nummer", "När", "Vem", "Vad", "Fil och kontrollsumma", "Anteckning", "Läge")


def show_history(figures: data.Figures) -> None:
    """All imports, the newest first."""
    show_heading("Historik")
    newest = tuple(reversed(figures.batches))
    shown = newest
    if len(newest) > _SHOWN:
        label = f"Visa alla {format_number(len(newest))} inläsningar"
        shown = newest if st.checkbox(label, key="history_all") else newest[:_SHOWN]
    show_table(Table("Inläsningar, den senaste först", _HEADINGS, tuple(map(_row, shown))))
    st.html(
        '<p>Alla filer med sina kontrollsummor står under <a href="/kallor#inlasningar">Källor</a>.'
        "</p>"
    )


def _row(batch: Batch) -> TableRow:
    texts = (
        format_moment(batch.recorded_at.astimezone(data.ZONE)),
        apart(batch.recorded_by),
        name_batch_kind(batch.kind),
        _name_files(batch.files),
        apart(batch.note),
        _state_of(batch),
    )
    return TableRow(word(str(batch.id)), tuple(map(word, texts)))


def _name_files(files: Sequence[tuple[str, str]]) -> str:
    """ "mall.xlsx (0f3a…)"; of many the first, and how many more."""
    if len(files) > _NAMED_FILES:
        return f"{files[0][0]} och {len(files) - 1} till"
    return ", ".join(f"{name} ({sha256[:12]})" for name, sha256 in files)


def _state_of(batch: Batch) -> str:
    if batch.withdrawn_by is not None:
        return f"tillbakadragen av {batch.withdrawn_by}"
    if batch.withdraws is not None:
        return f"drog tillbaka {batch.withdraws}"
    return ""


def show_withdrawing(figures: data.Figures) -> None:
    """One import chosen, what withdrawing it would do, and the button that does."""
    show_heading("Dra tillbaka en inläsning")
    show_text(
        "Blev något fel kan en inläsning dras tillbaka hel. Då gäller det som gällde före den."
        " Inget raderas: både inläsningen och att den drogs tillbaka står kvar i historiken."
    )
    lines = {batch.id: _line(batch) for batch in reversed(figures.batches) if _may_go(batch)}
    if not lines:
        show_text("Det finns ingen inläsning att dra tillbaka.")
        show_told(_PART)
        return
    box = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with box:
        # Another list begins at its newest import, and not at what was chosen in the one before.
        key = f"history_chosen_{next(iter(lines))}"
        chosen = st.selectbox("Inläsning", list(lines), format_func=lines.get, key=key, width=640)
        if st.button("Visa vad det skulle ändra", key="history_look"):
            state.tell(_think_of(chosen), _PART)
            st.rerun()
    thought = state.withdrawing()
    if thought is not None and thought.batch == chosen:
        _show_thought(thought)
    show_told(_PART)


def _may_go(batch: Batch) -> bool:
    return batch.kind not in (WITHDRAWAL, MAP) and batch.withdrawn_by is None


def _line(batch: Batch) -> str:
    when = format_moment(batch.recorded_at.astimezone(data.ZONE))
    what = name_batch_kind(batch.kind)
    file = f", {batch.files[0][0]}" if len(batch.files) == 1 else ""
    return f"{batch.id}: {what}{file}, {when} av {apart(batch.recorded_by)}"


def _think_of(batch: int) -> Told:
    state.think_of(None)
    engine = data.engine()
    if engine is None:
        return Told(AWAY, True)
    try:
        found = flow.look_at_withdrawal(engine, batch)
    except StoreUnavailable as problem:
        return Told(problem.sentence, True)
    if isinstance(found, CannotWithdraw):
        return Told(found.sentence, True)
    state.think_of(Withdrawing(batch, found))
    return Told()


def _show_thought(thought: Withdrawing) -> None:
    show_lead(telling.describe_look(thought.seen))
    show_seen(thought.seen)
    form = st.form("history_form", border=False, enter_to_submit=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        reason = st.text_input("Varför", max_chars=_LONGEST_REASON, key="history_why", width=480)
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key="history_who", width=320
        )
        label = plain_label(f"Dra tillbaka inläsning {thought.batch}")
        pressed = st.form_submit_button(label, type="primary", key="history_do")
    if pressed:
        opened.remember_author(author.strip())
        asked = thought.batch, author, reason
        lacking = None if reason.strip() else Told(_NO_REASON, True, "history_why")
        lacking = lacking or lacks_name(author, "history_who")
        told = lacking or try_change(Deed.CHANGE_FIGURES, lambda engine: _withdraw(engine, *asked))
        state.tell(told, _PART)
        st.rerun()


def _withdraw(engine: data.Engine, batch: int, author: str, reason: str) -> Told:
    found = withdraw(engine, batch, author, reason)
    if isinstance(found, CannotWithdraw):
        return Told(found.sentence, True)
    state.think_of(None)
    return Told(describe_withdrawn(batch, not list_occasions(engine)))
