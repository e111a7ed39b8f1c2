"""The levers as nodes of a program under construction."""

from __future__ import annotations

from collections.abc import Iterable

from gsn_dash.domain.amounts import ORE, Money
from gsn_dash.domain.scenario.levers import Lever
from gsn_dash.domain.scenario.program import PER_ORE, Builder

# A whole percent of whole öre, and the other way round.
HUNDRED = 100
THOUSAND_IN_ORE = 1000 * PER_ORE


class Panel:
    """A builder that knows the levers by what they move; a lever that is not there is at rest."""

    def __init__(self, levers: Iterable[Lever]) -> None:
        self.build = Builder()
        self._places = {lever.key: number for number, lever in enumerate(levers)}
        self.levers = tuple(levers)

    def find(self, kind: str, subject: str = "") -> Lever | None:
        """The lever of a kind and subject; None where there is none."""
        place = self._places.get((kind, subject))
        return None if place is None else self.levers[place]

    def position(self, kind: str, subject: str = "", missing: int = 0) -> int:
        """A node with the lever's position; `missing` where there is no such lever."""
        place = self._places.get((kind, subject))
        return self.build.const(missing) if place is None else self.build.lever(place)

    def moved(self, kind: str, subject: str = "") -> int:
        """A node that is 1 where the lever is off its rest, otherwise 0."""
        place = self._places.get((kind, subject))
        return self.build.const(0) if place is None else self.build.moved(place)

    def table(self, kind: str, subject: str, values: Iterable[int]) -> int:
        """A node with one value for each position of a lever that is there."""
        return self.build.table(self._places[kind, subject], values)

    def money(self, amount: Money, scale: int = 1) -> int:
        """A node with an amount in öre × `scale`. Raises ValueError for a part of an öre."""
        return self.build.const(in_ore(amount) * scale)

    def less(self, first: int, second: int) -> int:
        """A node: first − second."""
        return self.build.sum((1, first), (-1, second))


def in_ore(amount: Money) -> int:
    """An amount as a whole number of öre; raises ValueError where it is no such."""
    ore = amount.kr / ORE
    if ore != int(ore):
        raise ValueError(f"{amount.kr} kr is no whole number of öre")
    return int(ore)
