"""Driftbudget: the paper's table, the bridge, what the forecast demands, single activities."""

from __future__ import annotations

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS, bridge, demand, line, period_share
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.operating import bridge_picture, lines_picture, pace_picture
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_period, name_subject, quote_reason
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.operating import (
    activity_lines,
    bridge_message,
    demand_message,
    describe_activity,
    describe_demand,
    describe_remainder,
    describe_timing,
    explanation_of,
    name_step,
    operating_message,
)
from gsn_dash.present.ratios import increase_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, ratio_cell, word
from gsn_dash.ui.page import show_drawn, show_heading, show_lead, show_note, show_text
from gsn_dash.ui.tables import show_table


def message(snapshot: Snapshot) -> str:
    """The page's one sentence."""
    return operating_message(snapshot)


def show_lines(snapshot: Snapshot) -> None:
    """Period and year: the pictures and the paper's table."""
    show_drawn(lines_picture(snapshot, "period"), "driftbudget_period", "periodens driftbudget")
    show_drawn(lines_picture(snapshot, "year"), "driftbudget_ar", "hela årets driftbudget")
    show_table(lines_table(snapshot))
    show_text(
        "Avvikelse är utfall eller prognos minus budget. Plus är bättre än budget, minus är sämre."
        " Varje siffra leder till sin källa."
    )


def lines_table(snapshot: Snapshot) -> Table:
    """Three lines by six columns, as the appendix prints them."""
    occasion = snapshot.occasion
    rows = []
    for item in ITEMS:
        cells: list[Cell] = []
        for span in ("period", "year"):
            found = line(snapshot, item, span)
            cells += [number(f, format_mkr(f.amount)) for f in (found.budget, found.result)]
            cells.append(number(found.deviation, format_mkr(found.deviation.amount, True)))
        rows.append(TableRow(word(ITEM_NAMES[item]), tuple(cells), item == "net"))
    return Table(
        "Intäkter och kostnader, miljoner kronor",
        ("", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos", "Avvikelse"),
        tuple(rows),
        ((name_period(occasion).capitalize(), 3), (f"Helår {occasion.year}", 3)),
    )


def show_bridge(snapshot: Snapshot) -> None:
    """What the period's deviation consists of, stated and derived."""
    found = bridge(snapshot)
    show_heading("Vad avvikelsen består av")
    show_lead(bridge_message(snapshot, found))
    show_drawn(bridge_picture(snapshot), "driftbudget_brygga", "periodens nettokostnad")
    show_table(bridge_table(snapshot))
    for step in found.steps:
        if step.figure.is_derived and not step.figure.is_unknown:
            show_note(describe_remainder(snapshot, step))


_NOT_IN_PAPERS = "förklaras inte i papperen"
# What to say of a step that no paper gives a reason for; roundings need none.
_UNEXPLAINED = dict.fromkeys(
    ("revenue", "cost", "other_cost", "rest_revenue", "rest_cost"), _NOT_IN_PAPERS
)


def bridge_table(snapshot: Snapshot) -> Table:
    """The bridge's steps with their reasons."""
    found = bridge(snapshot)
    rows = [TableRow(word("Budgeterat netto"), (_cell(found.start), word("")))]
    for step in found.steps:
        why = explanation_of(snapshot, step)
        text = quote_reason(why) if why else _UNEXPLAINED.get(step.item, "")
        cells = (number(step.figure, format_mkr(step.figure.amount, True)), word(text))
        rows.append(TableRow(word(name_step(snapshot, step)), cells))
    rows.append(TableRow(word("Utfall netto"), (_cell(found.end), word("")), is_total=True))
    caption = f"Från budgeterat netto till utfall {name_period(snapshot.occasion)}, Mkr"
    return Table(caption, ("", "Mkr", "Varför"), tuple(rows))


def _cell(figure: Figure) -> Cell:
    return number(figure, format_mkr(figure.amount))


def show_demand(snapshot: Snapshot) -> None:
    """What the forecast demands of the months that are left, and whether timing explains it."""
    show_heading("Vad prognosen kräver av resten av året")
    show_lead(demand_message(snapshot.occasion, demand(snapshot, "cost")))
    if not snapshot.occasion.months_left:
        return
    demands = (demand(snapshot, "cost"), demand(snapshot, "revenue"))
    known = [found for found in demands if found.increase is not None]
    show_text(*(describe_demand(snapshot.occasion, found) for found in known))
    show_drawn(pace_picture(snapshot), "driftbudget_takt", "kostnader och intäkter per månad")
    show_table(demand_table(snapshot))
    if all(period_share(snapshot, found.item) is not None for found in demands):
        show_note(" ".join(describe_timing(snapshot)))


def demand_table(snapshot: Snapshot) -> Table:
    """Cost and revenue: what is left of the forecast and of the budget, and a month."""
    rows = []
    for item in ("revenue", "cost"):
        found = demand(snapshot, item)
        figures = (found.rest, found.rest_budget, found.monthly_so_far, found.monthly_needed)
        cells = [number(figure, format_mkr(figure.amount)) for figure in figures]
        cells.append(ratio_cell(found.increase, increase_ref(item), signed=True))
        rows.append(TableRow(word(ITEM_NAMES[item]), tuple(cells)))
    return Table(
        f"Resten av {snapshot.occasion.year} enligt prognosen, Mkr",
        (
            "",
            "Kvar av prognosen",
            "Kvar av budgeten",
            "Per månad hittills",
            "Per månad som krävs",
            "Skillnad per månad",
        ),
        tuple(rows),
    )


def show_activities(snapshot: Snapshot) -> None:
    """What is said of single activities at year-end."""
    lines = activity_lines(snapshot)
    if not lines:
        return
    show_heading("Enskilda verksamheter")
    rows = []
    for key, figure, why in lines:
        reason = quote_reason(why) if why else ""
        cells = (number(figure, format_mkr(figure.amount, True)), word(reason))
        rows.append(TableRow(word(name_subject(snapshot, key.subject)), cells))
    show_text(*(describe_activity(snapshot, key, figure) for key, figure, _ in lines))
    show_table(
        Table(
            "Verksamheter som avviker vid årets slut, Mkr",
            ("", "Mkr", "Vad papperet säger"),
            tuple(rows),
        )
    )
