"""What is demanded of each lever for a goal, held against the domain's own answer, `apply`."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from papers import kr, mkr, not_known, read_papers

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.collaborating import bill
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.compiling import compile_levers, standing
from gsn_dash.domain.scenario.goals import (
    AppropriationUsed,
    BillAtMost,
    BillUnchanged,
    NetAtLeast,
    answer,
    rest_limit,
)
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    Lump,
    MovedMoney,
    RestChange,
    Scenario,
    UsedUp,
    Utilisation,
    YearEnd,
)
from gsn_dash.domain.scenario.reaching import BEYOND, FREE, NEEDED, ROOM, WORSE
from gsn_dash.domain.scenario.sweep import Sweep

FULL = Scenario(
    (
        Action("Vakanser", "cost", mkr("1.2"), 9),
        Lump("Licenser", "032+033:other_cost", mkr("3"), 10),
        Lump("Böter", "total:rest_cost", mkr("0.7"), 11, budgeted=False),
        YearEnd("032", mkr("0.3")),
        MovedMoney("365", "natverk", mkr("0.5")),
        AssumedAmount("e-arkiv", "2061", kr("200000")),
    )
)
goals = st.one_of(
    st.integers(-50, 50).map(lambda tenths: NetAtLeast(mkr(f"{tenths / 10:.1f}"))),
    st.integers(0, 100).map(lambda percent: AppropriationUsed(Decimal(percent) / 100)),
    st.sampled_from(["2085", "2061"]).map(BillUnchanged),
    st.builds(
        BillAtMost,
        st.sampled_from(["2085", "2061"]),
        st.integers(50_000, 900_000).map(lambda amount: kr(str(amount))),
    ),
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def quantity(papers, supposed, goal):
    """What a goal speaks of, in a snapshot as it is supposed."""
    match goal:
        case NetAtLeast():
            return line(supposed, "net", "year").deviation.money
        case AppropriationUsed():
            return total_row(supposed).forecast.money
        case BillAtMost(municipality=code):
            return bill(supposed, code).total.known
    stated = bill(papers, goal.municipality).rows
    now = {row.key: row.figure for row in bill(supposed, goal.municipality).rows}
    return sum((now[row.key].money for row in stated if not row.figure.is_unknown), ZERO)


def is_reached(papers, goal, amount):
    match goal:
        case NetAtLeast(deviation=target):
            return amount >= target
        case AppropriationUsed(share=share):
            return amount >= mkr("13") * share
        case BillAtMost(amount=target):
            return amount <= target
    return amount <= bill(papers, goal.municipality).total.known


def moved(papers, scenario, lever, position):
    """The scenario with a lever moved; one of no subject moves every part of the deviation."""
    levers = [lever]
    if lever.kind == "used_up" and not lever.subject:
        levers = [own for own in levers_of(papers, scenario) if own.kind == "used_up"]
    for own in levers:
        scenario = set_lever(scenario, own, position)
    return scenario


@st.composite
def scenarios(draw, papers):
    """What a scenario puts in itself or nothing, and some levers moved."""
    scenario = draw(st.sampled_from([Scenario(), FULL]))
    for lever in levers_of(papers, scenario):
        if draw(st.integers(0, 3)) == 0:
            scenario = set_lever(scenario, lever, draw(st.sampled_from(lever.positions)))
    return scenario


def check(papers, scenario, goal, found):
    """All that an answer says of a lever, by setting the lever to each of its positions."""
    lever = found.lever
    amounts = {
        position: quantity(papers, apply(papers, moved(papers, scenario, lever, position)), goal)
        for position in lever.positions
    }
    assert found.values == amounts
    reaching = [p for p, amount in amounts.items() if is_reached(papers, goal, amount)]
    assert list(found.reaching) == reaching
    order = list(lever.positions)
    here = order.index(found.standing)
    others = reaching if found.standing not in reaching else set(order) - set(reaching)
    nearest = min((abs(order.index(p) - here) for p in others), default=None)
    if found.standing in reaching:
        assert found.verdict == (FREE if nearest is None else ROOM)
        if nearest is not None:
            assert found.breaks not in reaching
            assert abs(order.index(found.breaks) - here) == nearest
            assert abs(order.index(found.step) - here) == nearest - 1
    elif reaching:
        assert (found.verdict, found.breaks) == (NEEDED, None)
        assert found.step in reaching
        assert abs(order.index(found.step) - here) == nearest
    else:
        assert found.verdict in (BEYOND, WORSE)
        assert found.step is None


@settings(max_examples=20)
@given(data=st.data())
def test_an_answer_says_what_setting_the_lever_gives(papers, data):
    scenario, goal = data.draw(scenarios(papers)), data.draw(goals)
    found = answer(papers, scenario, goal)
    assert found.now == quantity(papers, apply(papers, scenario), goal)
    assert found.is_met == is_reached(papers, goal, found.now)
    check(papers, scenario, goal, data.draw(st.sampled_from(found.answers)))


@settings(max_examples=20)
@given(data=st.data())
def test_what_is_said_not_to_touch_the_goal_does_not(papers, data):
    scenario, goal = data.draw(scenarios(papers)), data.draw(goals)
    found = answer(papers, scenario, goal)
    lever = data.draw(st.sampled_from(found.untouching))
    at = data.draw(st.sampled_from(lever.positions))
    assert quantity(papers, apply(papers, set_lever(scenario, lever, at)), goal) == found.now


@settings(max_examples=20)
@given(data=st.data())
def test_the_limit_lies_between_what_reaches_the_goal_and_what_does_not(papers, data):
    scenario, goal = data.draw(scenarios(papers)), data.draw(goals)
    for found in answer(papers, scenario, goal).answers:
        if found.limit is None:
            continue
        order = list(found.lever.positions)
        below = max((p for p in order if p <= found.limit), default=order[0])
        above = min((p for p in order if p >= found.limit), default=order[-1])
        if found.lever.resting not in (below, above):
            assert below == above or (below in found.reaching) != (above in found.reaching)


def test_every_lever_is_answered_for_once(papers):
    for goal in (NetAtLeast(), AppropriationUsed(), BillUnchanged("2085")):
        found = answer(papers, FULL, goal)
        told = [a.lever.key for a in found.answers] + [lever.key for lever in found.untouching]
        own = [lever.key for lever in levers_of(papers, FULL)]
        assert sorted(key for key in told if key != ("used_up", "")) == sorted(own)


@settings(max_examples=20)
@given(data=st.data())
def test_a_sweep_says_what_the_whole_program_does(papers, data):
    scenario = data.draw(scenarios(papers))
    compiled = compile_levers(papers, scenario, levers_of(papers, scenario))
    names = data.draw(st.lists(st.sampled_from(sorted(compiled.quantities)), min_size=1))
    quantities = [compiled.quantities[name] for name in names]
    positions = standing(compiled, scenario)
    place = data.draw(st.integers(0, len(positions) - 1))
    lever = compiled.levers[place]
    sweep = Sweep(compiled, positions, quantities)
    along = sweep.along(place)
    at = positions[place] = data.draw(st.sampled_from(lever.positions))
    values = compiled.values(positions)
    whole = sum(values[q.node] * (10_000 // q.per) for q in quantities)
    assert (sweep.now if along is None else along(at)) == whole


def by_key(found):
    return {a.lever.key: a for a in found.answers}


def test_the_zero_forecast_leaves_the_costs_of_the_rest_what_it_demands_of_them(papers):
    found = answer(papers, Scenario(), NetAtLeast())
    cost = by_key(found)["rest", "cost"]
    assert (cost.verdict, cost.step, cost.breaks, cost.limit) == (ROOM, 0, 1, 0)
    limit = rest_limit(found, cost)
    assert limit.demand == replace(
        demand(papers, "cost"),
        rest=limit.demand.rest,
        monthly_needed=limit.demand.monthly_needed,
    )
    assert limit.demand.monthly_needed.money == mkr("-6.575")
    # The forecast itself lies above the budget of these months, so the lever's 0 % is not that.
    assert limit.above_budget is None


def test_with_nothing_used_up_the_costs_may_be_8_1_percent_above_budget(papers):
    found = answer(papers, Scenario((UsedUp(Decimal(0)),)), NetAtLeast())
    cost = by_key(found)["rest", "cost"]
    assert (cost.step, cost.breaks, cost.limit) == (8, 9, Fraction(400 * 100, 4940))
    assert round(rest_limit(found, cost).above_budget, 20) == round(
        Decimal(4) / Decimal("49.4"), 20
    )
    assert (found.margin, found.missing) == (mkr("4.0"), ZERO)


def test_a_step_of_five_is_told_with_the_limit_between(papers):
    part = by_key(answer(papers, Scenario(), NetAtLeast(mkr("0.5"))))["used_up", ""]
    assert (part.verdict, part.step, part.limit) == (NEEDED, 85, Fraction(175, 2))
    assert part.is_ceiling


def test_a_step_that_gives_just_the_goal_reaches_it(papers):
    activity = by_key(answer(papers, Scenario(), NetAtLeast(mkr("0.5"))))["year_end", "031"]
    assert (activity.step, activity.limit) == (400, 400)
    assert activity.value_at(400) == mkr("0.5")


def test_the_parts_are_not_moved_as_one_where_they_stand_apart(papers):
    scenario = Scenario((UsedUp(Decimal("0.5"), "total:revenue"),))
    assert ("used_up", "") not in by_key(answer(papers, scenario, NetAtLeast()))


def test_the_line_of_a_project_is_straight_beside_its_rest(papers):
    found = by_key(answer(papers, Scenario(), AppropriationUsed()))
    # The network stands at 84.375 %, which its position 84 is the name of.
    assert found["utilisation", "natverk"].limit == 125
    assert found["utilisation", "ovriga"].verdict == BEYOND
    assert found["utilisation", "ovriga"].value_at(150) == mkr("8.6")
    assert found["stopped", "365"].verdict == WORSE


def test_where_what_is_booked_holds_the_sum_up_no_exact_limit_is_told(papers):
    idle = [Utilisation(p, Decimal(0)) for p in ("natverk", "365", "basfunktionalitet", "ovriga")]
    found = by_key(answer(papers, Scenario(tuple(idle)), AppropriationUsed(Decimal("0.1"))))
    bent = found["utilisation", "natverk"]
    assert bent.value_at(0) == bent.value_at(4) == mkr("0.8")
    assert (bent.verdict, bent.limit) == (NEEDED, None)


def test_an_amount_put_in_for_an_unknown_does_not_count_as_unchanged(papers):
    assert answer(papers, FULL, BillUnchanged("2061")).now == kr("120000")
    assert answer(papers, FULL, BillAtMost("2061", kr("300000"))).now == kr("320000")


@pytest.mark.parametrize(
    ("goal", "part", "key"),
    [
        (NetAtLeast(), "operating", OperatingKey(TOTAL, "cost", "year", "forecast")),
        (AppropriationUsed(), "investments", InvestmentKey(TOTAL, "forecast")),
    ],
)
def test_of_what_nobody_knows_nothing_can_be_demanded(papers, goal, part, key):
    held = {**getattr(papers, part), key: not_known(key.ref)}
    beside = replace(papers, **{part: held}, totals={})
    assert answer(beside, Scenario(), goal) is None


def test_a_bill_of_unknowns_has_no_goal(papers):
    key = ContributionKey("e-arkiv", "2061")
    alone = replace(papers, contributions={key: papers.contributions[key]})
    assert answer(alone, Scenario(), BillUnchanged("2061")) is None


@given(st.integers(-20, 19))
def test_a_goal_that_the_scenario_meets_exactly_is_met(papers, percent):
    assume(percent)
    scenario = Scenario((RestChange("cost", Decimal(percent) / 100),))
    net = line(apply(papers, scenario), "net", "year").deviation.money
    found = answer(papers, scenario, NetAtLeast(net))
    assert (found.is_met, found.margin) == (True, Money(Decimal(0)))
    assert by_key(found)["rest", "cost"].step == percent
