"""Many writers of one scenario at once: whatever was acknowledged is there."""

from contextlib import suppress

import pytest
from at_once import own_engine, together
from drafted import assert_nothing_lost, draft, listed, save_until_kept
from sqlalchemy import Engine

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.scenario_drafts import Conflict, ScenarioVersion
from gsn_dash.store.scenarios import (
    create_scenario,
    delete_scenario,
    freeze_scenario,
    history_of,
    list_scenarios,
    rename_scenario,
    save_scenario,
)

TURNS = 5


def _write_turns(engine: Engine, first: ScenarioVersion, writer: int) -> list[ScenarioVersion]:
    seen, kept = first, []
    for turn in range(TURNS):
        wanted = draft(author=f"Skribent {writer}", document={"writer": writer, "turn": turn})
        seen = save_until_kept(engine, seen, wanted)
        kept.append(seen)
    return kept


@pytest.mark.parametrize("writers", [2, 5, 20])
def test_programs_that_save_one_scenario_at_once_lose_nothing(loaded_engine, writers):
    first = create_scenario(loaded_engine, draft())

    def write(number: int) -> list[ScenarioVersion]:
        with own_engine(loaded_engine) as engine:
            return _write_turns(engine, first, number)

    kept = [version for each in together(writers, write) for version in each]
    assert len(kept) == writers * TURNS
    assert_nothing_lost(loaded_engine, first, kept)
    assert len(history_of(loaded_engine, first.id)) == 1 + writers * TURNS


def test_twenty_people_in_one_program_lose_nothing(loaded_engine):
    """They share the connections of one engine, which are fewer than they.

    Who waits too long for one is told so, having written nothing, and asks again.
    """
    first = create_scenario(loaded_engine, draft())

    def write(number: int) -> list[ScenarioVersion]:
        seen, kept = first, []
        while len(kept) < TURNS:
            wanted = draft(author=f"Skribent {number}", document={"turn": len(kept)})
            with suppress(StoreUnavailable):
                seen = save_until_kept(loaded_engine, seen, wanted)
                kept.append(seen)
        return kept

    kept = [version for each in together(20, write) for version in each]
    assert_nothing_lost(loaded_engine, first, kept)
    assert len(history_of(loaded_engine, first.id)) == 1 + 20 * TURNS


def test_of_those_who_save_on_the_same_version_one_is_first_and_the_others_are_told(loaded_engine):
    first = create_scenario(loaded_engine, draft())
    answers = together(
        12, lambda n: save_scenario(loaded_engine, first.id, 1, draft(author=f"Skribent {n}"))
    )
    (winner,) = [answer for answer in answers if isinstance(answer, ScenarioVersion)]
    told = [answer for answer in answers if answer != winner]
    assert told == [Conflict(winner, (winner,))] * 11
    assert history_of(loaded_engine, first.id) == (first, winner)


def test_of_different_changes_at_once_one_is_made(loaded_engine):
    first = create_scenario(loaded_engine, draft())
    changes = [
        lambda: save_scenario(loaded_engine, first.id, 1, draft(note="n")),
        lambda: rename_scenario(loaded_engine, first.id, 1, "Vår", "Bo"),
        lambda: delete_scenario(loaded_engine, first.id, 1, "Carin"),
        lambda: freeze_scenario(loaded_engine, first.id, 1, "David", "f", 1),
    ]
    answers = together(len(changes), lambda number: changes[number]())
    (made,) = [answer for answer in answers if isinstance(answer, ScenarioVersion)]
    assert answers.count(Conflict(made, (made,))) == 3
    assert history_of(loaded_engine, first.id) == (first, made)


def test_one_draft_sent_many_times_at_once_is_one_scenario(loaded_engine):
    sent = draft()
    answers = together(8, lambda _: create_scenario(loaded_engine, sent))
    assert answers == [answers[0]] * 8
    assert list_scenarios(loaded_engine) == listed(answers[0])
