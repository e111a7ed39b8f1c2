"""The occasion that a file is about: as the template says it, and whether it can be one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.domain.template import MARK, OCCASION_ROWS, OCCASION_SHEET
from gsn_dash.ingest.cells import Cell, Sheet, Workbook, cell_name
from gsn_dash.ingest.table import Problem

FIRST_YEAR, LAST_YEAR = 1990, 2200
_EMPTY = (
    "det är inte ifyllt vilket tillfälle uppgifterna gäller: skriv år, nummer och dagar i rutorna"
    " med ram på bladet Tillfälle"
)


def occasion_sheet(workbook: Workbook) -> Sheet | None:
    """The template's sheet about the occasion; None where the file is no template."""
    for sheet in workbook.sheets:
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0].text == MARK:
            return sheet
    return None


def is_blank(sheet: Sheet) -> bool:
    """Whether nothing is said of the occasion."""
    return not any(cell.text for _, cell in _cells(sheet).values())


def read_occasion(file: str, sheet: Sheet) -> tuple[OccasionDraft | None, tuple[Problem, ...]]:
    """What the template says of its occasion; None where something is wrong, with what."""
    cells = _cells(sheet)
    if is_blank(sheet):
        return None, (Problem(file, 0, "", _EMPTY, OCCASION_SHEET),)
    problems: list[Problem] = []
    found: dict[str, int | date] = {}
    for field, label in OCCASION_ROWS.items():
        y, cell = cells.get(field, (0, Cell()))
        value = _whole(cell.text) if field in ("year", "number") else _day(cell.text)
        if value is None:
            what = "ett helt tal" if field in ("year", "number") else "ett datum (ÅÅÅÅ-MM-DD)"
            sentence = f"”{cell.text[:40]}” är inte {what}: skriv det bredvid ”{label}”"
            place = cell_name(y, 1)
            problems.append(Problem(file, y + 1, label, sentence, OCCASION_SHEET, place))
        else:
            found[field] = value
    if problems:
        return None, tuple(problems)
    draft = OccasionDraft(
        found["year"], found["number"], date(found["period_end"].year, 1, 1),
        found["period_end"], found["appendix_dated"], found["meeting_on"], "",
    )  # fmt: skip
    fault = fault_of(draft)
    if fault:
        return None, (Problem(file, 0, "", fault, OCCASION_SHEET),)
    return draft, ()


def fault_of(occasion: OccasionDraft) -> str:
    """A Swedish clause about what an occasion cannot be; empty where it can be."""
    start, end = occasion.period_start, occasion.period_end
    if not FIRST_YEAR <= occasion.year <= LAST_YEAR:
        return f"året {occasion.year} ligger utanför {FIRST_YEAR}–{LAST_YEAR}"
    if not 1 <= occasion.number <= 99:
        return f"tillfällets nummer är {occasion.number}: skriv 1, 2 eller 3"
    if (start.year, start.month, start.day) != (occasion.year, 1, 1) or end.year != start.year:
        return f"perioden {start} till {end} ska ligga i år {occasion.year} och börja den 1 januari"
    if end.day != monthrange(end.year, end.month)[1]:
        return f"perioden slutar {end}: den ska sluta den sista dagen i en månad"
    return ""


def _cells(sheet: Sheet) -> dict[str, tuple[int, Cell]]:
    """The cell beside each label, with its row from 0."""
    labels = {label: field for field, label in OCCASION_ROWS.items()}
    return {
        labels[row[0].text]: (y, row[1] if len(row) > 1 else Cell())
        for y, row in enumerate(sheet.rows)
        if row and row[0].text in labels
    }


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
