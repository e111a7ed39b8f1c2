"""The three questions that the board has, and the days that matter."""

from __future__ import annotations

from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.names import name_collaboration, name_municipality, name_period
from gsn_dash.present.numbers import format_day, format_kr, format_total_kr

BUDGET = "Håller driftbudgeten?"
INVESTMENTS = "Används investeringspengarna?"
COLLABORATIONS = "Vad kostar samarbetena?"


def answer_collaborations(snapshot: Snapshot) -> str:
    """What each municipality pays a year, and which part of it nobody knows."""
    said = []
    for code in payers(snapshot):
        found = bill(snapshot, code)
        who = name_municipality(snapshot, code)
        if not found.total.missing:
            said.append(f"{who} betalar {format_kr(found.total.known)} om året.")
            continue
        lacking = ", ".join(
            name_collaboration(snapshot, row.key.collaboration)
            for row in found.rows
            if row.figure.is_unknown
        )
        said.append(f"{who} betalar {format_total_kr(found.total)} ({lacking}).")
    return " ".join(said) or "Papperen säger inte vad samarbetena kostar."


def days_that_matter(occasion: Occasion) -> tuple[tuple[str, str], ...]:
    """What happened when: the period's end, the appendix, the meeting."""
    return (
        (f"Siffrorna gäller {name_period(occasion)}, till", format_day(occasion.period_end)),
        ("Bilagan är daterad", format_day(occasion.appendix_dated)),
        ("Nämnden möts", format_day(occasion.meeting_on)),
    )
