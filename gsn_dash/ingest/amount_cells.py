"""A cell of a table to an exact amount, as people write amounts in spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ORE, Amount, Money, Unknown, round_half_away
from gsn_dash.ingest.cells import Cell
from gsn_dash.ingest.printed import SCALES, Printed, UnreadableError, is_lost_digit, parse_printed

_NOTE = re.compile(
    r"(?:\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079]+\)?|\*+|†|‡)|\s+\(?[0-9a-z]\)|\s*\[[0-9]+\])+$"
)
_APPROXIMATE = re.compile(r"^(?:ca|c:a|cirka|omkring|~|≈)\.?\s*", re.IGNORECASE)
_UNIT = re.compile(r"(?<=[0-9])\s*(Mkr|mnkr|MSEK|tkr|kkr|kr|kronor|SEK)\.?$", re.IGNORECASE)
_SCALE_OF = {"mkr": "Mkr", "mnkr": "Mkr", "msek": "Mkr", "tkr": "tkr", "kkr": "tkr",
             "kr": "kr", "kronor": "kr", "sek": "kr"}  # fmt: skip
_IN_BRACKETS = re.compile(r"^\(\s*([0-9].*)\)$")
_MINUS_LAST = re.compile(r"^([0-9](?:.*[0-9])?)\s*[-\u2212\u2013]$")
_LONG_DASH = re.compile(r"^[\u2012\u2014\u2015](?=\s*[0-9])")
_NEITHER = re.compile(r"^(?:±|\+\s*/?\s*[-\u2212\u2013])\s*(?=0(?:,0+)?$)")
_STRAY_PLUS = re.compile(r"^\+\s*(?=[0-9])")
_POINT = re.compile(r"^([-\u2212\u2013]?\s*[0-9][0-9\s]*)\.([0-9]+)$")
_TWO_READINGS = re.compile(r"^[-\u2212\u2013]?\s*[1-9][0-9]{0,2}\.[0-9]{3}$")
_DASH = re.compile(r"^[-\u2010-\u2015\u2212]+$")
_NOT_TOLD = {"..", "...", "…", "x", "n/a", "okänt", "okänd", "uppgift saknas", "saknas", "ej klart"}
_LIKE_AMOUNT = re.compile(
    r"^[(]?\s*(?:[-\u2010-\u2015\u2212+~±]|\+\s*/?\s*[-\u2212\u2013])?"
    r"\s*[0-9,][0-9\s.,]*(?::-)?\s*[-)]?$"
)
_LONGEST_AMOUNT = 60
_MOST_DECIMALS = 6  # whole kr in a table of Mkr
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class CellAmount:
    """An amount as read from a cell: its text, kr in the file's own sign, step in kr.

    `is_rounded`: the cell had parts of öre, as formulas give, and was rounded to öre.
    """

    printed: str
    amount: Amount
    precision: Decimal
    approximate: bool = False
    is_rounded: bool = False


def is_amount(cell: Cell) -> bool:
    """Whether a cell looks like an amount, or stands where one should be and cannot be used."""
    if cell.is_number or cell.fault or _LIKE_AMOUNT.match(cell.text):
        return True
    text = _bare(cell.text) if len(cell.text) < _LONGEST_AMOUNT else ""
    return bool(text) and bool(_LIKE_AMOUNT.match(text) or _unknown_reason(text))


def is_year(cell: Cell) -> bool:
    """Whether a cell holds a year and nothing else."""
    return bool(_YEAR.fullmatch(cell.text))


def is_empty(cell: Cell) -> bool:
    """Whether there is nothing in the cell."""
    return not cell.text and not cell.fault


def usual_decimals(cells: Iterable[Cell], fewest: int = 1, otherwise: int = 0) -> int:
    """How many decimals numbers are written with: at least half of them have so many.

    A spreadsheet keeps 20,0 as 20, so that a table in steps of 0,1 would else seem to have some
    figures in whole units. A zero tells nothing, and neither does what a formula left unrounded;
    where fewer than `fewest` cells tell, it is `otherwise`.
    """
    counts = [len(c.text.partition(",")[2]) for c in cells if c.is_number and c.text != "0"]
    told = sorted((count for count in counts if count <= _MOST_DECIMALS), reverse=True)
    return told[(len(told) - 1) // 2] if len(told) >= fewest else otherwise


def read_amount(cell: Cell, scale: str, decimals: int) -> CellAmount:
    """Read a cell counted in `scale`; `decimals` is the table's usual number of them.

    Nothing, "?", a dash and words like "uppgift saknas" are Unknown with the reason. Raises
    UnreadableError with a Swedish sentence.
    """
    if cell.fault:
        raise UnreadableError(f"rutan {cell.fault}")
    if cell.is_number:
        return _read_number(cell.text, scale, decimals)
    text = _NOTE.sub("", cell.text.strip())
    approximate = bool(_APPROXIMATE.match(text)) and len(text) > 2
    text = _APPROXIMATE.sub("", text) if approximate else text
    unknown = _unknown_reason(text)
    if unknown:
        return CellAmount(cell.text, Unknown(unknown), SCALES[scale])
    named = _UNIT.search(text)
    if named:
        scale, text = _SCALE_OF[named[1].casefold()], text[: named.start()]
    parsed = _parsed(_as_printed(text, cell.text), scale)
    # A lost digit is known by its print, which is then no place for its unit.
    shown = text if is_lost_digit(text) else cell.text
    return CellAmount(shown, parsed.amount, parsed.precision, approximate)


def _parsed(text: str, scale: str) -> Printed:
    """As parse_printed; what is no number at all is told with what to write instead."""
    try:
        return parse_printed(text, scale)
    except UnreadableError as error:
        if str(error).endswith("som ett belopp"):
            raise UnreadableError(f"{error}: skriv ett tal, eller ? om det är okänt") from None
        raise


def _bare(text: str) -> str:
    """The text without footnote marks, unit and "ca"."""
    return _UNIT.sub("", _APPROXIMATE.sub("", _NOTE.sub("", text.strip())))


def _unknown_reason(text: str) -> str:
    if not text:
        return "rutan är tom i filen"
    if text == "?":
        return "filen har ett frågetecken"
    if _DASH.match(text):
        return "filen har ett streck i rutan"
    return f"filen säger ”{text}”" if text.casefold() in _NOT_TOLD else ""


def _as_printed(text: str, whole: str) -> str:
    """The amount as the papers write it: one minus first, decimal comma."""
    if _TWO_READINGS.match(text):
        other = text.replace(".", "")
        raise UnreadableError(
            f"”{whole}” kan läsas på två sätt: skriv {other} eller {text.replace('.', ',')}"
        )
    text = _NEITHER.sub("", _LONG_DASH.sub("-", text))
    bracketed = _IN_BRACKETS.match(text)
    if bracketed:
        return f"-{bracketed[1]}"
    last = _MINUS_LAST.match(text)
    if last:
        return f"-{last[1]}"
    pointed = _POINT.match(text)
    if pointed:
        return f"{pointed[1]},{pointed[2]}"
    return _STRAY_PLUS.sub("", text)


def _read_number(text: str, scale: str, decimals: int) -> CellAmount:
    whole, _, fraction = text.partition(",")
    fraction = fraction.ljust(decimals, "0")
    value = Decimal(f"{whole}.{fraction or 0}") * SCALES[scale]
    step = SCALES[scale].scaleb(-len(fraction))
    if step >= ORE:
        printed = f"{whole},{fraction}" if fraction else whole
        return CellAmount(printed, parse_printed(printed, scale).amount, step)
    # Parts of öre are what a formula leaves (a third of a million), and nobody's money.
    rounded = round_half_away(value, ORE)
    parse_printed(f"{abs(rounded):f}".replace(".", ","), "kr")  # refuses what is too large
    return CellAmount(text, Money(rounded), ORE, is_rounded=rounded != value)
