"""What a meeting that goes on is shown with: the figures, the agenda, the texts, the scenario."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import Agenda, AgendaChoice, arrange, make_agenda
from gsn_dash.domain.scenario.document import DocumentRefused, read_document
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import DeckSources
from gsn_dash.store.agendas import read_agenda, read_decisions
from gsn_dash.store.read import Batch, read_batches, read_snapshot
from gsn_dash.store.scenario_drafts import DELETED
from gsn_dash.store.scenarios import find_scenario
from gsn_dash.ui.data import ZONE, Figures

Occasion = tuple[int, int]

log = logging.getLogger(__name__)


class NoFigures(LookupError):
    """The database has no figures of the occasion."""


def read_sources(engine: Engine, figures: Figures, occasion: Occasion) -> DeckSources:
    """What is shown of an occasion as it is now. Raises NoFigures."""
    snapshot, findings = _figures_of(engine, figures, occasion)
    agenda = read_chosen_agenda(engine, snapshot)
    name, scenario = _read_scenario(engine, agenda.scenario)
    return DeckSources(
        snapshot=snapshot,
        findings=findings,
        read_at=recorded_at(read_batches(engine), snapshot.batch),
        agenda=agenda,
        decisions=read_decisions(engine, *occasion),
        scenario=scenario,
        scenario_name=name,
    )


def occasion_of(snapshot: Snapshot) -> Occasion:
    """The year and number of a snapshot's occasion."""
    return snapshot.occasion.year, snapshot.occasion.number


def recorded_at(batches: Sequence[Batch], batch: int) -> datetime | None:
    """When the figures as of an import were recorded, in Swedish time; the same in every process.

    None where there is no import so early.
    """
    times = [each.recorded_at for each in batches if each.id <= batch]
    return times[-1].astimezone(ZONE) if times else None


def read_chosen_agenda(engine: Engine, snapshot: Snapshot) -> Agenda:
    """The agenda that the papers give, as it has been chosen where somebody has."""
    choice = _read_choice(engine, occasion_of(snapshot))
    agenda = make_agenda(snapshot)
    return arrange(agenda, choice) if choice else agenda


def chosen_scenario(engine: Engine, occasion: Occasion) -> tuple[str, int, str] | None:
    """Which version of which scenario the agenda shows, and its state; None where it shows none."""
    choice = _read_choice(engine, occasion)
    id = choice.scenario if choice else ""
    version = find_scenario(engine, id) if id else None
    return (version.id, version.version, version.state) if version else None


def _read_choice(engine: Engine, occasion: Occasion) -> AgendaChoice | None:
    """What has been chosen; None where nobody has, or a document is none of ours."""
    version = read_agenda(engine, *occasion)
    try:
        return AgendaChoice.from_json(version.document) if version else None
    except ValueError as problem:
        _log_unread(occasion, version.version, str(problem))
        return None


@lru_cache  # once, and not each time that somebody asks
def _log_unread(occasion: Occasion, version: int, problem: str) -> None:
    log.warning("version %d of the agenda of %s is not read: %s", version, occasion, problem)


def _figures_of(
    engine: Engine, figures: Figures, occasion: Occasion
) -> tuple[Snapshot, tuple[Finding, ...]]:
    """Those in memory where they are of the occasion, which they are but for an earlier one."""
    if figures.snapshot is not None and occasion_of(figures.snapshot) == occasion:
        return figures.snapshot, figures.findings
    snapshot = read_snapshot(engine, occasion)
    if snapshot is None:
        raise NoFigures(f"no figures of {occasion}")
    return snapshot, run_controls(snapshot)


def _read_scenario(engine: Engine, id: str) -> tuple[str, Scenario]:
    """The name and the assumptions of a saved scenario; nothing where it is gone or not ours."""
    version = find_scenario(engine, id) if id else None
    if version is None or version.state == DELETED:
        return "", Scenario()
    try:
        return version.name, read_document(version.document)
    except DocumentRefused:
        return "", Scenario()
