"""Every value that the sources can tell of, in groups, as names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.collaborating import key_split, key_steps, payers
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS, RESULT_OF
from gsn_dash.domain.refs import (
    OPERATING_ITEMS,
    OPERATING_MEASURES,
    TOTAL,
    TOTAL_DEVIATIONS,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
    operating,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.ratios import find_ratio, ratio_refs
from gsn_dash.present.sources import figure_of, population_name, share_ref

_DEMANDS = ("rest", "rest_budget", "so_far", "needed")
_PACES = ("so_far", "forecast", "appropriation")
_MEASURES = ("appropriation", "forecast", "outcome", "left")


@dataclass(frozen=True)
class Group:
    """Figures that papers state, under a heading; `key` names its place on the page."""

    key: str
    heading: str
    figures: tuple[Figure, ...]


def stated_groups(snapshot: Snapshot) -> tuple[Group, ...]:
    """What the papers print, facts and totals, area by area."""
    contributions = tuple(row.figure for row in snapshot.contributions.values())
    return (
        Group(
            "driftbudget",
            "Driftbudget",
            (*snapshot.operating.values(), *_totals(snapshot, "operating")),
        ),
        Group(
            "investeringar",
            "Investeringar",
            (*snapshot.investments.values(), *_totals(snapshot, "investment")),
        ),
        Group("samarbeten", "Samarbeten", (*contributions, *_totals(snapshot, "collaboration"))),
    )


def _totals(snapshot: Snapshot, area: str) -> tuple[Figure, ...]:
    return tuple(f for ref, f in snapshot.totals.items() if ref.startswith(f"{area}:"))


def derived_refs(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of what no paper prints but rules give."""
    found = [
        ref
        for ref in _amount_refs(snapshot)
        if (figure := figure_of(snapshot, ref))
        and figure.is_derived
        and figure.origin.rule != "not_stated"
    ]
    ratios = (ref for ref in ratio_refs(snapshot) if find_ratio(snapshot, ref).value is not None)
    return (*found, *ratios, *_collaboration_refs(snapshot))


def _amount_refs(snapshot: Snapshot) -> Iterator[str]:
    """The amounts that every occasion is asked for, whether its papers state them or not."""
    yield from _operating_refs()
    yield from (step.figure.ref for step in bridge(snapshot).steps)
    yield from _investment_refs(snapshot)


def _operating_refs() -> Iterator[str]:
    for item in ITEMS:
        for span, result in RESULT_OF.items():
            yield from (operating(item, span, m) for m in ("budget", result, "deviation"))
    for item in ("cost", "revenue"):
        yield OperatingKey("rest", item, "period", "deviation").ref
        yield from (f"demand:{item}:{part}" for part in _DEMANDS)


def _investment_refs(snapshot: Snapshot) -> Iterator[str]:
    for project in snapshot.projects:
        yield from (InvestmentKey(project.key, measure).ref for measure in _MEASURES)
    yield from (InvestmentKey(TOTAL, measure).ref for measure in _MEASURES)
    yield from (f"pace:{part}" for part in _PACES)


def _refs_beside(snapshot: Snapshot) -> Iterator[str]:
    """What another occasion's papers may print where this one's leave it to be derived."""
    for subject in dict.fromkeys(key.subject for key in snapshot.operating):
        for span, measures in OPERATING_MEASURES.items():
            for item in OPERATING_ITEMS:
                yield from (OperatingKey(subject, item, span, measure).ref for measure in measures)
    yield from (InvestmentKey(TOTAL, measure).ref for measure in TOTAL_DEVIATIONS)


def _collaboration_refs(snapshot: Snapshot) -> Iterator[str]:
    yield from (ContributionKey(TOTAL, code).ref for code in payers(snapshot))
    yield from (ContributionKey(c.key, TOTAL).ref for c in snapshot.collaborations)
    for collaboration in snapshot.allocation_keys:
        split = key_split(snapshot, collaboration)
        if split is None:
            continue
        yield from (f"key:{collaboration}:{code}" for code in split.by_rule)
        if split.implied_total:
            yield split.implied_total.ref
        yield from (share_ref(collaboration, m.municipality) for m in key_steps(split).members)
        if split.stated:
            yield share_ref(collaboration, TOTAL)


def known_refs(snapshot: Snapshot) -> frozenset[str]:
    """Every name that an address may ask for: also of what no paper and no rule gives."""
    stated = (figure.ref for group in stated_groups(snapshot) for figure in group.figures)
    populations = (population_name(population) for population in snapshot.populations)
    claims = (claim.ref for claim in snapshot.claims)
    asked = (*_amount_refs(snapshot), *_refs_beside(snapshot), *ratio_refs(snapshot))
    return frozenset((*stated, *derived_refs(snapshot), *asked, *populations, *claims))
