"""Granskning: what does not hold is explained by somebody, and is met with that next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote

import streamlit as st

from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.present.answers import (
    EXPLAINED_MARK,
    OTHER_FIGURES,
    REOPENED_AGAIN,
    SAVED,
    describe_answer,
    describe_answered,
    describe_first,
    describe_reopened,
)
from gsn_dash.present.findings import describe_finding
from gsn_dash.store.answers import EXPLAINED, REOPENED, Answer, AnswerConflict, answer
from gsn_dash.ui import data
from gsn_dash.ui.changing import try_change
from gsn_dash.ui.occasions import own_parameter
from gsn_dash.ui.page import show_note, show_text
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import laid_out, opened
from gsn_dash.ui.state.choices import read_parameter
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.state.laid_out import LaidOut
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views.importing_preview import LONGEST_AUTHOR
from gsn_dash.ui.views.told import lacks_name, show_told

PARAMETER = "fynd"
AWAY = "Databasen svarar inte just nu, så svaret sparades inte; försök igen om en stund."
_BOX = "svar"
_FORM = "answer"
_LONGEST_WORDS = 2000
_NO_WORDS = "Skriv vad som förklarar det."
EXPLAINABLE = (Verdict.FAILS, Verdict.CANNOT_TELL)


@dataclass(frozen=True)
class Seen:
    """What the visitor has seen of a control: its answer, if any, and what its figures said."""

    answer: Answer | None
    fingerprint: str


def show_answered(figures: data.Figures) -> None:
    """How far the controls that do not hold have been explained."""
    unsettled = [finding for finding in figures.findings if finding.verdict in EXPLAINABLE]
    answered = [finding for finding in unsettled if _explained(figures.answers, finding)]
    show_text(describe_answered(len(answered), len(unsettled)))


def show_answering(figures: data.Figures) -> None:
    """The form for the control that the address names, first on the page; else nothing."""
    key = read_parameter(PARAMETER)
    if not key:
        return
    if has_just_come():
        state.forget_told()
    finding = next((one for one in figures.findings if one.key == key), None)
    if finding is None:
        show_note("Kontrollen i adressen finns inte bland dem som gäller nu.", True)
        return
    form = _lay_out(figures, finding)
    title, explanation = describe_finding(figures.snapshot, finding)
    st.html(
        f'<section class="gsn-note" id="{_BOX}" tabindex="-1" aria-labelledby="gsn-answering">'
        f'<h2 id="gsn-answering">Förklara: {escape(title)}</h2><p>{escape(explanation)}</p>'
        f"{render_answer(_newest(figures, form.seen.answer), finding)}"
        '<p><a href="/granskning">Tillbaka till alla kontroller</a></p></section>'
    )
    if may(Deed.ANSWER):
        _show_form(figures, finding, form)
    else:
        show_way_in("granskning", "svara på en kontroll")


def _lay_out(figures: data.Figures, finding: Finding) -> LaidOut[Seen]:
    now, about = figures.answers.get(finding.key), (figures.place, finding.key)
    version = now.version if now else 0
    return laid_out.lay_out(_FORM, about, Seen(now, finding.fingerprint), version)


def _newest(figures: data.Figures, seen: Answer | None) -> Mapping[str, Answer]:
    """All answers; of the one that the visitor was told of before the page has heard, that."""
    now = figures.answers.get(seen.key) if seen else None
    is_ahead = seen is not None and (now is None or seen.version > now.version)
    return {**figures.answers, seen.key: seen} if is_ahead else figures.answers


def _show_form(figures: data.Figures, finding: Finding, form: LaidOut[Seen]) -> None:
    shown = form.shown.answer
    is_explained = _explained(_newest(figures, form.seen.answer), finding)
    with st.form(f"answer_{form.turn}", border=False, enter_to_submit=False):
        words = st.text_area(
            "Förklaring",
            shown.words if shown and shown.state == EXPLAINED else "",
            max_chars=_LONGEST_WORDS,
            width=768,
            key=f"answer_words_{form.turn}",
        )
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key="answer_who", width=320
        )
        with st.container(horizontal=True, gap="small"):
            saves = st.form_submit_button("Spara förklaringen", type="primary")
            reopens = is_explained and st.form_submit_button("Ta tillbaka förklaringen")
    show_told(finding.key)
    if saves or reopens:
        opened.remember_author(author.strip())
        given = (EXPLAINED, words, author) if saves else (REOPENED, "", author)
        about = figures.place, finding.key
        lacking = None
        if saves and not words.strip():
            lacking = Told(_NO_WORDS, True, f"answer_words_{form.turn}")
        lacking = lacking or lacks_name(author, "answer_who")
        told = lacking or try_change(
            Deed.ANSWER, lambda engine: _answer(engine, *about, form.seen, given), AWAY
        )
        state.tell(told, finding.key)
        st.rerun()


def _answer(
    engine: data.Engine, place: data.Place, key: str, seen: Seen, given: tuple[str, str, str]
) -> Told:
    """Kept on top of what the visitor has seen; else he is told of who was first."""
    based_on = seen.answer.version if seen.answer else 0
    found = answer(engine, place, key, based_on, *given, seen.fingerprint)
    if isinstance(found, AnswerConflict):
        newest = found.newest
        laid_out.tell_of(_FORM, replace(seen, answer=newest))
        return Told(describe_first(newest.author, newest.saved_at.astimezone(data.ZONE)), True)
    laid_out.settle(_FORM, found.version)
    return Told(SAVED if given[0] == EXPLAINED else REOPENED_AGAIN)


def _explained(answers: Mapping[str, Answer], finding: Finding) -> bool:
    found = answers.get(finding.key)
    return found is not None and found.state == EXPLAINED


def render_answer(answers: Mapping[str, Answer], finding: Finding) -> str:
    """What has been answered, and whether the figures have moved on since; empty for nothing."""
    found = answers.get(finding.key)
    if found is None:
        return ""
    moment = found.saved_at.astimezone(data.ZONE)
    if found.state != EXPLAINED:
        return f'<p class="gsn-quiet">{escape(describe_reopened(found.author, moment))}</p>'
    is_other = found.fingerprint != finding.fingerprint
    other = f"<p><strong>{escape(OTHER_FIGURES)}</strong></p>" if is_other else ""
    return (
        f'<div class="gsn-note"><p><span class="gsn-derived">{EXPLAINED_MARK}</span>'
        f" {escape(describe_answer(found.author, moment))}</p>"
        f'<p class="gsn-written">{escape(found.words)}</p>{other}</div>'
    )


def render_way(answers: Mapping[str, Answer], finding: Finding, title: str) -> str:
    """The link to where a control is explained, named by the control for who hears it."""
    word = "Ändra förklaringen" if _explained(answers, finding) else "Förklara"
    address = f"/granskning?{PARAMETER}={quote(finding.key, safe='')}{own_parameter()}#{_BOX}"
    return (
        f'<p><a href="{escape(address)}">{word}<span class="gsn-hidden">: {escape(title)}</span>'
        "</a></p>"
    )
