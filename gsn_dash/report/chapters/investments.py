"""The investment money: the papers' line, every project, what must be used a month."""

from __future__ import annotations

from gsn_dash.charts.draw import draw
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.investment_pace import investment_pace
from gsn_dash.domain.lost_digit import LostDigit
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.investments import pace_chart, projects_picture
from gsn_dash.present.appendix import INVESTMENTS, LOST_DIGIT, PROJECTS, REST_OF_YEAR
from gsn_dash.present.appendix_tables import investments_table
from gsn_dash.present.corrected import say_outdated
from gsn_dash.present.investing import (
    describe_coarse,
    describe_lost_digit,
    investments_message,
)
from gsn_dash.present.investing_tables import lost_digit_table, projects_table
from gsn_dash.present.meeting_messages import pace_message, projects_message
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


def compose_investments(sources: AppendixSources) -> tuple[Block, ...]:
    """The chapter as blocks."""
    snapshot = sources.snapshot
    found = portfolio(snapshot)
    lost = [block for one in found.lost for block in _lost(one)]
    return (
        Heading(INVESTMENTS),
        Message(investments_message(snapshot)),
        *table(investments_table(snapshot)),
        *(Note(sentence) for sentence in say_outdated(snapshot, "investment:")),
        Heading(PROJECTS, 2),
        Message(projects_message(snapshot.occasion, found)),
        *table(projects_table(snapshot)),
        *(Note(sentence) for sentence in describe_coarse(found.rows)),
        *drawing(projects_picture(snapshot)),
        *((Heading(LOST_DIGIT, 2), *lost) if lost else ()),
        *_demand(snapshot),
    )


def _lost(found: LostDigit) -> tuple[Block, ...]:
    return (*paragraphs(*describe_lost_digit(found)), *table(lost_digit_table(found)))


def _demand(snapshot: Snapshot) -> tuple[Block, ...]:
    found = investment_pace(snapshot)
    if not snapshot.occasion.months_left:
        return ()
    if found.to_forecast.is_unknown and found.to_appropriation.is_unknown:
        return ()
    chart = pace_chart(snapshot)
    return (
        Heading(REST_OF_YEAR, 2),
        Message(pace_message(found)),
        *drawing(draw(chart) if chart else None),
    )
