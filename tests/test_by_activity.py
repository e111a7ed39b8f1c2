"""Driftbudget by activity: its table, and what the period's deviation consists of by it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from papers import LAMPS, WHOLE_YEAR, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.quantities import derived
from gsn_dash.domain.refs import REST, TOTAL, InvestmentKey, OperatingKey
from gsn_dash.domain.scenario.deviation_parts import deviation_parts
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Activity
from gsn_dash.present.bridge import bridge_message, describe_split
from gsn_dash.present.investing_tables import projects_table
from gsn_dash.present.operating_tables import bridge_table, by_activity_table

REST_COST = OperatingKey(REST, "cost", "period", "deviation").ref
ACTIVITIES = (
    Activity("032", "Teknik"),
    Activity("033", "Support"),
    Activity("032+033", "Teknik och support", ("032", "033")),
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def by_activity(**outcomes):
    """Costs of January to April, the whole 2.0 better than budget, and each activity's outcome."""
    told = {
        TOTAL: ("-20.0", "-18.0"),
        **{k[1:]: ("-10.0", amount) for k, amount in outcomes.items()},
    }
    keys = {
        OperatingKey(subject, "cost", "period", measure): mkr(amount)
        for subject, amounts in told.items()
        for measure, amount in zip(("budget", "outcome"), amounts, strict=True)
    }
    figures = {key: stated(key.ref, amount) for key, amount in keys.items()}
    return snapshot_with(operating=figures, activities=ACTIVITIES)


def steps_of(snapshot) -> list[tuple[str, str, object]]:
    return [
        (step.subject, step.item, step.figure.amount)
        for step in bridge(snapshot).steps
        if step.item != "revenue"
    ]


def plain(texts) -> str:
    return " ".join(texts).replace("\u00a0", " ")


def test_activities_that_add_up_are_what_the_deviation_consists_of():
    snapshot = by_activity(_032="-9.6", _033="-8.4")
    assert steps_of(snapshot) == [("032", "cost", mkr("0.4")), ("033", "cost", mkr("1.6"))]
    parts = deviation_parts(snapshot)
    assert sum((part.figure.money.kr for part in parts), Decimal(0)) == mkr("2").kr
    assert bridge_message(snapshot, bridge(snapshot)).startswith("Kostnader inom 033 Support är")
    assert plain(describe_split(snapshot)) == (
        "För kostnader är delarna verksamheternas avvikelser: tillsammans är de +2,0 Mkr."
    )


def test_what_the_known_activities_leave_is_said_to_be_unexplained():
    snapshot = by_activity(_032="-9.6")
    assert steps_of(snapshot) == [
        ("032", "cost", mkr("0.4")),
        (TOTAL, "rest_cost", mkr("1.6")),
    ]
    assert "resten förklaras inte i papperen" in plain(describe_split(snapshot))


def test_activities_that_are_all_there_go_before_what_is_said_of_a_group():
    told = by_activity(_032="-9.6", _033="-8.4")
    key = OperatingKey("032+033", "other_cost", "period", "deviation")
    snapshot = replace(told, operating={**told.operating, key: stated(key.ref, mkr("-1.5"))})
    assert steps_of(snapshot) == [("032", "cost", mkr("0.4")), ("033", "cost", mkr("1.6"))]
    assert not [f for f in run_controls(snapshot) if (f.rule, f.ref) == ("unexplained", REST_COST)]
    rows = [row.heading.text for row in by_activity_table(snapshot).rows]
    assert [text[:3] for text in rows[:2]] == ["032", "033"]


def test_what_deviates_by_nothing_is_not_said_to_be_unexplained():
    rows = bridge_table(by_activity(_032="-10.0", _033="-8.0")).rows
    told = {row.heading.text: row.cells[1].text for row in rows}
    assert told["Kostnader inom 032 Teknik"] == ""
    assert told["Kostnader inom 033 Support"] == "förklaras inte i papperen"


def test_a_whole_year_is_held_against_the_budget_of_the_year():
    snapshot = replace(by_activity(_032="-9.6", _033="-8.4"), occasion=WHOLE_YEAR)
    assert bridge_message(snapshot, bridge(snapshot)).endswith("än årets budget.")


def test_a_group_stands_in_the_place_of_its_members():
    snapshot = by_activity(_032="-9.6", **{"_032+033": "-8.0"})
    assert steps_of(snapshot) == [("032+033", "cost", mkr("2.0"))]


def test_a_slip_in_one_activity_is_seen_on_the_page_and_is_no_part_of_the_deviation():
    snapshot = by_activity(_032="-5200", _033="-8.4")
    assert steps_of(snapshot) == [(TOTAL, "cost", mkr("2.0"))]
    assert "De går inte ihop" in plain(describe_split(snapshot))
    rows = by_activity_table(snapshot).rows
    assert [cell.text.replace("\u00a0", " ") for cell in rows[0].cells[:3]] == [
        "−10,0", "−5 200,0", "−5 190,0"
    ]  # fmt: skip


def test_the_papers_single_deviations_are_no_table(papers):
    assert by_activity_table(papers) is None
    assert describe_split(papers) == ()


def left_of(printed: str, *, as_total: bool):
    """Lamps of 6.4 with 4.9 forecast, and what a file prints as left."""
    money = {"appropriation": mkr("6.4"), "forecast": mkr("4.9"), "outcome": mkr("1.0")}
    key = InvestmentKey("lamps", "left")
    figures = {InvestmentKey("lamps", m): amount for m, amount in money.items()}
    figures |= {InvestmentKey(TOTAL, m): a for m, a in money.items() if m != "appropriation"}
    held = {k: stated(k.ref, amount) for k, amount in figures.items()}
    left, granted = stated(key.ref, mkr(printed), printed), InvestmentKey(TOTAL, "appropriation")
    totals = {granted.ref: stated(granted.ref, mkr("6.4"))}
    totals |= {key.ref: left} if as_total else {}
    held |= {} if as_total else {key: left}
    return snapshot_with(projects=(LAMPS,), investments=held, totals=totals)


@pytest.mark.parametrize("as_total", [True, False])
def test_what_a_file_prints_as_left_is_shown_as_printed(as_total):
    snapshot = left_of("1.6", as_total=as_total)
    (row,) = portfolio(snapshot).rows
    assert (row.left.money, row.left.is_derived) == (mkr("1.6"), False)
    cell = projects_table(snapshot).rows[0].cells[4]
    assert (cell.text, cell.mark) == ("1,6", "")


def test_a_printed_left_is_still_held_against_its_parts():
    snapshot = left_of("1.6", as_total=True)
    assert derived(snapshot, "investment:lamps:left").money == mkr("1.5")


@pytest.mark.parametrize("as_total", [True, False])
@pytest.mark.parametrize("at", [0, 77, 100])
def test_the_browsers_program_moves_a_printed_left_as_the_rules_do(as_total, at):
    snapshot = left_of("1.6", as_total=as_total)
    levers = {x.key: x for x in make_trial(snapshot, Scenario()).compiled.levers}
    lever = levers["utilisation", "lamps"]
    trial = make_trial(snapshot, set_lever(Scenario(), lever, at))
    for name in ("investment:lamps:left", "investment:total:left", "investment:lamps:forecast"):
        amount, quantity = trial.answers[name], trial.now(name)
        assert not isinstance(amount, Unknown)
        assert trial.values[quantity.node] == amount.kr * quantity.per
