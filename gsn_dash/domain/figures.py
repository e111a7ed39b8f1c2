"""A figure is an amount that knows where it is from: a place in a paper, or a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Money, Unknown


@dataclass(frozen=True)
class Document:
    """A paper, or a table of statistics. `pages` is as the agenda prints it, or empty.

    `item` is the number of the agenda's item that it belongs to ("3"), empty where to none.
    """

    key: str
    title: str
    kind: str
    dated: date | None
    pages: str = ""
    item: str = ""


@dataclass(frozen=True)
class SourceRef:
    """A place in a document: section, row and column as a reader finds them."""

    document: Document
    section: str
    row: str = ""
    column: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Derivation:
    """How a figure follows from others: the rule's name, its inputs, and what must hold.

    `places` is where a paper says in words, and not in a figure, what the rule rests on.
    """

    rule: str
    inputs: tuple[Figure, ...]
    condition: str = ""
    places: tuple[SourceRef, ...] = ()


@dataclass(frozen=True)
class Figure:
    """An amount with its name (`ref`), its precision in kr and its origin.

    `precision` is the step the amount was published in (100 000 for 0,1 Mkr), or, of a derived
    figure, what the inputs' steps add up to; 0 is exact. `approximate` is the paper's own "ca".
    """

    ref: str
    amount: Amount
    precision: Decimal
    origin: SourceRef | Derivation
    printed: str = ""
    approximate: bool = False

    @property
    def is_derived(self) -> bool:
        """Whether a rule gave the figure, and not a paper."""
        return isinstance(self.origin, Derivation)

    @property
    def is_unknown(self) -> bool:
        """Whether the amount cannot be told."""
        return isinstance(self.amount, Unknown)

    @property
    def money(self) -> Money:
        """The amount where it must be known; raises ValueError where it is not."""
        if isinstance(self.amount, Unknown):
            raise ValueError(f"{self.ref} is unknown: {self.amount.reason}")
        return self.amount


def derive(
    ref: str,
    amount: Amount,
    rule: str,
    *inputs: Figure,
    condition: str = "",
    places: tuple[SourceRef, ...] = (),
) -> Figure:
    """A figure given by a rule from `inputs`; its precision is the sum of theirs."""
    precision = sum((figure.precision for figure in inputs), Decimal(0))
    return Figure(ref, amount, precision, Derivation(rule, inputs, condition, places))


def sources_of(figure: Figure) -> tuple[SourceRef, ...]:
    """Every place that the figure rests on, in order, each once."""
    if isinstance(figure.origin, SourceRef):
        return (figure.origin,)
    found = dict.fromkeys(figure.origin.places)
    for part in figure.origin.inputs:
        found.update(dict.fromkeys(sources_of(part)))
    return tuple(found)
