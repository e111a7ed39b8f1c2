"""What a sheet holds: its headings, what each column means, its scale and its signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import is_amount, is_empty, is_year
from gsn_dash.ingest.cells import MOST_LINES, MOST_TABLES, Cell, FileRefused, Sheet, Workbook
from gsn_dash.ingest.columns import name_columns
from gsn_dash.ingest.count_days import UNTOLD, day_of_count, iso_day
from gsn_dash.ingest.headings import (
    investment_of,
    item_of,
    label_item,
    measure_of,
    plain,
    population_of,
    populations_of,
)
from gsn_dash.ingest.meanings import Meaning, is_of_period
from gsn_dash.ingest.occasions import occasion_sheet
from gsn_dash.ingest.scales import find_scale, mentions_in
from gsn_dash.ingest.signs import find_cost_sign
from gsn_dash.ingest.times import is_untold_part, names_one_month

Rows = tuple[tuple[Cell, ...], ...]
_MOST_HEADING_ROWS, _MOST_NOTES, _LONGEST_NOTE = 4, 40, 400
# What a person should look at, in the order that `_recognise` tells it.
_SIGN_DOUBT = "hur kostnader skrivs"
_DOUBTS = (
    "vad kolumnerna betyder", "om beloppen är i Mkr, tkr eller kr", _SIGN_DOUBT,
    "vilka månader beloppen gäller", "vilken dag invånarna räknades",
)  # fmt: skip
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
    below zero, as we do, 1 where above, 0 where a person must say it. is_sure: False where a
    person should look at it first, and `doubts` then say in Swedish clauses at what. `headings` is
    the text over each column, `caption` what stands above them, `notes` the lines below the
    amounts. counted: for inhabitants the day "MM-DD" that a person has chosen,
    count_days.UNTOLD where one must be, and empty where the table says it.
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
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counted: str = ""


def recognise(workbook: Workbook) -> tuple[Recognised, ...]:
    """Every table of the sheets that are shown, in their order. Raises FileRefused."""
    occasion = occasion_sheet(workbook)
    shown = [s for s in workbook.sheets if not s.is_hidden and s != occasion]
    runs = [(sheet, _heading_runs(sheet.rows)) for sheet in shown]
    if occasion:
        # A template's sheet has one row of headings; lines that are not filled in look like more.
        runs = [(sheet, [found[0][:1]] if found else []) for sheet, found in runs]
    count = sum(len(found) for _, found in runs)
    if count > MOST_TABLES:
        raise FileRefused(
            f"Filen har {count} tabeller; högst {MOST_TABLES} läses. Ta bort dem som inte behövs."
        )
    tables = tuple(table for sheet, found in runs for table in _tables(sheet, found))
    return tuple(map(_of_template, tables)) if occasion else tables


def _of_template(table: Recognised) -> Recognised:
    """A table of the template, where costs are below zero and nothing is chosen by a person."""
    doubts = tuple(doubt for doubt in table.doubts if doubt != _SIGN_DOUBT)
    return replace(table, cost_sign=-1, is_sure=True, doubts=doubts)


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
    return meanings.COUNT in populations_of(headings)


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
        cost_sign, is_signed = find_cost_sign(
            body, columns, item_of(caption) or "net", speaks_of_costs
        )
    notes = _notes(body, columns)
    counted = _untold_day(columns, headings, caption, notes) if kind == meanings.POPULATION else ""
    is_told = kind == meanings.POPULATION or _are_months_told(above, headings, columns)
    told = (is_named, is_scaled, is_signed, is_told, not counted)
    doubts = tuple(doubt for doubt, is_clear in zip(_DOUBTS, told, strict=True) if not is_clear)
    return Recognised(
        sheet.name, kind, run, columns, scale, cost_sign, not doubts, caption, headings, end,
        doubts, notes, counted,
    )  # fmt: skip


def _notes(body: Rows, columns: Mapping[int, Meaning]) -> tuple[str, ...]:
    """The lines below the last row that has something in the columns of numbers."""
    numbers = [x for x, each in columns.items() if each.is_amount or each == meanings.COUNT]
    filled = [y for y, row in enumerate(body) if any(row[x].text for x in numbers if x < len(row))]
    below = body[max(filled, default=-1) + 1 :]
    lines = (" ".join(cell.text for cell in row if cell.text) for row in below[:_MOST_NOTES])
    return tuple(line[:_LONGEST_NOTE] for line in lines if line)


def _untold_day(
    columns: Mapping[int, Meaning], headings: tuple[str, ...], caption: str, notes: tuple[str, ...]
) -> str:
    """UNTOLD where the day of a count has to be asked for, otherwise empty."""
    counts = [headings[x] for x, meaning in columns.items() if meaning == meanings.COUNT]
    if meanings.DATE in columns.values():
        return ""
    is_told = all(iso_day(text) or day_of_count(text, caption, notes) for text in counts)
    return "" if is_told else UNTOLD


def _are_months_told(
    above: tuple[str, ...], headings: tuple[str, ...], columns: Mapping[int, Meaning]
) -> bool:
    """Whether no amounts of the period may be of one month or one part of the year alone."""
    caption = " | ".join(above)
    period = [headings[x] for x, meaning in columns.items() if is_of_period(meaning)]
    is_part = any(is_untold_part(heading, caption) for heading in period)
    return not is_part and not names_one_month(above)


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
