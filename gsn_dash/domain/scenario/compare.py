"""What differs between two snapshots of the same occasion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gsn_dash.domain.amounts import ZERO, Money, deviation_of, total_of
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
    """A municipality's bill before and after, and how what was known of it differs.

    `unknown` are the collaborations whose unknown part is moved too, nobody knows how much;
    `filled` those whose unknown part has an assumed amount, which differs from nothing.
    """

    municipality: str
    before: Bill
    after: Bill
    difference: Money
    unknown: tuple[str, ...]
    filled: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        """Whether anything in the bill is another, known or not."""
        return self.difference != ZERO or bool(self.unknown) or bool(self.filled)


def compare_bills(base: Snapshot, other: Snapshot) -> tuple[BillChange, ...]:
    """Every payer's bill, moved or not."""
    pairs = [(code, bill(base, code), bill(other, code)) for code in payers(base)]
    return tuple(_bill_change(*pair) for pair in pairs)


def _bill_change(code: str, before: Bill, after: Bill) -> BillChange:
    rows = list(zip(before.rows, after.rows, strict=True))
    changes = [deviation_of(a.figure.amount, b.figure.amount) for b, a in rows]
    names = [a.key.collaboration for _, a in rows]
    return BillChange(
        code,
        before,
        after,
        total_of(changes).known,
        tuple(n for n, row in zip(names, rows, strict=True) if is_moved_unknown(*row)),
        tuple(n for n, row in zip(names, rows, strict=True) if is_filled(*row)),
    )


def is_moved_unknown(before: Contribution, after: Contribution) -> bool:
    """Whether an unknown contribution is moved, by an amount that is unknown too."""
    return _is_unknown_moved(before, after) and after.figure.is_unknown


def is_filled(before: Contribution, after: Contribution) -> bool:
    """Whether an amount is assumed in the place of an unknown one."""
    return _is_unknown_moved(before, after) and not after.figure.is_unknown


def _is_unknown_moved(before: Contribution, after: Contribution) -> bool:
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
