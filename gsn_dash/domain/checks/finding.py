"""A control's answer: what was compared, how it came out, and both places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.checks.fingerprint import fingerprint_of
from gsn_dash.domain.figures import SourceRef


class Verdict(Enum):
    """How a control came out."""

    HOLDS = "holds"
    HOLDS_ROUNDED = "holds_rounded"
    FAILS = "fails"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: an amount or a ratio, its text as printed, and its places.

    `amount` and `ratio` are both None where the side is a statement in words.
    """

    amount: Amount | None
    places: tuple[SourceRef, ...]
    printed: str = ""
    ratio: Decimal | None = None
    ref: str = ""


@dataclass(frozen=True)
class Finding:
    """`rule` names the control, `ref` the quantity; `stated` is the paper's side, `found` the
    figures'. `tolerance` is in kr, or a ratio for percent. `about` holds what the sentence of
    the rule needs beside this."""

    rule: str
    ref: str
    verdict: Verdict
    stated: Side
    found: Side
    tolerance: Decimal | None = None
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name for the finding that stays the same between runs."""
        place = self.stated.places[0] if self.stated.places else None
        where = f"{place.document.key}/{place.section}/{place.row}" if place else ""
        return f"{self.rule}|{self.ref}|{where}"

    @property
    def fingerprint(self) -> str:
        """What the finding says, in 64 hexadecimal digits: another when it says something else.

        Whoever answered the finding answered this.
        """
        return fingerprint_of(
            self.rule, self.ref, self.verdict, self.stated, self.found, self.tolerance, self.about
        )


def compare(stated: Amount, found: Amount, tolerance: Decimal) -> Verdict:
    """Equal holds; within half of the printed steps holds after rounding; unknown cannot be told.

    `tolerance` is in kr and is the sum of half the steps that both sides were printed in.
    """
    if isinstance(stated, Unknown) or isinstance(found, Unknown):
        return Verdict.CANNOT_TELL
    return compare_decimals(stated.kr, found.kr, tolerance)


def compare_decimals(stated: Decimal, found: Decimal, tolerance: Decimal) -> Verdict:
    """As `compare`, for two numbers in the same unit."""
    if stated == found:
        return Verdict.HOLDS
    return Verdict.HOLDS_ROUNDED if abs(stated - found) <= tolerance else Verdict.FAILS
