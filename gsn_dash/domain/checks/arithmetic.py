"""The arithmetic of the operating budget: nets, deviations, and a year that is over.

A net or deviation that came with its own parts is a printed total (`published.check_totals`); one
that came alone, as from a table of nets, is a figure in force, and is held against the rest here.
"""

from __future__ import annotations

from decimal import Decimal

from gsn_dash.domain import operating
from gsn_dash.domain.amounts import Amount, deviation_of, total_of
from gsn_dash.domain.checks.finding import Finding, Side, compare
from gsn_dash.domain.figures import Figure, SourceRef, sources_of
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot

_PARTS_OF_NET = ("revenue", "cost")
# What of a whole year must be the same, once the period is that year.
_CLOSED = (("budget", "budget"), ("outcome", "forecast"))


def check_nets(snapshot: Snapshot) -> list[Finding]:
    """Every net in force that was stated, of whole and parts, against revenue plus cost."""
    findings = []
    for key, figure in _stated(snapshot).items():
        if key.item != "net" or key.measure == "deviation":
            continue
        keys = [OperatingKey(key.subject, item, key.span, key.measure) for item in _PARTS_OF_NET]
        parts = [operating.cell(snapshot, part) for part in keys]
        if all(map(_is_said, parts)):
            amount = total_of(part.amount for part in parts).amount
            findings.append(_held("net", figure, amount, parts))
    return findings


def check_deviations(snapshot: Snapshot) -> list[Finding]:
    """Every deviation in force that was stated, against outcome or forecast less budget."""
    findings = []
    for key, figure in _stated(snapshot).items():
        if key.measure != "deviation":
            continue
        measures = (operating.RESULT_OF[key.span], "budget")
        keys = [OperatingKey(key.subject, key.item, key.span, measure) for measure in measures]
        parts = [operating.cell(snapshot, part) for part in keys]
        if all(map(_is_said, parts)):
            amount = deviation_of(parts[0].amount, parts[1].amount)
            findings.append(_held("deviation", figure, amount, parts))
    return findings


def check_closing(snapshot: Snapshot) -> list[Finding]:
    """Of a whole year the period's budget is the year's, and the forecast is the outcome.

    Nets are left to their parts, where those are stated.
    """
    if snapshot.occasion.months_left:
        return []
    findings = []
    for key, figure in _stated(snapshot).items():
        for of_period, of_year in _CLOSED:
            if (key.span, key.measure) != ("period", of_period) or _has_parts(snapshot, key):
                continue
            year = snapshot.operating.get(OperatingKey(key.subject, key.item, "year", of_year))
            if year is not None and not year.is_unknown:
                findings.append(_compare_spans(figure, year))
    return findings


def _stated(snapshot: Snapshot) -> dict[OperatingKey, Figure]:
    """The figures that are no printed totals, and known."""
    return {key: each for key, each in snapshot.operating.items() if not each.is_unknown}


def _is_said(figure: Figure) -> bool:
    """Whether any paper says something of it, be it that it is unknown."""
    return bool(sources_of(figure))


def _has_parts(snapshot: Snapshot, key: OperatingKey) -> bool:
    keys = [OperatingKey(key.subject, item, key.span, key.measure) for item in _PARTS_OF_NET]
    return key.item == "net" and all(part in snapshot.operating for part in keys)


def _held(rule: str, figure: Figure, amount: Amount, parts: list[Figure]) -> Finding:
    tolerance = sum((each.precision for each in (figure, *parts)), Decimal(0)) / 2
    side = Side(amount, _places(parts))
    verdict = compare(figure.amount, amount, tolerance)
    return Finding(rule, figure.ref, verdict, _side(figure), side, tolerance)


def _compare_spans(period: Figure, year: Figure) -> Finding:
    """Printed equally finely they are the same to the digit."""
    is_alike = period.precision == year.precision
    tolerance = Decimal(0) if is_alike else max(period.precision, year.precision) / 2
    verdict = compare(year.amount, period.amount, tolerance)
    return Finding("closing", year.ref, verdict, _side(year), _side(period), tolerance)


def _side(figure: Figure) -> Side:
    return Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref)


def _places(figures: list[Figure]) -> tuple[SourceRef, ...]:
    return tuple(dict.fromkeys(place for figure in figures for place in sources_of(figure)))
