"""What the figures say together that no paper says: unexplained, unread, unlike its own rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gsn_dash.domain import investing, operating
from gsn_dash.domain.amounts import ZERO, Unknown, total_of
from gsn_dash.domain.checks.finding import Finding, Side, Verdict, compare
from gsn_dash.domain.collaborating import KeySplit, bill, key_split, payers, ratio_range
from gsn_dash.domain.figures import Figure, SourceRef, sources_of
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.snapshot import Snapshot


def check_unexplained(snapshot: Snapshot) -> list[Finding]:
    """The part of each item's deviation that the papers explain with nothing."""
    findings = []
    for item in ("revenue", "cost"):
        rest = operating.unexplained(snapshot, item)
        whole = operating.line(snapshot, item, "period").deviation
        if rest.is_unknown or abs(rest.money).kr <= rest.precision / 2:
            continue
        explained = operating.explanations(snapshot, item)
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
    """A sentence that nothing deviates at year-end, against an activity that is said to."""
    claims = [c for c in snapshot.claims_about("forecast:no_deviation") if c.value is True]
    findings = []
    for key, figure in snapshot.operating.items():
        deviates = key.subject != TOTAL and key.span == "year" and key.measure == "deviation"
        if not deviates or figure.is_unknown or figure.money == ZERO or not claims:
            continue
        stated = Side(None, (claims[-1].source,), ref=claims[-1].ref)
        found = Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref)
        about = {"subject": key.subject}
        findings.append(
            Finding("no_deviation", figure.ref, Verdict.FAILS, stated, found, None, about)
        )
    return findings


def check_codes(snapshot: Snapshot) -> list[Finding]:
    """A project code that stands for more than one project."""
    holders = defaultdict(list)
    for project in snapshot.projects:
        for code in project.codes:
            holders[code].append(project)
    findings = []
    for code, projects in sorted(holders.items()):
        if len(projects) < 2:
            continue
        places = tuple(
            figure.origin
            for project in projects
            for key, figure in snapshot.investments.items()
            if key.project == project.key and figure.printed and not figure.is_derived
        )
        stated = Side(None, places, code)
        found = Side(None, (), code)
        about = {"code": code, "projects": tuple(projects)}
        findings.append(
            Finding("code_twice", f"code:{code}", Verdict.FAILS, stated, found, None, about)
        )
    return findings


def check_lost_digits(snapshot: Snapshot) -> list[Finding]:
    """An amount whose first digit is lost: solved from the totals, or not."""
    findings = []
    for lost in investing.portfolio(snapshot).lost:
        solution = lost.solution
        amount = solution.appropriation if solution else Unknown("flera siffror är möjliga")
        stated = Side(lost.printed.amount, sources_of(lost.printed), lost.printed.printed)
        total = investing.total_row(snapshot)
        places = (*sources_of(total.appropriation), *sources_of(total.forecast))
        found = Side(amount, places, ref=lost.printed.ref)
        about = {"lost": lost}
        findings.append(
            Finding("lost_digit", lost.printed.ref, Verdict.CANNOT_TELL, stated, found, None, about)
        )
    return findings


def check_left(snapshot: Snapshot) -> list[Finding]:
    """What is left of the named projects, summed, against what the whole forecast leaves."""
    found = investing.portfolio(snapshot)
    named = [row.left for row in found.rows if not row.project.is_rest]
    published = snapshot.totals.get("investment:total:forecast_deviation")
    if not named or published is None or published.is_unknown:
        return []
    amount = total_of(figure.amount for figure in named).amount
    precision = sum(figure.precision for figure in named) + published.precision
    stated = Side(-published.money, sources_of(published), published.printed, ref=published.ref)
    places = tuple(dict.fromkeys(place for figure in named for place in sources_of(figure)))
    side = Side(amount, places, ref=found.total.left.ref)
    verdict = compare(stated.amount, amount, precision / 2)
    about = {"solved": bool(found.lost)}
    return [Finding("left", published.ref, verdict, stated, side, precision / 2, about)]


def check_keys(snapshot: Snapshot) -> list[Finding]:
    """A stated split against the allocation key, and against every weight the key could have."""
    findings = []
    for collaboration in snapshot.allocation_keys:
        split = key_split(snapshot, collaboration)
        if split is None or not split.by_rule or len(split.stated) < 2:
            continue
        first, second = sorted(split.stated, reverse=True)[:2]
        findings.append(_key_finding(snapshot, collaboration, split, first, second))
    return findings


def _key_finding(
    snapshot: Snapshot, collaboration: str, split: KeySplit, first: str, second: str
) -> Finding:
    stated, by_rule = split.stated[first], split.by_rule[first]
    others = sum((figure.precision for figure in split.stated.values()), stated.precision)
    verdict = compare(stated.amount, by_rule.amount, others / 2)
    low, high = ratio_range(snapshot, split, first, second)
    about = {
        "collaboration": collaboration,
        "first": first,
        "second": second,
        "split": split,
        "ratio_range": (low, high),
    }
    return Finding(
        "key",
        ContributionKey(collaboration, first).ref,
        verdict,
        Side(stated.amount, tuple(_places(split.stated.values())), stated.printed, ref=stated.ref),
        Side(by_rule.amount, (split.key.source,), ref=by_rule.ref),
        others / 2,
        about,
    )


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
