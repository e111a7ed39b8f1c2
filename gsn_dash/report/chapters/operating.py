"""The operating budget: the papers' table, what the deviation is, what the forecast demands."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.operating import demand, period_share
from gsn_dash.domain.scenario.goals import NetAtLeast, answer
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.months import months_picture
from gsn_dash.pictures.operating import bridge_picture, lines_picture, pace_picture
from gsn_dash.present.appendix import (
    ACTIVITIES,
    BRIDGE,
    GOAL_CAPTIONS,
    GOAL_HEADINGS,
    MONTHS,
    OPERATING,
    REST_OF_YEAR,
)
from gsn_dash.present.bridge import (
    bridge_message,
    describe_remainder,
    describe_split,
    is_remainder,
)
from gsn_dash.present.corrected import say_outdated
from gsn_dash.present.goal_tables import goals_table
from gsn_dash.present.goals import describe_goal
from gsn_dash.present.months import (
    activities_booked_table,
    describe_item,
    describe_other_outcome,
    describe_source,
    months_table,
)
from gsn_dash.present.operating import (
    activity_lines,
    demand_message,
    describe_activity,
    describe_demand,
    describe_timing,
    operating_message,
)
from gsn_dash.present.operating_tables import (
    activities_table,
    bridge_table,
    by_activity_table,
    demand_table,
    lines_table,
)
from gsn_dash.report.content import (
    Block,
    Heading,
    Message,
    Note,
    drawing,
    paragraphs,
    table,
)
from gsn_dash.report.sources import AppendixSources


def compose_operating(sources: AppendixSources) -> tuple[Block, ...]:
    """The chapter as blocks."""
    snapshot = sources.snapshot
    return (
        Heading(OPERATING),
        Message(operating_message(snapshot)),
        *table(lines_table(snapshot)),
        *(Note(sentence) for sentence in say_outdated(snapshot, "operating:")),
        *drawing(lines_picture(snapshot, "period")),
        *drawing(lines_picture(snapshot, "year")),
        *_bridge(snapshot),
        *_demand(snapshot),
        *_activities(snapshot),
        *_months(snapshot),
    )


def _bridge(snapshot: Snapshot) -> tuple[Block, ...]:
    found = bridge(snapshot)
    if all(step.figure.is_unknown for step in found.steps):
        return ()
    derived = [step for step in found.steps if is_remainder(step)]
    by_activity = by_activity_table(snapshot)
    return (
        Heading(BRIDGE, 2),
        Message(bridge_message(snapshot, found)),
        *drawing(bridge_picture(snapshot)),
        *table(bridge_table(snapshot)),
        *paragraphs(*describe_split(snapshot)),
        *(Note(describe_remainder(snapshot, step)) for step in derived),
        *(table(by_activity) if by_activity else ()),
    )


def _demand(snapshot: Snapshot) -> tuple[Block, ...]:
    """What the forecast demands of the months that are left; none where none is."""
    occasion = snapshot.occasion
    if not occasion.months_left:
        return ()
    demands = [demand(snapshot, item) for item in ("cost", "revenue")]
    told = all(period_share(snapshot, found.item) is not None for found in demands)
    return (
        Heading(REST_OF_YEAR, 2),
        Message(demand_message(occasion, demands[0])),
        *paragraphs(*(describe_demand(occasion, x) for x in demands if x.increase is not None)),
        *drawing(pace_picture(snapshot)),
        *table(demand_table(snapshot)),
        *((Note(" ".join(describe_timing(snapshot))),) if told else ()),
        *_goal(snapshot),
    )


def _goal(snapshot: Snapshot) -> tuple[Block, ...]:
    """What would make the year end on its budget, each thing by itself."""
    found = answer(snapshot, Scenario(), NetAtLeast())
    if found is None:
        return ()
    told = goals_table(snapshot, Scenario(), found)
    headings = GOAL_HEADINGS[found.is_met]
    caption = GOAL_CAPTIONS[found.is_met]
    return (
        *paragraphs(describe_goal(snapshot, Scenario(), found)),
        *table(replace(told, caption=caption, headings=headings)),
    )


def _activities(snapshot: Snapshot) -> tuple[Block, ...]:
    found = activities_table(snapshot)
    if found is None:
        return ()
    told = (describe_activity(snapshot, key, f) for key, f, _ in activity_lines(snapshot))
    return (Heading(ACTIVITIES, 2), *paragraphs(*told), *table(found))


def _months(snapshot: Snapshot) -> tuple[Block, ...]:
    """The months of the year; none where no ledger has been read."""
    told = months_table(snapshot)
    if told is None:
        return ()
    return (
        Heading(MONTHS, 2),
        Message(describe_item(snapshot, "cost")),
        *paragraphs(describe_item(snapshot, "revenue"), describe_other_outcome(snapshot)),
        *(
            block
            for item in ("cost", "revenue")
            for block in drawing(months_picture(snapshot, item))
        ),
        *table(told),
        *table(activities_booked_table(snapshot)),
        Note(describe_source(snapshot)),
    )
