"""The stated totals that their own parts contradict, so that nobody is told them alone."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.amounts import Amount
from gsn_dash.domain.checks.finding import Verdict, compare
from gsn_dash.domain.checks.investments import check_rest
from gsn_dash.domain.checks.sums import check_activities, check_projects
from gsn_dash.domain.figures import Derivation, Figure
from gsn_dash.domain.operating import spans_of
from gsn_dash.domain.quantities import derived
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Contradiction:
    """A total as it is stated, and what its parts give instead.

    `parts` says which: "rule" (revenue and cost, result and budget), "activities",
    "projects", or "named": the projects that have names are more than all together.
    `is_rounding` is that rounding could explain it, had not a part been changed after the total.
    """

    figure: Figure
    by_parts: Amount
    parts: str
    is_rounding: bool = False


def headline_refs(snapshot: Snapshot, area: str) -> tuple[str, ...]:
    """The totals that the message of an area states: operating, investment or collaboration."""
    if area == "operating":
        spans = spans_of(snapshot)
        return tuple(OperatingKey(TOTAL, "net", span, "deviation").ref for span in spans)
    if area == "investment":
        measures = ("appropriation", "outcome", "forecast")
        return tuple(InvestmentKey(TOTAL, measure).ref for measure in measures)
    payers = dict.fromkeys(key.municipality for key in snapshot.contributions)
    return tuple(ContributionKey(TOTAL, payer).ref for payer in payers)


def contradictions(snapshot: Snapshot, refs: tuple[str, ...]) -> tuple[Contradiction, ...]:
    """Those of the stated totals `refs` that their parts do not give; each once, in order.

    What rounding explains is none, unless a part has been changed and the total has not: then
    the total was printed of other parts.
    """
    stated = {ref: figure for ref in refs if (figure := _stated(snapshot, ref)) is not None}
    found = [_ruled(snapshot, figure) for figure in stated.values()]
    others = (*_summed(snapshot), *_exceeded(snapshot))
    found += [each for each in others if each.figure.ref in stated]
    first: dict[str, Contradiction] = {}
    for each in found:
        if each is not None:
            first.setdefault(each.figure.ref, each)
    return tuple(first[ref] for ref in refs if ref in first)


def _stated(snapshot: Snapshot, ref: str) -> Figure | None:
    """What a paper, or a person, states for a name; None for nothing, or for what is unknown."""
    groups = (snapshot.operating, snapshot.investments)
    known = {key.ref: figure for group in groups for key, figure in group.items()}
    figure = known.get(ref) or snapshot.totals.get(ref)
    return None if figure is None or figure.is_unknown or figure.is_derived else figure


def _ruled(snapshot: Snapshot, figure: Figure) -> Contradiction | None:
    other = derived(snapshot, figure.ref)
    if other is None or other.is_unknown:
        return None
    verdict = compare(figure.amount, other.amount, (figure.precision + other.precision) / 2)
    is_rounding = verdict is Verdict.HOLDS_ROUNDED
    # The sums of collaborations that are shown are what the parts give, whatever is changed.
    if is_rounding and (_is_bill(figure) or not _is_left_behind(snapshot, figure, other)):
        return None
    if verdict is Verdict.HOLDS:
        return None
    return Contradiction(figure, other.amount, "rule", is_rounding)


def _is_bill(figure: Figure) -> bool:
    return figure.ref.startswith("collaboration")


def _is_left_behind(snapshot: Snapshot, figure: Figure, by_parts: Figure) -> bool:
    """Whether a part has been changed since it was first read in, and the total has not."""
    changed = {each.ref for each in (*snapshot.put_right, *snapshot.replaced)}
    return figure.ref not in changed and not changed.isdisjoint(_behind(by_parts))


def _behind(figure: Figure) -> list[str]:
    if not isinstance(figure.origin, Derivation):
        return [figure.ref]
    return [ref for part in figure.origin.inputs for ref in _behind(part)]


def _summed(snapshot: Snapshot) -> list[Contradiction]:
    """The totals that the activities, or the projects, do not come to together."""
    checks = {"activities": check_activities(snapshot), "projects": check_projects(snapshot)}
    return [
        Contradiction(stated, each.found.amount, parts)
        for parts, findings in checks.items()
        for each in findings
        if each.verdict is Verdict.FAILS and (stated := _stated(snapshot, each.ref)) is not None
    ]


def _exceeded(snapshot: Snapshot) -> list[Contradiction]:
    """The totals that leave less than nothing for the projects that no paper names."""
    found = []
    for each in check_rest(snapshot):
        total = _stated(snapshot, InvestmentKey(TOTAL, each.about["fault"]).ref)
        if each.verdict is Verdict.FAILS and total is not None:
            rest = getattr(each.about["row"], each.about["fault"])
            found.append(Contradiction(total, total.money - rest.money, "named"))
    return found
