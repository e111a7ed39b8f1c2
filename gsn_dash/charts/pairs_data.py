"""What pairs of columns are told: a budget and an outcome for each place along time."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.charts.data import Mark


@dataclass(frozen=True)
class Pair:
    """A place along time: what was planned, and what came, None where nothing is to be said."""

    place: str
    plan: Mark | None
    result: Mark | None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Those of the two that there are."""
        return tuple(mark for mark in (self.plan, self.result) if mark is not None)


@dataclass(frozen=True)
class PairsChart:
    """Two columns side by side at each place, of one unit.

    `plan` and `result` are what the two kinds are called in the key. Raises ValueError without
    any mark, or for one that is unknown: where nothing is known there is none.
    """

    title: str
    alt: str
    unit: str
    plan: str
    result: str
    pairs: tuple[Pair, ...]

    def __post_init__(self) -> None:
        if not self.marks or any(mark.value is None for mark in self.marks):
            raise ValueError("pairs need a value, and a mark that is unknown is left out")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, from the left."""
        return tuple(mark for pair in self.pairs for mark in pair.marks)
