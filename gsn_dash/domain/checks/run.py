"""Every control, in the order that a reader cares: what does not hold first."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable

from gsn_dash.domain.checks import (
    arithmetic,
    investments,
    ledger,
    money,
    papers,
    published,
    sums,
)
from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.snapshot import Snapshot

_log = logging.getLogger(__name__)
Control = Callable[[Snapshot], list[Finding]]

CONTROLS: tuple[Control, ...] = (
    published.check_swapped,
    published.check_claims,
    published.check_totals,
    published.check_restated,
    arithmetic.check_nets,
    arithmetic.check_deviations,
    arithmetic.check_closing,
    sums.check_activities,
    money.check_no_deviation,
    money.check_unexplained,
    ledger.check_ledger,
    investments.check_codes,
    investments.check_lost_digits,
    sums.check_projects,
    investments.check_left,
    investments.check_balances,
    investments.check_rest,
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
    found = [finding for control in CONTROLS for finding in _run(control, snapshot)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.verdict)))


def _run(control: Control, snapshot: Snapshot) -> list[Finding]:
    """A control's findings. One that breaks says so and takes nothing else with it."""
    try:
        return control(snapshot)
    except Exception:
        name = control.__name__
        _log.exception("the control %s broke", name)
        nowhere = Side(None, ())
        ref = f"control:{name}"
        return [Finding("broken_control", ref, Verdict.CANNOT_TELL, nowhere, nowhere)]


def count_verdicts(findings: tuple[Finding, ...]) -> Counter[Verdict]:
    """How many controls came out how."""
    return Counter(finding.verdict for finding in findings)
