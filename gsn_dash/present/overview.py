"""The three questions that the board has, and the days that matter."""

from __future__ import annotations

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.numbers import format_day

BUDGET = "Håller driftbudgeten?"
INVESTMENTS = "Används investeringspengarna?"
COLLABORATIONS = "Vad kostar samarbetena?"


def days_that_matter(occasion: Occasion) -> tuple[tuple[str, str], ...]:
    """What happened when: the period's end, the appendix, the meeting."""
    return (
        ("Siffrorna gäller till och med", format_day(occasion.period_end)),
        ("Bilagan är daterad", format_day(occasion.appendix_dated)),
        ("Nämnden möts", format_day(occasion.meeting_on)),
    )
