"""Printed text to an exact amount: the one parser of the papers' figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import KR, MKR, TKR, Amount, Money, Unknown

SCALES = {"Mkr": MKR, "tkr": TKR, "kr": KR}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MINUS = re.compile(r"^[-\u2212\u2013\u2010\u2011]")
_DIGITS = re.compile(r"^(\d+)(?:,(\d+))?$")
_LOST_DIGIT = re.compile(r"^,\d+$")
_GROUPED = re.compile(r"^\d{1,3}(?: \d{3})+(?:,\d+)?$")


@dataclass(frozen=True)
class Printed:
    """An amount in kr and the step in kr that its printed decimals give."""

    amount: Amount
    precision: Decimal


class UnreadableError(ValueError):
    """The text is neither an amount nor one of the signs for an unknown one."""


def parse_printed(text: str, scale: str) -> Printed:
    """Read `text` ("-24,7", "18 300", "0:-", "?") counted in `scale` (Mkr, tkr or kr).

    "?", an empty cell and a lost digit before the comma (",5") are Unknown with the reason.
    Raises UnreadableError with a Swedish sentence for anything else that is not a number.
    """
    if scale not in SCALES:
        raise UnreadableError(f"skalan ”{scale}” är okänd: skriv Mkr, tkr eller kr")
    unit = SCALES[scale]
    plain = _SPACES.sub(" ", text).strip().removesuffix(":-")
    unknown = _unknown_reason(plain)
    if unknown:
        return Printed(Unknown(unknown), unit)
    negative = bool(_MINUS.match(plain))
    number = _parse_digits(_MINUS.sub("", plain).strip(), text)
    decimals = -number.as_tuple().exponent
    amount = Money(number * unit)
    return Printed(-amount if negative else amount, unit.scaleb(-decimals))


def _unknown_reason(plain: str) -> str:
    if plain == "":
        return "rutan är tom i papperet"
    if plain == "?":
        return "papperet har ett frågetecken"
    if _LOST_DIGIT.match(plain):
        return f"siffran före decimalkommat saknas i papperet (”{plain}”)"
    return ""


def _parse_digits(plain: str, text: str) -> Decimal:
    ungrouped = plain.replace(" ", "") if _GROUPED.match(plain) else plain
    if not _DIGITS.match(ungrouped):
        raise UnreadableError(f"”{text}” går inte att läsa som ett belopp")
    return Decimal(ungrouped.replace(",", "."))


def parse_percent(text: str) -> tuple[Decimal, Decimal]:
    """Read "60" or "60 %" as a ratio and its precision (0.60, 0.01)."""
    plain = _SPACES.sub(" ", text).strip().removesuffix("%").strip()
    number = _parse_digits(plain, text)
    return number.scaleb(-2), Decimal(1).scaleb(number.as_tuple().exponent - 2)
