"""What the paper's three tables print, from the store, as the paper has it."""

from pathlib import Path

import pytest
from papers import read_papers

from gsn_dash.domain.amounts import KR
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import line
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey
from gsn_dash.present.numbers import format_mkr, format_number

GOLDEN = Path(__file__).parent / "golden"
SUMMARY = "2. Sammanställning – ekonomi"


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _golden(name: str) -> list[str]:
    return (GOLDEN / name).read_text(encoding="utf-8").split("\n")[:-1]


def _table(*rows: list[str]) -> list[str]:
    return [" | ".join(cells) for cells in rows]


def _mkr(figure: Figure) -> str:
    return format_mkr(figure.money)


def test_the_operating_table(papers):
    def row(label: str, item: str) -> list[str]:
        period, year = line(papers, item, "period"), line(papers, item, "year")
        figures = [period.budget, period.result, period.deviation]
        figures += [year.budget, year.result, year.deviation]
        return [label, *map(_mkr, figures)]

    printed = _table(
        row("intäkter", "revenue"), row("kostnader", "cost"), row("nettokostnad", "net")
    )
    assert printed == _golden("operating.txt")


def test_the_investment_row_with_its_seven_values(papers):
    measures = ("original", "carried_over", "appropriation", "outcome", "outcome_deviation")
    measures += ("forecast", "forecast_deviation")
    figures = [in_force(papers, InvestmentKey(TOTAL, measure).ref) for measure in measures]
    assert _table([_mkr(figure) for figure in figures]) == _golden("investments.txt")


def test_the_summary_of_the_collaborations(papers):
    stated = [*papers.contributions.values(), *papers.restated]
    figures = {c.key: c.figure for c in stated if c.figure.origin.section == SUMMARY}

    def cell(figure: Figure) -> str:
        return figure.printed if figure.is_unknown else format_number(figure.money.in_unit(KR))

    def row(collaboration: str) -> list[str]:
        return [cell(figures[ContributionKey(collaboration, c)]) for c in ("2085", "2061")]

    sums = [papers.totals[ContributionKey(TOTAL, code).ref] for code in ("2085", "2061")]
    table = [[c.name, *row(c.key)] for c in papers.collaborations]
    assert _table(*table, ["Summa", *map(cell, sums)]) == _golden("collaborations.txt")
