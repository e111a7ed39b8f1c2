"""The views of a meeting that has ended, with the figures, texts and assumptions it ended with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import AgendaChoice, arrange, make_agenda
from gsn_dash.domain.scenario.document import read_document
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.compose import compose_deck
from gsn_dash.meeting.deck.content import DeckSources
from gsn_dash.meeting.sources import NoFigures, recorded_at
from gsn_dash.store.agendas import DecisionVersion
from gsn_dash.store.read import read_batches, read_snapshot

CHANGED = (
    "Uppgifterna i databasen stämmer inte längre med dem som mötet visade; det som står här kan"
    " skilja sig från det som visades."
)
# These are drawn by one program, so they are all of the figures that the meeting ended with.
_TOGETHER = "what_if"


def compose_frozen(engine: Engine, document: Mapping[str, Any]) -> dict[str, Any]:
    """The deck of what was kept at the end: each view as of the import it was left with.

    Raises NoFigures where the database no longer has the occasion.
    """
    last = document["batch"]
    wanted = {view["key"]: view["batch"] or last for view in document["views"]}
    snapshots = {batch: _read(engine, document, batch) for batch in {last, *wanted.values()}}
    archived = "" if _is_unchanged(document, snapshots) else CHANGED
    decks = {
        batch: compose_deck(_sources(engine, document, snapshot, archived))
        for batch, snapshot in snapshots.items()
    }
    views = {b: {view["key"]: view for view in deck["views"]} for b, deck in decks.items()}
    deck = decks[last]
    chosen = [views[_batch_of(view, wanted, last)].get(view["key"], view) for view in deck["views"]]
    return {**deck, "views": chosen}


def _batch_of(view: Mapping[str, Any], wanted: Mapping[str, int], last: int) -> int:
    return last if view["kind"] == _TOGETHER else wanted.get(view["key"], last)


def _read(engine: Engine, document: Mapping[str, Any], batch: int) -> Snapshot:
    year, number = document["occasion"]
    snapshot = read_snapshot(engine, (year, number), batch)
    if snapshot is None:
        raise NoFigures(f"no figures of {year}, {number} as of {batch}")
    return snapshot


def _is_unchanged(document: Mapping[str, Any], snapshots: Mapping[int, Snapshot]) -> bool:
    kept = {**document["fingerprints"], str(document["batch"]): document["fingerprint"]}
    return all(kept.get(str(batch)) == fingerprint(each) for batch, each in snapshots.items())


def _sources(
    engine: Engine, document: Mapping[str, Any], snapshot: Snapshot, archived: str
) -> DeckSources:
    views = document["views"]
    order = tuple(view["key"] for view in views)
    hidden = frozenset(view["key"] for view in views if not view["shown"])
    scenario = document["scenario"]
    return DeckSources(
        snapshot=snapshot,
        findings=run_controls(snapshot),
        read_at=recorded_at(read_batches(engine), snapshot.batch),
        agenda=arrange(make_agenda(snapshot), AgendaChoice(order, hidden, scenario["chosen"])),
        decisions={each["item"]: _decision(each) for each in document["decisions"]},
        scenario=read_document(scenario["document"]),
        scenario_name=scenario["name"],
        archived=archived,
    )


def _decision(kept: Mapping[str, Any]) -> DecisionVersion:
    return DecisionVersion(**{**kept, "saved_at": datetime.fromisoformat(kept["saved_at"])})
