"""What if: the papers' figures moved by assumptions, exactly, and nothing else of them."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import CABLES, LAMPS, investments_with, kr, mkr, read_papers

from gsn_dash.domain.amounts import ZERO, Unknown, total_of
from gsn_dash.domain.figures import Derivation
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import InvestmentKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.compare import compare
from gsn_dash.domain.scenario.investing import short_of_booked
from gsn_dash.domain.scenario.overlays import (
    EqualPart,
    PriceChange,
    RestChange,
    Scenario,
    UsedUp,
    Utilisation,
)

PROJECTS = ("natverk", "365", "basfunktionalitet", "sakerhet", "ovriga")
COLLABORATIONS = ("e-dala", "skolskjuts", "telefoni", "e-arkiv")
APPROPRIATIONS = dict(zip(PROJECTS, map(mkr, ("6.4", "2.0", "0.5", "2.5", "1.6")), strict=True))


def percents(lowest, highest):
    return st.integers(lowest, highest).map(lambda percent: Decimal(percent) / 100)


overlays = st.one_of(
    percents(0, 150).map(UsedUp),
    st.builds(RestChange, st.sampled_from(["revenue", "cost"]), percents(-20, 20)),
    st.builds(Utilisation, st.sampled_from(PROJECTS), percents(0, 150)),
    st.builds(PriceChange, st.sampled_from(COLLABORATIONS), percents(-50, 100)),
    percents(0, 100).map(lambda weight: EqualPart("e-dala", weight)),
)
scenarios = st.lists(
    overlays, unique_by=lambda o: (type(o), getattr(o, "item", ""), getattr(o, "project", ""),
                                   getattr(o, "collaboration", "")),
).map(lambda chosen: Scenario(tuple(chosen)))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _figures(snapshot):
    """Every figure that the snapshot holds, by its name."""
    contributions = [c.figure for c in snapshot.contributions.values()]
    held = (snapshot.operating.values(), snapshot.investments.values(), contributions)
    figures = {figure.ref: figure for group in held for figure in group}
    return {**figures, **{f"total {ref}": figure for ref, figure in snapshot.totals.items()}}


def _year(snapshot, item):
    found = line(snapshot, item, "year")
    return found.result.amount, found.deviation.amount


def _applied(snapshot, *chosen):
    return apply(snapshot, Scenario(chosen))


@pytest.mark.parametrize(
    ("used", "revenue", "cost", "revenue_end", "cost_end", "net_end"),
    [
        ("1", "0", "0", "74.1", "-74.1", "0"),
        ("0", "0", "0", "74.9", "-70.9", "4.0"),
        ("1.5", "0", "0", "73.7", "-75.7", "-2.0"),
        ("0.5", "0.05", "-0.03", "77.185", "-71.018", "6.167"),
        ("1", "-0.20", "0.20", "63.36", "-83.98", "-20.62"),
        ("0.95", "0", "0.01", "74.14", "-74.434", "-0.294"),
    ],
)
def test_the_year_end_is_the_one_reckoned_by_hand(
    papers, used, revenue, cost, revenue_end, cost_end, net_end
):
    assumed = _applied(
        papers,
        UsedUp(Decimal(used)),
        RestChange("revenue", Decimal(revenue)),
        RestChange("cost", Decimal(cost)),
    )
    assert _year(assumed, "revenue") == (mkr(revenue_end), mkr(revenue_end) - mkr("74.1"))
    assert _year(assumed, "cost") == (mkr(cost_end), mkr(cost_end) + mkr("74.1"))
    assert _year(assumed, "net") == (mkr(net_end), mkr(net_end))


@given(percents(0, 150), percents(-20, 20), percents(-20, 20))
def test_net_follows_the_formula_of_these_papers(papers, used, revenue, cost):
    assumed = _applied(
        papers, UsedUp(used), RestChange("revenue", revenue), RestChange("cost", cost)
    )
    expected = (1 - used) * mkr("4.0") + revenue * mkr("53.7") - cost * mkr("49.4")
    assert _year(assumed, "net") == (expected, expected)
    assert _year(assumed, "revenue")[0] + _year(assumed, "cost")[0] == expected


def test_published_totals_that_move_are_derived_from_what_was_published(papers):
    ref = "operating:total:net:year:deviation"
    moved = _applied(papers, UsedUp(Decimal(0))).totals[ref]
    assert isinstance(moved.origin, Derivation)
    assert moved.origin.rule == "what_if"
    assert papers.totals[ref] in moved.origin.inputs


def test_a_published_net_that_does_not_foot_moves_from_where_it_stands(papers):
    ref = "operating:total:net:year:forecast"
    published = replace(papers.totals[ref], amount=mkr("0.1"))
    odd = replace(papers, totals={**papers.totals, ref: published})
    assert _applied(odd, UsedUp(Decimal("0.5"))).totals[ref].amount == mkr("2.1")


@pytest.mark.parametrize(
    "neutral",
    [
        (),
        (UsedUp(Decimal(1)), RestChange("cost", Decimal(0)), PriceChange("telefoni", Decimal(0))),
        (EqualPart("e-dala", Decimal("0.5")), Utilisation("natverk", Decimal("0.84375"))),
    ],
)
def test_neutral_assumptions_leave_the_very_same_figures(papers, neutral):
    assumed = _applied(papers, *neutral)
    before, after = _figures(papers), _figures(assumed)
    assert before.keys() == after.keys()
    assert all(after[name] is before[name] for name in before)
    assert assumed.allocation_keys is papers.allocation_keys
    assert compare(papers, assumed) == ()


@given(scenarios)
def test_a_figure_is_either_the_same_object_or_derived_by_the_rule(papers, scenario):
    after = _figures(apply(papers, scenario))
    for name, before in _figures(papers).items():
        if after[name] is before or not before.is_derived and before.is_unknown:
            continue
        assert after[name].amount != before.amount
        assert after[name].origin.rule == "what_if"


@given(st.data(), scenarios)
def test_the_order_of_assumptions_means_nothing(papers, data, scenario):
    shuffled = Scenario(tuple(data.draw(st.permutations(scenario.overlays))))
    assert apply(papers, shuffled) == apply(papers, scenario)


def test_a_price_and_a_key_commute(papers):
    chosen = (PriceChange("e-dala", Decimal("0.2")), EqualPart("e-dala", Decimal(1)))
    first, second = (_figures(_applied(papers, *order)) for order in permutations(chosen))
    assert first == second
    assert first["collaboration:e-dala:2085"].amount == kr("167184.25")


def test_two_assumptions_of_one_quantity_are_refused():
    with pytest.raises(ValueError):
        Scenario((Utilisation("365", Decimal(1)), Utilisation("365", Decimal(0))))
    with pytest.raises(ValueError):
        EqualPart("e-dala", Decimal("1.01"))


@pytest.mark.parametrize(
    "overlay",
    [
        RestChange("net", Decimal(1)),
        Utilisation("finns inte", Decimal(1)),
        PriceChange("finns inte", Decimal(1)),
        EqualPart("telefoni", Decimal(1)),
    ],
)
def test_what_the_snapshot_does_not_have_is_refused(papers, overlay):
    with pytest.raises(ValueError):
        _applied(papers, overlay)


@given(scenarios)
def test_what_nobody_knows_stays_unknown(papers, scenario):
    assumed = apply(papers, scenario)
    for name, figure in _figures(papers).items():
        if figure.is_unknown and not name.endswith("appropriation"):
            assert _figures(assumed)[name].amount == figure.amount
    assert in_force(assumed, "collaboration:e-arkiv:2061").is_unknown
    assert total_of(r.outcome.amount for r in portfolio(assumed).rows).missing == len(PROJECTS)


@given(st.dictionaries(st.sampled_from(PROJECTS), percents(0, 150)))
def test_projects_spend_their_share_and_sum_to_the_total(papers, shares):
    assumed = _applied(papers, *(Utilisation(*chosen) for chosen in shares.items()))
    before = {row.project.key: row for row in portfolio(papers).rows}
    rows = portfolio(assumed).rows
    for row in rows:
        name = row.project.key
        assert row.appropriation.amount == APPROPRIATIONS[name]
        spent = before[name].forecast.amount
        if name in shares:
            spent = APPROPRIATIONS[name] * shares[name]
        assert row.forecast.amount == spent
        assert row.left.amount == APPROPRIATIONS[name] - spent
        assert in_force(assumed, InvestmentKey(name, "forecast").ref).amount == spent
    total = total_row(assumed)
    assert total_of(row.forecast.amount for row in rows).amount == total.forecast.amount
    assert total_of(row.left.amount for row in rows).amount == total.left.amount
    unspent = assumed.totals["investment:total:forecast_deviation"].amount
    assert unspent == -total.left.amount


def test_less_than_what_is_booked_is_said_and_not_clipped(papers):
    nothing = _applied(papers, *(Utilisation(name, Decimal(0)) for name in PROJECTS))
    assert total_row(nothing).forecast.amount == ZERO
    assert short_of_booked(nothing) == mkr("0.8")
    assert short_of_booked(papers) is None
    enough = _applied(
        papers, *(Utilisation(n, Decimal(0)) for n in PROJECTS[1:]),
        Utilisation("natverk", Decimal("0.125")),
    )
    assert total_row(enough).forecast.amount == mkr("0.8")
    assert short_of_booked(enough) is None


def test_a_share_of_an_unknown_appropriation_moves_nothing():
    base = investments_with({("total", "forecast"): mkr("2"), ("cables", "forecast"): mkr("1")},
                            (CABLES, LAMPS))
    assumed = _applied(base, Utilisation(CABLES.key, Decimal(1)))
    assert _figures(assumed) == _figures(base)


def test_a_project_without_a_forecast_makes_the_total_unknown():
    base = investments_with(
        {("total", "forecast"): mkr("2"), (CABLES.key, "appropriation"): mkr("3")}, (CABLES, LAMPS)
    )
    assumed = _applied(base, Utilisation(CABLES.key, Decimal("0.5")))
    assert in_force(assumed, InvestmentKey(CABLES.key, "forecast").ref).amount == mkr("1.5")
    assert isinstance(assumed.investments[InvestmentKey("total", "forecast")].amount, Unknown)
