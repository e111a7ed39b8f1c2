"""The board paper's appendix of one occasion, from its figures and what goes with them."""

from __future__ import annotations

from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.present.appendix import (
    BOARD,
    CONTRADICTIONS,
    DRAFT,
    KIND,
    SUMMARY,
    appendix_facts,
    describe_scope,
    name_appendix,
)
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.controls import controls_message
from gsn_dash.present.findings import describe_briefly
from gsn_dash.present.meeting_messages import (
    bills_in_short,
    investments_in_short,
    operating_in_short,
)
from gsn_dash.report.chapters.closing import compose_reading, compose_sources
from gsn_dash.report.chapters.collaborations import compose_collaborations
from gsn_dash.report.chapters.controls import compose_controls
from gsn_dash.report.chapters.investments import compose_investments
from gsn_dash.report.chapters.operating import compose_operating
from gsn_dash.report.chapters.scenarios import compose_scenarios
from gsn_dash.report.content import Block, Content, Heading, bullets, paragraphs
from gsn_dash.report.sources import AppendixSources

_CHAPTERS = (
    compose_reading,
    compose_operating,
    compose_investments,
    compose_collaborations,
    compose_controls,
    compose_scenarios,
    compose_sources,
)


def compose_appendix(sources: AppendixSources) -> Content:
    """The whole appendix; the same sources give the same content.

    Its figures are in force and as the papers have them: nothing is computed for it alone.
    """
    snapshot, made = sources.snapshot, sources.made_on
    title = name_appendix(snapshot.occasion)
    return Content(
        title=title,
        board=BOARD,
        subtitle=describe_scope(snapshot.occasion),
        running=f"{BOARD} · {KIND}",
        badge=DRAFT if sources.is_draft else "",
        made=(made.year, made.month, made.day),
        facts=appendix_facts(snapshot, made, fingerprint(snapshot)),
        blocks=(
            *_summary(sources),
            *(block for compose in _CHAPTERS for block in compose(sources)),
        ),
    )


def _summary(sources: AppendixSources) -> tuple[Block, ...]:
    snapshot = sources.snapshot
    investments = investments_in_short(snapshot.occasion, total_row(snapshot))
    failing = [f for f in sources.findings if f.verdict is Verdict.FAILS]
    return (
        Heading(SUMMARY),
        *bullets(
            say_contradicted(snapshot, "operating", operating_in_short(snapshot)),
            say_contradicted(snapshot, "investment", investments),
            say_contradicted(snapshot, "collaboration", bills_in_short(snapshot)),
            controls_message(count_verdicts(sources.findings)),
        ),
        *paragraphs(CONTRADICTIONS if failing else ""),
        *bullets(*(describe_briefly(snapshot, finding) for finding in failing)),
    )
