"""Printed nets, deviations and sums that stand as printed though a part of them is put right."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.domain.amounts import Amount
from gsn_dash.domain.checks.sums import check_activities, check_projects
from gsn_dash.domain.figures import Derivation, Figure
from gsn_dash.domain.quantities import derived
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Outdated:
    """A figure as printed, what its parts now give, and which of those a person has put right."""

    figure: Figure
    by_parts: Amount
    put_right: tuple[str, ...]


def outdated(snapshot: Snapshot) -> tuple[Outdated, ...]:
    """The printed figures that their parts no longer give, in the papers' order; each once.

    Sums of collaborations are left out: what is shown of them is what their parts give.
    """
    right = {each.ref for each in snapshot.put_right}
    if not right:
        return ()
    stated = (*snapshot.operating.values(), *snapshot.investments.values())
    stated += tuple(f for f in snapshot.totals.values() if not f.ref.startswith("collaboration"))
    summed = _summed(snapshot)
    found: dict[str, Outdated] = {}
    for figure in stated:
        if figure.ref in right or figure.is_unknown:
            continue
        for amount, parts in (*_ruled(snapshot, figure), *summed.get(figure.ref, ())):
            told = tuple(ref for ref in parts if ref in right)
            if told and amount != figure.amount:
                found.setdefault(figure.ref, Outdated(figure, amount, told))
    return tuple(found.values())


_ByParts = tuple[Amount, tuple[str, ...]]


def _ruled(snapshot: Snapshot, figure: Figure) -> tuple[_ByParts, ...]:
    """What the figure's own rule gives, and the names of all that it rests on."""
    other = derived(snapshot, figure.ref)
    if other is None or other.is_unknown or not other.is_derived:
        return ()
    return ((other.amount, tuple(dict.fromkeys(_behind(other)))),)


def _behind(figure: Figure) -> list[str]:
    if not isinstance(figure.origin, Derivation):
        return [figure.ref]
    return [ref for part in figure.origin.inputs for ref in _behind(part)]


def _summed(snapshot: Snapshot) -> dict[str, tuple[_ByParts, ...]]:
    """What the activities, and the projects, give together for each total."""
    findings = (*check_activities(snapshot), *check_projects(snapshot))
    return {
        each.ref: (
            (each.found.amount, tuple(r for part in each.about["parts"] for r in _behind(part))),
        )
        for each in findings
    }
