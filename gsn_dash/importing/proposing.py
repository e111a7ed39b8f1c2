"""Which occasion a file of the municipality's own is about, as far as its own words say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gsn_dash.ingest.meanings import CONTRIBUTIONS
from gsn_dash.ingest.opened import Opened
from gsn_dash.ingest.times import times_in
from gsn_dash.store.occasions import OccasionLine

_NUMBERED = re.compile(r"\btillfälle ?([1-9])\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:bokslut|årsredovisning)", re.IGNORECASE)
_LAST_MONTH = 12


@dataclass(frozen=True)
class Proposed:
    """What the file's title and headings say; None for what they do not, or say in two ways."""

    year: int | None = None
    number: int | None = None
    month: int | None = None


def propose_occasion(opened: Opened, lines: Sequence[OccasionLine]) -> Proposed:
    """The occasion in the file's own words, one of `lines` where they fit one.

    Only a number is filled in that the words leave out: the next one of a year whose period is
    told.
    """
    tables = [each for each in opened.recognised if each.kind != CONTRIBUTIONS]
    texts = [
        *(each.caption for each in opened.recognised),
        *(t for e in tables for t in e.headings),
    ]
    times = [times_in(text) for text in texts]
    year = _only({year for each in times for year in each.years})
    ends = {last for each in times for first, last in each.spans if first == 1}
    month = _only(ends - {_LAST_MONTH} or ends)
    if month is None and any(map(_CLOSING.search, texts)):
        month = _LAST_MONTH
    number = _only({int(found[1]) for text in texts if (found := _NUMBERED.search(text))})
    return Proposed(year, number or _number(year, month, lines), month)


def fitting_line(proposed: Proposed, lines: Sequence[OccasionLine]) -> OccasionLine | None:
    """The occasion that there is and that the file means; None where it is a new one."""
    asked = proposed.year, proposed.number
    return next(
        (
            line
            for line in lines
            if (line.year, line.number) == asked and proposed.month in (None, line.period_end.month)
        ),
        None,
    )


def _number(year: int | None, month: int | None, lines: Sequence[OccasionLine]) -> int | None:
    if year is None or month is None:
        return None
    theirs = [line for line in lines if line.year == year]
    held = next((line.number for line in theirs if line.period_end.month == month), None)
    return held or max((line.number for line in theirs), default=0) + 1


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None
