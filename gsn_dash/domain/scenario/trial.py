"""What is tried: the scenario and its levers, and the figures without and with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.scenario.answers import Answers, answers
from gsn_dash.domain.scenario.compiling import Compiled, compile_levers, standing
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.panel import in_ore
from gsn_dash.domain.scenario.program import PER_ORE, Quantity
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Trial:
    """A scenario laid over a snapshot that can take it, compiled, with its levers in place."""

    base: Snapshot
    scenario: Scenario
    compiled: Compiled

    @cached_property
    def positions(self) -> list[int]:
        """Where the levers stand, in the program's order."""
        return standing(self.compiled, self.scenario)

    @cached_property
    def values(self) -> Sequence:
        """The value of every node with the levers where they stand."""
        return self.compiled.values(self.positions)

    @cached_property
    def answers(self) -> Answers:
        """What the domain answers, without the program."""
        return answers(self.base, self.scenario)

    @property
    def is_moved(self) -> bool:
        """Whether anything is assumed."""
        return bool(self.values[self.compiled.any_moved])

    def has(self, *names: str) -> bool:
        """Whether the program has all of these quantities."""
        return all(name in self.compiled.quantities for name in names)

    def now(self, name: str) -> Quantity:
        """A quantity with what is assumed."""
        return self.compiled.quantities[name]

    def change(self, name: str) -> Quantity:
        """What a quantity that the papers know moves by."""
        return self.compiled.changes[name]

    def amount(self, quantity: Quantity, unit: Decimal) -> Decimal:
        """A quantity as it stands, counted in `unit` kr."""
        return Decimal(self.values[quantity.node]) / quantity.per / unit

    def settled(self) -> list[list]:
        """[node, value as text] of what the domain answers, in the program's units."""
        return [
            [quantity.node, str(in_ore(amount) * (quantity.per // PER_ORE))]
            for name, quantity in self.compiled.quantities.items()
            if not isinstance(amount := self.answers.get(name, Unknown("inget svar")), Unknown)
            and _is_whole(amount.kr)
        ]


def _is_whole(kr: Decimal) -> bool:
    return kr * PER_ORE == int(kr * PER_ORE)


def make_trial(snapshot: Snapshot, scenario: Scenario) -> Trial:
    """Compile. Raises ValueError where the snapshot cannot take the scenario: see `fit`."""
    levers = levers_of(snapshot, scenario)
    return Trial(snapshot, scenario, compile_levers(snapshot, scenario, levers))

