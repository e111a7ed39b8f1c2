"""The tables of what the figures rest on: every amount, inhabitants, and the papers."""

from __future__ import annotations

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.sharing import population_days
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import format_exact_kr
from gsn_dash.present.inventory import derived_refs, stated_groups
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import format_number
from gsn_dash.present.order import swedish_order
from gsn_dash.present.places import name_pages
from gsn_dash.present.sources import account_of, figure_of, population_name
from gsn_dash.present.tables import Cell, Table, TableRow, number, word


def populations_table(snapshot: Snapshot) -> Table:
    """Inhabitants: a row for each municipality, a column for each day."""
    days = population_days(snapshot)
    counts = {(p.municipality, p.as_of): p for p in snapshot.populations}
    rows = [
        TableRow(
            word(name_municipality(snapshot, code)),
            tuple(
                Cell(format_number(found.count), population_name(found), count=found.count)
                if (found := counts.get((code, day)))
                else Cell("saknas")
                for day in days
            ),
        )
        for code in sorted(
            {p.municipality for p in snapshot.populations},
            key=lambda code: swedish_order(name_municipality(snapshot, code)),
        )
    ]
    headings = ("Kommun", *(f"{day.day}/{day.month} {day.year}" for day in days))
    return Table("Invånare i Dalarnas kommuner", headings, tuple(rows), keeps_columns=True)


def documents_table(snapshot: Snapshot) -> Table:
    """The papers and tables that the figures are from."""
    rows = tuple(
        TableRow(
            word(document.title),
            (word(document.kind.capitalize()), *(word(text) for text in name_pages(document))),
        )
        for document in snapshot.documents.values()
    )
    headings = ("Papper", "Slag", "Daterat", "Sidor enligt ärendelistan")
    return Table("Papper och statistik", headings, rows)


def figures_table(snapshot: Snapshot) -> Table:
    """Every amount in force in kr: where it was printed, or the rule and what it rests on."""
    stated = (figure for group in stated_groups(snapshot) for figure in group.figures)
    refs = dict.fromkeys((*(figure.ref for figure in stated), *derived_refs(snapshot)))
    figures = (figure for ref in refs if (figure := figure_of(snapshot, ref)))
    rows = tuple(_figure_row(snapshot, figure) for figure in figures)
    headings = ("Uppgift", "Belopp, kr", "I papperet", "Noggrannhet", "Papper", "Var", "Regel")
    return Table("Alla belopp, kr", (*headings, "Bygger på"), rows)


def _figure_row(snapshot: Snapshot, figure: Figure) -> TableRow:
    told = account_of(snapshot, figure)
    inputs = ", ".join(part.name for part in told.inputs)
    texts = (told.printed, told.precision, told.paper, told.spot, told.rule, inputs)
    cells = (number(figure, format_exact_kr(figure)), *(word(text) for text in texts))
    return TableRow(word(told.name), cells)
