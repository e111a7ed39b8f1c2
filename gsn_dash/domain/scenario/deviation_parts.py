"""The parts of the period's deviation, which a scenario can speak of one by one."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.bridge import BridgeStep, bridge
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL
from gsn_dash.domain.snapshot import Snapshot

ITEMS = ("revenue", "cost")
# What makes a bridge foot is no part of the deviation: nobody can use it up.
_FOOTING = ("rounding", "mismatch")


@dataclass(frozen=True)
class DeviationPart:
    """A part of the deviation of `item` (revenue or cost); the parts of an item sum to it.

    `step` is the part as the period's bridge has it.
    """

    item: str
    step: BridgeStep

    @property
    def key(self) -> str:
        """The part's name in scenarios: the same from occasion to occasion."""
        return f"{self.step.subject}:{self.step.item}"

    @property
    def figure(self) -> Figure:
        """The deviation, above zero favourable."""
        return self.step.figure


def deviation_parts(snapshot: Snapshot) -> tuple[DeviationPart, ...]:
    """The explanations of each item and the rest of it; the item whole where one is unknown.

    An item whose deviation is unknown has no parts.
    """
    steps = [step for step in bridge(snapshot).steps if step.item not in _FOOTING]
    parts: list[DeviationPart] = []
    for item in ITEMS:
        own = [step for step in steps if _item_of(step) == item]
        whole = line(snapshot, item, "period").deviation
        if whole.is_unknown:
            continue
        if any(step.figure.is_unknown for step in own):
            own = [BridgeStep(TOTAL, item, whole)]
        parts += [DeviationPart(item, step) for step in own]
    return tuple(parts)


def _item_of(step: BridgeStep) -> str:
    return "revenue" if step.item in ("revenue", "rest_revenue") else "cost"
