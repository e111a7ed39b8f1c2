"""Every control, in the order that a reader cares: what does not hold first."""

from __future__ import annotations

from collections import Counter

from gsn_dash.domain.checks import money, papers, published
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.snapshot import Snapshot

CONTROLS = (
    published.check_swapped,
    published.check_claims,
    published.check_totals,
    published.check_restated,
    money.check_no_deviation,
    money.check_unexplained,
    money.check_codes,
    money.check_lost_digits,
    money.check_left,
    money.check_keys,
    money.check_sums_with_unknown,
    money.check_years,
    papers.check_tables,
    papers.check_registry_numbers,
    papers.check_flags,
    papers.check_appendices,
)
_ORDER = (Verdict.FAILS, Verdict.CANNOT_TELL, Verdict.HOLDS_ROUNDED, Verdict.HOLDS)


def run_controls(snapshot: Snapshot) -> tuple[Finding, ...]:
    """All findings; those of one verdict stay in the order of the controls."""
    found = [finding for control in CONTROLS for finding in control(snapshot)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.verdict)))


def count_verdicts(findings: tuple[Finding, ...]) -> Counter[Verdict]:
    """How many controls came out how."""
    return Counter(finding.verdict for finding in findings)
