"""Pictures of the investment money: each project, and the whole."""

from __future__ import annotations

from gsn_dash.charts.data import Picture, Row, Style
from gsn_dash.domain.amounts import ratio_of
from gsn_dash.domain.investing import ProjectRow, portfolio, total_row
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.investing import describe_project
from gsn_dash.present.names import name_project
from gsn_dash.present.numbers import format_percent
from gsn_dash.ui import data
from gsn_dash.ui.pictures.marks import draw_known, mkr_mark


def projects_picture(snapshot: Snapshot) -> Picture | None:
    """Every project and the total: appropriation, outcome or its empty slot, forecast."""

    def make() -> Picture | None:
        found = portfolio(snapshot)
        rows = (found.total, *found.rows)
        return draw_known(
            f"GSN, investeringar {snapshot.occasion.year}: anslag, utfall och prognos, Mkr",
            ". ".join(describe_project(row) for row in rows),
            tuple(_project_row(row) for row in rows),
            "Mkr",
        )

    return data.kept(snapshot, "investment projects", make)


def _project_row(row: ProjectRow) -> Row:
    return Row(
        name_project(row.project),
        (
            mkr_mark(row.appropriation, Style.BUDGET, "Anslag"),
            mkr_mark(row.outcome, Style.OUTCOME, "Utfall", _booked(row)),
            mkr_mark(row.forecast, Style.FORECAST, "Prognos"),
        ),
        f"{format_percent(row.utilisation)} väntas användas",
    )


def _booked(row: ProjectRow) -> str:
    """The outcome's share of the appropriation; empty where it is unknown."""
    share = ratio_of(row.outcome.amount, row.appropriation.amount)
    return "" if share is None else format_percent(share)


def total_picture(snapshot: Snapshot) -> Picture | None:
    """The small picture of the overview: the whole appropriation, what is booked and forecast."""

    def make() -> Picture | None:
        total = total_row(snapshot)
        rows = (
            Row("Anslag", (mkr_mark(total.appropriation, Style.BUDGET, "I år"),)),
            Row(
                "Bokfört",
                (mkr_mark(total.outcome, Style.OUTCOME, "Hittills", _booked(total)),),
            ),
            Row(
                "Prognos",
                (
                    mkr_mark(
                        total.forecast,
                        Style.FORECAST,
                        "Vid årets slut",
                        format_percent(total.utilisation),
                    ),
                ),
            ),
        )
        return draw_known("Investeringspengarna, Mkr", describe_project(total), rows, "Mkr")

    return data.kept(snapshot, "investment total", make)
