"""Granskning: every control, what does not hold first, each with both figures and places."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.controls import SECTIONS, controls_message
from gsn_dash.present.findings import (
    VERDICTS,
    describe_finding,
    format_side,
    format_tolerance,
    name_sides,
)
from gsn_dash.present.names import name_place
from gsn_dash.present.tables import Cell, Table, TableRow, word
from gsn_dash.ui import data
from gsn_dash.ui.page import render_link, show_heading
from gsn_dash.ui.tables import show_table

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
            _show_section(figures.snapshot, verdict, found)


def _show_section(snapshot: Snapshot, verdict: Verdict, found: Sequence[Finding]) -> None:
    """What holds is one table; what does not is told one by one."""
    if verdict is Verdict.HOLDS:
        show_table(kept(snapshot, "controls that hold", lambda: _table(snapshot, found)))
        return
    html = kept(
        snapshot,
        f"controls {verdict.value}",
        lambda: "".join(_render(snapshot, finding) for finding in found),
    )
    st.html(f'<div class="gsn-findings">{html}</div>')


def _table(snapshot: Snapshot, found: Sequence[Finding]) -> Table:
    rows = []
    for finding in found:
        title, explanation = describe_finding(snapshot, finding)
        cells = (
            word(explanation),
            Cell(format_tolerance(finding)),
            _places(finding.stated),
            _places(finding.found),
        )
        rows.append(TableRow(word(title), cells))
    headings = ("Vad", "Jämförelse", "Tillåten skillnad", "Var det står", "Jämfört med")
    return Table("Kontroller som stämmer", headings, tuple(rows))


def _places(side: Side) -> Cell:
    """Where a side stands, as a link to its source, which tells of further places too."""
    more = f" (och {len(side.places) - 1} till)" if len(side.places) > 1 else ""
    return word(f"{name_place(side.places[0])}{more}" if side.places else "", side.ref)


def _render(snapshot: Snapshot, finding: Finding) -> str:
    """One control: title, verdict, explanation, and both sides with their places."""
    title, explanation = describe_finding(snapshot, finding)
    return (
        f'<article class="gsn-finding"><h3>{escape(title)}</h3>{render_badge(finding.verdict)}'
        f"<p>{escape(explanation)}</p>"
        f'<details><summary>Var det står<span class="gsn-hidden">: {escape(title)}</span></summary>'
        f"{_render_sides(finding)}</details></article>"
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
