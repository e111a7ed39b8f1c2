"""The controls of a monthly ledger: what it sums to against what the papers say."""

from __future__ import annotations

from collections.abc import Iterator

from gsn_dash.domain import operating
from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.checks.finding import Finding, Side, Verdict, compare
from gsn_dash.domain.figures import Figure, sources_of
from gsn_dash.domain.ledger import OUTCOME, Ledger
from gsn_dash.domain.ledger_rules import (
    ITEMS,
    booked,
    budgeted,
    has_any,
    is_from_ledger,
    period_months,
    year_months,
)
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Snapshot

_SPANS = (("period", "outcome"), ("period", "budget"), ("year", "budget"))


def check_ledger(snapshot: Snapshot) -> list[Finding]:
    """The papers' outcome and budget, of the whole and of activities, against the ledger's.

    A budget is compared only where the ledger has one. An outcome whose months are not all read
    cannot be told; of activities that nothing in the ledger is mapped to, that is said once.
    """
    ledger = snapshot.ledger
    if ledger is None:
        return []
    found, not_mapped = [], []
    for key, figure in _stated(snapshot):
        amount = _of_ledger(snapshot, ledger, key)
        if key.measure == "budget" and isinstance(amount, Unknown):
            continue
        if key.measure == OUTCOME and not has_any(ledger, OUTCOME, _activity(key)):
            not_mapped.append(figure)
        else:
            found.append(_finding(ledger, key, figure, amount))
    return [*found, *_not_mapped(ledger, not_mapped)]


def _not_mapped(ledger: Ledger, figures: list[Figure]) -> list[Finding]:
    """One finding of all the outcomes that the ledger has nothing of."""
    if not figures:
        return []
    places = tuple(dict.fromkeys(place for each in figures for place in sources_of(each)))
    subjects = tuple(dict.fromkeys(each.ref.split(":")[1] for each in figures))
    return [
        Finding(
            "not_mapped",
            "operating:not_mapped",
            Verdict.CANNOT_TELL,
            Side(None, places),
            Side(None, (ledger.source,)),
            None,
            {"subjects": subjects},
        )
    ]


def _stated(snapshot: Snapshot) -> Iterator[tuple[OperatingKey, Figure]]:
    """What the papers state of what a ledger has too: no figure that is from the ledger itself."""
    subjects = (TOTAL, *(each.key for each in snapshot.activities if not each.members))
    for subject in subjects:
        for item in ITEMS:
            for span, measure in _SPANS:
                key = OperatingKey(subject, item, span, measure)
                figure = operating.cell(snapshot, key)
                is_stated = not (figure.is_derived or figure.is_unknown)
                if is_stated and not is_from_ledger(snapshot, figure):
                    yield key, figure


def _of_ledger(snapshot: Snapshot, ledger: Ledger, key: OperatingKey) -> Amount:
    occasion = snapshot.occasion
    months = period_months(occasion) if key.span == "period" else year_months(occasion.year)
    if key.measure == "budget":
        return budgeted(ledger, months, key.item, _activity(key))
    return booked(ledger, months, (key.item,), _activity(key))


def _activity(key: OperatingKey) -> str | None:
    """Whose amounts of the ledger are meant; None for the whole."""
    return None if key.subject == TOTAL else key.subject


def _finding(ledger: Ledger, key: OperatingKey, figure: Figure, amount: Amount) -> Finding:
    tolerance = figure.precision / 2
    return Finding(
        "ledger",
        key.ref,
        compare(figure.amount, amount, tolerance),
        Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref),
        Side(amount, (ledger.source,)),
        tolerance,
        {"covered": max(ledger.covered, default=None)},
    )
