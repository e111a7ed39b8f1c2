"""What differs between two snapshots, figure by figure: before an import, and between occasions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gsn_dash.domain.amounts import ORE, Money, total_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.ledger import BALANCE, Ledger
from gsn_dash.domain.refs import (
    INVESTMENT_MEASURES,
    OPERATING_ITEMS,
    OPERATING_MEASURES,
    TOTAL,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
    population_ref,
)
from gsn_dash.domain.snapshot import AllocationKey, Population, Snapshot

NEW, CHANGED, GONE, SAME = "new", "changed", "gone", "same"
# What a difference may be about, in the order that they are told.
PARTS = (
    "operating", "investment", "contribution", "restated", "total", "claim", "key", "population",
    "ledger",
)  # fmt: skip
Stated = Figure | Population | AllocationKey


@dataclass(frozen=True)
class Difference:
    """One stated figure as it was before and as it is after.

    kind: new, changed, gone or same; what a paper is right about in other words is the same.
    `part` is one of PARTS. Of a population and an allocation key the sides are those, which are
    no money; of every other part they are figures. `before` is None where it is new, `after`
    where it has gone.
    """

    ref: str
    before: Stated | None
    after: Stated | None
    kind: str
    part: str


def differences(before: Snapshot | None, after: Snapshot | None) -> tuple[Difference, ...]:
    """Every stated figure of either snapshot, in the order that the papers have them.

    Compares occasions too: the refs are the same from one to another. Without `before` all is
    new, without `after` all has gone.
    """
    earlier = _stated_in(before) if before else {}
    later = _stated_in(after) if after else {}
    names = list(dict.fromkeys([*later, *earlier]))
    order = {name: place for place, name in enumerate(names)}
    names.sort(key=lambda name: (PARTS.index(name[0]), order[name]))
    return tuple(_difference(name, earlier.get(name), later.get(name)) for name in names)


# The part, the ref, and which of several: two places may state one ref.
_Name = tuple[str, str, int]


def _difference(name: _Name, before: Stated | None, after: Stated | None) -> Difference:
    if before is None or after is None:
        kind = NEW if before is None else GONE
    else:
        kind = SAME if _is_same(before, after) else CHANGED
    return Difference(name[1], before, after, kind, name[0])


def _is_same(before: Stated, after: Stated) -> bool:
    if isinstance(before, Figure) and isinstance(after, Figure):
        if before.is_unknown and after.is_unknown:
            return True
        return (before.amount, before.precision, before.approximate) == (
            after.amount,
            after.precision,
            after.approximate,
        )
    if isinstance(before, Population) and isinstance(after, Population):
        return before.count == after.count
    if isinstance(before, AllocationKey) and isinstance(after, AllocationKey):
        return _terms(before) == _terms(after)
    return False


def _terms(key: AllocationKey) -> tuple[object, ...]:
    return key.equal_part, frozenset(key.members), key.counted_on


def _stated_in(snapshot: Snapshot) -> Mapping[_Name, Stated]:
    found: dict[_Name, Stated] = {}
    times: Counter[tuple[str, str]] = Counter()
    for part, ref, stated in _walk(snapshot):
        found[part, ref, times[part, ref]] = stated
        times[part, ref] += 1
    return found


def _walk(snapshot: Snapshot) -> Iterator[tuple[str, str, Stated]]:
    """All that is stated, part by part, in an order that no correction changes."""
    for key in sorted(snapshot.operating, key=lambda key: _operating_order(snapshot, key)):
        yield "operating", key.ref, snapshot.operating[key]
    for project in sorted(snapshot.investments, key=lambda key: _project_order(snapshot, key)):
        yield "investment", project.ref, snapshot.investments[project]
    for payer in sorted(snapshot.contributions, key=lambda key: _payer_order(snapshot, key)):
        yield "contribution", payer.ref, snapshot.contributions[payer].figure
    for other in snapshot.restated:
        yield "restated", other.key.ref, other.figure
    for ref in sorted(snapshot.totals):
        yield "total", ref, snapshot.totals[ref]
    yield from _claims(snapshot)
    for name, terms in sorted(snapshot.allocation_keys.items()):
        yield "key", f"key:{name}", terms
    for people in sorted(snapshot.populations, key=lambda p: (p.as_of, p.municipality)):
        yield "population", population_ref(people.municipality, people.as_of), people
    if snapshot.ledger:
        yield from _ledger_sums(snapshot.ledger)


def _claims(snapshot: Snapshot) -> Iterator[tuple[str, str, Figure]]:
    for claim in snapshot.claims:
        if claim.kind == "money":
            figure = Figure(
                claim.ref,
                claim.value,
                claim.precision,
                claim.source,
                claim.printed,
                claim.approximate,
            )
            yield "claim", claim.ref, figure


def _ledger_sums(ledger: Ledger) -> Iterator[tuple[str, str, Figure]]:
    """Each month's sum of revenue and of cost, budget and outcome."""
    cells: dict[tuple[str, str, str], list[Money]] = {}
    for row in ledger.months:
        if row.item != BALANCE:
            cells.setdefault((row.month.isoformat()[:7], row.item, row.measure), []).append(
                row.amount
            )
    for names in sorted(cells):
        ref = ":".join(("ledger", *names))
        yield "ledger", ref, Figure(ref, total_of(cells[names]).amount, ORE, ledger.source)


def _operating_order(snapshot: Snapshot, key: OperatingKey) -> tuple[int, ...]:
    subjects = [TOTAL, *(activity.key for activity in snapshot.activities)]
    return (
        _place_in(subjects, key.subject),
        OPERATING_ITEMS.index(key.item),
        tuple(OPERATING_MEASURES).index(key.span),
        OPERATING_MEASURES[key.span].index(key.measure),
    )


def _project_order(snapshot: Snapshot, key: InvestmentKey) -> tuple[int, int]:
    projects = [*(project.key for project in snapshot.projects), TOTAL]
    return _place_in(projects, key.project), INVESTMENT_MEASURES.index(key.measure)


def _payer_order(snapshot: Snapshot, key: ContributionKey) -> tuple[int, str]:
    names = [collaboration.key for collaboration in snapshot.collaborations]
    return _place_in(names, key.collaboration), key.municipality


def _place_in(names: Sequence[str], name: str) -> int:
    """Where a name stands, after all the others where it does not."""
    return names.index(name) if name in names else len(names)
