"""Around the figures of the appendix: how to read them, and where every one is from."""

from __future__ import annotations

from gsn_dash.pictures.notation import notation_picture
from gsn_dash.present.appendix import DERIVED, HOW_TO_READ, PAPERS, SIGNS, SOURCES, STATED
from gsn_dash.present.appendix_tables import derived_table, key_notes, stated_tables
from gsn_dash.present.sources_tables import documents_table
from gsn_dash.report.content import Block, Heading, drawing, paragraphs, table
from gsn_dash.report.sources import AppendixSources


def compose_sources(sources: AppendixSources) -> tuple[Block, ...]:
    """Papers, what they print and where, and what follows from it by which rule."""
    snapshot = sources.snapshot
    stated = [block for found in stated_tables(snapshot) for block in table(found)]
    notes = paragraphs(*key_notes(snapshot))
    derived = table(derived_table(snapshot))
    return (
        Heading(SOURCES),
        Heading(PAPERS, 2),
        *table(documents_table(snapshot)),
        *((Heading(STATED, 2), *stated) if stated else ()),
        *((Heading(DERIVED, 2), *notes, *derived) if derived else ()),
    )


def compose_reading(_sources: AppendixSources) -> tuple[Block, ...]:
    """What the signs mean."""
    return (Heading(HOW_TO_READ), *paragraphs(*SIGNS), *drawing(notation_picture()))
