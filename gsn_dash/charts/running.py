"""Where each step of a bridge hangs, from what the steps before it leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.charts.data import Mark, Step

ZERO = Decimal(0)


@dataclass(frozen=True)
class Hung:
    """A step and the level where its bar starts; `end` is None from an unknown change on."""

    label: str
    mark: Mark
    start: Decimal
    end: Decimal | None


def hang(steps: tuple[Step, ...]) -> list[Hung]:
    """Each step in its place. After an unknown change nothing has a place until the next level:
    such a step is an open slot at the last known level, its number beside it.
    """
    hung: list[Hung] = []
    level, known = ZERO, True
    for step in steps:
        start = ZERO if step.kind == "level" else level
        known = step.mark.value is not None and (known or step.kind == "level")
        mark = step.mark if known else replace(step.mark, value=None)
        if known:
            level = start + step.mark.value
        hung.append(Hung(step.label, mark, start, level if known else None))
    return hung
