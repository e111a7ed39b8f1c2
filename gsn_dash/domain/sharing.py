"""Dividing a whole: shares of an allocation key, and amounts to the öre that sum to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from gsn_dash.domain.amounts import ORE, Money
from gsn_dash.domain.snapshot import AllocationKey, Snapshot


def key_shares(
    equal_part: Decimal, members: tuple[str, ...], inhabitants: Mapping[str, int]
) -> dict[str, Fraction]:
    """Each member's exact share; they sum to 1.

    `equal_part` (0–1) is divided equally and the rest by inhabitants. Raises KeyError where a
    member's inhabitants are not known and ValueError where there are no members.
    """
    if not members:
        raise ValueError("an allocation key needs at least one member")
    equal = Fraction(equal_part)
    everybody = sum(inhabitants[code] for code in members)
    return {
        code: equal / len(members) + (1 - equal) * Fraction(inhabitants[code], everybody)
        for code in members
    }


def split_money(whole: Money, weights: Mapping[str, Fraction]) -> dict[str, Money]:
    """Divide `whole` (≥ 0) by weights, to the öre, by largest remainder; ties by code.

    The parts sum to the whole exactly. Raises ValueError for a negative or zero sum of weights,
    or where the whole is not a number of öre.
    """
    sum_of_weights = sum(weights.values(), Fraction(0))
    ore = Fraction(whole.kr) / Fraction(ORE)
    if sum_of_weights <= 0 or min(weights.values()) < 0:
        raise ValueError("weights are not negative and sum to more than zero")
    if ore.denominator != 1 or ore < 0:
        raise ValueError("only a whole number of öre, zero or more, can be divided")
    codes = sorted(weights)
    parts = largest_remainder(int(ore), [weights[code] for code in codes])
    return {code: Money(count * ORE) for code, count in zip(codes, parts, strict=True)}


def largest_remainder(whole: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Divide a whole number into whole numbers by weights; ties go to the earlier.

    The parts sum to the whole. A single weight, and the whole, may be below zero: raises
    ValueError only where the weights do not sum to more than zero.
    """
    together = sum(weights)
    if together <= 0:
        raise ValueError("the weights do not sum to more than zero")
    exact = [Fraction(whole) * weight / together for weight in weights]
    parts = [floor(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def inhabitants_on(snapshot: Snapshot, as_of: date) -> dict[str, int]:
    """Inhabitants per municipality on a day that the populations hold."""
    return {p.municipality: p.count for p in snapshot.populations if p.as_of == as_of}


def population_days(snapshot: Snapshot) -> tuple[date, ...]:
    """The days that populations are held for, oldest first."""
    return tuple(sorted({population.as_of for population in snapshot.populations}))


def substitute_day(snapshot: Snapshot) -> date | None:
    """The last day before the occasion's year that populations are held for.

    It stands in for the day the agreement names, 1 November the year before, where that is
    not held.
    """
    before = [d for d in population_days(snapshot) if d.year < snapshot.occasion.year]
    return before[-1] if before else None


def shares_of(
    snapshot: Snapshot,
    key: AllocationKey,
    as_of: date | None = None,
    equal_part: Decimal | None = None,
) -> dict[str, Fraction] | None:
    """The key's shares with the populations of a day; None where a member's is not held."""
    day = as_of or substitute_day(snapshot)
    counted = inhabitants_on(snapshot, day) if day else {}
    if not key.members or any(code not in counted for code in key.members):
        return None
    part = key.equal_part if equal_part is None else equal_part
    return key_shares(part, key.members, counted)
