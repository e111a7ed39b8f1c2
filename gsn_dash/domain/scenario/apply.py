"""Lay a scenario over a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import cell
from gsn_dash.domain.refs import TOTAL, ContributionKey, OperatingKey
from gsn_dash.domain.scenario.changes import Changes, shift
from gsn_dash.domain.scenario.collaborating import (
    ContributionFigures,
    assumed_keys,
    contribution_figures,
    sum_changes,
)
from gsn_dash.domain.scenario.investing import project_figures, total_changes
from gsn_dash.domain.scenario.operating import operating_changes, year_end_figures
from gsn_dash.domain.scenario.overlays import Scenario, YearEnd
from gsn_dash.domain.snapshot import Contribution, Snapshot


def apply(snapshot: Snapshot, scenario: Scenario) -> Snapshot:
    """The snapshot as it would be; figures that nothing moves are the same objects.

    Moved figures are derived by the rule `what_if` from the reported ones. Raises ValueError
    where an overlay speaks of something that the snapshot does not have.
    """
    operating = operating_changes(snapshot, scenario)
    projects = project_figures(snapshot, scenario)
    investing = total_changes(snapshot, projects)
    contributions = contribution_figures(snapshot, scenario)
    changes = {**operating, **investing, **sum_changes(snapshot, contributions)}
    return replace(
        snapshot,
        operating={
            **_shift_all(snapshot.operating, operating),
            **year_end_figures(snapshot, scenario),
        },
        investments={**_shift_all(snapshot.investments, investing), **projects},
        contributions=_replace_all(snapshot.contributions, contributions),
        allocation_keys=assumed_keys(snapshot, scenario),
        totals={
            **{ref: shift(figure, changes.get(ref)) for ref, figure in snapshot.totals.items()},
            **_nets_beyond_parts(snapshot, scenario, operating),
        },
    )


def _nets_beyond_parts(snapshot: Snapshot, scenario: Scenario, changes: Changes) -> dict:
    """The nets that no paper states, where activities move them: by their parts they would not."""
    keys = [OperatingKey(TOTAL, "net", "year", m) for m in ("forecast", "deviation")]
    return {
        key.ref: shift(cell(snapshot, key), changes.get(key.ref))
        for key in keys
        if scenario.of(YearEnd) and key not in snapshot.operating
    }


def _shift_all(figures: Mapping, changes: Changes) -> dict:
    return {key: shift(figure, changes.get(key.ref)) for key, figure in figures.items()}


def _replace_all(
    contributions: Mapping[ContributionKey, Contribution], moved: ContributionFigures
) -> dict[ContributionKey, Contribution]:
    def replaced(key: ContributionKey, contribution: Contribution) -> Contribution:
        figure: Figure | None = moved.get(key)
        return replace(contribution, figure=figure) if figure else contribution

    return {key: replaced(key, contribution) for key, contribution in contributions.items()}
