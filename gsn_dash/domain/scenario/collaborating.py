"""What the assumptions do to the municipalities' bills for the collaborations.

A member pays what is stated + its key's move, priced: the move is the member's part of the
implied total by the assumed key less that by the agreed one, so that the stated amount stands
where the key does. The whole at its new price is divided in relation to these amounts, to the
öre by largest remainder, so that the parts always sum to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.domain.amounts import ORE, ZERO, Amount, Money, Unknown, deviation_of, round_half_away
from gsn_dash.domain.collaborating import KeySplit, key_split
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.changes import Change, Changes, assumed, joined
from gsn_dash.domain.scenario.overlays import (
    UNCHANGED,
    AssumedAmount,
    CountedOn,
    EqualPart,
    Membership,
    PriceChange,
    Scenario,
    shares_by,
)
from gsn_dash.domain.sharing import largest_remainder, population_days, shares_of, split_money
from gsn_dash.domain.snapshot import AllocationKey, Snapshot

_NO_TOTAL = Unknown("samarbetets hela kostnad går inte att räkna fram")
ContributionFigures = dict[ContributionKey, Figure]
Amounts = dict[str, Amount]


@dataclass(frozen=True)
class _KeyMove:
    """How a key's members move; `inputs` is what that follows from. `amounts` may be empty."""

    amounts: Mapping[str, Amount]
    inputs: tuple[Figure, ...] = ()


def contribution_figures(snapshot: Snapshot, scenario: Scenario) -> ContributionFigures:
    """The contributions that the scenario moves. What is unknown stays so at any price, but as
    an assumed figure: that it moves is known, and only by how much is not. An assumption in the
    place of an unknown is moved like a stated amount.

    Raises ValueError for a collaboration, a key, or a member that cannot be spoken of.
    """
    _check_subjects(snapshot, scenario)
    figures: ContributionFigures = {}
    for collaboration in snapshot.collaborations:
        if _speaks_of(scenario, collaboration.key):
            figures.update(_moved(snapshot, scenario, collaboration.key))
    return figures


def _speaks_of(scenario: Scenario, collaboration: str) -> bool:
    kinds = (PriceChange, EqualPart, CountedOn, Membership, AssumedAmount)
    return any(o.collaboration == collaboration for kind in kinds for o in scenario.of(kind))


def _moved(snapshot: Snapshot, scenario: Scenario, collaboration: str) -> ContributionFigures:
    move = _key_move(snapshot, scenario, collaboration)
    amounts = member_amounts(snapshot, scenario, collaboration)
    is_moved = bool(move.amounts) or _price(scenario, collaboration) != UNCHANGED
    figures = {}
    for key, contribution in snapshot.contributions.items():
        if key.collaboration != collaboration:
            continue
        figure, amount = contribution.figure, amounts[key.municipality]
        if amount != figure.amount or (figure.is_unknown and is_moved):
            figures[key] = assumed(figure, amount, *move.inputs)
    return figures


def member_amounts(snapshot: Snapshot, scenario: Scenario, collaboration: str) -> Amounts:
    """What everybody pays with what is assumed: the stated payers, and by the key the others.

    Those who are not stated pay their part of the implied total, where there is one.
    """
    move = _key_move(snapshot, scenario, collaboration)
    amounts = _stated(snapshot, scenario, collaboration)
    agreed = _agreed_parts(snapshot, collaboration) or {}
    for code in (*agreed, *move.amounts):
        amounts.setdefault(code, agreed.get(code, ZERO))
    moved = {code: _plus(amount, move.amounts.get(code)) for code, amount in amounts.items()}
    return _priced(moved, _price(scenario, collaboration))


def _stated(snapshot: Snapshot, scenario: Scenario, collaboration: str) -> Amounts:
    instead = {
        o.municipality: o.amount
        for o in scenario.of(AssumedAmount)
        if o.collaboration == collaboration
    }
    return {
        key.municipality: instead.get(key.municipality, contribution.figure.amount)
        for key, contribution in snapshot.contributions.items()
        if key.collaboration == collaboration
    }


def _plus(amount: Amount, move: Amount | None) -> Amount:
    if move is None or isinstance(amount, Unknown):
        return amount
    return move if isinstance(move, Unknown) else amount + move


def _price(scenario: Scenario, collaboration: str) -> Decimal:
    return shares_by(scenario.of(PriceChange), "collaboration", "share").get(
        collaboration, UNCHANGED
    )


def _priced(amounts: Amounts, change: Decimal) -> Amounts:
    """The amounts at another price. One by one where no whole is known that they must sum to."""
    if change == UNCHANGED:
        return amounts
    known = {code: a for code, a in amounts.items() if not isinstance(a, Unknown)}
    whole = sum(known.values(), ZERO)
    if len(known) < len(amounts) or whole <= ZERO:
        return {**amounts, **{code: _at_price(a, change) for code, a in known.items()}}
    codes = sorted(known)
    parts = largest_remainder(_ore(_at_price(whole, change)), [_ore(known[code]) for code in codes])
    return {code: Money(part * ORE) for code, part in zip(codes, parts, strict=True)}


def _at_price(amount: Money, change: Decimal) -> Money:
    return Money(round_half_away(amount.kr * (1 + change), ORE))


def _ore(amount: Money) -> int:
    return int(amount.kr / ORE)


def _agreed_parts(snapshot: Snapshot, collaboration: str) -> dict[str, Money] | None:
    split = key_split(snapshot, collaboration)
    if split is None or split.implied_total is None:
        return None
    return split_money(split.implied_total.money, split.shares)


def key_parts(
    snapshot: Snapshot, scenario: Scenario, collaboration: str
) -> dict[str, Money] | None:
    """Every member's part of the implied total by the key as it is assumed.

    The parts sum to the total to the öre. None where no total is implied, or where somebody's
    inhabitants on the day are not held.
    """
    split = key_split(snapshot, collaboration)
    return _parts(snapshot, split, scenario) if split and split.implied_total else None


def _parts(snapshot: Snapshot, split: KeySplit, scenario: Scenario) -> dict[str, Money] | None:
    key = assumed_key(split.key, scenario)
    days = {o.collaboration: o.day for o in scenario.of(CountedOn)}
    shares = shares_of(snapshot, key, days.get(key.collaboration, split.counted_on))
    return split_money(split.implied_total.money, shares) if shares else None


def assumed_key(key: AllocationKey, scenario: Scenario) -> AllocationKey:
    """The key with what is assumed of it; the same object where nothing is."""
    name = key.collaboration
    weight = shares_by(scenario.of(EqualPart), "collaboration", "weight").get(name, key.equal_part)
    said = {o.municipality: o.is_member for o in scenario.of(Membership) if o.collaboration == name}
    members = {code for code in key.members if said.get(code, True)}
    members |= {code for code, is_member in said.items() if is_member}
    if weight == key.equal_part and members == set(key.members):
        return key
    return replace(key, equal_part=weight, members=tuple(sorted(members)))


def _key_move(snapshot: Snapshot, scenario: Scenario, collaboration: str) -> _KeyMove:
    """How each member's part moves when the key does, and what that follows from."""
    key = snapshot.allocation_keys.get(collaboration)
    days = [o for o in scenario.of(CountedOn) if o.collaboration == collaboration]
    if key is None or (assumed_key(key, scenario) is key and not days):
        return _KeyMove({})
    agreed = _agreed_parts(snapshot, collaboration)
    parts = key_parts(snapshot, scenario, collaboration)
    if agreed is None or parts is None:
        return _KeyMove(dict.fromkeys(key.members, _NO_TOTAL))
    moves = {code: parts.get(code, ZERO) - agreed.get(code, ZERO) for code in {**agreed, **parts}}
    if all(move == ZERO for move in moves.values()):
        return _KeyMove({})
    split = key_split(snapshot, collaboration)
    return _KeyMove(moves, (split.implied_total,))


def _check_subjects(snapshot: Snapshot, scenario: Scenario) -> None:
    known = {collaboration.key for collaboration in snapshot.collaborations}
    heard = {o.collaboration for k in (PriceChange, AssumedAmount) for o in scenario.of(k)}
    unheard = heard - known
    keys = {o.collaboration for k in (EqualPart, CountedOn, Membership) for o in scenario.of(k)}
    unheard |= keys - snapshot.allocation_keys.keys()
    days = set(population_days(snapshot))
    unheard |= {str(o.day) for o in scenario.of(CountedOn) if o.day not in days}
    for o in scenario.of(Membership):
        key = ContributionKey(o.collaboration, o.municipality)
        if o.municipality not in snapshot.municipalities or key in snapshot.contributions:
            # Who is stated to pay stays a member: no paper says who would take that over.
            unheard.add(key.ref)
    for o in scenario.of(AssumedAmount):
        contribution = snapshot.contributions.get(ContributionKey(o.collaboration, o.municipality))
        if contribution is None or not contribution.figure.is_unknown:
            unheard.add(ContributionKey(o.collaboration, o.municipality).ref)
    if unheard:
        raise ValueError(f"nothing to assume of: {', '.join(sorted(unheard))}")


def sum_changes(snapshot: Snapshot, moved: ContributionFigures) -> Changes:
    """The changes of the sums by collaboration and by municipality."""
    terms: dict[str, list[Change]] = {}
    for key, figure in moved.items():
        stated = snapshot.contributions[key].figure
        change = Change(deviation_of(figure.amount, stated.amount), (figure,))
        for sum_key in (
            ContributionKey(key.collaboration, TOTAL),
            ContributionKey(TOTAL, key.municipality),
        ):
            terms.setdefault(sum_key.ref, []).append(change)
    return {ref: joined(changes) for ref, changes in terms.items()}


def assumed_keys(snapshot: Snapshot, scenario: Scenario) -> Mapping[str, AllocationKey]:
    """The allocation keys as they are assumed; the same mapping where nothing is."""
    keys = {name: assumed_key(key, scenario) for name, key in snapshot.allocation_keys.items()}
    is_same = all(keys[name] is key for name, key in snapshot.allocation_keys.items())
    return snapshot.allocation_keys if is_same else keys
