"""A document as PDF: tagged, in Swedish, with a text for every picture (PDF/UA-1)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from gsn_dash.present.appendix import CONTENTS, KIND
from gsn_dash.present.tables import Cell, Table, TableRow
from gsn_dash.report.columns import column_weights, is_number_column, mark_beside
from gsn_dash.report.content import (
    Block,
    BulletList,
    Content,
    DataTable,
    Drawing,
    Heading,
    Message,
    Note,
    Paragraph,
)
from gsn_dash.report.letters import settable
from gsn_dash.report.typesetting import FONT, set_pdf


def make_pdf(content: Content) -> bytes:
    """The document as PDF; the same content gives the same bytes, wherever it is made."""
    document = _settable(_document(content))
    inputs = {"data": json.dumps(document, ensure_ascii=False), "font": FONT}
    noon = datetime(*content.made, 12, tzinfo=UTC)
    return set_pdf(_template(), inputs, int(noon.timestamp()))


@cache
def _template() -> str:
    return Path(__file__).with_name("appendix.typ").read_text(encoding="utf-8")


def _settable(part: Any) -> Any:
    """The same dicts and lists, with every text in them as it can be set."""
    if isinstance(part, str):
        return settable(part)
    if isinstance(part, dict):
        return {name: _settable(value) for name, value in part.items()}
    return [_settable(value) for value in part] if isinstance(part, list | tuple) else part


def _document(content: Content) -> dict:
    return {
        **{name: getattr(content, name) for name in _TEXTS},
        "kind": KIND,
        "contents": CONTENTS,
        "blocks": [_block(block) for block in content.blocks],
    }


_TEXTS = ("title", "board", "subtitle", "running", "badge", "made", "facts")


def _block(block: Block) -> dict:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": text, "level": level}
        case Message(text=text):
            return {"kind": "message", "text": text}
        case Paragraph(text=text, lead=lead):
            return {"kind": "paragraph", "text": text, "lead": lead}
        case Note(text=text):
            return {"kind": "note", "text": text}
        case BulletList(items=items):
            return {"kind": "bullets", "items": items}
        case DataTable(table=table):
            return {"kind": "table", **_table(table)}
        case Drawing(svg=svg, alt=alt, caption=caption):
            return {"kind": "drawing", "svg": svg, "alt": alt, "caption": caption}


def _table(table: Table) -> dict:
    places = range(len(table.headings))
    return {
        "caption": table.caption,
        "groups": table.groups,
        "headings": table.headings,
        "widths": column_weights(table),
        "numbers": [is_number_column(table, place) for place in places],
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: TableRow) -> dict:
    return {"total": row.is_total, "cells": [_cell(c) for c in (row.heading, *row.cells)]}


def _cell(cell: Cell) -> dict:
    return {"text": cell.text, "mark": mark_beside(cell)}
