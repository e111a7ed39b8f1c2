"""The three questions that the board has, and the days that matter."""

from __future__ import annotations

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.numbers import format_day

COLLABORATIONS = "Vad kostar samarbetena?"


def ask_budget(occasion: Occasion) -> str:
    """Whether the operating budget holds, or of a year that is over held."""
    return "Höll driftbudgeten?" if occasion.is_closing else "Håller driftbudgeten?"


def ask_investments(occasion: Occasion) -> str:
    """Whether the investment money is used, or of a year that is over was."""
    verb = "Användes" if occasion.is_closing else "Används"
    return f"{verb} investeringspengarna?"


def days_that_matter(occasion: Occasion) -> tuple[tuple[str, str], ...]:
    """What happened when: the period's end, the appendix, the meeting."""
    return (
        ("Siffrorna gäller till och med", format_day(occasion.period_end)),
        ("Bilagan är daterad", format_day(occasion.appendix_dated)),
        ("Nämnden möts", format_day(occasion.meeting_on)),
    )
