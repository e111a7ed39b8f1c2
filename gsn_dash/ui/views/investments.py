"""Investeringar: every project, what is left and why, and the lost digit."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import ProjectRow, portfolio, total_row
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.investments import projects_picture
from gsn_dash.present.findings import describe_finding
from gsn_dash.present.investing import (
    FAULTS,
    answer_investments,
    describe_coarse,
    describe_lost_digit,
    describe_why,
)
from gsn_dash.present.names import name_project
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.ratios import utilisation_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, ratio_cell, word
from gsn_dash.ui.data import Figures
from gsn_dash.ui.page import show_drawn, show_heading, show_note, show_text
from gsn_dash.ui.tables import show_table


def message(snapshot: Snapshot) -> str:
    """The page's one sentence."""
    return answer_investments(snapshot.occasion, total_row(snapshot))


def show_projects(snapshot: Snapshot) -> None:
    """The picture and the table of every project."""
    found = portfolio(snapshot)
    show_drawn(projects_picture(snapshot), "investeringar_projekt", "investeringarna")
    if found.rows and all(row.outcome.is_unknown for row in found.rows):
        show_note(_describe_unknown(found.rows))
    show_table(projects_table(snapshot))
    for sentence in describe_coarse(found.rows):
        show_note(sentence)


def _describe_unknown(rows: Sequence[ProjectRow]) -> str:
    """Why no project has an outcome: in the words of the papers' rows, where they have any."""
    stated = [row.outcome for row in rows if not row.outcome.is_derived]
    outcomes = stated or [row.outcome for row in rows]
    reasons = ", ".join(dict.fromkeys(outcome.amount.reason for outcome in outcomes))
    return (
        f"Utfallet per projekt är okänt: {reasons}. En streckad ruta med frågetecken betyder okänt,"
        " inte noll."
    )


def projects_table(snapshot: Snapshot) -> Table:
    """Projects down; appropriation, outcome, forecast, utilisation, left and why across."""
    found = portfolio(snapshot)
    rows = [_project_row(row) for row in found.rows]
    rows.append(_project_row(found.total, is_total=True))
    return Table(
        f"Investeringar {snapshot.occasion.year}, Mkr",
        ("Projekt", "Anslag", "Utfall", "Prognos", "Väntas användas", "Kvar", "Varför"),
        tuple(rows),
    )


def _project_row(row: ProjectRow, is_total: bool = False) -> TableRow:
    figures = (row.appropriation, row.outcome, row.forecast)
    cells = [_number(figure) for figure in figures]
    used = ratio_cell(row.utilisation, utilisation_ref(row.project.key))
    cells += [used, _number(row.left)]
    cells.append(word(describe_why(row)))
    return TableRow(word(name_project(row.project)), tuple(cells), is_total)


def _number(figure: Figure) -> Cell:
    return number(figure, format_mkr(figure.amount))


def show_appropriation(snapshot: Snapshot) -> None:
    """Where the year's money is from."""
    kinds = (
        ("original", "Grundbudget"),
        ("carried_over", "Överfört från året före"),
        ("extra", "Extra beviljat"),
    )
    rows = [
        TableRow(word(name), (_number(snapshot.investments[key]),))
        for kind, name in kinds
        if (key := InvestmentKey(TOTAL, kind)) in snapshot.investments
    ]
    if not rows:
        return
    show_heading("Varifrån anslaget kommer")
    total = total_row(snapshot).appropriation
    rows.append(TableRow(word("Totalt anslag"), (_number(total),), is_total=True))
    show_table(Table("Anslag för året, Mkr", ("", "Mkr"), tuple(rows)))
    show_table(_deviations(snapshot))


def _deviations(snapshot: Snapshot) -> Table:
    """What the paper prints as the distance from the whole appropriation."""
    rows = tuple(
        TableRow(word(name), (_number(figure),))
        for measure, name in (("outcome", "Utfall hittills"), ("forecast", "Prognos för året"))
        if (figure := in_force(snapshot, InvestmentKey(TOTAL, f"{measure}_deviation").ref))
    )
    return Table(
        "Avvikelse mot hela anslaget, Mkr (minus är pengar som inte används)", ("", "Mkr"), rows
    )


def show_lost_digits(snapshot: Snapshot) -> None:
    """Amounts whose first digit is lost: what they must be, and what else they could be."""
    lost = portfolio(snapshot).lost
    if not lost:
        return
    show_heading("En siffra som saknas i papperet")
    for found in lost:
        show_text(*describe_lost_digit(found))
        rows = tuple(
            TableRow(
                Cell(f"{candidate.digit}{found.printed.printed}", found.printed.ref),
                (
                    Cell(format_mkr(candidate.rest_appropriation)),
                    Cell(format_mkr(candidate.rest_forecast)),
                    word(FAULTS[candidate.fault]),
                ),
            )
            for candidate in found.candidates[:4]
        )
        show_table(
            Table(
                f"Vad {name_project(found.project)} kan ha för anslag, Mkr",
                ("Anslag", "Övriga projekts anslag", "Övriga projekts prognos", "Möjligt?"),
                rows,
            )
        )


def show_same_code(figures: Figures) -> None:
    """Codes that stand for more than one project, as the controls have found them."""
    for finding in figures.findings:
        if finding.rule == "code_twice":
            title, explanation = describe_finding(figures.snapshot, finding)
            show_note(f"{title}. {explanation}")


def show_terms() -> None:
    """How the page counts, in a sentence each."""
    show_heading("Så räknas det")
    show_text(
        "Anslaget är grundbudgeten plus det som förts över från året före plus det som beviljats"
        " extra. Används är prognosen delad med anslaget. Kvar är anslaget minus prognosen.",
        "Att pengar blir kvar är varken bra eller dåligt i sig, så här finns inga färger för det.",
    )
