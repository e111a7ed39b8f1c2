"""How far a template is filled in, and what may have been changed in it that must stay."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.template import KEPT
from gsn_dash.ingest import meanings
from gsn_dash.ingest.cells import Workbook
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.ingest.table import Problem

UNFILLED = (
    "mallen är inte ifylld: skriv tillfället på bladet Tillfälle, och utfall, prognoser och andra"
    " belopp på de andra bladen"
)
ONLY_KEPT = (
    "inga utfall och inga prognoser är ifyllda i mallen, bara sådant som står i den från början"
)
_MEND = "rubrikerna ska stå som i mallen, så hämta den igen eller rätta dem"


def is_filled(workbook: Workbook, tables: Sequence[Recognised]) -> bool:
    """Whether a cell has something that the template does not have from the start."""
    rows = {sheet.name: sheet.rows for sheet in workbook.sheets}
    for table in tables:
        if table.kind == meanings.POPULATION:
            continue
        columns = table.columns.items()
        amounts = [x for x, each in columns if each.is_amount and each.key not in KEPT]
        below = rows.get(table.sheet, ())[table.heading_rows[-1] + 1 : table.ends]
        if any(row[x].text or row[x].fault for row in below for x in amounts if x < len(row)):
            return True
    return False


def changed_tables(file: str, tables: Sequence[Recognised]) -> tuple[Problem, ...]:
    """A problem for each table whose headings no longer say what they did in the template."""
    return tuple(
        Problem(file, 0, "", f"det går inte att veta {' och '.join(table.doubts)}: {_MEND}", sheet)
        for table in tables
        if table.doubts and (sheet := table.sheet)
    )
