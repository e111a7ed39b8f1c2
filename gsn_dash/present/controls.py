"""What the page of controls says as a whole."""

from __future__ import annotations

from collections import Counter

from gsn_dash.domain.checks.finding import Verdict

# Heading of each verdict's section, in the order of the page.
SECTIONS = {
    Verdict.FAILS: "Stämmer inte",
    Verdict.CANNOT_TELL: "Går inte att avgöra",
    Verdict.HOLDS_ROUNDED: "Stämmer efter avrundning",
    Verdict.HOLDS: "Stämmer",
}


_ONLY = {
    Verdict.HOLDS: "I den enda kontrollen stämmer papperens siffror.",
    Verdict.HOLDS_ROUNDED: "I den enda kontrollen stämmer papperens siffror, efter avrundning.",
    Verdict.FAILS: "I den enda kontrollen stämmer papperens siffror inte.",
    Verdict.CANNOT_TELL: "Den enda kontrollen går inte att avgöra.",
}


def controls_message(counts: Counter[Verdict]) -> str:
    """How far the papers can be trusted, in one sentence."""
    whole = sum(counts.values())
    holds = counts[Verdict.HOLDS] + counts[Verdict.HOLDS_ROUNDED]
    if not whole:
        return "Det finns inget att kontrollera än."
    if whole == 1:
        return _ONLY[next(verdict for verdict, count in counts.items() if count)]
    if holds == whole:
        return f"I alla {whole} kontroller stämmer papperens siffror."
    rounded = counts[Verdict.HOLDS_ROUNDED]
    note = f" ({rounded} av dem efter avrundning)" if rounded else ""
    fails, unsure = counts[Verdict.FAILS], counts[Verdict.CANNOT_TELL]
    rest = [f"I {fails} stämmer de inte"] if fails else []
    rest += [f"{unsure} går inte att avgöra"] if unsure else []
    return (
        f"I {holds} av {whole} kontroller stämmer papperens siffror{note}. {', och '.join(rest)}."
    )
