"""Granskning: what does not hold is explained by somebody, and is met with that next time."""

from __future__ import annotations

from collections.abc import Mapping
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
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.page import show_note, show_text
from gsn_dash.ui.rights import may_edit, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.choices import read_parameter
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.views.importing_preview import LONGEST_AUTHOR, MAY_NOT
from gsn_dash.ui.views.scenario_forms import show_sentence

PARAMETER = "fynd"
AWAY = "Databasen svarar inte just nu, så svaret sparades inte; försök igen om en stund."
_BOX = "svar"
_LONGEST_WORDS = 2000
EXPLAINABLE = (Verdict.FAILS, Verdict.CANNOT_TELL)


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
    title, explanation = describe_finding(figures.snapshot, finding)
    st.html(
        f'<section class="gsn-note" id="{_BOX}" tabindex="-1" aria-labelledby="gsn-answering">'
        f'<h2 id="gsn-answering">Förklara: {escape(title)}</h2><p>{escape(explanation)}</p>'
        f"{render_answer(figures.answers, finding)}"
        '<p><a href="/granskning">Tillbaka till alla kontroller</a></p></section>'
    )
    told = state.told(key)
    show_sentence(told.sentence, told.is_warning)
    if may_edit():
        _show_form(figures, finding)
    else:
        show_way_in("granskning", "svara på en kontroll")


def _show_form(figures: data.Figures, finding: Finding) -> None:
    seen = figures.answers.get(finding.key)
    is_explained = _explained(figures.answers, finding)
    number = seen.version if seen else 0
    with st.form(f"answer_{finding.key}", border=False, enter_to_submit=False):
        words = st.text_area(
            "Förklaring",
            seen.words if is_explained else "",
            max_chars=_LONGEST_WORDS,
            width=768,
            key=f"answer_words_{finding.key}_{number}",
        )
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key="answer_who", width=320
        )
        with st.container(horizontal=True, gap="small"):
            saves = st.form_submit_button("Spara förklaringen", type="primary")
            reopens = is_explained and st.form_submit_button("Ta tillbaka förklaringen")
    if saves or reopens:
        opened.remember_author(author.strip())
        given = (EXPLAINED, words) if saves else (REOPENED, "")
        state.tell(_answer(figures, finding, number, *given, author), finding.key)
        st.rerun()


def _answer(
    figures: data.Figures, finding: Finding, based_on: int, kind: str, words: str, author: str
) -> Told:
    engine, place = data.engine(), figures.place
    if engine is None or place is None:
        return Told(AWAY, True)
    if not may_edit():
        return Told(MAY_NOT, True)
    given = (kind, words, author, finding.fingerprint)
    try:
        found = answer(engine, place, finding.key, based_on, *given)
    except (NotKept, StoreUnavailable) as problem:
        return Told(problem.sentence, True)
    if isinstance(found, AnswerConflict):
        newest = found.newest
        moment = newest.saved_at.astimezone(data.ZONE)
        return Told(describe_first(newest.author, moment), True)
    return Told(SAVED if kind == EXPLAINED else REOPENED_AGAIN)


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
    address = f"/granskning?{PARAMETER}={quote(finding.key, safe='')}#{_BOX}"
    return (
        f'<p><a href="{escape(address)}">{word}<span class="gsn-hidden">: {escape(title)}</span>'
        "</a></p>"
    )
