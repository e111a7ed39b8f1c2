"""The day that inhabitants were counted on: 1 November or 31 December, as a table says it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from gsn_dash.ingest.headings import plain, years_in

# The days that a person may choose between where the table says neither, as "MM-DD".
COUNT_DAYS = ("11-01", "12-31")
# A choice that has not been made.
UNTOLD = "?"
_DAY = re.compile(r"(?<!\d)(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?!\d)")
_NOVEMBER = re.compile(r"\b1 nov(?:ember)?\b")
_DECEMBER = re.compile(r"\b31 dec(?:ember)?\b|årsskifte")
# Without its day, the month of a count may be that of a publication, too.
_SOME_NOVEMBER = re.compile(r"november|\bnov\b")
_ANY_DECEMBER = re.compile(r"december|\bdec\b")
_ABOUT_THE_COUNT = re.compile(r"folkmängd|invånar|befolkning")


def iso_day(text: str) -> date | None:
    """The first day that a text writes as ÅÅÅÅ-MM-DD."""
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def year_of_count(heading: str, caption: str) -> int | None:
    """The one year that a column is of: by its heading, or by what stands above the table."""
    years = years_in(plain(heading)) or years_in(plain(caption))
    return years.pop() if len(years) == 1 else None


def day_of_count(heading: str, caption: str, notes: Iterable[str]) -> str:
    """The month and the day as "MM-DD"; empty where none is said, or two.

    A note below the table is heard where neither the heading nor the caption says a day.
    """
    about = [note for note in map(plain, notes) if _ABOUT_THE_COUNT.search(note)]
    explicit = [note for note in about if _NOVEMBER.search(note) or _DECEMBER.search(note)]
    for text in (plain(heading), plain(caption), " | ".join(explicit)):
        said = _days_in(text)
        if said:
            return said.pop() if len(said) == 1 else ""
    return ""


def _days_in(text: str) -> set[str]:
    november, december = bool(_NOVEMBER.search(text)), bool(_DECEMBER.search(text))
    if not november and not december:
        november = bool(_SOME_NOVEMBER.search(text)) and not _ANY_DECEMBER.search(text)
    return {day for day, is_said in zip(COUNT_DAYS, (november, december), strict=True) if is_said}
