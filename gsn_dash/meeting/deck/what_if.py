"""The views of what if: one trial, shown from three sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gsn_dash.charts.data import BridgeChart, RowsChart
from gsn_dash.charts.moving import move
from gsn_dash.domain.meeting.agenda import COLLABORATIONS, INVESTMENTS, OPERATING
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.meeting.deck.content import Content, DeckSources
from gsn_dash.pictures.what_if import (
    alternative,
    bills_chart,
    operating_chart,
    projects_chart,
)
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.meeting_what_if import (
    bills_what_if,
    describe_scenario,
    investments_what_if,
)
from gsn_dash.present.scenario_tables import say_refused
from gsn_dash.present.sections import BILLS
from gsn_dash.present.sections import INVESTMENTS as PROJECTS
from gsn_dash.present.sections import OPERATING as DRIFT
from gsn_dash.present.tables import source_address
from gsn_dash.present.templates import Template, as_json
from gsn_dash.present.what_if import (
    NOTHING_ASSUMED,
    describe_consequences,
    describe_dropped,
    what_if_message,
)
from gsn_dash.ui.views.what_if_levers import program_json
from gsn_dash.ui.views.what_if_sheet import section_notes


@dataclass(frozen=True)
class _Side:
    """A subject's part of the trial: its section, its sentence and its picture."""

    section: str
    message: Callable[[Trial], Template]
    chart: Callable[[Trial], RowsChart | BridgeChart | None]


def _operating_what_if(trial: Trial) -> Template:
    return what_if_message(trial.compiled, trial.base)


_SIDES = {
    OPERATING: _Side(DRIFT, _operating_what_if, operating_chart),
    INVESTMENTS: _Side(PROJECTS, investments_what_if, projects_chart),
    COLLABORATIONS: _Side(BILLS, bills_what_if, bills_chart),
}


def tell_what_if(sources: DeckSources, subject: str) -> Content | None:
    """What a subject's levers move; None where it has nothing to move or to show."""
    side, trial = _SIDES[subject], sources.trial
    levers = [x["id"] for x in sources.levers if x["section"] == side.section]
    chart = side.chart(trial)
    if not levers or chart is None:
        return None
    return Content(
        side.message(trial),
        picture=move(chart, source_address, alternative(chart)),
        levers=tuple(sorted(levers, key=_comes_late)),
        notes=(*_of_scenario(sources), *(text for text, _ in section_notes(trial, side.section))),
    )


def _comes_late(lever: str) -> bool:
    """Whether a lever is one of the many switches of who is a member: the others come first."""
    return lever.startswith("member:")


def _of_scenario(sources: DeckSources) -> list[str]:
    """Which scenario it begins with, and what of it these figures cannot take."""
    refused = (say_refused(overlay, sources.snapshot) for overlay in sources.refused)
    named = describe_scenario(sources.scenario_name, sources.trial.scenario)
    return [text for text in (named, describe_dropped(refused)) if text]


def sheet_json(sources: DeckSources) -> dict:
    """What all views of what if share: the levers, the program, and what is said of them all."""
    trial = sources.trial
    return {
        "levers": sources.levers,
        "program": program_json(trial),
        "assumed": as_json(describe_assumptions(trial.compiled, trial.base, trial.scenario)),
        "consequences": as_json(describe_consequences(trial.compiled, trial.base, trial.scenario)),
        "nothing": NOTHING_ASSUMED,
        "settled": {"values": trial.settled()},
    }
