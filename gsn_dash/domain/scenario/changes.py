"""How an assumption moves a figure: by an amount that is reckoned from reported figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Amount, Unknown, total_of
from gsn_dash.domain.figures import Figure, derive

RULE = "what_if"


@dataclass(frozen=True)
class Change:
    """What is added to a figure, unknown where it cannot be told, and what it follows from."""

    amount: Amount
    inputs: tuple[Figure, ...]


Changes = dict[str, Change]


def scaled(figure: Figure, factor: Decimal) -> Change:
    """`factor` times a reported figure."""
    amount = figure.amount
    return Change(amount if isinstance(amount, Unknown) else amount * factor, (figure,))


def joined(changes: Iterable[Change]) -> Change:
    """Several changes of one figure as one."""
    held = tuple(changes)
    inputs = dict.fromkeys(figure for change in held for figure in change.inputs)
    return Change(total_of(change.amount for change in held).amount, tuple(inputs))


def shift(figure: Figure, change: Change | None) -> Figure:
    """The figure moved by the change: itself where nothing moves it, or nobody knows it."""
    if change is None or change.amount == ZERO or figure.is_unknown:
        return figure
    amount = change.amount
    if not isinstance(amount, Unknown):
        amount = figure.money + amount
    return assumed(figure, amount, *change.inputs)


def assumed(reported: Figure, amount: Amount, *inputs: Figure) -> Figure:
    """An amount in the place of a reported one, which it can be traced back to."""
    sources = dict.fromkeys((reported, *inputs))
    return derive(reported.ref, amount, RULE, *sources)
