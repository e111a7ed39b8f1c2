"""Occasions as they are chosen between, in lists and in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from gsn_dash.present.numbers import SPACE

# What an address names an occasion by.
PARAMETER = "tillfalle"
Place = tuple[int, int]
_SAID = re.compile(r"([0-9]{4})-([0-9]{1,4})")
_LONGEST = 30


class Numbered(Protocol):
    """What has the year and the number of an occasion, and tells whether it closes the year."""

    @property
    def year(self) -> int: ...

    @property
    def number(self) -> int: ...

    @property
    def is_closing(self) -> bool: ...


def say_place(place: Place) -> str:
    """An occasion as an address says it: "2023-2"."""
    return f"{place[0]}-{place[1]}"


def read_place(said: str) -> Place | None:
    """The year and number of the occasion that an address says; None where it says none."""
    found = _SAID.fullmatch(said)
    return (int(found[1]), int(found[2])) if found else None


def name_option(occasion: Numbered) -> str:
    """ "Tillfälle 2, 2023", or of a year that is over "Bokslut 2023"."""
    if occasion.is_closing:
        return f"Bokslut{SPACE}{occasion.year}"
    return f"Tillfälle{SPACE}{occasion.number}, {occasion.year}"


def name_place(place: Place, occasions: Iterable[Numbered]) -> str:
    """ "tillfälle 2, 2023", "bokslut 2023"; one that is not among `occasions` goes by number."""
    found = next((each for each in occasions if (each.year, each.number) == place), None)
    return name_option(found).lower() if found else f"tillfälle{SPACE}{place[1]}, {place[0]}"


def describe_unread(said: str) -> str:
    """That the address asks for an occasion that is none."""
    shortened = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
    return f"Tillfället ”{shortened}” i adressen finns inte. Det senaste visas."
