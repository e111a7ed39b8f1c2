"""Every table and picture of an occasion by the name that its file has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from gsn_dash.charts.data import Picture
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.collaborating import key_split, payers
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures import collaborations, investments, months, operating
from gsn_dash.present.appendix import describe_answer
from gsn_dash.present.collaborating_tables import (
    bill_table,
    shares_table,
    split_table,
    summary_table,
)
from gsn_dash.present.controls_tables import findings_table
from gsn_dash.present.investing_tables import (
    appropriation_table,
    deviations_table,
    lost_digit_table,
    projects_table,
)
from gsn_dash.present.months import activities_booked_table, months_table
from gsn_dash.present.names import name_collaboration, name_municipality
from gsn_dash.present.operating_tables import (
    activities_table,
    bridge_table,
    by_activity_table,
    demand_table,
    lines_table,
)
from gsn_dash.present.sources_tables import documents_table, populations_table
from gsn_dash.present.tables import Table, word
from gsn_dash.report.sources import NO_ANSWERS, Answers, FindingAnswer

Made = TypeVar("Made")


@dataclass(frozen=True)
class Listed(Generic[Made]):
    """A table or picture: its name in addresses, its title in file names, and how it is made.

    `make` gives None where the occasion's papers have nothing for it.
    """

    name: str
    title: str
    make: Callable[[], Made | None]


def list_tables(
    snapshot: Snapshot, findings: Sequence[Finding], answers: Answers = NO_ANSWERS
) -> dict[str, Listed[Table]]:
    """The tables of an occasion by name, in the order of the pages.

    `answers` are what has been said to the findings, by their keys.
    """
    found = [
        _listed("driftbudget", "Driftbudget", lines_table, snapshot),
        _listed("per-verksamhet", "Per verksamhet", by_activity_table, snapshot),
        _listed("avvikelse", "Vad avvikelsen består av", bridge_table, snapshot),
        _listed("resten-av-aret", "Resten av året", demand_table, snapshot),
        _listed("manader", "Månad för månad", months_table, snapshot),
        _listed("bokfort-verksamheter", "Bokfört", activities_booked_table, snapshot),
        _listed("verksamheter", "Verksamheter", activities_table, snapshot),
        _listed("investeringar", "Investeringar", projects_table, snapshot),
        *_lost_digits(snapshot),
        _listed("anslag", "Anslag", appropriation_table, snapshot),
        _listed("anslagsavvikelse", "Avvikelse mot anslaget", deviations_table, snapshot),
        _listed("samarbeten", "Samarbeten", summary_table, snapshot),
        *_collaborations(snapshot),
        _listed("invanare", "Invånare", populations_table, snapshot),
        _listed("papper", "Papper", documents_table, snapshot),
        Listed("kontroller", "Granskning", partial(_answered, snapshot, findings, answers)),
    ]
    return {listed.name: listed for listed in found}


def _answered(snapshot: Snapshot, findings: Sequence[Finding], answers: Answers) -> Table:
    """The controls, with what somebody has answered to each."""
    table = findings_table(snapshot, findings)
    rows = (
        replace(row, cells=(*row.cells, word(_say_answer(finding, answers.get(finding.key)))))
        for row, finding in zip(table.rows, findings, strict=True)
    )
    return replace(table, headings=(*table.headings, "Svar"), rows=tuple(rows))


def _say_answer(finding: Finding, found: FindingAnswer | None) -> str:
    if found is None:
        return ""
    is_current = found.fingerprint == finding.fingerprint
    return describe_answer(found.words, found.author, found.given_on, is_current)


def list_pictures(snapshot: Snapshot) -> dict[str, Listed[Picture]]:
    """The pictures of an occasion by name, in the order of the pages."""
    found = [
        _listed("oversikt-driftbudget", "Nettokostnaden", operating.net_picture, snapshot),
        _listed("oversikt-investeringar", "Pengarna", investments.total_picture, snapshot),
        _listed("oversikt-samarbeten", "Summorna", collaborations.sums_picture, snapshot),
        _listed("driftbudget-period", "Perioden", operating.lines_picture, snapshot, "period"),
        _listed("driftbudget-ar", "Helåret", operating.lines_picture, snapshot, "year"),
        _listed("driftbudget-brygga", "Avvikelsen", operating.bridge_picture, snapshot),
        _listed("driftbudget-takt", "Takten", operating.pace_picture, snapshot),
        _listed("manader-kostnader", "Kostnader", months.months_picture, snapshot, "cost"),
        _listed("manader-intakter", "Intäkter", months.months_picture, snapshot, "revenue"),
        _listed("investeringar-projekt", "Projekten", investments.projects_picture, snapshot),
        _listed("samarbeten", "Samarbeten", collaborations.payments_picture, snapshot),
        *_bill_pictures(snapshot),
        *_key_pictures(snapshot),
    ]
    return {listed.name: listed for listed in found}


def _listed(
    name: str, title: str, make: Callable[..., Made | None], *given: object
) -> Listed[Made]:
    return Listed(name, title, partial(make, *given))


def _lost_digits(snapshot: Snapshot) -> list[Listed[Table]]:
    return [
        _listed(f"siffra-{found.project.key}", "Siffran som saknas", lost_digit_table, found)
        for found in portfolio(snapshot).lost
    ]


def _collaborations(snapshot: Snapshot) -> list[Listed[Table]]:
    """Each municipality's bill, and each key's two tables."""
    found = [
        _listed(f"samarbeten-{code}", name_municipality(snapshot, code), bill_table, snapshot, code)
        for code in payers(snapshot)
    ]
    for key in snapshot.allocation_keys:
        split = key_split(snapshot, key)
        if split is None:
            continue
        name = name_collaboration(snapshot, key)
        if split.by_rule:
            found.append(_listed(f"nyckel-{key}", f"{name}, nyckel", split_table, snapshot, split))
        title = f"{name}, andelar"
        found.append(_listed(f"andelar-{key}", title, shares_table, snapshot, split))
    return found


def _bill_pictures(snapshot: Snapshot) -> list[Listed[Picture]]:
    make = collaborations.bill_picture
    return [
        _listed(f"samarbeten-{code}", name_municipality(snapshot, code), make, snapshot, code)
        for code in payers(snapshot)
    ]


def _key_pictures(snapshot: Snapshot) -> list[Listed[Picture]]:
    found = []
    for key in snapshot.allocation_keys:
        split = key_split(snapshot, key)
        if split is None:
            continue
        name = name_collaboration(snapshot, key)
        if split.by_rule:
            make = collaborations.split_picture
            found.append(_listed(f"nyckel-{key}", f"{name}, nyckel", make, snapshot, split))
        make = collaborations.shares_picture
        found.append(_listed(f"andelar-{key}", f"{name}, andelar", make, snapshot, split))
    return found
