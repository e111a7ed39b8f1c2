"""Tables as plain HTML: real headings, right-aligned numbers, and a way to each source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st

from gsn_dash.domain.figures import Figure
from gsn_dash.present.derivations import UNKNOWN_MARK, describe_state

SOURCES = "/kallor"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the figure's name where it has a source, a mark ("härledd", "okänd")."""

    text: str
    ref: str = ""
    mark: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class TableRow:
    """A row under its heading; `is_total` sets it off."""

    heading: Cell
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; `headings` name the columns, the first one that of the rows.

    `groups` are headings over several columns each, as (text, how many).
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    groups: tuple[tuple[str, int], ...] = ()


def word(text: str, ref: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, ref, is_number=False)


def number(figure: Figure, text: str) -> Cell:
    """A cell with a figure's number, already written, and a mark where it is not plainly stated."""
    return Cell(text, figure.ref, describe_state(figure))


def source_address(ref: str) -> str:
    """The address that shows where a figure is from."""
    return f"{SOURCES}?figur={quote(ref, safe=':')}"


def show_table(table: Table) -> None:
    """Show the table; it scrolls sideways by itself where the screen is narrow."""
    st.html(render_table(table))


def render_table(table: Table) -> str:
    """The table's HTML; every text in it is escaped."""
    rows = "".join(_render_row(row) for row in table.rows)
    return (
        f'<div class="gsn-scroll" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
        f'<table class="gsn-table"><caption>{escape(table.caption)}</caption>'
        f"<thead>{_render_groups(table)}{_render_headings(table)}</thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _render_groups(table: Table) -> str:
    if not table.groups:
        return ""
    cells = "".join(
        f'<th scope="colgroup" colspan="{count}" class="gsn-num">{escape(text)}</th>'
        for text, count in table.groups
    )
    return f"<tr><td></td>{cells}</tr>"


def _render_headings(table: Table) -> str:
    first = table.rows[0].cells if table.rows else ()
    corner = table.headings[0]
    cells = [f'<th scope="col">{escape(corner)}</th>' if corner else "<td></td>"]
    for position, text in enumerate(table.headings[1:]):
        is_number = position < len(first) and first[position].is_number
        cells.append(f'<th scope="col"{_align(is_number)}>{escape(text)}</th>')
    return f"<tr>{''.join(cells)}</tr>"


def _render_row(row: TableRow) -> str:
    cells = "".join(f"<td{_align(cell.is_number)}>{render_cell(cell)}</td>" for cell in row.cells)
    kind = ' class="gsn-total"' if row.is_total else ""
    return f'<tr{kind}><th scope="row">{render_cell(row.heading)}</th>{cells}</tr>'


def _align(is_number: bool) -> str:
    return ' class="gsn-num"' if is_number else ""


def render_cell(cell: Cell) -> str:
    """A cell's inside: its mark, then the text as a link to its source where it has one.

    The mark stands first, so that the digits of a column stay under each other.
    """
    text = escape(cell.text)
    if cell.mark == UNKNOWN_MARK:
        text = f'<span class="gsn-unknown">{text}</span>'
    if cell.ref:
        text = f'<a class="gsn-src" href="{escape(source_address(cell.ref))}">{text}</a>'
    if not cell.mark or cell.mark == UNKNOWN_MARK:
        return text
    return f'<span class="gsn-derived">{escape(cell.mark)}</span> {text}'


def render_list(items: Sequence[str]) -> str:
    """A list of sentences, escaped."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
