"""What an editor asks of the agenda and of the proposed decisions, and what comes of it.

Each command ends with what the page is to say (`state.tell`); none raises for what a person or
the database may do, and none takes away what has been written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.agenda import AWAY, DRAFT_SAVED, SAVED, TEXT_ACCEPTED
from gsn_dash.store.agendas import (
    AgendaConflict,
    AgendaVersion,
    DecisionVersion,
    Engine,
    save_agenda,
    save_decision,
)
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meeting_drafts import MeetingRefused
from gsn_dash.ui import data
from gsn_dash.ui.changing import MayNot, do
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import agenda as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.agenda import HeldText, Told

AGENDA = ""


def save(occasion: Occasion, author: str) -> None:
    """Keep the agenda as the visitor has it, on top of the version that he has seen."""
    base = state.held().base
    _save(occasion, author, base.version if base else 0, Told())


def save_anyway(occasion: Occasion, conflict: AgendaConflict) -> None:
    """Keep the visitor's agenda on top of somebody else's, which stays in the history."""
    _save(occasion, opened.author(), conflict.newest.version, Told(conflict=conflict))


def take_theirs(conflict: AgendaConflict) -> None:
    """Show what somebody else has saved in the place of the visitor's own changes."""
    state.lay_out(conflict.newest)
    state.tell(AGENDA, Told())


def let_go() -> None:
    """Let go of the visitor's own changes."""
    state.lay_out(state.held().base)
    state.tell(AGENDA, Told())


def _save(occasion: Occasion, author: str, based_on: int, before: Told) -> None:
    held = state.held()

    def run(engine: Engine) -> None:
        place = (occasion.year, occasion.number, based_on)
        found = save_agenda(engine, *place, held.choice.to_json(), author)
        if isinstance(found, AgendaVersion):
            state.hold(replace(held, base=found))
            state.tell(AGENDA, Told(SAVED))
        else:
            state.tell(AGENDA, Told(conflict=found))

    _reach(AGENDA, run, before)


def keep_text(
    occasion: Occasion, item: str, text: str, author: str, accepted: bool, based_on: int
) -> None:
    """Keep a proposed decision as it is written, on top of a version that the visitor has seen."""

    def run(engine: Engine) -> None:
        place = (occasion.year, occasion.number, item, based_on)
        found = save_decision(engine, *place, text, accepted, author)
        if isinstance(found, DecisionVersion):
            state.hold_text(item, replace(state.held_text(item), seen=found, before=""))
            state.tell(item, Told(TEXT_ACCEPTED if accepted else DRAFT_SAVED))
        else:
            state.tell(item, Told(conflict=found))

    _reach(item, run, state.told(item))


def take_their_text(item: str, theirs: DecisionVersion, mine: str) -> None:
    """Lay out what somebody else has written; `mine` can be taken back."""
    held = state.held_text(item)
    state.hold_text(item, HeldText(theirs, theirs.text, held.turn + 1, mine))
    state.tell(item, Told())


def lay_out_text(item: str, text: str, before: str) -> None:
    """Lay out another text in the place of `before`, which can be taken back."""
    held = state.held_text(item)
    state.hold_text(item, HeldText(held.seen, text, held.turn + 1, before))
    state.tell(item, Told())


def _reach(about: str, run: Callable[[Engine], None], wanted: Told) -> None:
    """Do something with the database, or say why it is not done."""
    engine = data.engine()
    if engine is None:
        state.tell(about, replace(wanted, sentence=AWAY, is_warning=True))
        return
    try:
        do(Deed.ARRANGE, engine, run)
    except (MayNot, StoreUnavailable, MeetingRefused) as problem:
        state.tell(about, replace(wanted, sentence=problem.sentence, is_warning=True))
