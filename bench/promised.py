"""What is promised of what is measured, and whether it holds."""

from __future__ import annotations

import os
from collections.abc import Mapping

# How a measurement ends that does not hold what is promised; 1 is Python's own, of a breakdown.
UNHELD = 3
HOLDS, HOLDS_NOT = "håller", "HÅLLER INTE"


def judge(held: Mapping[str, bool]) -> int:
    """Print each promise with its fate; returns how the measurement is to end."""
    for said, holds in held.items():
        print(f"  {said}: {HOLDS if holds else HOLDS_NOT}")
    return 0 if all(held.values()) else UNHELD


def say_load(when: str) -> None:
    """Print how busy the machine is: with more than it has time for, times are too long."""
    one, five, _ = os.getloadavg()
    print(f"Last {when}: {one:.1f} (1 min), {five:.1f} (5 min), {os.cpu_count()} processorer")
