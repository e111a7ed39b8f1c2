"""A ledger by month: what an accounting system exported, and how its codes become ours.

Amounts have the paper's signs: revenue above zero, cost below. Of vouchers only sums are kept,
never their texts, which may name people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.figures import SourceRef

if TYPE_CHECKING:  # drafts are made of snapshots' parts, and a snapshot has a ledger
    from gsn_dash.domain.drafts import Place

REVENUE, COST, BALANCE, IGNORE = "revenue", "cost", "balance", "ignore"
ITEMS = (REVENUE, COST, BALANCE, IGNORE)
OUTCOME, BUDGET = "outcome", "budget"


@dataclass(frozen=True)
class LedgerEntry:
    """A sum of one month (its first day), on an account; codes are empty where there is none.

    measure: outcome or budget. Of one ledger no two entries share all but the amount.
    """

    month: date
    account: str
    cost_centre: str
    project: str
    measure: str
    amount: Money


@dataclass(frozen=True)
class LedgerDraft:
    """A fiscal year (`starts` to `ends`, both days included) as one file has it.

    `program` is what wrote the file, `sie_type` its type ("2", "3" or "4"); `months` are the
    first days of the months that the file speaks for: what is not among them is not known.
    `names` are what the file calls its codes, by kind (account, cost_centre, project) and code;
    they are for whoever looks at the file, and are not kept.
    """

    starts: date
    ends: date
    program: str
    sie_type: str
    entries: tuple[LedgerEntry, ...]
    place: Place
    months: tuple[date, ...]
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class AccountRule:
    """Accounts from `first` to `last`, as text: "4" to "8" are all that begin with 4, 5 … 8.

    item: revenue, cost, balance or ignore.
    """

    first: str
    last: str
    item: str

    def holds(self, account: str) -> bool:
        """Whether the account is one of them; its length may be another than the rule's."""
        return self.first <= account and account[: len(self.last)] <= self.last


@dataclass(frozen=True)
class LedgerMap:
    """How an account plan becomes ours: accounts to items, cost centres to activities' keys and
    the ledger's projects to our projects' keys. What has no rule is ignored, or of none."""

    accounts: tuple[AccountRule, ...]
    cost_centres: Mapping[str, str] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)

    def item_of(self, account: str) -> str:
        """The item of an account: by the rule with the most digits, of equals by the first."""
        fitting = [rule for rule in self.accounts if rule.holds(account)]
        return max(fitting, key=lambda rule: len(rule.first)).item if fitting else IGNORE


# Of the balance only what is invested (10–12) counts: with debts and banks, a project whose code
# stands on both sides of its vouchers would come to nothing.
DEFAULT_MAP = LedgerMap(
    (
        AccountRule("10", "12", BALANCE),
        AccountRule("13", "29", IGNORE),
        AccountRule("3", "3", REVENUE),
        AccountRule("4", "8", COST),
    )
)


@dataclass(frozen=True)
class LedgerMonth:
    """What a month sums to through the map; activity and project are "" where there is none."""

    month: date
    item: str
    activity: str
    project: str
    measure: str
    amount: Money


@dataclass(frozen=True)
class Ledger:
    """A fiscal year in force, rolled up; `batch` is the import that brought it.

    `covered` are the first days of the months that the file speaks for: a month that is not
    among them has an unknown outcome, also where it has no row here.
    """

    starts: date
    ends: date
    months: tuple[LedgerMonth, ...]
    source: SourceRef
    batch: int
    covered: tuple[date, ...] = ()
