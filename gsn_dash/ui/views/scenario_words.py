"""What is said of a saved scenario: when and on what it was saved, and who changed what in it."""

from __future__ import annotations

from datetime import datetime

from gsn_dash.domain.scenario.document import DocumentRefused, read_document
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.occasions import name_place
from gsn_dash.present.scenario_compare import (
    AssumptionRow,
    assumption_rows,
)
from gsn_dash.present.scenario_tables import assumptions_table, in_words
from gsn_dash.present.scenarios import (
    NO_NOTE,
    YOURS,
    apart,
    describe_conflict,
    say_what_was_done,
)
from gsn_dash.store.scenario_drafts import ScenarioSummary, ScenarioVersion
from gsn_dash.ui import data
from gsn_dash.ui.occasions import shown
from gsn_dash.ui.page import show_note, show_text
from gsn_dash.ui.state.opened import Told, opened
from gsn_dash.ui.tables import show_table


def moment_of(version: ScenarioSummary) -> datetime:
    """When a version was saved, on the reader's clock."""
    return version.saved_at.astimezone(data.ZONE)


def base_of(version: ScenarioSummary) -> str:
    """The occasion that a version was saved on."""
    return name_place((version.year, version.number), shown().occasions)


def taken_from(
    snapshot: Snapshot, version: ScenarioVersion
) -> tuple[Scenario, tuple[Overlay, ...]]:
    """What of a version's assumptions a snapshot can take, and what it cannot.

    Nothing is taken from a document that is none of ours.
    """
    try:
        return fit(snapshot, read_document(version.document))
    except DocumentRefused:
        return Scenario(), ()


def show_conflict(snapshot: Snapshot, told: Told) -> None:
    """Who was first and what they did, and where the visitor's own version differs from it."""
    newest, seen = told.conflict.newest, opened()
    before = seen.version if seen else newest
    did = say_what_was_done(
        before.state,
        newest.state,
        newest.name != before.name,
        newest.document != before.document,
    )
    between = [version.author for version in told.conflict.since]
    show_note(describe_conflict(newest.name, did, newest.author, moment_of(newest), between), True)
    mine = fit(snapshot, read_document(told.draft.document))[0]
    theirs = taken_from(snapshot, newest)[0]
    texts = [
        AssumptionRow("Scenariots namn", (apart(told.draft.name), apart(newest.name))),
        AssumptionRow("Anteckning", (_note(told.draft.note), _note(newest.note))),
    ]
    told = [in_words(make_trial(snapshot, scenario)) for scenario in (mine, theirs)]
    rows = [row for row in (*assumption_rows(snapshot, told), *texts) if row.differs]
    if rows:
        headings = ("Det här skiljer", YOURS, apart(newest.author))
        show_table(assumptions_table("Din version mot den som redan är sparad", headings, rows))
    else:
        show_text("Antagandena, namnet och anteckningen är desamma i båda.")


def _note(text: str) -> str:
    return apart(text.strip()) or NO_NOTE
