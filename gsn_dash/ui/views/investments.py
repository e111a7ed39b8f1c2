"""Investeringar: every project, what is left and why, and the lost digit."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.investing import is_over, portfolio, total_row
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.investments import projects_picture
from gsn_dash.present.corrected import say_outdated
from gsn_dash.present.findings import describe_finding
from gsn_dash.present.investing import (
    describe_coarse,
    describe_lost_digit,
    investments_message,
)
from gsn_dash.present.investing_tables import (
    appropriation_table,
    deviations_table,
    lost_digit_table,
    projects_table,
)
from gsn_dash.ui.data import Figures
from gsn_dash.ui.page import show_drawn, show_heading, show_note, show_text
from gsn_dash.ui.tables import show_table


def message(snapshot: Snapshot) -> str:
    """The page's one sentence."""
    return investments_message(snapshot)


def show_projects(snapshot: Snapshot) -> None:
    """The picture and the table of every project."""
    found = portfolio(snapshot)
    show_drawn(
        projects_picture(snapshot),
        "investeringar_projekt",
        "investeringarna",
        download="investeringar-projekt",
    )
    if found.rows and all(row.outcome.is_unknown for row in found.rows):
        show_note(_describe_unknown(found.rows))
    show_table(projects_table(snapshot), download="investeringar")
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


def show_appropriation(snapshot: Snapshot) -> None:
    """Where the year's money is from."""
    table = appropriation_table(snapshot)
    if table is None:
        return
    show_heading("Varifrån anslaget kommer")
    show_table(table, download="anslag")
    show_text(*say_outdated(snapshot, "investment:"))
    show_table(deviations_table(snapshot), download="anslagsavvikelse")


def show_lost_digits(snapshot: Snapshot) -> None:
    """Amounts whose first digit is lost: what they must be, and what else they could be."""
    lost = portfolio(snapshot).lost
    if not lost:
        return
    show_heading("En siffra som saknas i papperet")
    for found in lost:
        show_text(*describe_lost_digit(found))
        show_table(lost_digit_table(found), download=f"siffra-{found.project.key}")


def show_same_code(figures: Figures) -> None:
    """Codes that stand for more than one project, as the controls have found them."""
    for finding in figures.findings:
        if finding.rule == "code_twice":
            title, explanation = describe_finding(figures.snapshot, finding)
            show_note(f"{title}. {explanation}")


def show_terms(snapshot: Snapshot) -> None:
    """How the page counts, in a sentence each."""
    used = "Används är prognosen delad med anslaget. Kvar är anslaget minus prognosen."
    if is_over(snapshot.occasion, [total_row(snapshot)]):
        used = "Användes är utfallet delat med anslaget. Kvar är anslaget minus utfallet."
    show_heading("Så räknas det")
    show_text(
        "Anslaget är grundbudgeten plus det som förts över från året före plus det som beviljats"
        f" extra. {used}",
        "Att pengar blir kvar är varken bra eller dåligt i sig, så här finns inga färger för det.",
    )
