"""The live sheet of Tänk om …?: message, levers, and beside them what they move."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from gsn_dash.charts.data import BridgeChart, RowsChart
from gsn_dash.charts.moving import move
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.pictures.what_if import (
    alternative,
    bills_chart,
    difference_chart,
    operating_chart,
    projects_chart,
)
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import SPACE, format_mkr_unit
from gsn_dash.present.occasions import say_place
from gsn_dash.present.sections import BILLS, INVESTMENTS, OPERATING
from gsn_dash.present.templates import Template, as_json, mkr, render
from gsn_dash.present.what_if import (
    NOTHING_ASSUMED,
    bill_template,
    describe_booked,
    describe_consequences,
    describe_not_started,
    lacks,
    say_bill,
    what_if_message,
)
from gsn_dash.ui.moving_tables import MovingTable, still_table, table_json
from gsn_dash.ui.tables import render_table
from gsn_dash.ui.views.what_if_levers import levers_json, program_json, section_of
from gsn_dash.ui.views.what_if_tables import bills_table, operating_table, projects_table

LeadTo = Callable[[str], str]
_HEADINGS = {OPERATING: "Driftbudget", INVESTMENTS: "Investeringar", BILLS: "Samarbeten"}
_TABLES: dict[str, Callable[[Trial], MovingTable]] = {
    OPERATING: operating_table,
    INVESTMENTS: projects_table,
    BILLS: bills_table,
}
_CHARTS: dict[str, tuple[Callable[[Trial], RowsChart | BridgeChart | None], ...]] = {
    OPERATING: (operating_chart,),
    INVESTMENTS: (projects_chart,),
    BILLS: (bills_chart, difference_chart),
}


def sheet_json(trial: Trial, lead_to: LeadTo) -> dict:
    """All that the live component needs but its revision, in JSON.

    `lead_to` gives the address of a figure's source.
    """
    head = _head(trial)
    return {
        "about": say_place((trial.base.occasion.year, trial.base.occasion.number)),
        "levers": levers_json(trial),
        "program": program_json(trial),
        **{name: as_json(text) for name, text in head.items()},
        "nothing": NOTHING_ASSUMED,
        "reset": "Återställ",
        "sections": [_section_json(trial, name, lead_to) for name in _sections(trial)],
        "settled": {"values": trial.settled()},
    }


def _head(trial: Trial) -> dict[str, Template]:
    return {
        "message": what_if_message(trial.compiled, trial.base),
        "assumed": describe_assumptions(trial.compiled, trial.base, trial.scenario),
        "consequences": describe_consequences(trial.compiled, trial.base, trial.scenario),
    }


def _sections(trial: Trial) -> list[str]:
    """Those that have anything to move or to show."""
    has_levers = {section_of(lever) for lever in trial.compiled.levers}
    return [name for name in _HEADINGS if name in has_levers]


def _section_json(trial: Trial, name: str, lead_to: LeadTo) -> dict:
    charts = [chart for make in _CHARTS[name] if (chart := make(trial))]
    return {
        "key": name,
        "heading": _HEADINGS[name],
        "pairs": [
            {**pair, "assumed": as_json(pair["assumed"])} for pair in _pairs(trial, name, lead_to)
        ],
        "tables": [table_json(_TABLES[name](trial), lead_to)],
        "pictures": [move(chart, lead_to, alternative(chart)) for chart in charts],
        "notes": [
            {"text": as_json(text), "warning": is_warning}
            for text, is_warning in section_notes(trial, name)
        ],
    }


def _pairs(trial: Trial, name: str, lead_to: LeadTo) -> list[dict]:
    by = "Utfallet" if trial.base.occasion.is_closing else "Prognosen"
    if name == BILLS:
        return [_bill_pair(trial, code, lead_to) for code in payers(trial.base)]
    if name == OPERATING:
        reported, style = line(trial.base, "net", "year").deviation, "+"
        what, ref = f"{by}, mot årets budget", operating("net", "year", "deviation")
    else:
        reported, style = total_row(trial.base).left, ""
        what, ref = f"{by}, kvar vid årets slut", InvestmentKey(TOTAL, "left").ref
    pairs = []
    if trial.has(ref):
        assumed = (mkr(trial.now(ref), style), f"{SPACE}Mkr")
        said = format_mkr_unit(reported.amount, bool(style))
        pairs.append(_pair(what, said, lead_to(ref), assumed))
    return pairs


def _bill_pair(trial: Trial, code: str, lead_to: LeadTo) -> dict:
    own, ref = bill(trial.base, code), ContributionKey(TOTAL, code).ref
    name = f"{name_municipality(trial.base, code)}, i papperen"
    assumed = bill_template(trial.now(ref), lacks(trial.scenario, own))
    return _pair(name, say_bill(own.total), lead_to(ref), assumed)


def _pair(name: str, reported: str, address: str, assumed: Template) -> dict:
    return {"name": name, "reported": {"text": reported, "href": address}, "assumed": assumed}


def section_notes(trial: Trial, name: str) -> list[tuple[Template, bool]]:
    """What to mind in a section as it is assumed, and whether it is a warning."""
    if name != INVESTMENTS:
        return []
    booked = describe_booked(trial.compiled, trial.base)
    not_started = describe_not_started(trial.compiled, trial.base)
    return [(text, is_warning) for text, is_warning in
            ((booked, True), *((text, False) for text in not_started)) if text]  # fmt: skip


def render_still(trial: Trial, lead_to: LeadTo) -> str:
    """The same without anything that moves, for where the live sheet cannot run."""
    head = {name: render(text, trial.values) for name, text in _head(trial).items()}
    said = f"Antaget: {head['assumed']}." if head["assumed"] else NOTHING_ASSUMED
    sentences = (head["message"], said, head["consequences"])
    notes = [
        render(text, trial.values)
        for name in _sections(trial)
        for text, _ in section_notes(trial, name)
    ]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (*sentences, *notes) if text)
    tables = "".join(
        render_table(still_table(_TABLES[name](trial), trial.values), lead_to)
        for name in _sections(trial)
    )
    return f'<div class="gsn-unmoved">{paragraphs}{tables}</div>'
