"""What stands in a paper, as it is printed: its place, its characters, how fine it is."""

from __future__ import annotations

import re
from decimal import Decimal

from gsn_dash.domain.amounts import MKR, Money
from gsn_dash.domain.figures import Document, SourceRef
from gsn_dash.present.numbers import MINUS, SPACE, format_day, format_number

UNSTATED = "anges inte"


_WITHIN_NUMBER = re.compile(r"(?<=\d) (?=\d)")


def name_spot(source: SourceRef) -> str:
    """Where in its paper: section, row, column, page."""
    page = f"sidan {source.page}" if source.page else ""
    return ", ".join(part for part in (source.section, source.row, source.column, page) if part)


def name_pages(document: Document) -> tuple[str, str]:
    """A document's day and its pages as the agenda gives them; "anges inte" where it does not."""
    dated = format_day(document.dated) if document.dated else UNSTATED
    return dated, document.pages.replace(" - ", "–") or UNSTATED


def format_as_printed(printed: str) -> str:
    """The paper's own characters in quotation marks; a hyphen for minus as a minus."""
    if not printed:
        return "inget tal"
    text = f"{MINUS}{printed[1:]}" if printed[0] == "-" else printed
    return f"”{text}”"


def describe_precision(precision: Decimal) -> str:
    """ "på 0,1 Mkr när", "på 1 000 kr när"."""
    if not precision:
        return "exakt"
    if precision < MKR / 10:
        return f"på{SPACE}{format_number(precision)}{SPACE}kr{SPACE}när"
    millions = Money(precision).in_unit(MKR)
    decimals = 0 if millions == millions.to_integral_value() else 1
    return f"på{SPACE}{format_number(millions, decimals)}{SPACE}Mkr{SPACE}när"


def fold(text: str) -> str:
    """A text as it is searched: small letters, plain spaces, and none within a number."""
    return _WITHIN_NUMBER.sub("", text.replace(SPACE, " ")).strip().casefold()
