"""What the figures say together that no paper says: unexplained, unread, unlike its own rule."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gsn_dash.domain import bridge, operating
from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Finding, Side, Verdict, compare
from gsn_dash.domain.collaborating import (
    KeySplit,
    bill,
    by_amount,
    key_split,
    payers,
    ratio_range,
    rule_ratio,
    stated_ratio,
)
from gsn_dash.domain.figures import Figure, SourceRef, sources_of
from gsn_dash.domain.refs import TOTAL, ContributionKey, OperatingKey
from gsn_dash.domain.snapshot import Snapshot


def check_unexplained(snapshot: Snapshot) -> list[Finding]:
    """The part of each item's deviation that the papers explain with nothing."""
    findings = []
    for item in ("revenue", "cost"):
        rest = bridge.unexplained(snapshot, item)
        whole = operating.line(snapshot, item, "period").deviation
        if rest.is_unknown or abs(rest.money).kr <= rest.precision / 2:
            continue
        explained = bridge.explanations(snapshot, item)
        about = {"item": item, "whole": whole, "explained": explained}
        findings.append(
            Finding(
                "unexplained",
                rest.ref,
                Verdict.CANNOT_TELL,
                Side(whole.amount, sources_of(whole), whole.printed, ref=whole.ref),
                Side(rest.amount, sources_of(rest), ref=rest.ref),
                rest.precision / 2,
                about,
            )
        )
    return findings


def check_no_deviation(snapshot: Snapshot) -> list[Finding]:
    """A sentence that nothing deviates at year-end, against each figure that does."""
    claims = [c for c in snapshot.claims_about("forecast:no_deviation") if c.value is True]
    if not claims:
        return []
    stated = Side(None, tuple(claim.source for claim in claims), ref=claims[0].ref)
    return [
        Finding(
            "no_deviation",
            figure.ref,
            Verdict.FAILS,
            stated,
            Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref),
            None,
            {"subject": key.subject, "item": key.item},
        )
        for key, figure in _year_deviations(snapshot).items()
        if not figure.is_unknown and abs(figure.money).kr > figure.precision / 2
    ]


def _year_deviations(snapshot: Snapshot) -> dict[OperatingKey, Figure]:
    """The deviations at year-end: of net, revenue and cost, and what is said of activities."""
    items = ("net", "revenue", "cost")
    whole = {
        OperatingKey(TOTAL, item, "year", "deviation"): (
            operating.line(snapshot, item, "year").deviation
        )
        for item in items
    }
    activities = {
        key: figure
        for key, figure in snapshot.operating.items()
        if key.subject != TOTAL and (key.span, key.measure) == ("year", "deviation")
    }
    return {**whole, **activities}


def check_keys(snapshot: Snapshot) -> list[Finding]:
    """A stated split against the allocation key, and against every weight the key could have."""
    findings = []
    for collaboration in snapshot.allocation_keys:
        split = key_split(snapshot, collaboration)
        if split is None or not split.by_rule or len(split.stated) < 2:
            continue
        findings.append(_key_finding(snapshot, collaboration, split))
    return findings


def _key_finding(snapshot: Snapshot, collaboration: str, split: KeySplit) -> Finding:
    """Every payer against the rule; the sides are those of the payer that differs the most."""
    step = sum((figure.precision for figure in split.stated.values()), Decimal(0))
    excess = {code: _beyond(split, code, step) for code in by_amount(split)}
    worst = max(excess, key=lambda code: excess[code])
    stated, by_rule = split.stated[worst], split.by_rule[worst]
    tolerance = (step + stated.precision) / 2
    return Finding(
        "key",
        ContributionKey(collaboration, worst).ref,
        compare(stated.amount, by_rule.amount, tolerance),
        Side(stated.amount, tuple(_places(split.stated.values())), stated.printed, ref=stated.ref),
        Side(by_rule.amount, (split.key.source,), ref=by_rule.ref),
        tolerance,
        _about_key(snapshot, split),
    )


def _beyond(split: KeySplit, code: str, step: Decimal) -> Decimal:
    """How far a payer is from the rule beyond what rounding explains, in kr."""
    stated = split.stated[code]
    distance = abs(stated.money - split.by_rule[code].money).kr
    return distance - (step + stated.precision) / 2


def _about_key(snapshot: Snapshot, split: KeySplit) -> dict[str, Any]:
    """What the sentence needs: all payers, and how the two largest stand to each other."""
    codes = by_amount(split)
    first, second = codes[:2]
    return {
        "collaboration": split.key.collaboration,
        "payers": codes,
        "split": split,
        "stated_ratio": stated_ratio(split, first, second),
        "rule_ratio": rule_ratio(split, first, second),
        "ratio_range": ratio_range(snapshot, split, first, second),
    }


def _places(figures: Iterable[Figure]) -> list[SourceRef]:
    return [place for figure in figures for place in sources_of(figure)]


def check_sums_with_unknown(snapshot: Snapshot) -> list[Finding]:
    """A municipality's bill with an unknown in it: the sum is at least what is known."""
    findings = []
    for code in payers(snapshot):
        found = bill(snapshot, code)
        if not found.total.missing:
            continue
        missing = tuple(row for row in found.rows if row.figure.is_unknown)
        printed = found.published
        stated = (
            Side(printed.amount, sources_of(printed), printed.printed, ref=printed.ref)
            if printed
            else Side(None, ())
        )
        side = Side(Unknown("en uppgift saknas"), tuple(_places(row.figure for row in missing)))
        about = {"municipality": code, "total": found.total, "missing": missing}
        ref = ContributionKey(TOTAL, code).ref
        findings.append(
            Finding("unknown_in_sum", ref, Verdict.CANNOT_TELL, stated, side, None, about)
        )
    return findings


def check_years(snapshot: Snapshot) -> list[Finding]:
    """A printed sum over contributions of different, or unnamed, years."""
    findings = []
    for code in payers(snapshot):
        found = bill(snapshot, code)
        if len(found.years) < 2 or found.published is None or found.published.is_unknown:
            continue
        places = sources_of(found.published)
        rows = tuple(_places(row.figure for row in found.rows))
        about = {"municipality": code, "rows": found.rows, "years": found.years}
        stated = Side(
            found.published.amount, places, found.published.printed, ref=found.published.ref
        )
        findings.append(
            Finding(
                "years_mixed",
                found.published.ref,
                Verdict.CANNOT_TELL,
                stated,
                Side(None, rows),
                None,
                about,
            )
        )
    return findings
