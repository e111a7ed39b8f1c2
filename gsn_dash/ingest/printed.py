"""Printed text to an exact amount: the one parser of the papers' figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import KR, MKR, ORE, TKR, Amount, Money, Unknown

SCALES = {"Mkr": MKR, "tkr": TKR, "kr": KR}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MINUS = re.compile(r"^[-\u2212\u2013\u2010\u2011]")
# [0-9] and not \d, which takes the digits of every script.
_DIGITS = re.compile(r"^[0-9]+(?:,[0-9]+)?$")
_LOST_DIGIT = re.compile(r"^,[0-9]+$")
_GROUPED = re.compile(r"^[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?$")
_WHOLE_KRONOR = re.compile(r"(?<=[0-9]):-$")
# What a row of the store holds exactly: öre, and less than this many kr; a ratio likewise.
_LIMIT = Decimal(10) ** 15
_PERCENT_STEP, _PERCENT_LIMIT = Decimal("0.000001"), Decimal(10) ** 6


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
    plain = _WHOLE_KRONOR.sub("", _SPACES.sub(" ", text).strip())
    unknown = _unknown_reason(plain)
    unit = SCALES[scale]
    amount = Unknown(unknown) if unknown else _parse_money(plain, unit, text)
    step = unit.scaleb(-len(plain.partition(",")[2]))
    if step < ORE:
        raise UnreadableError(f"”{text}” går inte att läsa som ett belopp: det har delar av ören")
    return Printed(amount, step)


def has_minus(text: str) -> bool:
    """Whether the printed text begins with a minus sign, of whatever kind."""
    return bool(_MINUS.match(text.strip()))


def is_lost_digit(text: str) -> bool:
    """Whether the digit before the comma is lost in the printed text (",5")."""
    return bool(_LOST_DIGIT.match(text.strip()))


def _parse_money(plain: str, unit: Decimal, text: str) -> Money:
    money = Money(_parse_digits(_MINUS.sub("", plain).strip(), text) * unit)
    if money.kr >= _LIMIT:
        raise UnreadableError(f"”{text}” går inte att läsa som ett belopp: det är för stort")
    return -money if _MINUS.match(plain) else money


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
    """Read "60" or "60 %" as a ratio and its precision (0.60, 0.01).

    Raises UnreadableError with a Swedish sentence for anything else than such a number.
    """
    plain = _SPACES.sub(" ", text).strip().removesuffix("%").strip()
    ratio = _parse_digits(plain, text).scaleb(-2)
    step = Decimal(1).scaleb(ratio.as_tuple().exponent)
    if step < _PERCENT_STEP or ratio >= _PERCENT_LIMIT:
        raise UnreadableError(f"”{text}” går inte att läsa som en andel i procent")
    return ratio, step
