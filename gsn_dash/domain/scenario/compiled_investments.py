"""The investment money as nodes, in hundredths of an öre; the rules of `investing`."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.investing import Portfolio, portfolio
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.scenario.investing import room_above_booked
from gsn_dash.domain.scenario.overlays import MovedMoney, Scenario
from gsn_dash.domain.scenario.panel import HUNDRED, THOUSAND_IN_ORE, Panel, in_ore
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, Quantity
from gsn_dash.domain.snapshot import Snapshot

CARRIED, LAPSES, BOOKED = "assumed:carried", "assumed:lapses", "assumed:booked"
Quantities = dict[str, Quantity]


def put_investments(panel: Panel, snapshot: Snapshot, scenario: Scenario) -> Quantities:
    """Appropriation, forecast and what is left, of each project and of all."""
    found = portfolio(snapshot)
    nodes: dict[str, int] = {}
    left_of_stopped = []
    changes = []
    for row in found.rows:
        if row.appropriation.is_unknown or row.forecast.is_unknown:
            continue
        granted = _granted(panel, scenario, row)
        spent = _spent(panel, row, granted)
        left = panel.build.sum((1, granted), (-1, spent), (1, _beyond_rule(panel, row)))
        nodes |= _named(row.project.key, appropriation=granted, forecast=spent, left=left)
        changes.append((1, panel.less(spent, panel.money(row.forecast.money, HUNDRED))))
        stopped = panel.position("stopped", row.project.key)
        left_of_stopped.append((-1, panel.build.times(stopped, left)))
    change = panel.build.sum(*changes)
    nodes |= _totals(panel, snapshot, found, change, left_of_stopped)
    return {name: Quantity(node, PER_HUNDREDTH) for name, node in nodes.items()}


def _beyond_rule(panel: Panel, row: ProjectRow) -> int:
    """What a paper prints as left beyond appropriation − forecast, for the rounding of print."""
    by_rule = row.appropriation.money - row.forecast.money
    return _hundredths(panel, ZERO if row.left.is_unknown else row.left.money - by_rule)


def _named(project: str, **nodes: int) -> dict[str, int]:
    return {InvestmentKey(project, measure).ref: node for measure, node in nodes.items()}


def _granted(panel: Panel, scenario: Scenario, row: ProjectRow) -> int:
    project = row.project.key
    terms = [(1, panel.money(row.appropriation.money, HUNDRED))]
    for move in scenario.of(MovedMoney):
        sign = (move.target == project) - (move.source == project)
        scale = THOUSAND_IN_ORE * HUNDRED * sign
        terms.append((scale, panel.position("moved", move.source)))
    return panel.build.sum(*terms)


def _spent(panel: Panel, row: ProjectRow, granted: int) -> int:
    """The share of the appropriation, at rest the reported one; nothing of a stopped project."""
    build, project = panel.build, row.project.key
    reported = panel.money(row.forecast.money, HUNDRED)
    appropriation = in_ore(row.appropriation.money)
    at_rest = reported
    if appropriation:
        added = panel.less(granted, panel.money(row.appropriation.money, HUNDRED))
        product = build.times(build.const(in_ore(row.forecast.money)), added)
        follows = build.divide(product, appropriation * HUNDRED)
        at_rest = build.sum((1, reported), (HUNDRED, follows))
    if panel.find("utilisation", project) is None:
        return at_rest
    percent = panel.position("utilisation", project)
    assumed = build.divide(build.times(percent, granted), HUNDRED)
    moved = panel.moved("utilisation", project)
    chosen = build.sum((1, at_rest), (1, build.times(moved, panel.less(assumed, at_rest))))
    running = panel.less(build.const(1), panel.position("stopped", project))
    return build.times(running, chosen)


def _totals(
    panel: Panel, snapshot: Snapshot, found: Portfolio, change: int, left_of_stopped: list
) -> dict[str, int]:
    build, total = panel.build, found.total
    room = room_above_booked(snapshot)
    held = change if room is None else build.most(change, _hundredths(panel, ZERO - room))
    nodes = {BOOKED: panel.less(held, change)}
    if not total.appropriation.is_unknown:
        nodes |= _named(TOTAL, appropriation=_hundredths(panel, total.appropriation.money))
    if not total.forecast.is_unknown:
        forecast = build.sum((1, _hundredths(panel, total.forecast.money)), (1, held))
        nodes |= _named(TOTAL, forecast=forecast)
    if not total.left.is_unknown:
        left = build.sum((1, _hundredths(panel, total.left.money)), (-1, held))
        kept = build.most(build.sum((1, left), *left_of_stopped), build.const(0))
        percent = panel.position("carried", missing=HUNDRED)
        in_whole_ore = build.divide(build.times(percent, kept), HUNDRED * HUNDRED)
        carried = build.sum((HUNDRED, in_whole_ore))
        nodes |= _named(TOTAL, left=left)
        nodes |= {CARRIED: carried, LAPSES: panel.less(left, carried)}
    return nodes


def _hundredths(panel: Panel, amount: Money) -> int:
    return panel.money(amount, HUNDRED)
