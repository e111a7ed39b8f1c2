"""What the controls found: what does not hold first, each with its places and its answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.present.appendix import (
    CONTROLS,
    HOLDING_CAPTIONS,
    describe_answer,
    say_times,
)
from gsn_dash.present.controls import SECTIONS, controls_message
from gsn_dash.present.controls_tables import holding_table, name_places
from gsn_dash.present.findings import VERDICTS, describe_finding, format_side, name_sides
from gsn_dash.present.tables import Table, TableRow, word
from gsn_dash.report.content import Block, Heading, Message, Paragraph, bullets, table
from gsn_dash.report.sources import AppendixSources

_OPEN = (Verdict.FAILS, Verdict.CANNOT_TELL)


def compose_controls(sources: AppendixSources) -> tuple[Block, ...]:
    """The chapter as blocks."""
    blocks: list[Block] = [
        Heading(CONTROLS),
        Message(controls_message(count_verdicts(sources.findings))),
    ]
    for verdict, heading in SECTIONS.items():
        found = [finding for finding in sources.findings if finding.verdict is verdict]
        if found:
            blocks.append(Heading(f"{heading} ({len(found)})", 2))
            blocks += _tell(sources, verdict, found)
    return tuple(blocks)


def _tell(sources: AppendixSources, verdict: Verdict, found: list[Finding]) -> tuple[Block, ...]:
    if verdict in _OPEN:
        return tuple(block for finding in found for block in _finding(sources, finding))
    return table(_in_short(holding_table(sources.snapshot, found), HOLDING_CAPTIONS[verdict]))


def _in_short(told: Table, caption: str) -> Table:
    """What was compared and how: the places of what holds stand under the sources. What says the
    same of two places is said once."""
    counts = Counter((row.heading.text, row.cells[0].text) for row in told.rows)
    rows = tuple(
        TableRow(word(name), (word(say_times(said, count)),))
        for (name, said), count in counts.items()
    )
    return replace(told, caption=caption, headings=told.headings[:2], rows=rows)


def _finding(sources: AppendixSources, finding: Finding) -> tuple[Block, ...]:
    snapshot = sources.snapshot
    title, explanation = describe_finding(snapshot, finding)
    answer = sources.answers.get(finding.key)
    answered: tuple[Block, ...] = ()
    if answer is not None:
        is_current = answer.fingerprint == finding.fingerprint
        words = describe_answer(answer.words, answer.author, answer.given_on, is_current)
        answered = (Paragraph(words, "Förklarat:"),)
    return (
        Heading(title, 3),
        Paragraph(explanation, f"{VERDICTS[finding.verdict].capitalize()}."),
        *answered,
        *bullets(*_sides(finding)),
    )


def _sides(finding: Finding) -> list[str]:
    sides = zip(name_sides(finding), (finding.stated, finding.found), strict=True)
    return [text for name, side in sides if (text := _side(finding, name, side))]


def _side(finding: Finding, name: str, side: Side) -> str:
    """ "Texten säger 4,0 Mkr: tjänsteskrivelsen, Sammanfattning"; empty for no such side."""
    value, places = format_side(finding, side), name_places(side)
    if not name or not (value or places):
        return ""
    if isinstance(side.amount, Unknown) and value:
        value = f"({value})"
    said = f"{name} {value}" if value else name
    return f"{said}: {places}." if places else f"{said}."
