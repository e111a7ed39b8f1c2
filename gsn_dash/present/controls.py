"""What the page of controls says as a whole."""

from __future__ import annotations

from collections import Counter

from gsn_dash.domain.checks.finding import Verdict

_SIDES = ("Det som påstås", "Det som siffrorna ger")
# Heading of each verdict's section, and what its two sides are called.
SECTIONS = {
    Verdict.FAILS: ("Stämmer inte", _SIDES),
    Verdict.CANNOT_TELL: ("Går inte att avgöra", _SIDES),
    Verdict.HOLDS_ROUNDED: ("Stämmer efter avrundning", _SIDES),
    Verdict.HOLDS: ("Stämmer", _SIDES),
}


def controls_message(counts: Counter[Verdict]) -> str:
    """How far the papers can be trusted, in one sentence."""
    whole = sum(counts.values())
    holds = counts[Verdict.HOLDS] + counts[Verdict.HOLDS_ROUNDED]
    if not whole:
        return "Det finns inget att kontrollera än."
    if holds == whole:
        return f"Alla {whole} kontroller av papperens siffror stämmer."
    return (
        f"{holds} av {whole} kontroller stämmer. {counts[Verdict.FAILS]} stämmer inte och"
        f" {counts[Verdict.CANNOT_TELL]} går inte att avgöra."
    )
