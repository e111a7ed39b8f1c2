"""What if of papers that lack this and that: it can be moved and shown, alike in both places."""

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from assumed import APPROPRIATIONS, assert_program_agrees, scenarios
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, not_known, read_papers, snapshot_with

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.scenario.answers import answers
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import MovedMoney, Scenario
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.tables import source_address
from gsn_dash.ui.views.what_if_sheet import render_still, sheet_json

NO_MONEY_IN_ALL = {"operating": {}, "investments": {}, "contributions": {}, "totals": {}}
LACKS: dict[str, dict] = {
    "nothing": {},
    "figures": NO_MONEY_IN_ALL,
    "operating": {"operating": {}},
    "projects": {"projects": (), "investments": {}},
    "collaborations": {"collaborations": (), "contributions": {}, "allocation_keys": {}},
    "contributions": {"contributions": {}},
    "totals": {"totals": {}},
    "populations": {"populations": ()},
    "activities": {"activities": ()},
    "months": {"occasion": WHOLE_YEAR},
}


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def without(papers: Snapshot, *names: str) -> Snapshot:
    """The papers without some kinds of what they hold."""
    return replace(papers, **{k: v for name in names for k, v in LACKS[name].items()})


def thinned(papers: Snapshot, chance: random.Random) -> Snapshot:
    """The papers with some figures gone and some unknown."""
    share = chance.choice([0.05, 0.2, 0.6])

    def thin(held: dict, unknown: Callable) -> dict:
        kept = {key: value for key, value in held.items() if chance.random() > share}
        return {k: unknown(k, v) if chance.random() < share / 2 else v for k, v in kept.items()}

    def lost(key, _):
        return not_known(key if isinstance(key, str) else key.ref)

    def lost_contribution(key, held):
        return replace(held, figure=not_known(key.ref))

    return replace(
        papers,
        operating=thin(papers.operating, lost),
        investments=thin(papers.investments, lost),
        contributions=thin(papers.contributions, lost_contribution),
        totals=thin(papers.totals, lost) if chance.random() < 0.7 else {},
    )


def assert_can_be_shown(snapshot: Snapshot, scenario: Scenario) -> None:
    trial = make_trial(snapshot, scenario)
    assert json.dumps(sheet_json(trial, source_address), ensure_ascii=False)
    assert "None" not in render_still(trial, source_address)


def all_at_an_end(snapshot: Snapshot, end: int) -> Scenario:
    """A scenario with every lever of the snapshot as far as it goes."""
    scenario = Scenario()
    for lever in levers_of(snapshot, scenario):
        if lever.kind != "member" or end:
            scenario = set_lever(scenario, lever, lever.positions[end])
    return scenario


@pytest.mark.parametrize("project", APPROPRIATIONS)
def test_a_project_that_has_given_all_it_had_has_no_share_and_can_be_shown(papers, project):
    target = next(name for name in APPROPRIATIONS if name != project)
    scenario = Scenario((MovedMoney(project, target, APPROPRIATIONS[project]),))
    assert_program_agrees(papers, scenario)
    assert_can_be_shown(papers, scenario)


def lacking(names: Iterable[str]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(list(names)), unique=True, max_size=3)


@pytest.mark.parametrize("what", LACKS)
@pytest.mark.parametrize("end", [0, -1])
def test_every_lever_of_papers_that_lack_something_can_be_moved_to_its_ends(papers, what, end):
    base = without(papers, what)
    for scenario in (Scenario(), all_at_an_end(base, end)):
        assert_program_agrees(base, scenario)
        assert_can_be_shown(base, scenario)
        assert fit(base, scenario) == (scenario, ())


def test_a_snapshot_of_nothing_has_no_levers_and_no_answers():
    base = snapshot_with()
    assert levers_of(base, Scenario()) == ()
    found = answers(base, Scenario())
    assert {n for n, a in found.items() if not isinstance(a, Unknown)} <= {
        "assumed:activities",
        "assumed:booked",
        "assumed:others",
        "assumed:everybody",
    }
    assert_program_agrees(base, Scenario())
    assert_can_be_shown(base, Scenario())


def test_when_the_year_is_over_only_what_comes_after_it_has_levers(papers):
    over = without(papers, "months")
    kinds = {lever.kind for lever in levers_of(over, Scenario())}
    assert {"carried", "price", "equal_part"} <= kinds
    assert not kinds & {"used_up", "rest", "year_end", "utilisation", "stopped"}


@given(lacking(LACKS), scenarios, st.integers(0, 2**32))
def test_any_scenario_over_any_papers_is_told_alike_and_can_be_shown(papers, what, scenario, seed):
    base = thinned(without(papers, *what), random.Random(seed))
    taken, refused = fit(base, scenario)
    assert isinstance(apply(base, taken), Snapshot)
    assert_program_agrees(base, taken)
    assert_can_be_shown(base, taken)
    assert set(map(repr, refused)) & set(map(repr, taken.overlays)) == set()
