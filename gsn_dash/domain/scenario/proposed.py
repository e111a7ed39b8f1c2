"""Where the levers for the rest of the year stand when the year ends as the months propose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Money, round_half_away
from gsn_dash.domain.months import Proposal
from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.refs import operating
from gsn_dash.domain.scenario.levers import Lever, set_lever
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.operating import operating_changes
from gsn_dash.domain.scenario.overlays import RestChange, Scenario
from gsn_dash.domain.snapshot import Snapshot

_STEP = Decimal(1)


@dataclass(frozen=True)
class Setting:
    """A lever and the position (percent) nearest to what is proposed.

    `is_whole` is whether it reaches: a lever goes only so far.
    """

    lever: Lever
    position: int
    is_whole: bool


def settings_for(snapshot: Snapshot, scenario: Scenario, found: Proposal) -> tuple[Setting, ...]:
    """A setting for each proposed item that has a lever; what else is assumed stays as it is."""
    levers = {lever.key: lever for lever in levers_of(snapshot, scenario)}
    settings = []
    for each in found.items:
        lever = levers.get(("rest", each.item))
        reported = line(snapshot, each.item, "year").result
        if lever is not None and not reported.is_unknown:
            lacking = each.year - reported.money - _other_changes(snapshot, scenario, each.item)
            rest = demand(snapshot, each.item).rest_budget.money
            wanted = int(round_half_away(lacking.kr / rest.kr * 100, _STEP))
            nearest = min(lever.positions, key=lambda at, wanted=wanted: abs(at - wanted))
            settings.append(Setting(lever, nearest, nearest == wanted))
    return tuple(settings)


def _other_changes(snapshot: Snapshot, scenario: Scenario, item: str) -> Money:
    """What else the scenario does to the forecast of an item."""
    changes = operating_changes(snapshot, scenario.without(RestChange, item))
    change = changes.get(operating(item, "year", "forecast"))
    return change.amount if change else ZERO


def set_all(scenario: Scenario, settings: tuple[Setting, ...]) -> Scenario:
    """The scenario with every setting in it."""
    for each in settings:
        scenario = set_lever(scenario, each.lever, each.position)
    return scenario
