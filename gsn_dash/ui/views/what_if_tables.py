"""The tables of Tänk om …?: what the papers say, what is assumed, and the difference."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Unknown, deviation_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import ProjectRow, portfolio
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.compare import BillChange, compare_bills, is_moved_unknown
from gsn_dash.domain.snapshot import Contribution, Snapshot
from gsn_dash.present.names import ITEMS, name_collaboration, name_municipality, name_project
from gsn_dash.present.numbers import format_kr, format_mkr, format_percent
from gsn_dash.present.ratios import utilisation_ref
from gsn_dash.present.what_if import format_points, say_bill, say_difference, say_missing
from gsn_dash.ui.tables import Cell, Table, TableRow, number, ratio_cell, word

_COLUMNS = ("I papperen", "Tänk om", "Skillnad")


def operating_table(base: Snapshot, assumed: Snapshot) -> Table:
    """Revenue, cost and net at year-end, and the deviation from the year's budget."""
    rows = [
        _mkr_row(ITEMS[item], line(base, item, "year").result, line(assumed, item, "year").result)
        for item in ("revenue", "cost")
    ]
    before, after = (line(s, "net", "year").deviation for s in (base, assumed))
    rows.append(_mkr_row("Mot årets budget", before, after, signed=True, is_total=True))
    return Table(f"Vid årets slut {base.occasion.year}, Mkr", ("Post", *_COLUMNS), tuple(rows))


def projects_table(base: Snapshot, assumed: Snapshot) -> Table:
    """What is left to carry over and how much is used, in all, then each project."""
    found, other = portfolio(base), portfolio(assumed)
    rows = [
        _mkr_row("Kvar att föra över", found.total.left, other.total.left, is_total=True),
        _mkr_row("Används i år", found.total.forecast, other.total.forecast),
        _utilisation_row(found.total, other.total),
    ]
    rows += [
        _mkr_row(name_project(before.project), before.forecast, after.forecast)
        for before, after in zip(found.rows, other.rows, strict=True)
    ]
    return Table(f"Investeringar {base.occasion.year}, Mkr", ("Projekt", *_COLUMNS), tuple(rows))


def bills_table(base: Snapshot, assumed: Snapshot) -> Table:
    """Each municipality's bill, and what it is made of."""
    rows = []
    for change in compare_bills(base, assumed):
        who = name_municipality(base, change.municipality)
        rows.append(_bill_row(base, who, change))
        rows += [
            _contribution_row(base, before, after)
            for before, after in zip(change.before.rows, change.after.rows, strict=True)
        ]
    caption = "Kommunernas kostnad för samarbetena, kr per år"
    return Table(caption, ("Kommun", *_COLUMNS), tuple(rows))


def _mkr_row(
    name: str, before: Figure, after: Figure, signed: bool = False, is_total: bool = False
) -> TableRow:
    cells = (
        number(before, format_mkr(before.amount, signed)),
        _plain(format_mkr(after.amount, signed)),
        _plain(format_mkr(deviation_of(after.amount, before.amount), True)),
    )
    return TableRow(word(name), cells, is_total)


def _plain(text: str) -> Cell:
    """An assumed number: no paper is its source."""
    return Cell(text)


def _utilisation_row(before: ProjectRow, after: ProjectRow) -> TableRow:
    cells = (
        ratio_cell(before.utilisation, utilisation_ref(TOTAL)),
        _plain(format_percent(after.utilisation)),
        _plain(format_points(before.utilisation, after.utilisation)),
    )
    return TableRow(word("Del av anslaget"), cells)


def _bill_row(base: Snapshot, name: str, change: BillChange) -> TableRow:
    missing = say_missing(change.before.total)
    ref = ContributionKey(TOTAL, change.municipality).ref
    cells = (
        Cell(_kr(say_bill(change.before.total)), ref, "" if missing else "härledd"),
        _plain(_kr(say_bill(change.after.total))),
        _plain(say_difference(base, change)),
    )
    return TableRow(word(f"{name}, {missing}" if missing else name), cells, is_total=True)


def _contribution_row(snapshot: Snapshot, before: Contribution, after: Contribution) -> TableRow:
    reported, assumed = before.figure, after.figure
    is_unknown = isinstance(assumed.amount, Unknown)
    difference = deviation_of(assumed.amount, reported.amount)
    if is_unknown and not is_moved_unknown(before, after):
        difference = ZERO
    cells = (
        number(reported, _kr(format_kr(reported.amount))),
        Cell(_kr(format_kr(assumed.amount)), "", "okänd" if is_unknown else ""),
        _plain(_kr(format_kr(difference, signed=True))),
    )
    return TableRow(word(name_collaboration(snapshot, before.key.collaboration)), cells)


def _kr(text: str) -> str:
    """The caption says kr."""
    return text.removesuffix("\u00a0kr")
