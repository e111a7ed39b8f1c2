"""What a sheet holds: its headings, what each column means, its scale and its signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import is_amount, is_empty, is_year
from gsn_dash.ingest.cells import MOST_LINES, MOST_TABLES, Cell, FileRefused, Sheet, Workbook
from gsn_dash.ingest.columns import name_columns
from gsn_dash.ingest.headings import (
    investment_of,
    label_item,
    measure_of,
    plain,
    population_of,
    scales_in,
)
from gsn_dash.ingest.meanings import Meaning
from gsn_dash.ingest.occasions import occasion_sheet
from gsn_dash.ingest.signs import find_cost_sign

Rows = tuple[tuple[Cell, ...], ...]
_MOST_HEADING_ROWS = 4
_ABOUT_PEOPLE = re.compile(r"folkmängd|invånar|befolkning")
_ABOUT_PROJECTS = re.compile(r"projekt|anslag|upparbet|grundbudget|ombudget")


@dataclass(frozen=True)
class Recognised:
    """A table of a sheet. Rows and columns count from 0; `ends` is the row after its last.

    kind: one of meanings.KINDS. scale: Mkr, tkr or kr. cost_sign: −1 where the file writes costs
    below zero, as we do, 1 where above. is_sure: False where a person should look at it first.
    `headings` is the text over each column, `caption` what stands above them.
    """

    sheet: str
    kind: str
    heading_rows: tuple[int, ...]
    columns: Mapping[int, Meaning]
    scale: str
    cost_sign: int
    is_sure: bool
    caption: str = ""
    headings: tuple[str, ...] = ()
    ends: int = 0


def recognise(workbook: Workbook) -> tuple[Recognised, ...]:
    """Every table of the sheets that are shown, in their order. Raises FileRefused."""
    shown = [s for s in workbook.sheets if not s.is_hidden and s != occasion_sheet(workbook)]
    runs = [(sheet, _heading_runs(sheet.rows)) for sheet in shown]
    count = sum(len(found) for _, found in runs)
    if count > MOST_TABLES:
        raise FileRefused(
            f"Filen har {count} tabeller; högst {MOST_TABLES} läses. Ta bort dem som inte behövs."
        )
    return tuple(table for sheet, found in runs for table in _tables(sheet, found))


def _tables(sheet: Sheet, runs: list[tuple[int, ...]]) -> list[Recognised]:
    ends = [run[0] - len(_caption(sheet.rows, run[0])) for run in runs[1:]]
    return [
        _recognise(sheet, run, end)
        for run, end in zip(runs, (*ends, len(sheet.rows)), strict=False)
    ]


def _heading_runs(rows: Rows) -> list[tuple[int, ...]]:
    """Rows of headings that follow one another, where they name at least one amount."""
    runs: list[tuple[int, ...]] = []
    run: list[int] = []
    for y, row in enumerate((*rows, ())):
        if _can_be_heading(row) and len(run) < _MOST_HEADING_ROWS:
            run.append(y)
            continue
        if run and _names_amounts(headings_over(rows, tuple(run))):
            runs.append(tuple(run))
        run = []
    return runs


def _can_be_heading(row: tuple[Cell, ...]) -> bool:
    """Texts in at least two cells, or in one that is not the first, and no amounts but years."""
    filled = [x for x, cell in enumerate(row) if not is_empty(cell)]
    if not filled or (len(filled) == 1 and filled[0] == 0):
        return False
    if label_item(row[0].text):
        return False
    years = [x for x in filled if is_year(row[x])]
    is_over = is_empty(row[0]) or population_of(row[0].text) != meanings.IGNORE
    if years and not is_over and not measure_of(" ".join(cell.text for cell in row)):
        return False
    return not any(is_amount(row[x]) for x in filled if x not in years)


def headings_over(rows: Rows, run: tuple[int, ...]) -> tuple[str, ...]:
    """The text over each column; a heading over several columns counts for each of them."""
    width = max((len(rows[y]) for y in run), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for y in run:
        last = ""
        below = [rows[other] for other in run if other > y]
        for x, cell in enumerate(rows[y]):
            if cell.text:
                last = cell.text
            elif not any(row[x].text for row in below):
                continue
            if last:
                parts[x].append(last)
    return tuple(" ".join(dict.fromkeys(texts)) for texts in parts)


def _names_amounts(headings: tuple[str, ...]) -> bool:
    if any(measure_of(text) or ":" in investment_of(text).key for text in headings):
        return True
    if any(population_of(text) == meanings.COUNT for text in headings):
        return True
    return any("samarbete" in plain(text) for text in headings)


def _caption(rows: Rows, end: int) -> list[str]:
    """The lines of text right above row `end`: titles, and what the amounts are counted in."""
    lines: list[str] = []
    for row in reversed(rows[:end]):
        filled = [cell for cell in row if not is_empty(cell)]
        if len(filled) > 2 or any(is_amount(cell) for cell in filled):
            break
        lines.insert(0, " ".join(cell.text for cell in filled))
    return lines


def _recognise(sheet: Sheet, run: tuple[int, ...], end: int) -> Recognised:
    headings = headings_over(sheet.rows, run)
    caption = " ".join(line for line in _caption(sheet.rows, run[0]) if line)
    kind = _kind(sheet.name, caption, headings)
    body = sheet.rows[run[-1] + 1 : min(end, run[-1] + 1 + MOST_LINES)]
    columns, is_named = name_columns(kind, headings, caption, body)
    scale, is_scaled = _scale(kind, sheet.name, caption, headings, body, columns)
    cost_sign, is_signed = -1, True
    if kind == meanings.OPERATING:
        labels = [cell.text for row in body for cell in row[:3]]
        speaks_of_costs = "kostn" in " ".join((caption, *headings, *labels)).casefold()
        cost_sign, is_signed = find_cost_sign(body, columns, speaks_of_costs)
    is_sure = is_named and is_scaled and is_signed
    return Recognised(
        sheet.name, kind, run, columns, scale, cost_sign, is_sure, caption, headings, end
    )


def _kind(sheet: str, caption: str, headings: tuple[str, ...]) -> str:
    over = plain(" | ".join(headings))
    around = plain(f"{sheet} {caption}")
    if "samarbete" in over:
        return meanings.CONTRIBUTIONS
    if _ABOUT_PEOPLE.search(f"{around} {over}"):
        return meanings.POPULATION
    if _ABOUT_PROJECTS.search(over):
        return meanings.INVESTMENTS
    if "invest" in around and not re.search("drift|kostnad|intäkt|netto", f"{caption} {over}"):
        return meanings.INVESTMENTS
    if any(measure_of(text) for text in headings):
        return meanings.OPERATING
    return meanings.POPULATION if "kommun" in over or "region" in over else meanings.IGNORED


def _scale(
    kind: str, sheet: str, caption: str, headings: tuple[str, ...], body: Rows,
    columns: Mapping[int, Meaning],
) -> tuple[str, bool]:  # fmt: skip
    """The scale and whether it is said: in the headings, above them, or in the sheet's name."""
    over = {scale for text in headings for scale in scales_in(text)}
    if len(over) == 1:
        return over.pop(), True
    for text in (caption, sheet):
        if scales_in(text):
            return scales_in(text)[0], not over
    if kind in (meanings.CONTRIBUTIONS, meanings.POPULATION):
        return "kr", not over
    texts = [row[x].text for row in body for x in columns if columns[x].is_amount and x < len(row)]
    wholes = [text.partition(",")[0] for text in texts if text]
    is_small = all(len(re.sub(r"\D", "", whole)) <= 3 for whole in wholes)
    return ("Mkr" if is_small else "kr"), False
