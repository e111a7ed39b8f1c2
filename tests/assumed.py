"""Assumptions of every kind that the papers' snapshot can take, for hypothesis to choose among."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st
from papers import kr, mkr

from gsn_dash.domain.amounts import TKR, Money, Unknown
from gsn_dash.domain.scenario.answers import answers
from gsn_dash.domain.scenario.compiling import compile_levers, standing
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
    subject_of,
)
from gsn_dash.domain.scenario.program import shown

REVENUE_PART, EXPLAINED, REST_COST = "total:revenue", "032+033:other_cost", "total:rest_cost"
COST_PARTS = (EXPLAINED, REST_COST)
PARTS = (REVENUE_PART, *COST_PARTS)
ACTIVITIES = ("031", "032", "033")
APPROPRIATIONS = {
    "natverk": mkr("6.4"),
    "365": mkr("2.0"),
    "basfunktionalitet": mkr("0.5"),
    "sakerhet": mkr("2.5"),
    "ovriga": mkr("1.6"),
}
PROJECTS = tuple(APPROPRIATIONS)
COLLABORATIONS = ("e-dala", "skolskjuts", "telefoni", "e-arkiv")
LUDVIKA, SMEDJEBACKEN, BORLANGE, FALUN, MORA = "2085", "2061", "2081", "2080", "2062"
# Who may join or leave E-dala: no paper says what they pay.
FREE = ("2021", "2023", "2026", "2029", "2031", "2034", "2039", MORA, FALUN, BORLANGE, "2082",
        "2083", "2084")  # fmt: skip
DAYS = tuple(date(year, 12, 31) for year in range(2019, 2025))

months = st.integers(1, 12)
names = st.sampled_from(["Vakanser", "Färre konsulter", "Hyra <b>", "50 % mer & ”nytt”"])


def percents(lowest: int, highest: int) -> st.SearchStrategy[Decimal]:
    """Whole percent as ratios."""
    return st.integers(lowest, highest).map(lambda percent: Decimal(percent) / 100)


def thousands(lowest: int, highest: int) -> st.SearchStrategy[Money]:
    """Whole thousands of kr."""
    return st.integers(lowest, highest).map(lambda count: Money(count * TKR))


used_up = st.builds(UsedUp, percents(0, 150), st.sampled_from(["", *PARTS]))
rest_changes = st.builds(RestChange, st.sampled_from(["revenue", "cost"]), percents(-20, 20))
year_ends = st.builds(YearEnd, st.sampled_from(ACTIVITIES), thousands(-3000, 3000))
actions = st.builds(
    Action, names, st.sampled_from(["revenue", "cost"]), thousands(-5000, 5000), months
)
lumps = st.builds(
    Lump, names, st.sampled_from(COST_PARTS), thousands(0, 10_000), months, st.booleans()
)
operating = st.one_of(used_up, rest_changes, year_ends, actions, lumps)

utilisations = st.builds(Utilisation, st.sampled_from(PROJECTS), percents(0, 150))
moves = st.tuples(st.permutations(PROJECTS), percents(0, 100)).map(
    lambda drawn: MovedMoney(*drawn[0][:2], APPROPRIATIONS[drawn[0][0]] * drawn[1])
)
investing = st.one_of(
    utilisations,
    st.builds(Stopped, st.sampled_from(PROJECTS)),
    moves,
    st.builds(CarriedOver, percents(0, 100)),
)

price_changes = st.builds(PriceChange, st.sampled_from(COLLABORATIONS), percents(-50, 100))
key_changes = st.one_of(
    st.builds(EqualPart, st.just("e-dala"), percents(0, 100)),
    st.builds(CountedOn, st.just("e-dala"), st.sampled_from(DAYS)),
    st.builds(Membership, st.just("e-dala"), st.sampled_from(FREE), st.booleans()),
)
assumed_amounts = st.builds(
    AssumedAmount,
    st.just("e-arkiv"),
    st.just(SMEDJEBACKEN),
    st.integers(0, 1_000_000).map(lambda count: kr(str(count))),
)
collaborating = st.one_of(price_changes, key_changes, assumed_amounts)
overlays = st.one_of(operating, investing, collaborating)


def scenarios_of(overlay: st.SearchStrategy, most: int = 12) -> st.SearchStrategy[Scenario]:
    """Scenarios that say one thing of each quantity."""
    return st.lists(overlay, unique_by=subject_of, max_size=most).map(
        lambda chosen: Scenario(tuple(chosen))
    )


scenarios = scenarios_of(overlays)


def assert_program_agrees(snapshot, scenario: Scenario) -> None:
    """What the browser would show of a scenario is what the domain answers, to the last digit."""
    compiled = compile_levers(snapshot, scenario, levers_of(snapshot, scenario))
    reckoned = shown(compiled.values(standing(compiled, scenario)), compiled.quantities)
    said = {
        name: None if isinstance(amount, Unknown) else Fraction(amount.kr)
        for name, amount in answers(snapshot, scenario).items()
    }
    outside = {name: Fraction(0) for name in reckoned if name.startswith("member:")}
    assert {name: (outside | said)[name] for name in reckoned} == reckoned
