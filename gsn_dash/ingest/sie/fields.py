"""The fields of SIE records to days, months, amounts, accounts and objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from gsn_dash.ingest.sie.lines import LOST, Field, LineError

COST_CENTRE, PROJECT = "1", "6"
_AMOUNT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]{1,2}0*)?")
_ACCOUNT = re.compile(r"[0-9]+")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_LONGEST_AMOUNT = 15  # digits before the point: what a row of the store holds
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Objects:
    """What a record says that its amount is for; empty where it says nothing of it.

    `others` is whether it names any dimension besides these two.
    """

    cost_centre: str = ""
    project: str = ""
    others: bool = False

    @property
    def is_none(self) -> bool:
        """Whether the record is about the whole account."""
        return not (self.cost_centre or self.project or self.others)


NO_OBJECTS = Objects()


def text_at(line: int, fields: Sequence[Field], place: int, name: str) -> str:
    """The field as text; raises LineError where the record is too short or has a list there."""
    if place >= len(fields) or not fields[place] or isinstance(fields[place], tuple):
        raise LineError(line, f"fältet {name} saknas: raden är avkortad eller felskriven")
    return fields[place]


def optional_at(fields: Sequence[Field], place: int) -> str:
    """The field as text, empty where there is none."""
    found = fields[place] if place < len(fields) else ""
    return found if isinstance(found, str) else ""


def _quoted(text: str) -> str:
    """A field for a sentence; one with words in it may name a person and is not repeated."""
    return "det som står där" if any(map(str.isalpha, text)) else f"”{text[:30]}”"


def read_amount(line: int, text: str) -> Decimal:
    """An amount in kr with SIE's sign (debit above zero). Raises LineError."""
    if not _AMOUNT.fullmatch(text):
        sentence = f"{_quoted(text)} är inget belopp: skriv med punkt och högst två decimaler"
        raise LineError(line, sentence)
    if len(text.lstrip("+-").partition(".")[0]) > _LONGEST_AMOUNT:
        raise LineError(line, f"beloppet ”{text[:30]}” är för stort")
    return Decimal(text)


def read_day(line: int, text: str) -> date:
    """A day written ÅÅÅÅMMDD. Raises LineError."""
    found = _day_of(text)
    if found is None:
        raise LineError(line, f"{_quoted(text)} är inget datum: det skrivs ÅÅÅÅMMDD")
    return found


@lru_cache(maxsize=1024)  # a file has the same few days on all its rows
def _day_of(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def read_month(line: int, text: str) -> date:
    """A period written ÅÅÅÅMM as the first day of the month. Raises LineError."""
    try:
        return read_day(line, f"{text}01")
    except LineError:
        raise LineError(line, f"{_quoted(text)} är ingen period: den skrivs ÅÅÅÅMM") from None


def read_account(line: int, text: str) -> str:
    """An account's number, of any length. Raises LineError where it is not only digits."""
    if not _ACCOUNT.fullmatch(text) or len(text) > _LONGEST_CODE:
        raise LineError(line, f"{_quoted(text)} är inget kontonummer: bara siffror kan läsas")
    return text


def read_objects(line: int, fields: Sequence[Field], place: int) -> Objects:
    """The object list at `place`: pairs of dimension and code. Raises LineError."""
    if place >= len(fields) or not isinstance(fields[place], tuple):
        raise LineError(line, "klammern { } med objekt saknas efter kontot")
    found = _objects_of(fields[place])
    if isinstance(found, str):
        raise LineError(line, found)
    return found


@lru_cache(maxsize=4096)
def _objects_of(pairs: tuple[str, ...]) -> Objects | str:
    """The objects of a list, or a sentence about what is wrong with it."""
    if not pairs:
        return NO_OBJECTS
    if len(pairs) % 2:
        return "objekten i klammern står inte parvis: dimension och kod"
    codes = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if len(codes) * 2 != len(pairs):
        return "en dimension står två gånger i klammern"
    centre, project = codes.pop(COST_CENTRE, "").strip(), codes.pop(PROJECT, "").strip()
    for code in (centre, project):
        if LOST in code or not (code.isprintable() and len(code) <= _LONGEST_CODE):
            return f"koden ”{code[:30]}” går inte att läsa: bokstäver i den har gått förlorade"
    return Objects(centre, project, bool(codes))
