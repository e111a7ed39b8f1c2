"""A closing: the outcome is the year, on every page, and nothing of it is left to assume."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from papers import LAMPS, SPRING, WHOLE_YEAR, mkr, snapshot_with, stated

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.meeting.agenda import INVESTMENTS, OPERATING, AgendaItem
from gsn_dash.domain.operating import line, spans_of
from gsn_dash.domain.over_time import moments_of
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, InvestmentKey, OperatingKey, operating
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.overlays import RestChange, Scenario, Utilisation, YearEnd
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Activity
from gsn_dash.pictures.operating import lines_picture, net_picture
from gsn_dash.present.bridge import bridge_message
from gsn_dash.present.decision import draft_decision
from gsn_dash.present.investing import answer_investments
from gsn_dash.present.investing_tables import deviations_table, projects_table
from gsn_dash.present.meeting_messages import deviations_message, projects_message
from gsn_dash.present.operating import answer_budget, operating_message
from gsn_dash.present.operating_tables import lines_table
from gsn_dash.present.over_time import lead_of_deviations, lead_of_utilisations
from gsn_dash.present.overview import ask_budget, ask_investments
from gsn_dash.present.sources import account_for
from gsn_dash.present.templates import render
from gsn_dash.present.what_if import what_if_message

ENDED = "2023 slutade 1,7 Mkr bättre än budget."
BUDGET = {"revenue": "74.1", "cost": "-74.1"}
OUTCOME = {"revenue": "75.6", "cost": "-73.9"}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def closing(period=BUDGET, forecast=None, **parts):
    """A year that is over, with a budget for the period; as a rule without a forecast."""
    cells = {}
    for item in BUDGET:
        cells[item, "period", "budget"] = mkr(period[item])
        cells[item, "period", "outcome"] = mkr(OUTCOME[item])
        cells[item, "year", "budget"] = mkr(BUDGET[item])
        cells[item, "year", "forecast"] = mkr(forecast[item]) if forecast else Unknown("tomt")
    keys = {OperatingKey(TOTAL, *names): amount for names, amount in cells.items()}
    money = {
        (TOTAL, "original"): mkr("13"), (TOTAL, "outcome"): mkr("3.4"),
        ("lamps", "appropriation"): mkr("13"), ("lamps", "outcome"): mkr("3.4"),
    }  # fmt: skip
    spent = {InvestmentKey(*names): amount for names, amount in money.items()}
    held = {
        "occasion": WHOLE_YEAR,
        "operating": {key: stated(key.ref, amount) for key, amount in keys.items()},
        "investments": {key: stated(key.ref, amount) for key, amount in spent.items()},
        "projects": (LAMPS,),
        "activities": (Activity("031", "Digitalisering"),),
    }
    return snapshot_with(**{**held, **parts})


def test_the_pages_say_how_the_year_ended():
    snapshot = closing()
    assert plain(answer_budget(snapshot)) == plain(operating_message(snapshot)) == ENDED
    assert plain(deviations_message(snapshot)).endswith(ENDED)
    asked = ask_budget(snapshot.occasion), ask_investments(snapshot.occasion)
    assert asked == ("Höll driftbudgeten?", "Användes investeringspengarna?")
    assert plain(bridge_message(snapshot, bridge(snapshot))) == (
        "Intäkter blev 1,5 Mkr högre än årets budget."
    )
    said = "26 % av investeringspengarna användes 2023: 3,4 av 13,0 Mkr. Kvar blev 9,6 Mkr."
    assert plain(answer_investments(snapshot.occasion, total_row(snapshot))) == said
    left = projects_message(snapshot.occasion, portfolio(snapshot))
    assert plain(left) == "Mest pengar blev kvar i 0001 Lampor: 9,6 Mkr av 13,0 Mkr."


def test_the_tables_and_pictures_have_one_span_and_no_forecast():
    snapshot = closing()
    table = lines_table(snapshot)
    assert table.headings == ("", "Budget", "Utfall", "Avvikelse")
    assert table.groups == (("Januari–december 2023", 3),)
    assert [[cell.text for cell in row.cells] for row in table.rows][2] == ["0,0", "1,7", "+1,7"]
    projects = projects_table(snapshot)
    assert "Prognos" not in projects.headings
    assert "inte användes" in deviations_table(snapshot).caption
    assert [plain(cell.text) for cell in projects.rows[0].cells[:4]] == [
        "13,0", "3,4", "26 %", "9,6"
    ]  # fmt: skip
    assert lines_picture(snapshot, "year") is None
    assert "okän" not in net_picture(snapshot).alt


def test_the_source_of_the_years_end_is_the_outcome():
    snapshot = closing()
    told = account_for(snapshot, operating("cost", "year", "forecast"))
    assert (plain(told.value), told.mark) == ("−73,9 Mkr", "härledd")
    assert told.rule.startswith("Året är slut")
    assert [part.ref for part in told.inputs] == [operating("cost", "period", "outcome")]


def test_a_forecast_that_is_left_in_a_closing_is_not_how_the_year_ended():
    snapshot = closing(forecast={"revenue": "74.1", "cost": "-75.0"})
    assert plain(answer_budget(snapshot)) == ENDED
    same = closing(forecast=OUTCOME)
    assert not line(same, "cost", "year").result.is_derived


def test_two_budgets_of_a_closing_are_shown_side_by_side():
    snapshot = closing(period={"revenue": "49.4", "cost": "-49.4"})
    assert spans_of(snapshot) == ("period", "year")
    assert lines_table(snapshot).headings[4:] == ("Budget", "Utfall", "Avvikelse")
    assert line(snapshot, "cost", "year").deviation.money == mkr("0.2")
    assert plain(answer_budget(snapshot)) == ENDED


def test_what_a_closing_has_left_is_held_against_appropriation_and_outcome():
    """3.4 of 13.0 Mkr is used, so 9.6 are left, and not the 8.6 that the file prints."""
    left = InvestmentKey("lamps", "left")
    spent = {**closing().investments, left: stated(left.ref, mkr("8.6"))}
    found = [each for each in run_controls(closing(investments=spent)) if each.rule == "balance"]
    assert [each.verdict for each in found] == [Verdict.FAILS]


def test_what_nobody_knows_of_a_closing_stays_unknown():
    nothing = snapshot_with(occasion=WHOLE_YEAR)
    assert answer_budget(nothing).startswith("Hur 2023 slutade mot budget går inte att säga")
    total = total_row(nothing)
    assert total.left.is_unknown
    assert "går inte att säga" in answer_investments(nothing.occasion, total)


def test_only_what_comes_after_the_year_can_be_assumed():
    snapshot = closing()
    trial = make_trial(snapshot, Scenario())
    assert [lever.key for lever in trial.compiled.levers] == [("carried", "")]
    said = plain(render(what_if_message(trial.compiled, snapshot), trial.values))
    assert said == (
        "2023 är avslutat och slutade 1,7 Mkr bättre än budget; det som går att pröva är hur mycket"
        " av de investeringspengar som blev kvar som förs över."
    )
    of_the_year = (
        RestChange("cost", Decimal("0.05")), Utilisation("lamps", Decimal("0.5")),
        YearEnd("031", mkr("1")),
    )  # fmt: skip
    assert fit(snapshot, Scenario(of_the_year)) == (Scenario(), of_the_year)


@pytest.mark.parametrize("at", [0, 35, 100])
def test_the_browsers_program_says_the_same_of_a_closing(at):
    snapshot = closing()
    (lever,) = make_trial(snapshot, Scenario()).compiled.levers
    trial = make_trial(snapshot, set_lever(Scenario(), lever, at))
    known = {n: a for n, a in trial.answers.items() if not isinstance(a, Unknown)}
    shared = known.keys() & trial.compiled.quantities.keys()
    assert {operating("net", "year", "deviation"), "assumed:carried"} <= shared
    for name in shared:
        quantity = trial.now(name)
        assert trial.values[quantity.node] == known[name].kr * quantity.per


@dataclass(frozen=True)
class _Point:
    year: int
    number: int
    months: int
    ref: str
    amount: Amount
    precision: Decimal = Decimal(100_000)


def test_the_lines_over_time_are_whole_to_the_year_s_end():
    points = [
        _Point(2023, number, snapshot.occasion.months, ref, figure.amount)
        for number, snapshot in ((2, closing(forecast=BUDGET, occasion=SPRING)), (4, closing()))
        for ref, figure in (
            *((key.ref, figure) for key, figure in snapshot.operating.items()),
            *((k.ref, f) for k, f in snapshot.investments.items() if k.project == TOTAL),
        )
    ]
    moments = moments_of(points)
    assert "okänd" not in lead_of_deviations(moments)
    assert lead_of_utilisations(moments[1:]) == "2023 användes 26\u00a0% av årets pengar."


def test_the_draft_decision_is_of_a_year_that_is_over():
    snapshot = closing()
    item = AgendaItem("3", "Bokslut", "", (OPERATING, INVESTMENTS))
    text = plain(draft_decision(snapshot, item, run_controls(snapshot)))
    assert "att nettokostnaden för helåret blev 1,7 miljoner kronor lägre än årets budget" in text
    assert "att 9,6 miljoner kronor blev kvar" in text
    assert "varför intäkterna blev 1,5 miljoner kronor högre än årets budget" in text
    assert "prognos" not in text.lower().split("klarlägger")[0]


def test_an_assumed_outcome_of_a_closing_moves_nothing():
    snapshot = closing()
    assumed = apply(snapshot, Scenario((RestChange("cost", Decimal("0.1")),)))
    name = operating("net", "year", "deviation")
    assert in_force(assumed, name).amount == in_force(snapshot, name).amount
