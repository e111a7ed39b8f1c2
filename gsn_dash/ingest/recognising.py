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
)
from gsn_dash.ingest.meanings import Meaning
from gsn_dash.ingest.occasions import occasion_sheet
from gsn_dash.ingest.scales import find_scale, mentions_in
from gsn_dash.ingest.signs import find_cost_sign
from gsn_dash.ingest.times import names_one_month

Rows = tuple[tuple[Cell, ...], ...]
_MOST_HEADING_ROWS = 4
_ABOUT_PEOPLE = re.compile(r"folkmängd|invånar|befolkning")
_ABOUT_COSTS = re.compile(r"kostn(?!adsst|adsb)")
_ABOUT_RESULTS = re.compile(r"resultat|överskott|underskott")
_REMARK = re.compile(r"(?:kommentar|anmärkning|not|obs|orsak|förklaring)\w*")
_MAY_BE_UNIT = re.compile(r"kr|sek|mil|mn|tusen|000", re.IGNORECASE)
# Thousands written with a comma, or three decimals: "-1,200".
_COMMA_THREE = re.compile(r"[-\u2212\u2013]?\s*[1-9][0-9]{0,2},[0-9]{3}")
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
        if run and _heads_a_table(rows, tuple(run)):
            runs.append(tuple(run))
        run = []
    return runs


def _heads_a_table(rows: Rows, run: tuple[int, ...]) -> bool:
    """Whether the rows name amounts; one word of them right below amounts is a remark there."""
    headings = headings_over(rows, run)
    above = rows[run[0] - 1] if run[0] else ()
    if any(is_amount(cell) for cell in above if not is_year(cell)):
        return sum(map(_is_of_amounts, headings)) > 1
    return _names_amounts(headings)


def _is_of_amounts(text: str) -> bool:
    return bool(measure_of(text)) or ":" in investment_of(text).key or "samarbete" in plain(text)


def _can_be_heading(row: tuple[Cell, ...]) -> bool:
    """Texts in at least two cells, or in one that is not the first, and no amounts but years."""
    filled = [x for x, cell in enumerate(row) if not is_empty(cell)]
    if not filled or (len(filled) == 1 and filled[0] == 0):
        return False
    if label_item(row[0].text) or _REMARK.fullmatch(plain(row[0].text)):
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
    if any(map(_is_of_amounts, headings)):
        return True
    return any(population_of(text) == meanings.COUNT for text in headings)


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
    above = tuple(line for line in _caption(sheet.rows, run[0]) if line)
    caption = " ".join(above)
    kind = _kind(sheet.name, caption, headings)
    body = sheet.rows[run[-1] + 1 : min(end, run[-1] + 1 + MOST_LINES)]
    columns, is_named = name_columns(kind, headings, caption, body)
    scale, is_scaled = _scale(kind, (sheet.name, *above), headings, body, columns)
    cost_sign, is_signed = -1, True
    if kind == meanings.OPERATING:
        speaks_of_costs = _speaks_of_costs(above, headings, body)
        cost_sign, is_signed = find_cost_sign(body, columns, speaks_of_costs)
    is_told = not names_one_month(above) or kind == meanings.POPULATION
    is_sure = is_named and is_scaled and is_signed and is_told
    return Recognised(
        sheet.name, kind, run, columns, scale, cost_sign, is_sure, caption, headings, end
    )


def _speaks_of_costs(above: tuple[str, ...], headings: tuple[str, ...], body: Rows) -> bool:
    """Whether the words are of costs; a result above zero is a surplus, and none of them."""
    over = plain(" ".join((*above, *headings)))
    labels = " ".join(cell.text for row in body for cell in row[:3]).casefold()
    return bool(_ABOUT_COSTS.search(f"{over} {labels}")) and not _ABOUT_RESULTS.search(over)


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
    kind: str, around: tuple[str, ...], headings: tuple[str, ...], body: Rows,
    columns: Mapping[int, Meaning],
) -> tuple[str, bool]:  # fmt: skip
    """The scale and whether it is said: in the headings, above them, or in the sheet's name.

    Where those differ, or a note below says another, a person should look.
    """
    over, is_over_sure = find_scale(headings)
    name, *lines = around
    above, is_above_sure = find_scale(lines)
    if not above and is_above_sure:
        above, is_above_sure = find_scale((name,))
    below = {each for each in _noted_scales(body) if each}
    cells = [row[x] for row in body for x in columns if columns[x].is_amount and x < len(row)]
    said = over or above
    is_sure = is_over_sure and is_above_sure and {over, above} | below <= {"", said}
    typed = [cell.text for cell in cells if not cell.is_number]
    is_sure = is_sure and not any(_COMMA_THREE.fullmatch(text) for text in typed)
    if said:
        return said, is_sure
    if kind in (meanings.CONTRIBUTIONS, meanings.POPULATION):
        return "kr", is_sure
    if len(below) == 1:
        return below.pop(), False
    wholes = [cell.text.partition(",")[0] for cell in cells if cell.text]
    is_small = all(len(re.sub(r"\D", "", whole)) <= 3 for whole in wholes)
    return ("Mkr" if is_small else "kr"), False


def _noted_scales(body: Rows) -> set[str]:
    """The scales that words before and below the amounts say."""
    noted = [cell for row in body for cell in row[:3] if _MAY_BE_UNIT.search(cell.text)]
    texts = [cell.text for cell in noted if not is_amount(cell)]
    return {each.scale for text in texts for each in mentions_in(text)[0]}
