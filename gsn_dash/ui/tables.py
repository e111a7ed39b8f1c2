"""Tables as plain HTML: real headings, right-aligned numbers, and a way to each source.

On a narrow screen each row becomes a card (blocks.css), where a cell says its own column. What
is no longer laid out as a table is no table to a screen reader either, but for its roles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.tables import Cell, Table, TableRow, source_address
from gsn_dash.ui.canvas import canvas
from gsn_dash.ui.data import Place
from gsn_dash.ui.downloads import table_line
from gsn_dash.ui.occasions import source_of


def show_table(table: Table, download: str = "", against: Place | None = None) -> None:
    """Show the table; on a narrow screen each row is a card.

    `download` is its name in the catalogue, for the links to it as a file under it; `against`
    the occasion that it holds the shown one against.
    """
    line = table_line(download, table.caption, against) if download else ""
    canvas().html(f"{render_table(table, source_of)}{line}")


def render_table(table: Table, lead_to: Callable[[str], str] = source_address) -> str:
    """The table's HTML; every text in it is escaped.

    `lead_to` gives the address of a figure's source: on a page `occasions.source_of`.
    """
    labels = table.column_names()
    return render_frame(
        table.caption,
        table.caption,
        f"{_render_groups(table)}{_render_headings(table)}",
        "".join(_render_row(row, labels, lead_to) for row in table.rows),
        table.keeps_columns,
    )


def render_frame(name: str, caption: str, head: str, body: str, keeps_columns: bool = False) -> str:
    """A table round its rows in HTML: `name` is that of the region that may scroll."""
    kind = "gsn-table" if keeps_columns else "gsn-table gsn-cards"
    return (
        f'<div class="gsn-scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f'<table class="{kind}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup">{head}</thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def render_heading(text: str, is_number: bool = False) -> str:
    """A column's heading, escaped."""
    return f'<th scope="col" role="columnheader"{_align(is_number)}>{escape(text)}</th>'


def render_data(html: str, label: str, is_number: bool = False) -> str:
    """A cell round `html`; `label` is its column's heading, which a card says at the cell."""
    said = f' data-label="{escape(label)}"' if label else ""
    return f'<td role="cell"{_align(is_number)}{said}>{html}</td>'


def _render_groups(table: Table) -> str:
    if not table.groups:
        return ""
    cells = "".join(
        f'<th scope="colgroup" role="columnheader" colspan="{count}" class="gsn-span">'
        f"<span>{escape(text)}</span></th>"
        for text, count in table.groups
    )
    return f'<tr role="row"><td role="cell"></td>{cells}</tr>'


def _render_headings(table: Table) -> str:
    first = table.rows[0].cells if table.rows else ()
    corner = table.headings[0]
    cells = [render_heading(corner) if corner else '<td role="cell"></td>']
    for position, text in enumerate(table.headings[1:]):
        cells.append(render_heading(text, position < len(first) and first[position].is_number))
    return f'<tr role="row">{"".join(cells)}</tr>'


def _render_row(row: TableRow, labels: Sequence[str], lead_to: Callable[[str], str]) -> str:
    cells = "".join(
        render_data(_render_cell(cell, lead_to), label, cell.is_number)
        for cell, label in zip(row.cells, labels, strict=True)
    )
    kind = ' class="gsn-total"' if row.is_total else ""
    name = f' data-row="{escape(row.name)}"' if row.name else ""
    heading = f'<th scope="row" role="rowheader">{_render_cell(row.heading, lead_to)}</th>'
    return f'<tr role="row"{kind}{name}>{heading}{cells}</tr>'


def _align(is_number: bool) -> str:
    return ' class="gsn-num"' if is_number else ""


def _render_cell(cell: Cell, lead_to: Callable[[str], str]) -> str:
    """A cell's inside: its mark, then the text as a link to its source where it has one.

    The mark stands first, so that the digits of a column stay under each other.
    """
    text = escape(cell.text)
    if cell.mark == UNKNOWN_MARK:
        text = f'<span class="gsn-unknown">{text}</span>'
    if cell.ref:
        text = f'<a class="gsn-src" href="{escape(lead_to(cell.ref))}">{text}</a>'
    if not cell.mark or cell.mark == UNKNOWN_MARK:
        return text
    return f'<span class="gsn-derived">{escape(cell.mark)}</span> {text}'


def render_list(items: Sequence[str]) -> str:
    """A list of sentences, escaped."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
