"""All that is known at one occasion, frozen. Nothing here computes; the rules read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Money
from gsn_dash.domain.figures import Document, Figure, SourceRef
from gsn_dash.domain.ledger import Ledger
from gsn_dash.domain.refs import ContributionKey, InvestmentKey, OperatingKey


@dataclass(frozen=True, order=True)
class Occasion:
    """A follow-up occasion. Its months are data, never inferred from its number.

    The period runs from 1 January to the last day of a month of the same year, so that it is
    whole months and the rest of the year is too; ingest refuses any other.
    """

    year: int
    number: int
    period_start: date
    period_end: date
    appendix_dated: date
    meeting_on: date

    @property
    def months(self) -> int:
        """How many whole months the period has."""
        return self.period_end.month - self.period_start.month + 1

    @property
    def months_left(self) -> int:
        """How many months of the year come after the period."""
        return 12 - self.period_end.month

    @property
    def is_closing(self) -> bool:
        """Whether it is the year-end closing: nothing of the year is left to forecast."""
        return self.months == 12


@dataclass(frozen=True)
class Activity:
    """An activity, or a group of activities that the paper speaks of together."""

    key: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """An investment project or group of projects. A code alone does not identify one."""

    key: str
    name: str
    codes: tuple[str, ...]
    is_group: bool = False
    is_rest: bool = False


@dataclass(frozen=True)
class Municipality:
    """A municipality with Statistics Sweden's four-digit code."""

    code: str
    name: str


@dataclass(frozen=True)
class Collaboration:
    """A Dalarna collaboration that the municipalities pay for."""

    key: str
    name: str


@dataclass(frozen=True)
class Contribution:
    """What one municipality pays a year; `year` is None where the paper names none."""

    key: ContributionKey
    figure: Figure
    year: int | None


@dataclass(frozen=True)
class AllocationKey:
    """`equal_part` (0–1) in equal shares over the members, the rest by inhabitants."""

    collaboration: str
    equal_part: Decimal
    members: tuple[str, ...]
    counted_on: str
    source: SourceRef


@dataclass(frozen=True)
class Population:
    """Inhabitants of a municipality on a day."""

    municipality: str
    as_of: date
    count: int
    source: SourceRef


@dataclass(frozen=True)
class Claim:
    """Something a paper says, apart from the facts that it is checked against.

    kind: money (value is an amount), percent (a ratio), flag (bool) or text (str).
    """

    ref: str
    kind: str
    value: Amount | Decimal | bool | str
    printed: str
    precision: Decimal
    source: SourceRef
    approximate: bool = False

    @property
    def amount(self) -> Money | None:
        """The claimed money, where the claim is one that can be read."""
        return self.value if isinstance(self.value, Money) else None


@dataclass(frozen=True)
class PrintedCell:
    """A cell of a printed table as it stands; `ref` names the quantity it was read as."""

    document: Document
    table: str
    row: int
    column: int
    role: str
    text: str
    ref: str = ""


@dataclass(frozen=True)
class PutRight:
    """A figure in force that a person has put right: what stood there before, by whom, why.

    `printed` is what the file or the paper has, and the figure's place is still its place there.
    """

    ref: str
    printed: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Snapshot:
    """An occasion as of a batch: facts, published totals, claims and printed cells.

    `ledger` is of the fiscal year that the occasion's period lies in; `earlier_ledgers` are of
    the years before it, the latest first, by month, item and measure alone. `read_in` is the
    newest batch that what is in force here came with: `batch` may hold other occasions alone.
    """

    occasion: Occasion
    batch: int
    documents: Mapping[str, Document]
    activities: tuple[Activity, ...]
    operating: Mapping[OperatingKey, Figure]
    projects: tuple[Project, ...]
    investments: Mapping[InvestmentKey, Figure]
    municipalities: Mapping[str, Municipality]
    collaborations: tuple[Collaboration, ...]
    contributions: Mapping[ContributionKey, Contribution]
    restated: tuple[Contribution, ...]
    allocation_keys: Mapping[str, AllocationKey]
    populations: tuple[Population, ...]
    totals: Mapping[str, Figure]
    claims: tuple[Claim, ...]
    cells: tuple[PrintedCell, ...]
    replaced: tuple[Figure, ...] = ()
    ledger: Ledger | None = None
    earlier_ledgers: tuple[Ledger, ...] = ()
    put_right: tuple[PutRight, ...] = ()
    read_in: int = 0

    def claims_about(self, ref: str) -> tuple[Claim, ...]:
        """The claims on one quantity, in the order of the papers."""
        return tuple(claim for claim in self.claims if claim.ref == ref)
