"""The collaborations: what each municipality pays, the keys, what keeps the bills as they are."""

from __future__ import annotations

from gsn_dash.domain.collaborating import KeySplit, key_split, key_steps, payers, restatements
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.collaborations import payments_picture, shares_picture, split_picture
from gsn_dash.present.appendix import COLLABORATIONS, UNCHANGED_BILLS
from gsn_dash.present.collaborating import (
    describe_bills,
    describe_published,
    describe_restatement,
    describe_result,
    describe_unknown,
    describe_years,
)
from gsn_dash.present.collaborating_tables import shares_table, split_table, summary_table
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.goal_rows import describe_unknown as describe_unknown_goal
from gsn_dash.present.goal_tables import answer_unchanged, keyed_names, unchanged_table
from gsn_dash.present.meeting_messages import unchanged_message
from gsn_dash.present.names import name_collaboration
from gsn_dash.present.sharing import (
    describe_billed,
    describe_comparison,
    describe_counted,
    describe_implied,
    describe_reservation,
    describe_steps,
)
from gsn_dash.report.content import (
    Block,
    Heading,
    Message,
    Note,
    bullets,
    drawing,
    paragraphs,
    table,
)
from gsn_dash.report.sources import AppendixSources


def compose_collaborations(sources: AppendixSources) -> tuple[Block, ...]:
    """The chapter as blocks."""
    snapshot = sources.snapshot
    splits = [key_split(snapshot, name) for name in snapshot.allocation_keys]
    return (
        Heading(COLLABORATIONS),
        Message(say_contradicted(snapshot, "collaboration", describe_bills(snapshot))),
        *(table(summary_table(snapshot)) if payers(snapshot) else ()),
        *drawing(payments_picture(snapshot)),
        *bullets(*_remarks(snapshot)),
        Note(describe_result(snapshot)),
        *(block for split in splits if split for block in _key(snapshot, split)),
        *_unchanged(snapshot),
    )


def _remarks(snapshot: Snapshot) -> list[str]:
    describing = (describe_unknown, describe_published, describe_years)
    told = [tell(snapshot, code) for tell in describing for code in payers(snapshot)]
    return told + [describe_restatement(snapshot, found) for found in restatements(snapshot)]


def _key(snapshot: Snapshot, split: KeySplit) -> tuple[Block, ...]:
    collaboration = split.key.collaboration
    steps = key_steps(split)
    name = name_collaboration(snapshot, collaboration)
    compared: tuple[Block, ...] = ()
    if split.by_rule:
        comparison = describe_comparison(snapshot, split)
        compared = (
            *((Message(comparison),) if comparison else ()),
            *drawing(split_picture(snapshot, split)),
            *paragraphs(describe_billed(snapshot, collaboration)),
            *table(split_table(snapshot, split)),
            Note(describe_reservation(snapshot, split)),
        )
    return (
        Heading(f"{name}: rapportens fördelning och avtalets nyckel", 2),
        *compared,
        *bullets(*describe_steps(snapshot, split, steps)),
        *paragraphs(describe_implied(snapshot, split, steps)),
        Note(describe_counted(split)),
        *drawing(shares_picture(snapshot, split)),
        *table(shares_table(snapshot, split)),
    )


def _unchanged(snapshot: Snapshot) -> tuple[Block, ...]:
    found = answer_unchanged(snapshot)
    if not any(told.answers for told in found.values()):
        return ()
    unknown = (describe_unknown_goal(snapshot, told) for told in found.values())
    return (
        Heading(UNCHANGED_BILLS, 2),
        Message(unchanged_message(keyed_names(snapshot, found))),
        *table(unchanged_table(snapshot, found)),
        *(Note(text) for text in unknown if text),
    )
