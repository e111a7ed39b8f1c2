"""What the activities, and the projects, come to together, against the total that is stated.

Only where every one of them is known: of a part that nothing is said of nothing can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gsn_dash.domain import investing, operating
from gsn_dash.domain.amounts import total_of
from gsn_dash.domain.checks.finding import Finding, Side, compare
from gsn_dash.domain.figures import Derivation, Figure, sources_of
from gsn_dash.domain.refs import OPERATING_MEASURES, TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Snapshot

_PARTS_OF_NET = frozenset(("revenue", "cost"))
_MEASURES = ("appropriation", "outcome", "forecast")
# What the totals themselves gave cannot be held against them.
_FROM_TOTALS = ("rest_of_total", "lost_digit", "year_ended")


def check_activities(snapshot: Snapshot) -> list[Finding]:
    """Every stated total of the operating budget, against all activities together.

    What follows from totals that are held already is left to them: a net where revenue and cost
    both are, a deviation where budget and result are.
    """
    findings = []
    for span, measures in OPERATING_MEASURES.items():
        held: dict[str, set[str]] = {measure: set() for measure in measures}
        for measure in measures:
            plan, result = (held[each] for each in measures[:2])
            for item in operating.ITEMS:
                follows = item == "net" and held[measure] >= _PARTS_OF_NET
                follows = follows or (measure == "deviation" and item in plan & result)
                found = None if follows else _of_activities(snapshot, item, span, measure)
                if found:
                    findings.append(found)
                if found or follows:
                    held[measure].add(item)
    return findings


def _of_activities(snapshot: Snapshot, item: str, span: str, measure: str) -> Finding | None:
    total = _stated(snapshot, OperatingKey(TOTAL, item, span, measure))
    parts = {a.key: OperatingKey(a.key, item, span, measure) for a in snapshot.activities}
    known = {
        name: figure
        for name, key in parts.items()
        if (figure := _stated(snapshot, key) or operating.derived_cell(snapshot, key))
        and not figure.is_unknown
    }
    # A group says nothing more where all its members are known, and else stands in their place.
    groups = {a.key: a.members for a in snapshot.activities if a.members}
    told = {name for name, members in groups.items() if not known.keys() >= set(members)}
    covered = {member for name in told & known.keys() for member in groups[name]}
    singles = [a.key for a in snapshot.activities if not a.members]
    if not all(name in known or name in covered for name in singles):
        return None
    chosen = [
        figure
        for name, figure in known.items()
        if name not in covered and (name in told or name not in groups)
    ]
    return _held("activities_sum", total, chosen)


def _stated(snapshot: Snapshot, key: OperatingKey) -> Figure | None:
    return snapshot.operating.get(key) or snapshot.totals.get(key.ref)


def check_projects(snapshot: Snapshot) -> list[Finding]:
    """The stated totals of the investment money, against all projects together.

    What is left is held by `investments.check_left`.
    """
    found = investing.portfolio(snapshot)
    findings = []
    for measure in _MEASURES:
        parts = [getattr(row, measure) for row in found.rows]
        total = getattr(found.total, measure)
        if any(part.is_unknown or _is_from_totals(part) for part in (*parts, total)):
            continue
        findings.append(_held("projects_sum", total, parts))
    return [finding for finding in findings if finding]


def _is_from_totals(figure: Figure) -> bool:
    return isinstance(figure.origin, Derivation) and figure.origin.rule in _FROM_TOTALS


def _held(rule: str, total: Figure | None, parts: Sequence[Figure]) -> Finding | None:
    """The comparison; None where there is no known total, or nothing to hold it against."""
    if total is None or total.is_unknown or not sources_of(total) or len(parts) < 2:
        return None
    amount = total_of(part.amount for part in parts).amount
    tolerance = sum((figure.precision for figure in (total, *parts)), Decimal(0)) / 2
    places = tuple(dict.fromkeys(place for part in parts for place in sources_of(part)))
    stated = Side(total.amount, sources_of(total), total.printed, ref=total.ref)
    verdict = compare(total.amount, amount, tolerance)
    about = {"parts": tuple(parts)}
    return Finding(rule, total.ref, verdict, stated, Side(amount, places), tolerance, about)
