"""Granskning: every control, what does not hold first, each with both figures and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.controls import SECTIONS, controls_message
from gsn_dash.present.controls_tables import holding_table
from gsn_dash.present.findings import (
    VERDICTS,
    describe_finding,
    format_side,
    format_tolerance,
    name_sides,
)
from gsn_dash.present.names import name_place
from gsn_dash.store.answers import Answer
from gsn_dash.ui import data
from gsn_dash.ui.page import render_link, show_heading
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.answering import EXPLAINABLE, render_answer, render_way

_BADGES = {
    Verdict.HOLDS: "gsn-badge-holds",
    Verdict.HOLDS_ROUNDED: "gsn-badge-rounded",
    Verdict.FAILS: "gsn-badge-fails",
    Verdict.CANNOT_TELL: "gsn-badge-untold",
}


def message(findings: tuple[Finding, ...]) -> str:
    """The page's one sentence."""
    return controls_message(count_verdicts(findings))


def show_counts(findings: tuple[Finding, ...]) -> None:
    """How many controls came out how, as links down the page."""
    counts = count_verdicts(findings)
    items = "".join(
        f'<div><dt><a href="#{verdict.value}">{escape(text)}</a></dt>'
        f"<dd>{counts[verdict]}</dd></div>"
        for verdict, text in VERDICTS.items()
    )
    st.html(f'<dl class="gsn-figures">{items}</dl>')


def show_controls(figures: data.Figures) -> None:
    """All controls under their verdicts."""
    for verdict, heading in SECTIONS.items():
        found = [finding for finding in figures.findings if finding.verdict is verdict]
        if found:
            st.html(f'<div id="{verdict.value}"></div>')
            show_heading(f"{heading} ({len(found)})")
            _show_section(figures, verdict, found)


def _show_section(figures: data.Figures, verdict: Verdict, found: Sequence[Finding]) -> None:
    """What holds is one table; what does not is told one by one, with what is answered to it."""
    snapshot = figures.snapshot
    if verdict is Verdict.HOLDS:
        table = kept(snapshot, "controls that hold", lambda: holding_table(snapshot, found))
        show_table(table, download="kontroller")
        return
    html = kept(
        snapshot,
        f"controls {verdict.value}",
        lambda: "".join(_render(snapshot, finding, figures.answers) for finding in found),
    )
    st.html(f'<div class="gsn-findings">{html}</div>')


def _render(snapshot: Snapshot, finding: Finding, answers: Mapping[str, Answer]) -> str:
    """One control: title, verdict, explanation, what is answered, and both sides' places."""
    title, explanation = describe_finding(snapshot, finding)
    way = render_way(answers, finding, title) if finding.verdict in EXPLAINABLE else ""
    return (
        f'<article class="gsn-finding"><h3>{escape(title)}</h3>{render_badge(finding.verdict)}'
        f"<p>{escape(explanation)}</p>{render_answer(answers, finding)}"
        f'<details><summary>Var det står<span class="gsn-hidden">: {escape(title)}</span></summary>'
        f"{_render_sides(finding)}</details>{way}</article>"
    )


def render_badge(verdict: Verdict) -> str:
    """How a control came out, as a badge."""
    return f'<span class="gsn-badge {_BADGES[verdict]}">{VERDICTS[verdict]}</span>'


def _render_sides(finding: Finding) -> str:
    sides = zip(name_sides(finding), (finding.stated, finding.found), strict=True)
    html = "".join(_render_side(finding, name, side) for name, side in sides)
    tolerance = format_tolerance(finding)
    return f"{html}<p>Tillåten skillnad: {escape(tolerance)}.</p>" if tolerance else html


def _render_side(finding: Finding, name: str, side: Side) -> str:
    value = format_side(finding, side)
    places = "".join(f"<li>{escape(name_place(place))}</li>" for place in side.places)
    link = f"<p>{render_link('Visa källan', side.ref)}</p>" if side.ref else ""
    if not (value or places):
        return ""
    return f"<h4>{escape(name)}{': ' + escape(value) if value else ''}</h4><ul>{places}</ul>{link}"
