"""A scenario as a small program of whole numbers, that a browser can evaluate as well.

A program is a list of nodes; a node names earlier nodes by their place in the list, and levers by
theirs. Every number is a whole one, so that two evaluators that follow the rules agree to the
last digit. What a node counts in is for `Quantity.per` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gsn_dash.domain.sharing import largest_remainder

Node = tuple
# Hundredths of an öre: what a whole percent of whole öre is counted in.
PER_HUNDREDTH = 10_000
PER_ORE = 100


@dataclass(frozen=True)
class Quantity:
    """A node and how many of its units make one krona."""

    node: int
    per: int


@dataclass(frozen=True)
class Dial:
    """What a program needs to know of a lever: its positions and its rest, None without one."""

    positions: Sequence[int]
    resting: int | None


class Builder:
    """Puts nodes together; the same node is never there twice."""

    def __init__(self) -> None:
        self._places: dict[Node, int] = {}

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The program so far."""
        return tuple(self._places)

    def const(self, number: int) -> int:
        """A number that no lever moves."""
        return self._add(("const", number))

    def lever(self, lever: int) -> int:
        """A lever's position."""
        return self._add(("lever", lever))

    def moved(self, lever: int) -> int:
        """1 where a lever is off its rest, otherwise 0."""
        return self._add(("moved", lever))

    def table(self, lever: int, values: Iterable[int]) -> int:
        """One value for each of a lever's positions, in their order."""
        return self._add(("table", lever, tuple(values)))

    def sum(self, *terms: tuple[int, int]) -> int:
        """Σ factor × node over (factor, node)."""
        kept = tuple(term for term in terms if term[0])
        if len(kept) == 1 and kept[0][0] == 1:
            return kept[0][1]
        return self._add(("sum", kept)) if kept else self.const(0)

    def times(self, first: int, second: int) -> int:
        """The product of two nodes."""
        return self._add(("times", first, second))

    def divide(self, node: int, by: int) -> int:
        """A node ÷ `by` (> 0), rounded half away from zero."""
        return self._add(("divide", node, by))

    def most(self, first: int, second: int) -> int:
        """The greater of two nodes."""
        return self._add(("most", first, second))

    def split(self, whole: int, weights: Iterable[int]) -> list[int]:
        """One node for each weight: its part of the whole by largest remainder."""
        weights = tuple(weights)
        found = self._add(("split", whole, weights))
        return [self._add(("part", found, place)) for place in range(len(weights))]

    def _add(self, node: Node) -> int:
        return self._places.setdefault(node, len(self._places))


def evaluate(
    nodes: Sequence[Node], dials: Sequence[Dial], positions: Sequence[int]
) -> list[int | list[int]]:
    """The value of every node where the levers stand at `positions`, one for each dial.

    Raises ValueError for a position that a dial does not have.
    """
    for dial, position in zip(dials, positions, strict=True):
        if position not in dial.positions:
            raise ValueError(f"no such position: {position}")
    values: list[int | list[int]] = []
    for node in nodes:
        values.append(_value(node, values, dials, positions))
    return values


def _value(
    node: Node, values: list, dials: Sequence[Dial], positions: Sequence[int]
) -> int | list[int]:
    match node:
        case ("const", number):
            return number
        case ("lever", lever):
            return positions[lever]
        case ("moved", lever):
            return int(positions[lever] != dials[lever].resting)
        case ("table", lever, entries):
            return entries[dials[lever].positions.index(positions[lever])]
        case ("sum", terms):
            return sum(factor * values[place] for factor, place in terms)
        case ("times", first, second):
            return values[first] * values[second]
        case ("divide", place, by):
            return divide(values[place], by)
        case ("most", first, second):
            return max(values[first], values[second])
        case ("split", whole, weights):
            return largest_remainder(values[whole], [values[place] for place in weights])
        case ("part", place, number):
            return values[place][number]
    raise ValueError(f"no such node: {node[0]}")


def divide(number: int, by: int) -> int:
    """`number` ÷ `by` (> 0) as a whole number, half away from zero."""
    size = (2 * abs(number) + by) // (2 * by)
    return size if number >= 0 else -size


def shown(values: Sequence, quantities: Mapping[str, Quantity]) -> dict[str, Fraction]:
    """The values of quantities in kr, exactly."""
    return {name: Fraction(values[q.node], q.per) for name, q in quantities.items()}
