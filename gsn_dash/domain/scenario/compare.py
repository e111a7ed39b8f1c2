"""What differs between two snapshots of the same occasion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.collaborating import Bill, bill, payers
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.snapshot import Contribution, Snapshot


@dataclass(frozen=True)
class Moved:
    """A quantity whose amount differs: the figures before and after."""

    ref: str
    before: Figure
    after: Figure


def compare(base: Snapshot, other: Snapshot) -> tuple[Moved, ...]:
    """Every quantity of the base whose amount is another in `other`, in the papers' order.

    A sum that lacks a part is unknown in both and is not among them: its known parts are.
    """
    moved = []
    for ref in dict.fromkeys(_refs(base)):
        before, after = in_force(base, ref), in_force(other, ref)
        if before is not None and after is not None and before.amount != after.amount:
            moved.append(Moved(ref, before, after))
    return tuple(moved)


@dataclass(frozen=True)
class BillChange:
    """A municipality's bill before and after, and how the known part of it differs.

    `unknown` are the collaborations whose unknown part is moved too, nobody knows how much.
    """

    municipality: str
    before: Bill
    after: Bill
    difference: Money
    unknown: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        """Whether anything in the bill is another, known or not."""
        return self.difference != ZERO or bool(self.unknown)


def compare_bills(base: Snapshot, other: Snapshot) -> tuple[BillChange, ...]:
    """Every payer's bill, moved or not. What lacks in it lacks in both."""
    pairs = [(code, bill(base, code), bill(other, code)) for code in payers(base)]
    return tuple(
        BillChange(
            code,
            before,
            after,
            after.total.known - before.total.known,
            tuple(a.key.collaboration for b, a in _rows(before, after) if is_moved_unknown(b, a)),
        )
        for code, before, after in pairs
    )


def _rows(before: Bill, after: Bill) -> Iterator[tuple[Contribution, Contribution]]:
    return zip(before.rows, after.rows, strict=True)


def is_moved_unknown(before: Contribution, after: Contribution) -> bool:
    """Whether an unknown contribution is moved, by an amount that is unknown too."""
    return before.figure.is_unknown and after.figure is not before.figure


def _refs(snapshot: Snapshot) -> Iterator[str]:
    """What is stated, and what follows from it for the year-end and the payers."""
    yield from (key.ref for key in snapshot.operating)
    yield from (operating(i, "year", m) for i in ITEMS for m in ("forecast", "deviation"))
    for project in (*(p.key for p in snapshot.projects), TOTAL):
        yield from (InvestmentKey(project, measure).ref for measure in ("forecast", "left"))
    yield from (key.ref for key in snapshot.contributions)
    yield from (ContributionKey(TOTAL, code).ref for code in payers(snapshot))
    yield from snapshot.totals
