"""What a table says itself of its year, its period and its unit, held against how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.ingest import meanings
from gsn_dash.ingest.gathering import Gathering, TableOf
from gsn_dash.ingest.headings import carries_over, span_of
from gsn_dash.ingest.meanings import Meaning, is_of_period
from gsn_dash.ingest.scales import find_scale
from gsn_dash.ingest.times import Span, Times, name_span, times_in

_DECEMBER = 12
_WHAT_TO_DO = "välj rätt tillfälle, rätta texten, eller läs inte kolumnen"
_IN_TEMPLATE = "rätta tillfället på bladet Tillfälle, eller rätta texten"


def refuse_other_times(gathering: Gathering, table: TableOf, occasion: OccasionDraft) -> None:
    """Tell of every column of amounts that is of another year or period than the occasion.

    A heading that says nothing goes by the text above the table, which is told of once.
    """
    above = times_in(table.recognised.caption)
    what_to_do = _IN_TEMPLATE if gathering.is_template else _WHAT_TO_DO
    columns = _checked(table)
    is_told = False
    for x, meaning in columns.items():
        own = times_in(table.heading(x)) if _has_heading(table, x) else Times(frozenset(), (), ())
        if table.recognised.kind == meanings.CONTRIBUTIONS:
            own = Times(frozenset(), (), ())  # the codes of municipalities look like years
        fault = _fault(own, meaning, occasion) or _fault_of_whole_year(table, x, columns, occasion)
        if fault:
            gathering.tell(table, _row(table, x), x, f"rubriken säger {fault}: {what_to_do}")
            continue
        rest = Times(
            frozenset() if own.years else above.years,
            () if own.spans or own.single or not is_of_period(meaning) else above.spans,
            (),
        )
        fault = "" if is_told else _fault(rest, meaning, occasion)
        if fault:
            is_told = True
            sentence = f"texten över tabellen säger {fault}: {what_to_do}"
            gathering.tell(table, _row(table, x), x, sentence)


def refuse_other_units(gathering: Gathering, table: TableOf) -> None:
    """Tell of every column whose heading says another unit than the table is read in."""
    for x, meaning in table.recognised.columns.items():
        said = find_scale((table.heading(x),))[0] if meaning.is_amount else ""
        if said not in ("", table.recognised.scale):
            sentence = (
                f"rubriken säger {said}, men tabellen läses i {table.recognised.scale}: räkna om"
                " beloppen så att alla kolumner är i samma"
            )
            sentence += "" if gathering.is_template else ", eller läs inte kolumnen"
            gathering.tell(table, _row(table, x), x, sentence)


def _checked(table: TableOf) -> dict[int, Meaning]:
    """The columns of amounts whose headings say when they are of."""
    columns = table.recognised.columns
    if table.recognised.kind == meanings.POPULATION or meanings.YEAR in columns.values():
        return {}
    return {
        x: meaning
        for x, meaning in columns.items()
        if meaning.is_amount and not carries_over(table.heading(x))
    }


def _has_heading(table: TableOf, x: int) -> bool:
    headings = table.recognised.headings
    return x < len(headings) and bool(headings[x])


def _row(table: TableOf, x: int) -> int:
    """The last row of the headings that has a text in the column."""
    rows = table.recognised.heading_rows
    return next((y for y in reversed(rows) if table.cell(y, x).text), rows[-1] if rows else 0)


def _fault(told: Times, meaning: Meaning, occasion: OccasionDraft) -> str:
    """What the times are and what the occasion's are, where they differ; otherwise empty."""
    if told.years and occasion.year not in told.years:
        years = " och ".join(map(str, sorted(told.years)))
        return f"{years}, men tillfället gäller {occasion.year}"
    last = occasion.period_end.month
    if is_of_period(meaning):
        return _first_other((*told.spans, *told.single), lambda span: span == (1, last), last)
    # A forecast may be named by the months that it was made after.
    return _first_other(told.spans, lambda s: s[0] == 1 and s[1] in (last, _DECEMBER), last)


def _first_other(spans: Iterable[Span], fits: Callable[[Span], bool], last: int) -> str:
    other = next((span for span in spans if not fits(span)), None)
    if other is None:
        return ""
    return f"{name_span(other)}, men tillfällets period är {name_span((1, last))}"


def _fault_of_whole_year(
    table: TableOf, x: int, columns: dict[int, Meaning], occasion: OccasionDraft
) -> str:
    """A closing's columns, which are of the whole year, are no shorter period's."""
    is_year = ":period:" in columns[x].key and span_of(table.heading(x)) == "year"
    has_forecast = any(meaning.key.endswith("year:forecast") for meaning in columns.values())
    if not is_year or has_forecast or occasion.period_end.month == _DECEMBER:
        return ""
    return f"hela året, men tillfällets period är {name_span((1, occasion.period_end.month))}"
