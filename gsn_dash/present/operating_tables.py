"""The tables of the operating budget: the papers' own, the bridge, what the forecast demands."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.amounts import MKR, ZERO
from gsn_dash.domain.bridge import BridgeStep, bridge
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS, demand, line, spans_of
from gsn_dash.domain.refs import OPERATING_ITEMS, TOTAL
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.bridge import (
    explanation_of,
    name_step,
)
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_period, name_subject, quote_reason
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.operating import (
    activity_lines,
)
from gsn_dash.present.ratios import increase_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, ratio_cell, word
from gsn_dash.present.year_end import name_result

_NOT_IN_PAPERS = "förklaras inte i papperen"
# What to say of a step that no paper gives a reason for; roundings need none.
_UNEXPLAINED = dict.fromkeys(
    ("revenue", "cost", "other_cost", "rest_revenue", "rest_cost"), _NOT_IN_PAPERS
)


def lines_table(snapshot: Snapshot) -> Table:
    """Three lines by six columns, as the appendix prints them; by three where a year is over."""
    rows = [
        TableRow(word(ITEM_NAMES[item]), _line_cells(snapshot, item), item == "net")
        for item in ITEMS
    ]
    return _by_span(snapshot, "Intäkter och kostnader, miljoner kronor", ("",), rows)


def _by_span(
    snapshot: Snapshot, caption: str, first: tuple[str, ...], rows: Sequence[TableRow]
) -> Table:
    """Rows of budget, result and deviation of each span, after the columns `first`."""
    occasion, spans = snapshot.occasion, spans_of(snapshot)
    groups = {"period": name_period(occasion).capitalize(), "year": f"Helår {occasion.year}"}
    columns = [
        name
        for span in spans
        for name in ("Budget", name_result(occasion, span).capitalize(), "Avvikelse")
    ]
    return Table(
        caption,
        (*first, *columns),
        tuple(rows),
        tuple((groups[span], 3) for span in spans),
        unit=MKR,
    )


def _line_cells(snapshot: Snapshot, item: str, subject: str = TOTAL) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for span in spans_of(snapshot):
        found = line(snapshot, item, span, subject)
        cells += (_cell(found.budget), _cell(found.result), _signed(found.deviation))
    return tuple(cells)


def by_activity_table(snapshot: Snapshot) -> Table | None:
    """Each activity's lines; None where no paper gives a budget or a result of any activity."""
    # A group does not stand between its members.
    activities = sorted(snapshot.activities, key=lambda activity: bool(activity.members))
    lines = (
        (activity, item, _line_cells(snapshot, item, activity.key))
        for activity in activities
        for item in OPERATING_ITEMS
    )
    rows = [
        TableRow(
            word(f"{name_subject(snapshot, activity.key)}, {ITEM_NAMES[item].lower()}"),
            cells,
            item == "net",
        )
        for activity, item, cells in lines
        if not all(_is_unknown(cell) for cell in cells)
    ]
    # The papers of a period tell single deviations in words: those are no table.
    if all(_is_unknown(cell) for row in rows for cell in _plans_and_results(row)):
        return None
    caption = "Verksamheternas intäkter och kostnader, miljoner kronor"
    return _by_span(snapshot, caption, ("Verksamhet",), rows)


def _is_unknown(cell: Cell) -> bool:
    return cell.figure is None or cell.figure.is_unknown


def _plans_and_results(row: TableRow) -> Sequence[Cell]:
    return [cell for at, cell in enumerate(row.cells) if at % 3 < 2]


def bridge_table(snapshot: Snapshot) -> Table:
    """The bridge's steps with their reasons."""
    found = bridge(snapshot)
    rows = [TableRow(word("Budgeterat netto"), (_cell(found.start), word("")))]
    for step in found.steps:
        why = explanation_of(snapshot, step)
        text = quote_reason(why) if why else _say_unexplained(step)
        rows.append(TableRow(word(name_step(snapshot, step)), (_signed(step.figure), word(text))))
    rows.append(TableRow(word("Utfall netto"), (_cell(found.end), word("")), is_total=True))
    caption = f"Från budgeterat netto till utfall {name_period(snapshot.occasion)}, Mkr"
    return Table(caption, ("", "Mkr", "Varför"), tuple(rows), unit=MKR)


def _say_unexplained(step: BridgeStep) -> str:
    """That no paper gives a reason; empty where there is nothing to give one for."""
    is_nothing = format_mkr(step.figure.amount) == format_mkr(ZERO)
    return "" if is_nothing else _UNEXPLAINED.get(step.item, "")


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
