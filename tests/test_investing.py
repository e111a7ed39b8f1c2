"""The investment money: what is stated, what follows, and what nobody can tell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import CABLES, LAMPS, REST, claim, investments_with, mkr, read_papers, snapshot_with

from gsn_dash.domain.amounts import ZERO, Unknown, round_half_away, total_of
from gsn_dash.domain.figures import sources_of
from gsn_dash.domain.investing import deviation, granted, portfolio, total_row
from gsn_dash.domain.refs import TOTAL
from gsn_dash.present.investing import NO_REASON, describe_why

moneys = st.integers(0, 500).map(lambda tenths: mkr(str(Decimal(tenths) / 10)))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _by_key(snapshot):
    return {row.project.key: row for row in portfolio(snapshot).rows}


def _amounts(row):
    return tuple(figure.amount for figure in (row.appropriation, row.forecast, row.left))


@pytest.mark.parametrize(
    ("project", "appropriation", "forecast", "left"),
    [
        ("natverk", "6.4", "5.4", "1.0"),
        ("365", "2.0", "0.3", "1.7"),
        ("basfunktionalitet", "0.5", "0.0", "0.5"),
        ("sakerhet", "2.5", "0.5", "2.0"),
        ("ovriga", "1.6", "1.6", "0.0"),
    ],
)
def test_the_papers_projects(papers, project, appropriation, forecast, left):
    row = _by_key(papers)[project]
    assert _amounts(row) == (mkr(appropriation), mkr(forecast), mkr(left))


@pytest.mark.parametrize(
    ("project", "stated_measures"),
    [
        ("natverk", ["appropriation", "left"]),
        ("365", ["forecast", "left"]),
        ("basfunktionalitet", []),
        ("sakerhet", ["appropriation", "forecast"]),
        ("ovriga", []),
    ],
)
def test_what_a_paper_states_is_told_from_what_follows(papers, project, stated_measures):
    row = _by_key(papers)[project]
    figures = {name: getattr(row, name) for name in ("appropriation", "forecast", "left")}
    assert [name for name, figure in figures.items() if not figure.is_derived] == stated_measures


def test_the_papers_projects_sum_to_the_total(papers):
    found = portfolio(papers)
    assert _amounts(found.total) == (mkr("13.0"), mkr("7.8"), mkr("5.2"))
    for measure in ("appropriation", "forecast", "left"):
        total = total_of(getattr(row, measure).amount for row in found.rows)
        assert (total.known, total.missing) == (getattr(found.total, measure).money, 0)


def test_the_total_is_used_to_60_percent_and_booked_to_6(papers):
    total = total_row(papers)
    assert total.utilisation == Decimal("0.6")
    booked = total.outcome.money.kr / total.appropriation.money.kr
    assert round_half_away(booked, Decimal("0.01")) == Decimal("0.06")
    assert deviation(papers, "outcome").money == mkr("-12.2")
    assert deviation(papers, "forecast").money == mkr("-5.2")
    assert granted(papers).money == mkr("13.0")


def test_what_each_project_has_booked_is_unknown_and_not_zero(papers):
    found = portfolio(papers)
    assert all(row.outcome.is_unknown for row in found.rows)
    assert found.total.outcome.money == mkr("0.8")


def test_the_two_projects_0003_are_kept_apart(papers):
    rows = [row for row in portfolio(papers).rows if "0003" in row.project.codes]
    assert [row.project.name for row in rows] == ["Nätverksprojekten", "365 digital arbetsplats"]
    assert [row.appropriation.money for row in rows] == [mkr("6.4"), mkr("2.0")]


def test_each_named_project_and_the_whole_say_why_in_the_papers_own_words(papers):
    rows = _by_key(papers)
    said = "på grund utav intern prioritering av projekt"
    assert describe_why(rows["basfunktionalitet"]) == f"Papperet: ”{said}”."
    assert all(row.why for key, row in rows.items() if key != "ovriga")
    assert "fördröjd uppstart av projekt" in describe_why(total_row(papers))


def test_a_reason_is_quoted_as_it_stands_and_a_missing_one_is_said_to_be():
    cells = {("lamps", "appropriation"): mkr("1.0"), ("lamps", "forecast"): ZERO}
    said = claim("investment:lamps:why", "text", "iPad har inte kommit")
    (row,) = portfolio(investments_with(cells, (LAMPS,), claims=(said,))).rows
    assert describe_why(row) == "Papperet: ”iPad har inte kommit”."
    (row,) = portfolio(investments_with(cells, (LAMPS,))).rows
    assert describe_why(row) == NO_REASON


def test_every_derived_amount_of_the_papers_leads_to_a_place_in_them(papers):
    for row in portfolio(papers).rows:
        for figure in (row.appropriation, row.forecast, row.left):
            assert sources_of(figure), figure.ref


def test_a_paper_without_unnamed_projects_gets_none():
    cells = {(TOTAL, "original"): mkr("7.0"), ("lamps", "appropriation"): mkr("0.5")}
    found = portfolio(investments_with(cells, (LAMPS,)))
    assert [row.project for row in found.rows] == [LAMPS]


def test_a_project_that_cannot_be_started_is_forecast_at_zero_because_a_paper_says_so():
    cells = {("lamps", "appropriation"): mkr("0.5")}
    said = claim("investment:lamps:not_started", "flag", True)
    (row,) = portfolio(investments_with(cells, (LAMPS,), claims=(said,))).rows
    assert _amounts(row) == (mkr("0.5"), ZERO, mkr("0.5"))
    denied = claim("investment:lamps:not_started", "flag", False)
    for claims in ((), (denied,)):
        (row,) = portfolio(investments_with(cells, (LAMPS,), claims=claims)).rows
        assert row.forecast.is_unknown
        assert row.left.is_unknown
        assert row.utilisation is None


def test_a_project_that_only_has_a_name_is_unknown_throughout():
    (row,) = portfolio(investments_with({}, (LAMPS,))).rows
    assert all(isinstance(amount, Unknown) for amount in _amounts(row))
    assert row.outcome.is_unknown


def test_without_any_stated_total_the_total_is_unknown():
    total = total_row(snapshot_with())
    assert all(isinstance(amount, Unknown) for amount in _amounts(total))
    assert granted(snapshot_with()) is None


@given(st.data())
def test_the_projects_always_sum_to_the_totals(data):
    """Any two of appropriation, forecast and left stated; the rest of the totals is the rest's."""
    cells = {(TOTAL, "original"): data.draw(moneys), (TOTAL, "forecast"): data.draw(moneys)}
    extra = data.draw(st.none() | moneys)
    if extra is not None:
        cells[TOTAL, "extra"] = extra
    for project in (LAMPS, CABLES):
        unstated = data.draw(st.sampled_from(["appropriation", "forecast", "left"]))
        for measure in ("appropriation", "forecast", "left"):
            if measure != unstated:
                cells[project.key, measure] = data.draw(moneys)
    found = portfolio(investments_with(cells, (LAMPS, CABLES, REST)))
    for row in (*found.rows, found.total):
        assert row.appropriation.money - row.forecast.money == row.left.money
    for measure in ("appropriation", "forecast", "left"):
        known = total_of(getattr(row, measure).amount for row in found.rows)
        assert known.missing == 0
        assert known.known == getattr(found.total, measure).money
