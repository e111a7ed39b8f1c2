"""The end of a meeting: what it showed is written down, and its scenario frozen.

Nobody moves the meeting meanwhile. Everything before the last step can be done again without
harm, so an end that failed midway is asked for once more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Engine

from gsn_dash.domain.scenario.document import write_document
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.scenario.levers import set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import DeckSources
from gsn_dash.meeting.frozen import compose_shown, read_as_of
from gsn_dash.meeting.sources import read_sources
from gsn_dash.present.numbers import format_day
from gsn_dash.store.agendas import DecisionVersion
from gsn_dash.store.meeting_drafts import Meeting, Shown
from gsn_dash.store.meeting_ends import end_meeting, shown_of
from gsn_dash.store.read import read_batches
from gsn_dash.store.scenario_drafts import ScenarioDraft, ScenarioVersion
from gsn_dash.store.scenarios import create_scenario, freeze_scenario
from gsn_dash.ui.data import ZONE, Figures
from gsn_dash.ui.views.what_if_levers import lever_id

FORMAT = 1
_LONGEST_NAME = 80
_LEVERS_ALONE = "reglagen"
_SCENARIOS = UUID("6f0f7a52-3a53-4a3d-9c1a-5d7d4c2f9b1e")


def end(engine: Engine, figures: Figures, code: str, mark: str, now: datetime) -> bool:
    """End a meeting as its presenter; whether that could be done: see `end_meeting`.

    Raises StoreUnavailable, MeetingRefused, ScenarioRefused or NoFigures; then the meeting goes
    on.
    """
    return end_meeting(engine, code, mark, lambda last: _write(engine, figures, last, now))


def _write(engine: Engine, figures: Figures, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """All that is kept: its views as they were shown, and what they were made of."""
    sources = read_sources(engine, figures, (meeting.year, meeting.number))
    levers = meeting.place.get("levers", {})
    moved = move_levers(sources.snapshot, sources.trial.scenario, levers)
    saved = _freeze(engine, meeting, sources, moved) if moved.overlays else None
    shown = shown_of(engine, meeting.code)
    batches = read_batches(engine)
    views = last_batches(shown, sources.snapshot.batch)
    as_of = read_as_of(engine, _with_shown(sources, views), batches, set(views.values()))
    return {
        "format": FORMAT,
        "occasion": [meeting.year, meeting.number],
        "batch": sources.snapshot.batch,
        "fingerprint": fingerprint(sources.snapshot),
        "fingerprints": {str(batch): fingerprint(s.snapshot) for batch, s in as_of.items()},
        "deck": compose_shown(as_of, views, sources.snapshot.batch),
        "views": [
            {"key": view.key, "shown": view.shown, "batch": views.get(view.key)}
            for view in sources.agenda.views
        ],
        "decisions": [_decision(each) for each in sources.decisions.values()],
        "scenario": {
            "chosen": sources.agenda.scenario,
            "name": sources.scenario_name,
            "document": write_document(sources.scenario),
            "saved": saved,
        },
        "levers": dict(levers),
        "shown": [{**asdict(each), "at": each.at.isoformat()} for each in shown],
        "presenter": meeting.presenter,
        "ended": now.isoformat(),
    }


def move_levers(snapshot: Snapshot, scenario: Scenario, positions: Mapping[str, int]) -> Scenario:
    """The scenario with the levers where the meeting left them; what is no lever is passed over."""
    for lever in levers_of(snapshot, scenario):
        position = positions.get(lever_id(lever))
        if position is not None and position in lever.positions:
            scenario = set_lever(scenario, lever, position)
    return scenario


def last_batches(shown: Sequence[Shown], newest: int) -> dict[str, int]:
    """Of each view that was shown, the import that its figures were of when it was left.

    A view that stands there when figures are imported shows them as soon as it can, so they are
    those that the next view came with; of the view that stood last they are the `newest`.
    """
    left = (after.batch for after in shown[1:])
    return {each.view: batch for each, batch in zip(shown, [*left, newest], strict=True)}


def _with_shown(sources: DeckSources, shown: Collection[str]) -> DeckSources:
    """The same, with what was shown before it was left out of the agenda."""
    views = (replace(each, shown=each.shown or each.key in shown) for each in sources.agenda.views)
    return replace(sources, agenda=replace(sources.agenda, views=tuple(views)))


def _freeze(engine: Engine, meeting: Meeting, sources: DeckSources, moved: Scenario) -> str | None:
    """Keep what was assumed at the end as a scenario that nobody changes; its id.

    Asked for again after a failure, the same assumptions are the same scenario. None where
    somebody came in between and made it into something else.
    """
    document, snapshot = write_document(moved), sources.snapshot
    day = format_day(meeting.started_at.astimezone(ZONE))
    what = sources.scenario_name or _LEVERS_ALONE
    content = json.dumps([meeting.code, meeting.presenter, what, snapshot.batch, document])
    draft = ScenarioDraft(
        name=f"Visat på mötet {day}: {what}"[:_LONGEST_NAME],
        author=meeting.presenter,
        note=f"Som reglagen stod när mötet {meeting.code} avslutades.",
        document=document,
        year=meeting.year,
        number=meeting.number,
        batch=snapshot.batch,
        id=str(uuid5(_SCENARIOS, content)),
    )
    kept = create_scenario(engine, draft)
    found = fingerprint(snapshot)
    frozen = freeze_scenario(engine, kept.id, kept.version, draft.author, found, snapshot.batch)
    return kept.id if isinstance(frozen, ScenarioVersion) else None


def _decision(decision: DecisionVersion) -> dict[str, Any]:
    return {**asdict(decision), "saved_at": decision.saved_at.isoformat()}
