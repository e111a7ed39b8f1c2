"""The views of a meeting as it showed them: composed once, when it ends, and kept as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.meeting.deck.compose import compose_deck
from gsn_dash.meeting.deck.content import DeckSources
from gsn_dash.meeting.sources import NoFigures, occasion_of, recorded_at
from gsn_dash.store.read import Batch, read_snapshot

CHANGED = (
    "Det här är vad mötet visade; databasens uppgifter från den gången stämmer inte längre med det."
)
# These are drawn by one program, so they are all of the figures that the meeting ended with.
_TOGETHER = "what_if"


def read_as_of(
    engine: Engine, last: DeckSources, batches: Sequence[Batch], wanted: set[int]
) -> dict[int, DeckSources]:
    """What the meeting ended with, `last`, and the same with the figures as of other imports.

    Raises NoFigures where the database does not have them.
    """
    found = {last.snapshot.batch: last}
    for batch in sorted(wanted - found.keys()):
        snapshot = read_snapshot(engine, occasion_of(last.snapshot), batch)
        if snapshot is None:
            raise NoFigures(f"no figures as of {batch}")
        read_at = recorded_at(batches, batch)
        findings = run_controls(snapshot)
        found[batch] = replace(last, snapshot=snapshot, findings=findings, read_at=read_at)
    return found


def compose_shown(
    as_of: Mapping[int, DeckSources], left: Mapping[str, int], last: int
) -> dict[str, Any]:
    """The deck, in which each view has the figures of the import that it was left with, if any."""
    decks = {batch: compose_deck(sources) for batch, sources in as_of.items()}
    views = {b: {view["key"]: view for view in deck["views"]} for b, deck in decks.items()}
    shown = []
    for view in as_of[last].agenda.views:
        batch = last if view.kind == _TOGETHER else left.get(view.key, last)
        found = views[batch].get(view.key) or views[last].get(view.key)
        shown += [found] if found else []
    return {**decks[last], "views": shown}


def open_kept(engine: Engine, document: Mapping[str, Any]) -> dict[str, Any]:
    """The deck that was kept at the end, with a word where the database says something else now."""
    archived = "" if _is_unchanged(engine, document) else CHANGED
    return {**document["deck"], "archived": archived}


def _is_unchanged(engine: Engine, document: Mapping[str, Any]) -> bool:
    year, number = document["occasion"]
    kept = {**document["fingerprints"], str(document["batch"]): document["fingerprint"]}
    for batch, print in kept.items():
        snapshot = read_snapshot(engine, (year, number), int(batch))
        if snapshot is None or fingerprint(snapshot) != print:
            return False
    return True
