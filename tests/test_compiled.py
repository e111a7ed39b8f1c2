"""The program that the browser evaluates says what the domain answers, to the last digit."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, mkr, read_papers

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.scenario.answers import answers
from gsn_dash.domain.scenario.compiling import compile_levers, standing
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    Lump,
    MovedMoney,
    Scenario,
    YearEnd,
)
from gsn_dash.domain.scenario.program import shown

# Everything that a scenario can put in itself; where it stands is for the levers to say.
FULL = Scenario(
    (
        Action("Vakanser", "cost", mkr("1.2"), 9),
        Action("Fler kunder", "revenue", mkr("0.5"), 6),
        Lump("Licenser", "032+033:other_cost", mkr("3"), 10),
        Lump("Böter", "total:rest_cost", mkr("0.7"), 11, budgeted=False),
        YearEnd("032", mkr("0.3")),
        MovedMoney("365", "natverk", mkr("0.5")),
        MovedMoney("sakerhet", "basfunktionalitet", mkr("1")),
        AssumedAmount("e-arkiv", "2061", kr("200000")),
    )
)


@pytest.fixture(scope="module", params=["printed", "crooked"])
def papers(request, server_url, loaded_template):
    """The papers as they are, and with öre everywhere and a key that is no whole percent."""
    found = read_papers(server_url, loaded_template)
    return found if request.param == "printed" else crooked(found)


def crooked(snapshot):
    def bend(figure, number):
        known = not isinstance(figure.amount, Unknown) and figure.amount.kr
        bent = Money(figure.amount.kr + Decimal(number * 37 % 101) / 100) if known else None
        return replace(figure, amount=bent) if known else figure

    contributions = {
        key: replace(c, figure=bend(c.figure, n))
        for n, (key, c) in enumerate(snapshot.contributions.items())
    }
    return replace(
        snapshot,
        operating={k: bend(f, n) for n, (k, f) in enumerate(snapshot.operating.items())},
        investments={k: bend(f, n) for n, (k, f) in enumerate(snapshot.investments.items())},
        contributions=contributions,
        totals={k: bend(f, n + 5) for n, (k, f) in enumerate(snapshot.totals.items())},
        allocation_keys={
            name: replace(key, equal_part=Decimal("0.333"))
            for name, key in snapshot.allocation_keys.items()
        },
    )


def agree(snapshot, scenario, compiled, positions):
    for lever, position in zip(compiled.levers, positions, strict=True):
        scenario = set_lever(scenario, lever, position)
    reckoned = shown(compiled.values(positions), compiled.quantities)
    said = {
        name: Fraction(amount.kr)
        for name, amount in answers(snapshot, scenario).items()
        if not isinstance(amount, Unknown)
    }
    outside = {name: Fraction(0) for name in reckoned if name.startswith("member:")}
    said = outside | said  # who is no member pays nothing
    assert {name: said[name] for name in reckoned} == reckoned
    beyond = {n: v for n, v in said.items() if n not in reckoned and v}
    assert beyond == {}


@pytest.fixture(scope="module", params=[Scenario(), FULL], ids=["bare", "full"])
def compiled(papers, request):
    levers = levers_of(papers, request.param)
    return request.param, compile_levers(papers, request.param, levers)


def test_the_program_at_rest_is_what_the_papers_say(papers, compiled):
    scenario, program = compiled
    agree(papers, scenario, program, standing(program, scenario))


@given(data=st.data())
def test_the_program_says_what_the_domain_answers(papers, compiled, data):
    scenario, program = compiled
    positions = [data.draw(st.sampled_from(lever.positions)) for lever in program.levers]
    agree(papers, scenario, program, positions)
