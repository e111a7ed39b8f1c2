"""The years and the months that a text names: "jan–aug 2023", "t.o.m. augusti", "202308"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gsn_dash.ingest.headings import plain, years_in

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(jan(?:uari)?|feb(?:r(?:uari)?)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-zåäö])"
)
_YEAR = r"(?: ?(?:19|20)\d\d)?"
_TO = r"(?:t\.? ?o\.? ?m\.?|tom\b|till och med|till\b)"
_WRITTEN_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?:-?([0-3]\d))?(?!\d|-\d\d(?!\d))"
)
_RANGE = re.compile(
    rf"\b(?:\d{{1,2}} )?{_MONTH}{_YEAR} ?(?:-|/|{_TO}) ?(?:den )?(?:\d{{1,2}} )?{_MONTH}{_YEAR}"
)
_UP_TO = re.compile(rf"\b(?:per|{_TO})(?: den)?(?: \d{{1,2}})? {_MONTH}{_YEAR}")
_LAST_DAY = re.compile(rf"\b(?:28|29|30|31) {_MONTH}{_YEAR}")
_DAY = re.compile(rf"\b\d{{1,2}} {_MONTH}{_YEAR}")
_ONE = re.compile(rf"\b{_MONTH}")
_COUNTED = re.compile(r"\b(\d{1,2}) mån")
_PART_OF_YEAR = re.compile(r"\b(?:(tertial|t)|(?:kvartal|kv|q)) ?([1-4])\b")
_LATER_PART = re.compile(r"\b(?:tertial|t|kvartal|kv|q) ?[2-4]\b")
_ACCUMULATED = re.compile(rf"\back|hittills|{_TO}")
_A_MONTH = re.compile(r"\bmånad(?:en|ens)?\b|\bmån\b")
_FROM_START = re.compile(rf"\back|hittills|period|{_TO}")
# First and last month, from 1; (0, 0) is one month that is not named.
Span = tuple[int, int]


@dataclass(frozen=True)
class Times:
    """What a text names: years, spans of months, and single months."""

    years: frozenset[int]
    spans: tuple[Span, ...]
    single: tuple[Span, ...]


def times_in(text: str) -> Times:
    """The years and months of a heading or of a line above a table."""
    rest = _WRITTEN_DAY.sub(_worded, plain(text))
    years: set[int] = set()
    spans: list[Span] = []
    for pattern in (_RANGE, _UP_TO, _LAST_DAY):
        for found in pattern.finditer(rest):
            months = [_number(word) for word in found.groups()]
            spans.append((months[0] if len(months) > 1 else 1, months[-1]))
            years |= years_in(found[0])
        rest = pattern.sub(" ", rest)
    rest = _DAY.sub(" ", rest)  # when something was written or decided
    spans += [(1, int(found[1])) for found in _COUNTED.finditer(rest)]
    rest = _COUNTED.sub(" ", rest)
    spans += [(1, int(f[2]) * (4 if f[1] else 3)) for f in _PART_OF_YEAR.finditer(rest)]
    single = [(_number(found[1]),) * 2 for found in _ONE.finditer(rest)]
    if not single and _A_MONTH.search(rest):
        single = [(0, 0)]
    if _FROM_START.search(rest):
        spans += [(1, last) for _, last in single if last]
        single = []
    return Times(frozenset(years | years_in(rest)), tuple(spans), tuple(single))


def names_one_month(lines: Iterable[str]) -> bool:
    """Whether the lines name one month and no span, so that it may be of that month alone."""
    found = [times_in(line) for line in lines]
    return any(each.single for each in found) and not any(each.spans for each in found)


def is_untold_part(heading: str, caption: str) -> bool:
    """Whether a later part of the year is named that may be of itself or since January.

    "Utfall tertial 2" is May–August, or January–August where "ackumulerat" or "jan–aug" is said.
    """
    own, above = plain(heading), plain(caption)
    if _since_january(own):
        return False
    named = own if _LATER_PART.search(own) else above
    return bool(_LATER_PART.search(named)) and not _since_january(above)


def _since_january(text: str) -> bool:
    spans = [_number(found[1]) for found in _RANGE.finditer(text)]
    return 1 in spans or bool(_ACCUMULATED.search(text))


def name_span(span: Span) -> str:
    """ "januari–augusti", "augusti" or "en månad"."""
    first, last = span
    if not last:
        return "en månad"
    return MONTHS[last - 1] if first == last else f"{MONTHS[first - 1]}–{MONTHS[last - 1]}"


def _worded(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    named = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day else named


def _number(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(word[:3]))
