"""What each column of a table means, by its heading and by the columns beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import is_amount
from gsn_dash.ingest.cells import Cell
from gsn_dash.ingest.headings import (
    carries_over,
    investment_of,
    is_accumulated,
    is_code_heading,
    is_code_or_name,
    is_item_heading,
    is_subject_heading,
    is_total_appropriation,
    item_of,
    label_item,
    measure_of,
    names_both_items,
    operating_of,
    plain,
    populations_of,
    span_of,
    years_in,
)
from gsn_dash.ingest.meanings import IGNORE, Meaning, operating_meaning

Rows = tuple[tuple[Cell, ...], ...]
_ADDED = ("investment:carried_over", "investment:extra")
_CODE = re.compile(r"[0-9]{2,6}(?:\+[0-9]{2,6})*")


def name_columns(
    kind: str, headings: tuple[str, ...], caption: str, body: Rows
) -> tuple[Mapping[int, Meaning], bool]:
    """What each column means, and whether a person need not look at it."""
    if kind == meanings.OPERATING:
        return _operating(headings, caption, body)
    if kind == meanings.INVESTMENTS:
        return _investments(headings, body)
    if kind == meanings.CONTRIBUTIONS:
        return _contributions(headings)
    if kind == meanings.POPULATION:
        return _population(headings, body)
    return {}, True


def _operating(
    headings: tuple[str, ...], caption: str, body: Rows
) -> tuple[Mapping[int, Meaning], bool]:
    found = {x: operating_of(text) for x, text in enumerate(headings)}
    is_year_told = _drop_other_years(found, headings)
    is_sure = _settle_spans(found, headings, caption) and is_year_told and _is_held(found)
    amounts = {x: meaning for x, meaning in found.items() if meaning.is_amount}
    words = _words(headings, body, amounts, meanings.SUBJECT)
    has_items = meanings.ITEM in words.values() or any(
        label_item(row[x].text) for row in body for x, each in words.items() if each.key != "code"
    )
    if not has_items:
        # Revenue and costs are said to be here, and no row or column says which it is.
        is_unclear = names_both_items(caption) and any(m.key[0] == ":" for m in amounts.values())
        is_sure = is_sure and not is_unclear
        item = item_of(caption) or "net"
        amounts = {
            x: Meaning(m.key if m.key[0] != ":" else item + m.key) for x, m in amounts.items()
        }
    return _once({**words, **amounts}, is_sure)


def _with_item(meaning: Meaning, item: str) -> Meaning:
    return Meaning(item + meaning.key) if meaning.key.startswith(":") else meaning


def _drop_other_years(found: dict[int, Meaning], headings: tuple[str, ...]) -> bool:
    """Columns of another year stand beside for comparison; whether it is told which is the year.

    The year is the one that most is said of: one that has gone has its outcome only, and the
    next one its budget. Of two alike it is the later, which must at least have an outcome.
    """
    told: dict[int, set[str]] = {}
    years = {x: years_in(headings[x]) for x, meaning in found.items() if meaning.is_amount}
    for x, named in years.items():
        for year in named:
            told.setdefault(year, set()).add(measure_of(headings[x]) or found[x].key)
    if not told:
        return True
    most = max(len(measures) for measures in told.values())
    alike = [year for year, measures in told.items() if len(measures) == most]
    for x, named in years.items():
        if named and max(alike) not in named:
            found[x] = IGNORE
    return len(alike) == 1 or "outcome" in told[max(alike)]


def _is_held(found: Mapping[int, Meaning]) -> bool:
    """Whether each deviation stands beside what it is of, which tells what its sign means."""
    keys = {meaning.key for meaning in found.values()}
    for key in keys:
        item, span, measure = key.split(":") if key.count(":") == 2 else ("", "", "")
        result = "outcome" if span == "period" else "forecast"
        parts = {f"{item}:{span}:budget", f"{item}:{span}:{result}"}
        if measure == "deviation" and not parts <= keys:
            return False
    return True


def _settle_spans(found: dict[int, Meaning], headings: tuple[str, ...], caption: str) -> bool:
    """Give budgets and deviations their span by what stands beside them."""
    amounts = [x for x, meaning in found.items() if meaning.is_amount]
    measures = {x: found[x].key.split(":") for x in amounts}
    has_forecast = any(parts[2] == "forecast" for parts in measures.values())
    is_of_year = any(
        parts[2] == "outcome" and span_of(headings[x]) == "year" for x, parts in measures.items()
    )
    if is_of_year and not has_forecast:
        # A closing: its period is the whole year, and so is what the outcome is held against.
        measures = {x: [item, "period", measure] for x, (item, _, measure) in measures.items()}
        found |= {x: operating_meaning(*parts) for x, parts in measures.items()}
    budgets = [x for x in amounts if measures[x][2] == "budget"]
    is_sure = not (is_of_year and has_forecast)  # the year has both come out and not
    for place, x in enumerate(amounts):
        item, span, measure = measures[x]
        if span:
            continue
        if measure == "budget":
            following = [measures[y] for y in amounts[place + 1 :]]
            span, is_told = _budget_span(following, len(budgets), has_forecast, caption)
            is_sure = is_sure and is_told
        else:
            before = [measures[y] for y in amounts[:place]]
            span = before[-1][1] if before else "period"
        measures[x] = [item, span, measure]
        found[x] = operating_meaning(item, span, measure)
    return is_sure


def _budget_span(
    following: list[list[str]], budgets: int, has_forecast: bool, caption: str
) -> tuple[str, bool]:
    if budgets > 1:
        result = next((parts for parts in following if parts[2] in ("outcome", "forecast")), None)
        return ("year" if result and result[2] == "forecast" else "period"), result is not None
    if has_forecast:
        return "year", False
    return "period", bool(span_of(caption))


def _investments(headings: tuple[str, ...], body: Rows) -> tuple[Mapping[int, Meaning], bool]:
    found = {x: investment_of(text) for x, text in enumerate(headings)}
    compared = {x: m for x, m in found.items() if m.is_amount and not carries_over(headings[x])}
    is_sure = _drop_other_years(compared, headings)
    found |= compared
    before = "outcome"
    for x, meaning in list(found.items()):
        if meaning.key == "investment:deviation":
            meaning = Meaning(f"investment:{before}_deviation")
        if meaning.key in ("investment:outcome", "investment:forecast"):
            before = meaning.key.partition(":")[2]
        found[x] = meaning
    found = {x: meaning for x, meaning in found.items() if meaning.is_amount}
    is_sure = is_sure and not any(is_accumulated(headings[x]) for x in found)
    is_sure = _settle_appropriations(found, headings) and is_sure
    words = _words(headings, body, found, meanings.PROJECT)
    return _once({**words, **found}, is_sure)


def _settle_appropriations(found: dict[int, Meaning], headings: tuple[str, ...]) -> bool:
    """Tell the original appropriation from the total; whether it could be told.

    A budget beside what was carried over and added under the same heading is the original one.
    """
    granted = [x for x, meaning in found.items() if meaning.key == "investment:appropriation"]
    parts = [x for x, meaning in found.items() if meaning.key in _ADDED]
    originals = [x for x, meaning in found.items() if meaning.key == "investment:original"]
    if originals and not granted and not parts:
        found[originals[0]] = Meaning("investment:appropriation")
    if originals or not parts:
        return True
    partial = [x for x in granted if not is_total_appropriation(headings[x])]
    grouped = [x for x in partial if any(_are_grouped(headings[x], headings[y]) for y in parts)]
    if len(granted) > 1 or grouped:
        found[(grouped or partial or granted)[0]] = Meaning("investment:original")
        return bool(partial)
    return not any("budget" in plain(headings[x]) for x in partial)


def _are_grouped(heading: str, other: str) -> bool:
    """Whether two headings stand below the same one, which they then begin with."""
    first, _, rest = plain(heading).partition(" ")
    return bool(rest) and plain(other).startswith(f"{first} ")


def _contributions(headings: tuple[str, ...]) -> tuple[Mapping[int, Meaning], bool]:
    """A column for each municipality, or one of municipalities and one of amounts."""
    found: dict[int, Meaning] = {}
    for x, text in enumerate(headings):
        words = plain(text)
        if "samarbete" in words:
            found[x] = meanings.COLLABORATION
        elif words in ("kommun", "kommunkod", "betalas av"):
            found[x] = meanings.MUNICIPALITY
        elif words in ("år", "avser år"):
            found[x] = meanings.YEAR
        elif words.startswith("avrundat"):
            found[x] = meanings.STEP
        elif words and not re.search(r"summa|total|anmärkning|kommentar|not\b", words):
            found[x] = meanings.CONTRIBUTION
    return found, True


def _population(headings: tuple[str, ...], body: Rows) -> tuple[Mapping[int, Meaning], bool]:
    found = {x: each for x, each in enumerate(populations_of(headings)) if headings[x]}
    for x, text in enumerate(headings):
        if plain(text) in ("datum", "dag", "avser"):
            found[x] = meanings.DATE
    counts = [x for x, meaning in found.items() if meaning == meanings.COUNT]
    first = min(counts, default=0)
    for x in range(first):
        if x not in found and any(len(row) > x and row[x].text for row in body):
            codes = all(_CODE.fullmatch(row[x].text) for row in body if row[x].text)
            found[x] = meanings.CODE if codes else meanings.MUNICIPALITY
    found = {x: meaning for x, meaning in found.items() if meaning != IGNORE}
    return dict(sorted(found.items())), bool(counts)


def _words(
    headings: tuple[str, ...], body: Rows, amounts: Mapping[int, Meaning], name: Meaning
) -> dict[int, Meaning]:
    """The columns of codes, names and items, which stand before the amounts."""
    found: dict[int, Meaning] = {}
    rows = _without_notes(body, amounts)
    subjects = [x for x, text in enumerate(headings) if is_subject_heading(text)]
    for x in range(min(amounts, default=0)):
        texts = [row[x].text for row in rows if len(row) > x and row[x].text]
        if not texts or measure_of(headings[x]):
            continue
        is_codes = all(_CODE.fullmatch(text) for text in texts)
        is_beside = is_code_or_name(headings[x]) and x + 1 in subjects
        is_code_headed = is_code_heading(headings[x]) or is_beside
        if is_codes or (is_code_headed and name not in found.values()):
            found.setdefault(x, meanings.CODE)
        elif is_item_heading(headings[x]) or (
            name in found.values() and any(label_item(text) for text in texts)
        ):
            found[x] = meanings.ITEM
        elif name not in found.values() and not any(is_amount(Cell(text)) for text in texts):
            found[x] = name
        elif name == meanings.SUBJECT and is_subject_heading(headings[x]):
            found[x] = IGNORE
    return {x: meaning for x, meaning in found.items() if meaning != IGNORE}


def _without_notes(body: Rows, amounts: Mapping[int, Meaning]) -> Rows:
    """The rows as far as there are amounts: what stands below is notes, in whatever column."""
    filled = [y for y, row in enumerate(body) if any(x < len(row) and row[x].text for x in amounts)]
    return body[: max(filled, default=-1) + 1]


def _once(columns: dict[int, Meaning], is_sure: bool) -> tuple[Mapping[int, Meaning], bool]:
    """Each meaning at most once: of two columns alike the second is left for a person to name."""
    kept: dict[int, Meaning] = {}
    for x, meaning in sorted(columns.items()):
        if meaning in kept.values():
            is_sure = False
        else:
            kept[x] = meaning
    return kept, is_sure and any(meaning.is_amount for meaning in kept.values())
