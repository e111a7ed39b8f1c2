"""Exact amounts in kronor, and the amounts that nobody knows.

An amount is either `Money` (a `Decimal` of kr) or `Unknown` (a reason). Unknown takes part in
no arithmetic and has no truth value, so that it can never turn into zero by accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

KR = Decimal(1)
TKR = Decimal(1_000)
MKR = Decimal(1_000_000)
ORE = Decimal("0.01")


@dataclass(frozen=True, order=True)
class Money:
    """An exact amount of kr. Signs are the paper's: operating costs are below zero."""

    kr: Decimal

    def __post_init__(self) -> None:
        if not isinstance(self.kr, Decimal):
            raise TypeError(f"Money takes a Decimal of kr, not {type(self.kr).__name__}")
        if not self.kr.is_finite():
            raise ValueError("Money is a finite number of kr")
        if self.kr.is_zero():  # zero has no sign, whatever it was multiplied by
            object.__setattr__(self, "kr", self.kr.copy_abs())

    def __add__(self, other: Money) -> Money:
        return Money(self.kr + other.kr) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.kr - other.kr) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.kr)

    def __abs__(self) -> Money:
        return Money(abs(self.kr))

    def __mul__(self, factor: Decimal | int) -> Money:
        exact = isinstance(factor, (Decimal, int)) and not isinstance(factor, bool)
        return Money(self.kr * factor) if exact else NotImplemented

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        raise TypeError("an amount has no truth value: compare it with ZERO")

    def in_unit(self, unit: Decimal) -> Decimal:
        """The amount counted in `unit` kr (MKR, TKR or KR)."""
        return self.kr / unit


ZERO = Money(Decimal(0))


@dataclass(frozen=True)
class Unknown:
    """An amount that cannot be told; `reason` says why, as one Swedish clause."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an unknown amount needs a reason")

    def __bool__(self) -> bool:
        raise TypeError("an unknown amount has no truth value")


Amount = Money | Unknown


@dataclass(frozen=True)
class Total:
    """A sum that says what it lacks: `known` kr, and how many terms are missing."""

    known: Money
    missing: int

    @property
    def amount(self) -> Amount:
        """The sum where every term is known, otherwise unknown."""
        return Unknown("uppgifter saknas i summan") if self.missing else self.known


def total_of(amounts: Iterable[Amount]) -> Total:
    """Add what is known and count what is not."""
    known, missing = ZERO, 0
    for amount in amounts:
        if isinstance(amount, Unknown):
            missing += 1
        else:
            known += amount
    return Total(known, missing)


def round_half_away(value: Decimal, step: Decimal) -> Decimal:
    """Round to a multiple of `step`, half away from zero; zero has no sign."""
    steps = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * step if steps else Decimal(0) * step


def round_fraction(value: Fraction, step: Decimal) -> Decimal:
    """Round an exact fraction to a multiple of `step`, half away from zero."""
    scaled = abs(value) / Fraction(step)
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) if value >= 0 or not whole else -Decimal(whole)) * step


def deviation_of(result: Amount, plan: Amount) -> Amount:
    """Result − plan: outcome or forecast less budget or appropriation, in the paper's signs."""
    for amount in (result, plan):
        if isinstance(amount, Unknown):
            return amount
    return result - plan


def ratio_of(part: Amount, whole: Amount) -> Decimal | None:
    """part ÷ whole as a ratio (0.6 is 60 %); None where it cannot be told."""
    if isinstance(part, Unknown) or isinstance(whole, Unknown) or whole == ZERO:
        return None
    return part.kr / whole.kr
