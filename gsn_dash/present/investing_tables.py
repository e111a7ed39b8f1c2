"""The tables of the investment money: projects, where it is from, and lost digits."""

from __future__ import annotations

from collections.abc import Iterable

from gsn_dash.domain.amounts import MKR
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import is_over, portfolio, total_row
from gsn_dash.domain.lost_digit import LostDigit
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.investing import FAULTS, describe_why
from gsn_dash.present.names import name_project
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.ratios import utilisation_ref
from gsn_dash.present.tables import (
    Cell,
    Table,
    TableRow,
    number,
    plain_amount,
    ratio_cell,
    word,
)

_KINDS = (
    ("original", "Grundbudget"),
    ("carried_over", "Överfört från året före"),
    ("extra", "Extra beviljat"),
)


def projects_table(snapshot: Snapshot) -> Table:
    """Projects down; appropriation, outcome, forecast, utilisation, left and why across.

    Without a forecast where the year is over: then the outcome is what was used.
    """
    found = portfolio(snapshot)
    over = is_over(snapshot.occasion, (*found.rows, found.total))
    rows = [_project_row(row, over) for row in found.rows]
    rows.append(_project_row(found.total, over, is_total=True))
    used = ("Användes",) if over else ("Prognos", "Väntas användas")
    return Table(
        f"Investeringar {snapshot.occasion.year}, Mkr",
        ("Projekt", "Anslag", "Utfall", *used, "Kvar", "Varför"),
        tuple(rows),
        unit=MKR,
    )


def _project_row(row: ProjectRow, over: bool, is_total: bool = False) -> TableRow:
    figures = (row.appropriation, row.outcome, *(() if over else (row.forecast,)))
    cells = [_number(figure) for figure in figures]
    used = ratio_cell(row.utilisation, utilisation_ref(row.project.key))
    cells += [used, _number(row.left)]
    cells.append(word(describe_why(row)))
    return TableRow(word(name_project(row.project)), tuple(cells), is_total)


def appropriation_table(snapshot: Snapshot) -> Table | None:
    """Where the year's money is from; None where no paper says."""
    rows = [
        TableRow(word(name), (_number(snapshot.investments[key]),))
        for kind, name in _KINDS
        if (key := InvestmentKey(TOTAL, kind)) in snapshot.investments
    ]
    if not rows:
        return None
    total = total_row(snapshot).appropriation
    rows.append(TableRow(word("Totalt anslag"), (_number(total),), is_total=True))
    return Table("Anslag för året, Mkr", ("", "Mkr"), tuple(rows), unit=MKR)


def deviations_table(snapshot: Snapshot) -> Table:
    """What the paper prints as the distance from the whole appropriation."""
    rows = tuple(
        TableRow(word(name), (_number(figure),))
        for measure, name in _measures(snapshot)
        if (figure := in_force(snapshot, InvestmentKey(TOTAL, f"{measure}_deviation").ref))
    )
    used = "användes" if is_over(snapshot.occasion, [total_row(snapshot)]) else "används"
    caption = f"Avvikelse mot hela anslaget, Mkr (minus är pengar som inte {used})"
    return Table(caption, ("", "Mkr"), rows, unit=MKR)


def _measures(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    if is_over(snapshot.occasion, [total_row(snapshot)]):
        return (("outcome", "Utfall för året"),)
    return (("outcome", "Utfall hittills"), ("forecast", "Prognos för året"))


def lost_digit_table(found: LostDigit) -> Table:
    """What an amount with a lost first digit could be, and which of it is possible."""
    rows = tuple(
        TableRow(
            Cell(f"{candidate.digit}{found.printed.printed}", found.printed.ref),
            (
                plain_amount(
                    candidate.rest_appropriation, format_mkr(candidate.rest_appropriation)
                ),
                plain_amount(candidate.rest_forecast, format_mkr(candidate.rest_forecast)),
                word(FAULTS[candidate.fault]),
            ),
        )
        for candidate in found.candidates[:4]
    )
    return Table(
        f"Vad {name_project(found.project)} kan ha för anslag, Mkr",
        ("Anslag", "Övriga projekts anslag", "Övriga projekts prognos", "Möjligt?"),
        rows,
        unit=MKR,
    )


def _number(figure: Figure) -> Cell:
    return number(figure, format_mkr(figure.amount))
