"""What one lever can do for a goal: from the values that a quantity has at its positions.

Up to MOST positions each one is looked at. Of more, some hundreds are: the ends, a grid between
them, and what lies beside where the lever stands and rests. Between two of them where one
reaches the goal and the other does not, the border is found by halving. That is exact as long as
the quantity neither turns twice nor jumps within one square of the grid; every rule here is made
of straight pieces, a few for each lever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.scenario.levers import KRONOR, PERCENT, THOUSANDS, Lever
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, PER_ORE

# needed: a position reaches the goal; beyond: none does, though some come nearer; worse: none
# comes nearer; room: the goal is reached, and there are positions that lose it; free: none does.
NEEDED, BEYOND, WORSE, ROOM, FREE = "needed", "beyond", "worse", "room", "free"
MOST = 3000
_SQUARES = 400
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
    nearest to the goal, or farthest beyond it. `values` are the quantity's at the positions that
    have been looked at, `reaching` those of them on the right side of the goal, and `value_at`
    gives the quantity at any position.
    """

    lever: Lever
    standing: int
    verdict: str
    step: int | None
    breaks: int | None
    limit: Fraction | None
    best: int
    values: Mapping[int, Money]
    reaching: tuple[int, ...]
    value_at: Callable[[int], Money] = field(compare=False, repr=False)

    @property
    def is_ceiling(self) -> bool:
        """Whether `step` is the highest position that does, and not the lowest."""
        if self.step is None:
            return False
        return self.step < self.standing if self.breaks is None else self.step < self.breaks


def in_kronor(hundredths: int) -> Money:
    """Hundredths of an öre as an amount."""
    return Money(Decimal(hundredths) / PER_HUNDREDTH)


def answer_of(aim: Aim, lever: Lever, at: int, value_at: Callable[[int], int]) -> Answer | None:
    """What a lever that stands `at` can do; None where no position looked at changes anything.

    `value_at` is the quantity, in hundredths of an öre, at a position.
    """
    seen = _look(aim, lever, at, value_at)
    if len(set(seen.values())) == 1:
        return None
    order, positions = list(seen), [lever.positions[place] for place in seen]
    values = dict(zip(positions, seen.values(), strict=True))
    gains = [aim.gain(value) for value in seen.values()]
    here = positions.index(at)
    by_distance = sorted(range(len(order)), key=lambda n: abs(order[n] - order[here]))
    verdict, step, breaks = _verdict(gains, here, by_distance)
    limit = None
    if step is not None:
        short = breaks if breaks is not None else step + (1 if step < here else -1)
        limit = _limit(aim, lever, values, (positions[step], positions[short]))
    return Answer(
        lever,
        at,
        verdict,
        None if step is None else positions[step],
        None if breaks is None else positions[breaks],
        limit,
        positions[max(by_distance, key=lambda n: gains[n])],
        {position: in_kronor(value) for position, value in values.items()},
        tuple(p for p, gain in zip(positions, gains, strict=True) if gain >= 0),
        lambda position: in_kronor(value_at(position)),
    )


def _look(aim: Aim, lever: Lever, at: int, value_at: Callable[[int], int]) -> dict[int, int]:
    """The values at the places that are looked at, by place, in order."""
    positions = lever.positions
    if len(positions) <= MOST:
        return {place: value_at(position) for place, position in enumerate(positions)}
    last = len(positions) - 1
    noted = [positions.index(p) for p in (at, lever.resting) if p is not None]
    beside = {min(max(place + side, 0), last) for place in noted for side in (-1, 0, 1)}
    grid = {last * square // _SQUARES for square in range(_SQUARES + 1)}
    found = {place: value_at(positions[place]) for place in beside | grid}
    for low, high in pairwise(sorted(found)):
        _halve(aim, low, high, found, lambda place: value_at(positions[place]))
    return dict(sorted(found.items()))


def _halve(
    aim: Aim, low: int, high: int, found: dict[int, int], value_of: Callable[[int], int]
) -> None:
    """Add places between two until what reaches the goal and what does not lie side by side."""
    is_reached = aim.gain(found[low]) >= 0
    if is_reached == (aim.gain(found[high]) >= 0):
        return
    while high - low > 1:
        middle = (low + high) // 2
        found[middle] = value_of(middle)
        if (aim.gain(found[middle]) >= 0) == is_reached:
            low = middle
        else:
            high = middle


def _verdict(
    gains: Sequence[Fraction], here: int, by_distance: Iterable[int]
) -> tuple[str, int | None, int | None]:
    """What the positions can do, and the places of `step` and `breaks` among the gains."""
    if gains[here] < 0:
        step = next((place for place in by_distance if gains[place] >= 0), None)
        if step is not None:
            return NEEDED, step, None
        return (BEYOND if max(gains) > gains[here] else WORSE), None, None
    breaks = next((place for place in by_distance if gains[place] < 0), None)
    if breaks is None:
        return FREE, None, None
    return ROOM, breaks + (1 if breaks < here else -1), breaks


def _limit(
    aim: Aim, lever: Lever, values: Mapping[int, int], ends: tuple[int, int]
) -> Fraction | None:
    """Where the goal is met exactly, for a lever that the quantity follows in a straight line.

    It lies between `ends`, the positions that do and do not reach the goal, though roundings to
    the öre would have it a hair outside. The rest may stand for a reported ratio that is no whole
    step, so it need not lie on the line, nor the limit beside it.
    """
    if lever.unit not in _MEASURED:
        return None
    line = [point for point in values.items() if point[0] != lever.resting]
    (low, first), (high, last) = line[0], line[-1]
    wide, rise = high - low, last - first
    bent = (abs((v - first) * wide - rise * (p - low)) for p, v in line)
    if not rise or max(bent) > _STRAIGHT * wide:
        return None
    found = low + (aim.in_hundredths - first) * wide / rise
    nearest, farthest = sorted(ends)
    if lever.resting not in (nearest, farthest):
        found = min(max(found, Fraction(nearest)), Fraction(farthest))
    return found if low <= found <= high else None
