"""The one place where an exact amount becomes a float: pixels know nothing else."""

from __future__ import annotations

from decimal import Decimal


def to_plot(value: Decimal) -> float:
    """`value` as the float that is nearest to it, for drawing only."""
    return float(value)
