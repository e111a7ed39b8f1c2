"""The controls of the investment money: a fault only where rounding and unnamed projects end."""

from dataclasses import replace

import pytest
from papers import CABLES, LAMPS, REST, investments_with, mkr, read_papers, stated

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.findings import describe_finding

LEFT = InvestmentKey(TOTAL, "forecast_deviation").ref


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def only(snapshot: Snapshot, rule: str) -> Finding:
    """The one finding of a rule."""
    (found,) = [f for f in run_controls(snapshot) if f.rule == rule]
    return found


def told(snapshot: Snapshot, finding: Finding) -> str:
    return " ".join(describe_finding(snapshot, finding)).replace("\u00a0", " ")


def _two_projects(left: str, unnamed: bool = True) -> Snapshot:
    """Lamps leave 1.0 and cables 0.5; the whole forecast leaves `left`."""
    cells = {
        (TOTAL, "original"): mkr("9.0"),
        (TOTAL, "forecast"): mkr("9.0") - mkr(left),
        ("lamps", "appropriation"): mkr("2.0"),
        ("lamps", "forecast"): mkr("1.0"),
        ("cables", "appropriation"): mkr("1.5"),
        ("cables", "forecast"): mkr("1.0"),
    }
    projects = (LAMPS, CABLES, REST) if unnamed else (LAMPS, CABLES)
    totals = {LEFT: stated(LEFT, ZERO - mkr(left))}
    return investments_with(cells, projects, totals=totals)


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ("1.5", Verdict.HOLDS),
        ("1.4", Verdict.HOLDS_ROUNDED),
        ("1.6", Verdict.HOLDS_ROUNDED),
        ("0.5", Verdict.FAILS),
        ("2.5", Verdict.HOLDS),
    ],
)
def test_the_named_projects_fail_only_by_leaving_more_than_the_whole(left, verdict):
    assert only(_two_projects(left), "left").verdict is verdict


def test_what_the_unnamed_projects_leave_is_said():
    snapshot = _two_projects("2.5")
    finding = only(snapshot, "left")
    assert finding.about["unnamed"] == mkr("1.0")
    assert "som inte nämns lämnar alltså 1,0 Mkr (härlett)" in told(snapshot, finding)
    assert "härle" not in told(_two_projects("1.5"), only(_two_projects("1.5"), "left"))


def test_where_every_project_is_named_less_is_a_fault_too():
    assert only(_two_projects("2.5", unnamed=False), "left").verdict is Verdict.FAILS


def test_a_named_project_of_which_nothing_is_known_leaves_it_open():
    whole = _two_projects("1.5")
    short = {k: f for k, f in whole.investments.items() if k.project != "cables"}
    snapshot = replace(whole, investments=short)
    finding = only(snapshot, "left")
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "går inte att räkna ut" in told(snapshot, finding)


def test_a_digit_is_said_to_be_solved_only_where_it_is(papers):
    assert only(papers, "left").verdict is Verdict.HOLDS
    assert "den saknade siffran" in told(papers, only(papers, "left"))
    key = InvestmentKey(TOTAL, "forecast")
    lower = {**papers.investments, key: stated(key.ref, mkr("6.2"))}
    open_digit = replace(papers, investments=lower)
    assert only(open_digit, "lost_digit").found.amount.reason == "flera siffror är möjliga"
    assert "den saknade siffran" not in told(open_digit, only(open_digit, "left"))


@pytest.mark.parametrize(
    ("left", "verdict"),
    [("1.0", Verdict.HOLDS), ("1.1", Verdict.HOLDS_ROUNDED), ("1.2", Verdict.FAILS)],
)
def test_an_appropriation_is_the_forecast_and_what_is_left(left, verdict):
    cells = {
        ("lamps", "appropriation"): mkr("2.0"),
        ("lamps", "forecast"): mkr("1.0"),
        ("lamps", "left"): mkr(left),
    }
    snapshot = investments_with(cells, (LAMPS,))
    finding = only(snapshot, "balance")
    assert finding.verdict is verdict
    assert f"Prognosen 1,0 och det som blir kvar, {left.replace('.', ',')}" in told(
        snapshot, finding
    )


def test_what_follows_from_two_figures_is_not_checked_against_them(papers):
    assert not [f for f in run_controls(papers) if f.rule == "balance"]


@pytest.mark.parametrize(
    ("appropriation", "forecast", "verdict", "words"),
    [
        ("9.0", "3.0", Verdict.HOLDS, "är möjligt"),
        ("3.5", "2.1", Verdict.HOLDS_ROUNDED, "möjligt efter avrundning"),
        ("3.0", "2.0", Verdict.FAILS, "mer än det totala anslaget"),
        ("9.0", "1.5", Verdict.FAILS, "mer än hela prognosen"),
        ("4.0", "3.5", Verdict.FAILS, "mer i prognos än i anslag"),
    ],
)
def test_what_the_totals_leave_for_unnamed_projects_must_be_possible(
    appropriation, forecast, verdict, words
):
    """Lamps and cables have 3.5 and are forecast at 2.0."""
    cells = {
        (TOTAL, "original"): mkr(appropriation),
        (TOTAL, "forecast"): mkr(forecast),
        ("lamps", "appropriation"): mkr("2.0"),
        ("lamps", "forecast"): mkr("1.0"),
        ("cables", "appropriation"): mkr("1.5"),
        ("cables", "forecast"): mkr("1.0"),
    }
    snapshot = investments_with(cells, (LAMPS, CABLES, REST))
    finding = only(snapshot, "rest")
    assert finding.verdict is verdict
    assert words in told(snapshot, finding)


def test_the_papers_leave_what_is_possible(papers):
    finding = only(papers, "rest")
    assert finding.verdict is Verdict.HOLDS
    assert "1,6 Mkr i anslag och 1,6 Mkr i prognos" in told(papers, finding)
