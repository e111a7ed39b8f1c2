"""What a ledger's codes are to us: which are mapped, which are not, and what one may propose.

A proposal is only that: nothing is mapped before a person has said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.ledger import (
    BALANCE,
    COST,
    IGNORE,
    OUTCOME,
    REVENUE,
    LedgerEntry,
    LedgerMap,
)
from gsn_dash.domain.snapshot import Snapshot

ACCOUNT, COST_CENTRE, PROJECT = "account", "cost_centre", "project"
BY_BOTH, BY_CODE, BY_NAME = "both", "code", "name"
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Ours:
    """An activity or a project of ours: its key, what it is called, and its codes."""

    key: str
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """Which of ours a code may be, and whether its code, its name or both are the same."""

    key: str
    reason: str


@dataclass(frozen=True)
class LedgerObject:
    """A code of a ledger, with what the file calls it, empty where it does not say.

    kind: account, cost_centre or project. `booked` is the outcome by item (revenue, cost and so
    on) and `budget` that of all of them, in kr with our signs; None where the code has no budget.
    `key` is what the code is mapped to, empty where to nothing; then there may be a `proposal`.
    """

    kind: str
    code: str
    name: str
    booked: Mapping[str, Money]
    budget: Money | None
    key: str = ""
    proposal: Proposal | None = None

    @property
    def size(self) -> Money:
        """How much the code is of, above zero: what is booked on it, or its budget if larger."""
        booked = sum((abs(amount) for amount in self.booked.values()), ZERO)
        return booked if self.budget is None else max(booked, abs(self.budget))

    def amount(self, *items: str) -> Money:
        """What is booked on it of these items; nothing is 0, as the ledger knows all of a code."""
        return sum((self.booked.get(item, ZERO) for item in items), ZERO)


def our_activities(snapshot: Snapshot) -> tuple[Ours, ...]:
    """The activities that a cost centre can be of: no groups."""
    return tuple(Ours(a.key, a.name, (a.key,)) for a in snapshot.activities if not a.members)


def our_projects(snapshot: Snapshot) -> tuple[Ours, ...]:
    """The projects that a ledger's project can be of."""
    return tuple(Ours(p.key, p.name, (p.key, *p.codes)) for p in snapshot.projects)


def entries_of(drafts: Drafts) -> tuple[tuple[LedgerEntry, ...], Names]:
    """The entries of the files' latest year, and what the file calls its codes."""
    if not drafts.ledgers:
        return (), {}
    latest = max(drafts.ledgers, key=lambda draft: draft.starts)
    return latest.entries, latest.names


def objects_of(
    entries: tuple[LedgerEntry, ...],
    names: Names,
    ledger_map: LedgerMap,
    snapshot: Snapshot | None,
) -> dict[str, tuple[LedgerObject, ...]]:
    """The codes of each kind; of accounts only those that no rule is about."""
    activities = our_activities(snapshot) if snapshot else ()
    projects = our_projects(snapshot) if snapshot else ()
    return {
        COST_CENTRE: cost_centres_of(entries, names, ledger_map, activities),
        PROJECT: projects_of(entries, names, ledger_map, projects),
        ACCOUNT: open_accounts(entries, names, ledger_map),
    }


def names_of(kind: str, snapshot: Snapshot | None) -> dict[str, str]:
    """What ours are called that codes of a kind can be of, by key."""
    if snapshot is None or kind == ACCOUNT:
        return {}
    ours = our_activities(snapshot) if kind == COST_CENTRE else our_projects(snapshot)
    return {each.key: each.name for each in ours}


def cost_centres_of(
    entries: Iterable[LedgerEntry], names: Names, ledger_map: LedgerMap, ours: Iterable[Ours]
) -> tuple[LedgerObject, ...]:
    """Every cost centre with revenue or cost, the largest first."""
    sums = _Sums(COST_CENTRE, names, ledger_map.cost_centres, tuple(ours))
    return sums.of(entries, _items(ledger_map, (REVENUE, COST)))


def projects_of(
    entries: Iterable[LedgerEntry], names: Names, ledger_map: LedgerMap, ours: Iterable[Ours]
) -> tuple[LedgerObject, ...]:
    """Every project with revenue, cost or what is invested, the largest first."""
    sums = _Sums(PROJECT, names, ledger_map.projects, tuple(ours))
    return sums.of(entries, _items(ledger_map, (REVENUE, COST, BALANCE)))


def open_accounts(
    entries: Iterable[LedgerEntry], names: Names, ledger_map: LedgerMap
) -> tuple[LedgerObject, ...]:
    """The accounts that no rule of the map is about, the largest first; they count as nothing."""

    def item_of(account: str) -> str:
        return "" if any(rule.holds(account) for rule in ledger_map.accounts) else IGNORE

    return _Sums(ACCOUNT, names, {}, ()).of(entries, item_of)


def _items(ledger_map: LedgerMap, items: tuple[str, ...]) -> Callable[[str], str]:
    def item_of(account: str) -> str:
        item = ledger_map.item_of(account)
        return item if item in items else ""

    return item_of


@dataclass(frozen=True)
class _Sums:
    """How entries become objects of one kind."""

    kind: str
    names: Names
    mapped: Mapping[str, str]
    ours: tuple[Ours, ...]

    def of(
        self, entries: Iterable[LedgerEntry], item_of: Callable[[str], str]
    ) -> tuple[LedgerObject, ...]:
        """The objects of the entries whose accounts have an item; asked once for each account."""
        items: dict[str, str] = {}
        booked: dict[str, dict[str, Money]] = {}
        budgets: dict[str, Money] = {}
        for each in entries:
            code = getattr(each, self.kind)
            if each.account not in items:
                items[each.account] = item_of(each.account)
            item = items[each.account]
            if not (code and item):
                continue
            held = booked.setdefault(code, {})
            if each.measure == OUTCOME:
                held[item] = held.get(item, ZERO) + each.amount
            else:
                budgets[code] = budgets.get(code, ZERO) + each.amount
        found = [self._object(code, held, budgets.get(code)) for code, held in booked.items()]
        return tuple(sorted(found, key=lambda each: (-each.size.kr, each.code)))

    def _object(self, code: str, booked: Mapping[str, Money], budget: Money | None) -> LedgerObject:
        name, key = self.names.get((self.kind, code), ""), self.mapped.get(code, "")
        proposal = None if key else propose(code, name, self.ours)
        return LedgerObject(self.kind, code, name, booked, budget, key, proposal)


def propose(code: str, name: str, ours: Iterable[Ours]) -> Proposal | None:
    """The one of ours whose code or name is the same; None where there is none, or several.

    A code and a name that are of two different ones propose nothing.
    """
    known = tuple(ours)
    by_code = {each.key for each in known if code in each.codes}
    by_name = {each.key for each in known if name and _plain(each.name) == _plain(name)}
    both = by_code & by_name
    if len(both) == 1:
        return Proposal(*both, BY_BOTH)
    if len(by_code | by_name) != 1:
        return None
    return Proposal(*by_code, BY_CODE) if by_code else Proposal(*by_name, BY_NAME)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
