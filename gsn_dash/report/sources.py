"""What an appendix is made of, and the part of it that is kept beside what was issued.

The figures are kept by the store, as of their batch. All else that the appendix says is in its
options, so that the same batch and the same options give the same appendix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any, Protocol

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class FindingAnswer:
    """Somebody's explanation of a finding; `fingerprint` is the finding's when it was given."""

    words: str
    author: str
    given_on: date
    fingerprint: str


Answers = Mapping[str, FindingAnswer]
NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True)
class ChosenScenario:
    """A frozen scenario: who saved it when, what it assumes, and its figures' fingerprint."""

    name: str
    author: str
    note: str
    frozen_on: date
    fingerprint: str
    document: Mapping[str, Any]


@dataclass(frozen=True)
class AppendixSources:
    """All that an appendix is made of; the same sources give the same content.

    `answers` are by the key of the finding. `made_on` is the day that it says, never today's by
    itself. `is_draft` marks it as one that nobody has issued.
    """

    snapshot: Snapshot
    made_on: date
    findings: tuple[Finding, ...] = ()
    answers: Answers = field(default_factory=dict)
    scenarios: tuple[ChosenScenario, ...] = ()
    is_draft: bool = False


class KeptAnswer(Protocol):
    """An answer as the store keeps it; only one whose `state` is "explained" explains."""

    state: str
    words: str
    author: str
    fingerprint: str
    saved_at: datetime


class KeptScenario(Protocol):
    """A version of a scenario as the store keeps it; it has a fingerprint once it is frozen."""

    name: str
    author: str
    note: str
    fingerprint: str | None
    saved_at: datetime
    document: Mapping[str, Any]


def given_answers(kept: Mapping[str, KeptAnswer], zone: tzinfo) -> dict[str, FindingAnswer]:
    """The explanations among the answers, with their days in the reader's zone."""
    return {
        key: FindingAnswer(
            answer.words, answer.author, answer.saved_at.astimezone(zone).date(), answer.fingerprint
        )
        for key, answer in kept.items()
        if answer.state == _EXPLAINED
    }


_EXPLAINED = "explained"


def chosen_scenarios(versions: Iterable[KeptScenario], zone: tzinfo) -> tuple[ChosenScenario, ...]:
    """Those of the scenarios that are frozen, with the day that it happened."""
    return tuple(
        ChosenScenario(
            version.name,
            version.author,
            version.note,
            version.saved_at.astimezone(zone).date(),
            version.fingerprint,
            version.document,
        )
        for version in versions
        if version.fingerprint
    )


def write_options(sources: AppendixSources) -> dict[str, Any]:
    """All but the figures, as what JSON can hold."""
    return {
        "made_on": sources.made_on.isoformat(),
        "answers": {
            key: {**asdict(answer), "given_on": answer.given_on.isoformat()}
            for key, answer in sorted(sources.answers.items())
        },
        "scenarios": [
            {**vars(found), "frozen_on": found.frozen_on.isoformat()} for found in sources.scenarios
        ],
    }


def read_options(options: Mapping[str, Any], snapshot: Snapshot) -> AppendixSources:
    """The sources of what was issued; `snapshot` is the occasion as of its batch."""
    return AppendixSources(
        snapshot,
        date.fromisoformat(options["made_on"]),
        run_controls(snapshot),
        {
            key: FindingAnswer(**{**answer, "given_on": date.fromisoformat(answer["given_on"])})
            for key, answer in options["answers"].items()
        },
        tuple(
            ChosenScenario(**{**found, "frozen_on": date.fromisoformat(found["frozen_on"])})
            for found in options["scenarios"]
        ),
    )
