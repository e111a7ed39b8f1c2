"""Compile a snapshot and its levers into a program: what the browser reckons while one moves.

The program says the same as `apply` for every position of every lever at once, to the last digit;
a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.answers import answers
from gsn_dash.domain.scenario.compiled_bills import EVERYBODY, OTHERS, member_name, put_bills
from gsn_dash.domain.scenario.compiled_investments import put_investments
from gsn_dash.domain.scenario.compiled_operating import put_operating
from gsn_dash.domain.scenario.levers import BETWEEN, DAY, MONTH, THOUSANDS, Lever, position_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.panel import Panel, in_ore
from gsn_dash.domain.scenario.program import PER_ORE, Dial, Node, Quantity, evaluate
from gsn_dash.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Compiled:
    """A program, its levers in order, and where in it each quantity is found, by its name.

    What is unknown at every position has no quantity. Besides the names of figures there are
    `assumed:activities` (what they add to the net), `assumed:carried`, `assumed:lapses`,
    `assumed:booked` (booked beyond what the projects account for), and `member:<collaboration>:
    <municipality>` (what a member of a key pays, stated or by the key). `moved` has, for each
    lever, a node that is 1 where it is off its rest and else 0, and `any_moved` one for all.
    """

    levers: tuple[Lever, ...]
    nodes: tuple[Node, ...]
    quantities: Mapping[str, Quantity]
    changes: Mapping[str, Quantity]
    places: Mapping[tuple[str, str], int]
    moved: tuple[int, ...]
    at: tuple[int, ...]
    any_moved: int
    used_up_spread: int

    @property
    def dials(self) -> list[Dial]:
        """What the evaluator needs of the levers."""
        return [lever.dial for lever in self.levers]

    def values(self, positions: Sequence[int]) -> list:
        """The value of every node with the levers at `positions`."""
        return evaluate(self.nodes, self.dials, positions)


def compile_levers(snapshot: Snapshot, scenario: Scenario, levers: tuple[Lever, ...]) -> Compiled:
    """The program of a snapshot's levers. Of the scenario only what it has put in itself counts
    (which actions, invoices, moves and amounts), and not where any lever stands."""
    panel = Panel(levers)
    quantities = {
        **put_operating(panel, snapshot, scenario),
        **put_investments(panel, snapshot, scenario),
        **put_bills(panel, snapshot, scenario),
    }
    changes = _changes(panel, snapshot, quantities)
    quantities |= _together(panel, snapshot, changes)
    moved = tuple(panel.build.moved(number) for number in range(len(levers)))
    any_moved = panel.build.sum(*((1, node) for node in moved))
    at = tuple(_at(panel, lever) for lever in levers)
    places = {lever.key: number for number, lever in enumerate(levers)}
    used_up = [node for lever, node in zip(levers, at, strict=True) if lever.kind == "used_up"]
    spread = _spread(panel, used_up)
    return Compiled(
        levers, panel.build.nodes, quantities, changes, places, moved, at, any_moved, spread
    )


def _changes(
    panel: Panel, snapshot: Snapshot, quantities: Mapping[str, Quantity]
) -> dict[str, Quantity]:
    reported = {
        name: amount
        for name, amount in answers(snapshot, Scenario()).items()
        if not isinstance(amount, Unknown)
    }
    changes = {}
    for name, quantity in quantities.items():
        if _is_sum(name):
            continue
        if name.startswith("member:") and name not in reported:
            changes[name] = quantity  # who is no member pays nothing
        elif name in reported:
            stood = panel.build.const(in_ore(reported[name]) * (quantity.per // PER_ORE))
            changes[name] = Quantity(panel.less(quantity.node, stood), quantity.per)
    for code in payers(snapshot):
        own = [(1, c.node) for name, c in changes.items() if _is_bill_of(name, code)]
        sum_name = ContributionKey(TOTAL, code).ref
        changes[sum_name] = Quantity(panel.build.sum(*own), PER_ORE)
    return changes


def _together(
    panel: Panel, snapshot: Snapshot, changes: dict[str, Quantity]
) -> dict[str, Quantity]:
    """The changes of those who pay by a key without being stated, and of everybody."""
    paying = [changes[ContributionKey(TOTAL, code).ref] for code in payers(snapshot)]
    members = {n: c for n, c in changes.items() if n.startswith("member:")}
    stated = {member_name(k.collaboration, k.municipality) for k in snapshot.contributions}
    unstated = {n: c for n, c in members.items() if n not in stated}
    joining = {
        member_name(*lever.subject.split(BETWEEN))
        for lever in panel.levers
        if lever.kind == "member" and not lever.resting
    }
    others = [c for n, c in unstated.items() if n not in joining]
    everybody = [*paying, *unstated.values()]
    found = {EVERYBODY: everybody, OTHERS: others} if others else {EVERYBODY: everybody}
    return {
        name: Quantity(panel.build.sum(*((1, c.node) for c in terms)), PER_ORE)
        for name, terms in found.items()
    }


def _is_sum(name: str) -> bool:
    return name.startswith(f"collaboration:{TOTAL}:")


def _is_bill_of(name: str, code: str) -> bool:
    return name.startswith("collaboration:") and name.endswith(f":{code}")


def _spread(panel: Panel, nodes: list[int]) -> int:
    """The greatest of the nodes less the least; zero for none."""
    build = panel.build
    if not nodes:
        return build.const(0)
    greatest, least = nodes[0], build.sum((-1, nodes[0]))
    for node in nodes[1:]:
        greatest = build.most(greatest, node)
        least = build.most(least, build.sum((-1, node)))
    return build.sum((1, greatest), (1, least))


def _at(panel: Panel, lever: Lever) -> int:
    position = panel.position(*lever.key)
    if lever.unit == THOUSANDS:
        return panel.build.sum((1000, position))
    if lever.unit in (MONTH, DAY):
        return panel.table(*lever.key, range(len(lever.positions)))
    return position


def standing(compiled: Compiled, scenario: Scenario) -> list[int]:
    """Where the levers stand in a scenario, in the program's order."""
    return [position_of(scenario, lever) for lever in compiled.levers]
