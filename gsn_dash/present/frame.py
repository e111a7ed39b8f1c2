"""What the frame of every page says: occasion, controls, and how old the figures are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.findings import VERDICTS
from gsn_dash.present.names import name_followed, name_period
from gsn_dash.present.numbers import SPACE, format_day, format_moment

EARLIER = "Ett tidigare tillfälle visas"
_ORDER = (Verdict.HOLDS, Verdict.HOLDS_ROUNDED, Verdict.FAILS, Verdict.CANNOT_TELL)


def describe_occasion(occasion: Occasion) -> str:
    """ "Uppföljning tillfälle 2, 2023 · januari–april 2023 · möte 8 maj 2023"."""
    return f"{name_followed(occasion)} · {describe_rest(occasion)}"


def describe_rest(occasion: Occasion) -> str:
    """What stands after the occasion's name: "januari–april 2023 · möte 8 maj 2023"."""
    return f"{name_period(occasion)} · möte {format_day(occasion.meeting_on)}"


def describe_banner(problem: str, read_at: datetime | None) -> str:
    """Why the figures may be old, and from when they are."""
    since = f" Siffrorna nedan är från {format_moment(read_at)}." if read_at else ""
    return f"{problem}{since}"


def describe_update(moment: datetime) -> str:
    """That the page has got new figures by itself; the moment in the reader's own zone."""
    return f"Siffrorna uppdaterades kl.{SPACE}{moment:%H:%M} utan att sidan laddades om."


def describe_foot(snapshot: Snapshot, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Where the figures are from, and how many controls hold."""
    papers = [d.title for d in snapshot.documents.values() if d.kind == "kallelse"]
    source = f"Källa: {', '.join(papers)}." if papers else ""
    return tuple(
        line for line in (source, f"Kontroll av siffrorna: {describe_counts(findings)}.") if line
    )


def describe_counts(findings: Sequence[Finding]) -> str:
    """ "36 stämmer, 2 stämmer efter avrundning, 8 stämmer inte, 9 går inte att avgöra"."""
    counts = count_verdicts(tuple(findings))
    said = ", ".join(f"{counts[v]} {VERDICTS[v]}" for v in _ORDER if counts[v])
    return said or "inget att kontrollera än"
