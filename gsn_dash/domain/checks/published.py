"""Published totals against their parts, claims against figures, and one figure printed twice."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from gsn_dash.domain.amounts import Unknown, ratio_of
from gsn_dash.domain.checks.finding import Finding, Side, Verdict, compare, compare_decimals
from gsn_dash.domain.collaborating import are_different_years
from gsn_dash.domain.figures import Figure, sources_of
from gsn_dash.domain.quantities import derived, in_force, ratio
from gsn_dash.domain.snapshot import Claim, Snapshot


def check_totals(snapshot: Snapshot) -> list[Finding]:
    """Every total that a paper prints, against what its parts give.

    A total that is unknown on both sides is met by the control of sums with unknowns.
    """
    findings = []
    for total in snapshot.totals.values():
        parts = derived(snapshot, total.ref)
        if parts is None:
            findings.append(_without_figure("total", total.ref, _side(total)))
        elif not (total.is_unknown and parts.is_unknown):
            tolerance = (total.precision + parts.precision) / 2
            findings.append(_compared("total", total.ref, _side(total), _side(parts), tolerance))
    return findings


def check_claims(snapshot: Snapshot) -> list[Finding]:
    """Every amount or share that a sentence states, against the figure in force."""
    swapped = {id(claim) for pair in swapped_claims(snapshot) for claim in pair}
    findings = []
    for claim in snapshot.claims:
        if claim.kind == "percent":
            findings.append(_check_ratio(snapshot, claim))
        elif claim.kind == "money" and id(claim) not in swapped:
            findings.append(_check_money(snapshot, claim))
    return findings


def _check_money(snapshot: Snapshot, claim: Claim) -> Finding:
    figure = in_force(snapshot, claim.ref)
    if figure is None or not sources_of(figure):
        return _without_figure("claim", claim.ref, _claimed(claim))
    tolerance = _print_tolerance(claim.precision, figure)
    return _compared("claim", claim.ref, _claimed(claim), _side(figure), tolerance)


def _print_tolerance(step: Decimal, figure: Figure) -> Decimal:
    """How far a figure may be from the same figure printed in another place, in steps of `step`.

    Printed as finely in both places it must be the same to the digit; printed more coarsely in
    one, it may be off by half of that step. A derived figure has the rounding of its parts.
    """
    if figure.is_derived:
        return (step + figure.precision) / 2
    return Decimal(0) if step == figure.precision else max(step, figure.precision) / 2


def _check_ratio(snapshot: Snapshot, claim: Claim) -> Finding:
    stated = Side(None, (claim.source,), claim.printed, claim.value, claim.ref)
    pair = ratio(snapshot, claim.ref)
    if pair is None:
        return _without_figure("share", claim.ref, stated)
    part, whole = pair
    value, spread = ratio_of(part.amount, whole.amount), ratio_spread(part, whole)
    found = Side(None, (*sources_of(part), *sources_of(whole)), ratio=value, ref=claim.ref)
    about = {"part": part, "whole": whole}
    if value is None or spread is None:
        return Finding("share", claim.ref, Verdict.CANNOT_TELL, stated, found, about=about)
    tolerance = claim.precision / 2 + spread
    verdict = compare_decimals(claim.value, value, tolerance)
    return Finding("share", claim.ref, verdict, stated, found, tolerance, about)


def ratio_spread(part: Figure, whole: Figure) -> Decimal | None:
    """How far part ÷ whole can be off for the rounding of the two, either way.

    None where one of them is unknown, or the whole is so coarse that it may be nothing.
    """
    if part.is_unknown or whole.is_unknown or whole.money.kr <= whole.precision / 2:
        return None
    value = part.money.kr / whole.money.kr
    ends = [
        (part.money.kr + a * part.precision / 2) / (whole.money.kr + b * whole.precision / 2)
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    return max(abs(end - value) for end in ends)


def check_swapped(snapshot: Snapshot) -> list[Finding]:
    """Two claims in one section that each fit the other's quantity and not their own."""
    findings = []
    for first, second in swapped_claims(snapshot):
        figure = in_force(snapshot, first.ref)
        about = {
            "other_ref": second.ref,
            "other_stated": second.value,
            "other_found": in_force(snapshot, second.ref).amount,
        }
        stated = Side(first.amount, (first.source, second.source), first.printed, ref=first.ref)
        other = in_force(snapshot, second.ref)
        places = tuple(dict.fromkeys((*sources_of(figure), *sources_of(other))))
        found = Side(figure.amount, places, figure.printed, ref=figure.ref)
        tolerance = _print_tolerance(first.precision, figure)
        findings.append(
            Finding("swapped", first.ref, Verdict.FAILS, stated, found, tolerance, about)
        )
    return findings


def swapped_claims(snapshot: Snapshot) -> list[tuple[Claim, Claim]]:
    """The pairs of claims that have changed places."""
    money = [claim for claim in snapshot.claims if claim.amount is not None]
    return [
        (first, second)
        for first, second in combinations(money, 2)
        if first.ref != second.ref
        and (first.source.document, first.source.section)
        == (second.source.document, second.source.section)
        and _fits(snapshot, first, second.ref)
        and _fits(snapshot, second, first.ref)
        and not _fits(snapshot, first, first.ref)
        and not _fits(snapshot, second, second.ref)
    ]


def _fits(snapshot: Snapshot, claim: Claim, ref: str) -> bool:
    figure = in_force(snapshot, ref)
    if figure is None:
        return False
    tolerance = _print_tolerance(claim.precision, figure)
    return compare(claim.value, figure.amount, tolerance) in (
        Verdict.HOLDS,
        Verdict.HOLDS_ROUNDED,
    )


def check_restated(snapshot: Snapshot) -> list[Finding]:
    """A contribution that stands in several places, against the one in force.

    Amounts of different named years are different facts, and so cannot contradict each other.
    """
    findings = []
    for other in snapshot.restated:
        stands = snapshot.contributions.get(other.key)
        if stands is None or (stands.figure.is_unknown and other.figure.is_unknown):
            continue
        stated, found = _side(other.figure), _side(stands.figure)
        if are_different_years(stands, other):
            about = {"years": (other.year, stands.year)}
            findings.append(
                Finding("other_year", found.ref, Verdict.CANNOT_TELL, stated, found, about=about)
            )
            continue
        tolerance = _print_tolerance(other.figure.precision, stands.figure)
        findings.append(_compared("restated", found.ref, stated, found, tolerance))
    return findings


def _compared(rule: str, ref: str, stated: Side, found: Side, tolerance: Decimal) -> Finding:
    verdict = compare(stated.amount, found.amount, tolerance)
    return Finding(rule, ref, verdict, stated, found, tolerance)


def _without_figure(rule: str, ref: str, stated: Side) -> Finding:
    """A statement of something that the papers' figures do not hold: it must not vanish."""
    missing = Side(Unknown("uppgiften finns inte i papperen"), ())
    return Finding(rule, ref, Verdict.CANNOT_TELL, stated, missing, about={"without_figure": True})


def _side(figure: Figure) -> Side:
    return Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref)


def _claimed(claim: Claim) -> Side:
    return Side(claim.amount, (claim.source,), claim.printed, ref=claim.ref)
