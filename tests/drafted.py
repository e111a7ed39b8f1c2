"""Scenarios that the tests of their store write, how a refusal is told, what is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import pytest
from sqlalchemy import Engine

from gsn_dash.store.scenario_drafts import (
    Conflict,
    ScenarioDraft,
    ScenarioRefused,
    ScenarioSummary,
    ScenarioVersion,
)
from gsn_dash.store.scenarios import history_of, list_scenarios, save_scenario


def draft(name="Höst", author="Eva", **changes) -> ScenarioDraft:
    """A scenario on the occasion of the papers, with an id of its own."""
    parts = {"note": "", "document": {"used_up": "0.5"}, "year": 2023, "number": 2, "batch": 1}
    return ScenarioDraft(name, author, **{**parts, **changes})


def listed(*versions: ScenarioVersion) -> tuple[ScenarioSummary, ...]:
    """The versions as a list has them, without what they assume."""
    names = [each.name for each in fields(ScenarioSummary)]
    return tuple(
        ScenarioSummary(**{name: getattr(version, name) for name in names}) for version in versions
    )


@contextmanager
def refused(part: str) -> Iterator[pytest.ExceptionInfo]:
    """What is done inside is refused for `part`, in one Swedish sentence."""
    with pytest.raises(ScenarioRefused) as refusal:
        yield refusal
    assert refusal.value.part == part
    assert refusal.value.sentence[-1] == "."


def save_until_kept(
    engine: Engine, seen: ScenarioVersion, wanted: ScenarioDraft
) -> ScenarioVersion:
    """Save over whatever has come since, as a person who insists."""
    answer = save_scenario(engine, seen.id, seen.version, wanted)
    while isinstance(answer, Conflict):
        assert answer.since[-1] == answer.newest
        assert [each.version for each in answer.since] == list(
            range(seen.version + 1, answer.newest.version + 1)
        )
        seen = answer.newest
        answer = save_scenario(engine, seen.id, seen.version, wanted)
    return answer


def assert_nothing_lost(
    engine: Engine, first: ScenarioVersion, kept: list[ScenarioVersion]
) -> None:
    """All that was acknowledged is in the history, whose versions have no gap."""
    history = history_of(engine, first.id)
    assert [each.version for each in history] == list(range(1, len(history) + 1))
    assert [each.saved_at for each in history] == sorted(each.saved_at for each in history)
    assert not [each for each in kept if each not in history]
    assert list_scenarios(engine) == listed(history[-1])
