"""The tables of the operating budget: the papers' own, the bridge, what the forecast demands."""

from __future__ import annotations

from gsn_dash.domain.amounts import MKR
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS, bridge, demand, line
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_period, name_subject, quote_reason
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.operating import activity_lines, explanation_of, name_step
from gsn_dash.present.ratios import increase_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, ratio_cell, word

_NOT_IN_PAPERS = "förklaras inte i papperen"
# What to say of a step that no paper gives a reason for; roundings need none.
_UNEXPLAINED = dict.fromkeys(
    ("revenue", "cost", "other_cost", "rest_revenue", "rest_cost"), _NOT_IN_PAPERS
)


def lines_table(snapshot: Snapshot) -> Table:
    """Three lines by six columns, as the appendix prints them."""
    occasion = snapshot.occasion
    rows = []
    for item in ITEMS:
        cells: list[Cell] = []
        for span in ("period", "year"):
            found = line(snapshot, item, span)
            cells += [_cell(f) for f in (found.budget, found.result)]
            cells.append(_signed(found.deviation))
        rows.append(TableRow(word(ITEM_NAMES[item]), tuple(cells), item == "net"))
    return Table(
        "Intäkter och kostnader, miljoner kronor",
        ("", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos", "Avvikelse"),
        tuple(rows),
        ((name_period(occasion).capitalize(), 3), (f"Helår {occasion.year}", 3)),
        unit=MKR,
    )


def bridge_table(snapshot: Snapshot) -> Table:
    """The bridge's steps with their reasons."""
    found = bridge(snapshot)
    rows = [TableRow(word("Budgeterat netto"), (_cell(found.start), word("")))]
    for step in found.steps:
        why = explanation_of(snapshot, step)
        text = quote_reason(why) if why else _UNEXPLAINED.get(step.item, "")
        rows.append(TableRow(word(name_step(snapshot, step)), (_signed(step.figure), word(text))))
    rows.append(TableRow(word("Utfall netto"), (_cell(found.end), word("")), is_total=True))
    caption = f"Från budgeterat netto till utfall {name_period(snapshot.occasion)}, Mkr"
    return Table(caption, ("", "Mkr", "Varför"), tuple(rows), unit=MKR)


def demand_table(snapshot: Snapshot) -> Table:
    """Cost and revenue: what is left of the forecast and of the budget, and a month."""
    rows = []
    for item in ("revenue", "cost"):
        found = demand(snapshot, item)
        figures = (found.rest, found.rest_budget, found.monthly_so_far, found.monthly_needed)
        cells = [_cell(figure) for figure in figures]
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
        unit=MKR,
    )


def activities_table(snapshot: Snapshot) -> Table | None:
    """What is said of single activities at year-end; None where nothing is."""
    rows = []
    for key, figure, why in activity_lines(snapshot):
        cells = (_signed(figure), word(quote_reason(why) if why else ""))
        rows.append(TableRow(word(name_subject(snapshot, key.subject)), cells))
    if not rows:
        return None
    return Table(
        "Verksamheter som avviker vid årets slut, Mkr",
        ("", "Mkr", "Vad papperet säger"),
        tuple(rows),
        unit=MKR,
    )


def _cell(figure: Figure) -> Cell:
    return number(figure, format_mkr(figure.amount))


def _signed(figure: Figure) -> Cell:
    return number(figure, format_mkr(figure.amount, True))
