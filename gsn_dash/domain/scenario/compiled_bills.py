"""The collaborations' bills as nodes, in öre; the rules of `collaborating`."""

from __future__ import annotations

from gsn_dash.domain.collaborating import KeySplit, key_split, payers
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.levers import BETWEEN, day_position
from gsn_dash.domain.scenario.offered import candidates, countable_days
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.panel import HUNDRED, Panel
from gsn_dash.domain.scenario.program import PER_ORE, Quantity
from gsn_dash.domain.sharing import inhabitants_on, split_money
from gsn_dash.domain.snapshot import Snapshot

OTHERS, EVERYBODY = "assumed:others", "assumed:everybody"
Quantities = dict[str, Quantity]
Nodes = dict[str, int]


def member_name(collaboration: str, municipality: str) -> str:
    """The quantity of what a member of a key pays."""
    return f"member:{collaboration}:{municipality}"


def put_bills(panel: Panel, snapshot: Snapshot, scenario: Scenario) -> Quantities:
    """What each municipality pays for each collaboration and together, as far as it is known."""
    sums: dict[str, list[tuple[int, int]]] = {code: [] for code in payers(snapshot)}
    nodes: Nodes = {}
    for collaboration in snapshot.collaborations:
        name = collaboration.key
        for code, node in _bills(panel, snapshot, name).items():
            key = ContributionKey(name, code)
            if key in snapshot.contributions:
                nodes[key.ref] = node
                sums[code].append((1, node))
            nodes[member_name(name, code)] = node
    for code, terms in sums.items():
        nodes[ContributionKey(TOTAL, code).ref] = panel.build.sum(*terms)
    return {name: Quantity(node, PER_ORE) for name, node in nodes.items()}


def _bills(panel: Panel, snapshot: Snapshot, collaboration: str) -> Nodes:
    stated = {
        key.municipality: contribution.figure
        for key, contribution in snapshot.contributions.items()
        if key.collaboration == collaboration
    }
    amounts = {
        code: node
        for code, figure in stated.items()
        if (node := _stated(panel, collaboration, code, figure)) is not None
    }
    is_whole = len(amounts) == len(stated)
    split = key_split(snapshot, collaboration)
    if split and split.implied_total and panel.find("equal_part", collaboration):
        amounts = _with_key(panel, snapshot, split, amounts)
    percent = panel.build.sum(
        (1, panel.build.const(HUNDRED)), (1, panel.position("price", collaboration))
    )
    if is_whole and panel.find("price", collaboration):
        return _priced_whole(panel, amounts, percent)
    return {code: _priced(panel, node, percent) for code, node in amounts.items()}


def _stated(panel: Panel, collaboration: str, code: str, figure: Figure) -> int | None:
    if not figure.is_unknown:
        return panel.money(figure.money)
    subject = f"{collaboration}{BETWEEN}{code}"
    if panel.find("assumed", subject) is None:
        return None
    return panel.build.sum((PER_ORE, panel.position("assumed", subject)))


def _priced(panel: Panel, node: int, percent: int) -> int:
    return panel.build.divide(panel.build.times(node, percent), HUNDRED)


def _priced_whole(panel: Panel, amounts: Nodes, percent: int) -> Nodes:
    codes = sorted(amounts)
    whole = panel.build.sum(*((1, amounts[code]) for code in codes))
    parts = panel.build.split(_priced(panel, whole, percent), [amounts[c] for c in codes])
    return dict(zip(codes, parts, strict=True))


def _with_key(panel: Panel, snapshot: Snapshot, split: KeySplit, stated: Nodes) -> Nodes:
    """The stated amounts moved as the key is; the other members' parts as the key has them."""
    agreed = split_money(split.implied_total.money, split.shares)
    amounts = {code: panel.money(part) for code, part in agreed.items()} | stated
    for code, part in _key_parts(panel, snapshot, split).items():
        before = panel.money(agreed[code]) if code in agreed else panel.build.const(0)
        terms = (1, stated.get(code, before)), (1, part), (-1, before)
        amounts[code] = panel.build.sum(*terms)
    return amounts


def _key_parts(panel: Panel, snapshot: Snapshot, split: KeySplit) -> Nodes:
    """The implied total by weights e·everybody + (whole − e)·members·inhabitants, for members.

    That is the key's share times whole · members · everybody, so that it is a whole number.
    """
    build, name = panel.build, split.key.collaboration
    codes = sorted({*split.key.members, *candidates(snapshot, split)})
    member = {c: panel.position("member", f"{name}{BETWEEN}{c}", missing=1) for c in codes}
    inhabitants = {c: _inhabitants(panel, snapshot, split, c) for c in codes}
    counted = {c: build.times(member[c], inhabitants[c]) for c in codes}
    everybody = build.sum(*((1, counted[c]) for c in codes))
    members = build.sum(*((1, member[c]) for c in codes))
    equal, whole = _equal_part(panel, split)
    rest = panel.less(build.const(whole), equal)
    equally, by_number = build.times(equal, everybody), build.times(rest, members)
    weights = [
        build.sum((1, build.times(equally, member[c])), (1, build.times(by_number, counted[c])))
        for c in codes
    ]
    parts = build.split(panel.money(split.implied_total.money), weights)
    return dict(zip(codes, parts, strict=True))


def _equal_part(panel: Panel, split: KeySplit) -> tuple[int, int]:
    """The equal part as a node, and the number that it is a part of: at rest the exact one."""
    name = split.key.collaboration
    lever = panel.find("equal_part", name)
    numerator, whole = split.key.equal_part.as_integer_ratio()
    at_rest = [HUNDRED * numerator if p == lever.resting else p * whole for p in lever.positions]
    return panel.table("equal_part", name, at_rest), HUNDRED * whole


def _inhabitants(panel: Panel, snapshot: Snapshot, split: KeySplit, code: str) -> int:
    """A municipality's inhabitants on the day that is counted."""
    name = split.key.collaboration
    if panel.find("counted_on", name) is None:
        return panel.build.const(split.inhabitants[code])
    by_day = {
        day_position(day): inhabitants_on(snapshot, day)[code]
        for day in countable_days(snapshot, split)
    }
    return panel.table("counted_on", name, by_day.values())
