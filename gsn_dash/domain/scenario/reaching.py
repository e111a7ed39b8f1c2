"""What one lever can do for a goal: from the values that a quantity has at its positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.scenario.levers import KRONOR, PERCENT, THOUSANDS, Lever
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, PER_ORE

# needed: a position reaches the goal; beyond: none does, though some come nearer; worse: none
# comes nearer; room: the goal is reached, and there are positions that lose it; free: none does.
NEEDED, BEYOND, WORSE, ROOM, FREE = "needed", "beyond", "worse", "room", "free"
_MEASURED = (PERCENT, THOUSANDS, KRONOR)
# Bills are rounded to the öre one by one: a line is a line within that.
_STRAIGHT = PER_HUNDREDTH // PER_ORE


@dataclass(frozen=True)
class Aim:
    """What a quantity is to come to: at least where it is a floor, otherwise at most."""

    target: Money
    is_floor: bool

    def gain(self, value: int) -> Fraction:
        """How far a value, in hundredths of an öre, is on the right side of the target."""
        beyond = value - self.in_hundredths
        return beyond if self.is_floor else -beyond

    @cached_property
    def in_hundredths(self) -> Fraction:
        """The target in hundredths of an öre."""
        return Fraction(self.target.kr) * PER_HUNDREDTH


@dataclass(frozen=True)
class Answer:
    """What a lever alone can do for a goal from where it stands.

    `step` is the position that reaches the goal and is nearest to where the lever stands
    (needed), or the last one that does not lose it, beside `breaks`, which does (room).
    `limit` is the exact position at which the quantity is the goal, where it follows the lever
    in a straight line; it may lie between two positions. `best` is the position that comes
    nearest to the goal, or farthest beyond it. `values` are the quantity's, for each position,
    and `reaching` the positions on the right side of the goal.
    """

    lever: Lever
    standing: int
    verdict: str
    step: int | None
    breaks: int | None
    limit: Fraction | None
    best: int
    values: tuple[Money, ...]
    reaching: tuple[int, ...]

    def value_at(self, position: int) -> Money:
        """What the quantity is with the lever at a position."""
        return self.values[self.lever.positions.index(position)]

    @property
    def is_ceiling(self) -> bool:
        """Whether `step` is the highest position that does, and not the lowest."""
        if self.step is None:
            return False
        return self.step < self.standing if self.breaks is None else self.step < self.breaks


def in_kronor(hundredths: int) -> Money:
    """Hundredths of an öre as an amount."""
    return Money(Decimal(hundredths) / PER_HUNDREDTH)


def answer_of(aim: Aim, lever: Lever, at: int, values: Sequence[int]) -> Answer:
    """What a lever that stands `at` can do; `values`, in hundredths of an öre, by its positions."""
    gains = [aim.gain(value) for value in values]
    here = lever.positions.index(at)
    by_distance = sorted(range(len(gains)), key=lambda place: abs(place - here))
    best = max(by_distance, key=lambda place: gains[place])
    verdict, step, breaks = _verdict(gains, here, by_distance, best)
    limit = None
    if step is not None:
        short = breaks if breaks is not None else step + (1 if step < here else -1)
        limit = _limit(aim, lever, values, (step, short))
    places = lever.positions
    return Answer(
        lever,
        at,
        verdict,
        None if step is None else places[step],
        None if breaks is None else places[breaks],
        limit,
        places[best],
        tuple(in_kronor(value) for value in values),
        tuple(p for p, gain in zip(places, gains, strict=True) if gain >= 0),
    )


def _verdict(
    gains: Sequence[Fraction], here: int, by_distance: Sequence[int], best: int
) -> tuple[str, int | None, int | None]:
    """What the positions can do, and the places of `step` and `breaks` among them."""
    if gains[here] < 0:
        step = next((place for place in by_distance if gains[place] >= 0), None)
        if step is not None:
            return NEEDED, step, None
        return (BEYOND if gains[best] > gains[here] else WORSE), None, None
    breaks = next((place for place in by_distance if gains[place] < 0), None)
    if breaks is None:
        return FREE, None, None
    return ROOM, breaks + (1 if breaks < here else -1), breaks


def _limit(aim: Aim, lever: Lever, values: Sequence[int], ends: tuple[int, int]) -> Fraction | None:
    """Where the goal is met exactly, for a lever that the quantity follows in a straight line.

    It lies between `ends`, the places that do and do not reach the goal, though roundings to
    the öre would have it a hair outside. The rest may stand for a reported ratio that is no whole
    step, so it need not lie on the line, nor the limit beside it.
    """
    if lever.unit not in _MEASURED:
        return None
    line = [p for p in zip(lever.positions, values, strict=True) if p[0] != lever.resting]
    (low, first), (high, last) = line[0], line[-1]
    wide, rise = high - low, last - first
    bent = (abs((v - first) * wide - rise * (p - low)) for p, v in line)
    if not rise or max(bent) > _STRAIGHT * wide:
        return None
    found = low + (aim.in_hundredths - first) * wide / rise
    nearest, farthest = sorted(lever.positions[place] for place in ends)
    if lever.resting not in (nearest, farthest):
        found = min(max(found, Fraction(nearest)), Fraction(farthest))
    return found if low <= found <= high else None
