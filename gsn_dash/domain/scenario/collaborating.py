"""What the assumptions do to the municipalities' bills for the collaborations.

A bill is (stated + the key's move) × (1 + change of price), to the öre. The key's move is the
member's part of the implied total with the assumed equal part less that with the agreed one, so
that the stated amount stands where the key does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gsn_dash.domain.amounts import ORE, ZERO, Amount, Money, Unknown, deviation_of, round_half_away
from gsn_dash.domain.collaborating import KeySplit, key_split
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.changes import Change, Changes, assumed, joined
from gsn_dash.domain.scenario.overlays import UNCHANGED, Scenario
from gsn_dash.domain.sharing import shares_of, split_money
from gsn_dash.domain.snapshot import AllocationKey, Snapshot

_NO_TOTAL = Unknown("samarbetets hela kostnad går inte att räkna fram")
ContributionFigures = dict[ContributionKey, Figure]


def key_parts(snapshot: Snapshot, collaboration: str, weight: Decimal) -> dict[str, Money] | None:
    """Every member's part of the implied total with an equal part of `weight` (0–1).

    The parts sum to the total to the öre. None where no total is implied.
    """
    split = key_split(snapshot, collaboration)
    return _parts(snapshot, split, weight) if split else None


def _parts(snapshot: Snapshot, split: KeySplit, weight: Decimal) -> dict[str, Money] | None:
    shares = shares_of(snapshot, split.key, split.counted_on, weight)
    if split.implied_total is None or shares is None:
        return None
    return split_money(split.implied_total.money, shares)


def contribution_figures(snapshot: Snapshot, scenario: Scenario) -> ContributionFigures:
    """The contributions that the scenario moves. What is unknown stays so at any price, but as
    an assumed figure: that it moves is known, and only by how much is not.

    Raises ValueError for a collaboration, or a key, that the snapshot does not have.
    """
    _check_subjects(snapshot, scenario)
    prices = scenario.price_changes
    moves = {key: _key_moves(snapshot, key, part) for key, part in scenario.equal_parts.items()}
    figures = {}
    for key, contribution in snapshot.contributions.items():
        figure = contribution.figure
        if figure.is_unknown:
            if _is_moved(key.collaboration, prices, moves):
                figures[key] = assumed(figure, figure.amount)
            continue
        moved_by, inputs = moves.get(key.collaboration, ({}, ()))
        amount = _bill(
            figure.money,
            moved_by.get(key.municipality, ZERO),
            prices.get(key.collaboration, UNCHANGED),
        )
        if amount != figure.amount:
            figures[key] = assumed(figure, amount, *inputs)
    return figures


def _is_moved(
    collaboration: str, prices: Mapping[str, Decimal], moves: Mapping[str, tuple[Mapping, tuple]]
) -> bool:
    by_price = prices.get(collaboration, UNCHANGED) != UNCHANGED
    return by_price or bool(moves.get(collaboration, ({}, ()))[0])


def _bill(stated: Money, moved_by: Amount, price: Decimal) -> Amount:
    if isinstance(moved_by, Unknown):
        return moved_by
    return Money(round_half_away((stated + moved_by).kr * (1 + price), ORE))


def _key_moves(
    snapshot: Snapshot, collaboration: str, weight: Decimal
) -> tuple[Mapping[str, Amount], tuple[Figure, ...]]:
    """How each member's part moves when the equal part does, and what that follows from."""
    key = snapshot.allocation_keys[collaboration]
    if weight == key.equal_part:
        return {}, ()
    split = key_split(snapshot, collaboration)
    agreed = _parts(snapshot, split, key.equal_part) if split else None
    parts = _parts(snapshot, split, weight) if split else None
    if agreed is None or parts is None:
        return dict.fromkeys(key.members, _NO_TOTAL), ()
    return {code: parts[code] - agreed[code] for code in parts}, (split.implied_total,)


def _check_subjects(snapshot: Snapshot, scenario: Scenario) -> None:
    known = {collaboration.key for collaboration in snapshot.collaborations}
    unheard = scenario.price_changes.keys() - known
    unheard |= scenario.equal_parts.keys() - snapshot.allocation_keys.keys()
    if unheard:
        raise ValueError(f"no such collaboration or key: {', '.join(sorted(unheard))}")


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
    """The allocation keys with the assumed equal parts; the same mapping where none moves."""
    moved = {
        name: replace(snapshot.allocation_keys[name], equal_part=part)
        for name, part in scenario.equal_parts.items()
        if part != snapshot.allocation_keys[name].equal_part
    }
    return {**snapshot.allocation_keys, **moved} if moved else snapshot.allocation_keys
