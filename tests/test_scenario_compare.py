"""Scenarios side by side: what each gives, what each assumes, and parts that sum to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import read_papers

from gsn_dash.domain.amounts import MKR, ZERO, Money
from gsn_dash.domain.scenario.compiling import compile_levers, standing
from gsn_dash.domain.scenario.effects import (
    effects_of,
    left_at_year_end,
    net_at_year_end,
    result_of,
)
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    Lump,
    MovedMoney,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
)
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.present import scenario_compare
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.scenario_compare import AS_REPORTED
from gsn_dash.present.scenario_tables import in_words, say_refused
from gsn_dash.present.templates import render

COST = RestChange("cost", Decimal("0.02"))
OWN = (
    Action("Vakanser", "cost", Money(Decimal(1_200_000)), 7),
    Lump("Licenser", "032+033:other_cost", Money(Decimal(800_000)), 10),
    MovedMoney("natverk", "365", Money(Decimal(500_000))),
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def assumption_rows(papers, scenarios):
    """The rows of scenarios that have been tried."""
    told = [in_words(make_trial(papers, scenario)) for scenario in scenarios]
    return scenario_compare.assumption_rows(papers, told)


def said_alone(papers, overlay):
    """An assumption in the words of a scenario of nothing else."""
    alone = Scenario((overlay,))
    compiled = compile_levers(papers, alone, levers_of(papers, alone))
    values = compiled.values(standing(compiled, alone))
    return render(describe_assumptions(compiled, papers, alone), values)


@st.composite
def scenarios(draw, papers):
    """Own things put in, and levers anywhere."""
    scenario = Scenario(tuple(own for own in OWN if draw(st.booleans())))
    for lever in levers_of(papers, scenario):
        if draw(st.integers(0, 3)) == 0:
            scenario = set_lever(scenario, lever, draw(st.sampled_from(list(lever.positions))))
    return scenario


@given(st.data())
def test_parts_and_what_they_give_together_sum_to_the_whole(papers, data):
    scenario = data.draw(scenarios(papers))
    before, after = result_of(papers, Scenario()), result_of(papers, scenario)
    changes = {
        net_at_year_end: after.net - before.net,
        left_at_year_end: after.left - before.left,
    }
    for measure, whole in changes.items():
        effects = effects_of(papers, scenario, measure)
        assert effects.whole == whole
        assert sum((amount for _, amount in effects.parts), effects.together) == whole
        assert [overlay for overlay, _ in effects.parts] == list(scenario.overlays)


def test_a_part_alone_is_what_it_gives_by_itself(papers):
    effects = effects_of(papers, Scenario((COST, UsedUp(Decimal("0.5")))), net_at_year_end)
    (_, cost), (_, used) = effects.parts
    assert (cost.in_unit(MKR), used.in_unit(MKR)) == (Decimal("-0.988"), Decimal(2))
    assert effects.together == ZERO


def test_assumptions_that_meet_leave_something_together(papers):
    whole, part = UsedUp(Decimal("0.5")), UsedUp(Decimal("0.5"), "total:revenue")
    effects = effects_of(papers, Scenario((whole, part)), net_at_year_end)
    assert effects.together == -dict(effects.parts)[part] != ZERO


def test_an_unknown_measure_has_no_effects(papers):
    def unknown(snapshot):
        return snapshot.contributions[next(
            key for key, c in snapshot.contributions.items() if c.figure.is_unknown
        )].figure.amount  # fmt: skip

    assert effects_of(papers, Scenario((COST,)), unknown) is None


def test_rows_are_what_any_of_them_assumes_and_tell_where_they_differ(papers):
    first = Scenario((COST, Utilisation("natverk", Decimal("0.6"))))
    second = Scenario((Utilisation("natverk", Decimal("0.6")), OWN[0], Stopped("365")))
    rows = {row.heading: row for row in assumption_rows(papers, (first, second))}
    cost = next(row for heading, row in rows.items() if heading.startswith("Kostnader maj–dec"))
    assert cost.cells == ("+2\u00a0%", AS_REPORTED) and cost.differs
    same = next(row for heading, row in rows.items() if "hur mycket av anslaget" in heading)
    assert same.cells == ("60\u00a0%", "60\u00a0%") and not same.differs
    assert rows["Vakanser"].cells == (
        AS_REPORTED,
        "+1\u00a0200\u00a0000\u00a0kr på ett helt år, från och med juli (kostnader)",
    )
    assert [row.cells for h, row in rows.items() if h.startswith("Stoppa")] == [(AS_REPORTED, "ja")]
    assert assumption_rows(papers, (Scenario(), Scenario())) == ()


def test_the_whole_deviation_and_its_parts_are_compared_part_by_part(papers):
    whole = Scenario((UsedUp(Decimal("0.5")),))
    parts = [lever.subject for lever in levers_of(papers, whole) if lever.kind == "used_up"]
    each = Scenario(tuple(UsedUp(Decimal("0.5"), part) for part in parts))
    rows = assumption_rows(papers, (whole, each))
    assert len(rows) == len(parts) > 1
    assert not any(row.differs for row in rows)


def test_moves_to_different_places_are_different_rows(papers):
    other = MovedMoney("natverk", "sakerhet", Money(Decimal(500_000)))
    rows = assumption_rows(papers, (Scenario((OWN[2],)), Scenario((other,))))
    assert [row.differs for row in rows] == [True, True]


@settings(max_examples=12)
@given(st.data())
def test_among_others_an_assumption_is_said_as_it_is_alone(papers, data):
    scenario = fit(papers, data.draw(scenarios(papers)))[0]
    told = in_words(make_trial(papers, scenario))
    assert told.texts == {each: said_alone(papers, each) for each in scenario.overlays}
    assert all(told.texts.values())


def test_what_is_refused_is_said_in_the_words_of_figures_that_can_take_it(papers):
    assert say_refused(COST, papers) == said_alone(papers, COST) != ""
    whole = UsedUp(Decimal("0.5"))
    assert say_refused(whole, papers).startswith("50\u00a0% av hela periodens avvikelse")
    gone = YearEnd("099", Money(Decimal(100_000)))
    assert fit(papers, Scenario((gone,))) == (Scenario(), (gone,))
    assert say_refused(gone, papers) == "en verksamhets avvikelse vid årets slut"
