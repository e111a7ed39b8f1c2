"""The pages' tables as a meeting shows them: few columns, and rows that can be pointed out."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.present.tables import Table, TableRow
from gsn_dash.ui.tables import render_table

# As long as the place of a meeting may name a row.
_LONGEST = 200


def render_rows(table: Table) -> str:
    """The table's HTML with a name on each row, that of its heading."""
    rows, names = [], set()
    for row in table.rows:
        name = unused_name(row.heading.text, names)
        names.add(name)
        rows.append(replace(row, name=name))
    return render_table(replace(table, rows=tuple(rows)))


def unused_name(text: str, names: set[str]) -> str:
    """The text, on one line, as the name of a row, with a number after it where it is taken."""
    said = " ".join(text.split())
    name, count = said[:_LONGEST], 1
    while name in names:
        count += 1
        end = f" ({count})"
        name = f"{said[: _LONGEST - len(end)]}{end}"
    return name


def keep_columns(table: Table, *headings: str) -> Table:
    """The table with its first column and those that `headings` name; it has no groups."""
    places = [at for at, text in enumerate(table.headings[1:]) if text in headings]
    rows = tuple(_keep_cells(row, places) for row in table.rows)
    kept = (table.headings[0], *(table.headings[at + 1] for at in places))
    return replace(table, headings=kept, rows=rows)


def _keep_cells(row: TableRow, places: list[int]) -> TableRow:
    return replace(row, cells=tuple(row.cells[at] for at in places))
