"""What has been read from a file and not yet kept: the rows that the store records.

Ingest makes drafts, the store writes them; neither knows the other. A draft names its place by
text, since the document's row in the store may not exist yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.ledger import LedgerDraft
from gsn_dash.domain.refs import ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Activity, Collaboration, Municipality, Project

# What an import was of. Only a whole folder says by what it lacks that something has gone.
FOLDER, TABLE, TEMPLATE = "folder", "table", "template"
LEDGER, POPULATION = "ledger", "population"
CORRECTION, CHOICE, WITHDRAWAL, MAP = "correction", "choice", "withdrawal", "map"
IN_FORCE = "in_force"
RESTATED = "restated"


@dataclass(frozen=True)
class Place:
    """A place in a document, by the document's key."""

    document: str
    section: str
    row: str = ""
    column: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Reading:
    """A printed amount as read: its text, its amount in kr, its precision in kr, its place."""

    printed: str
    amount: Amount
    precision: Decimal
    approximate: bool
    place: Place


@dataclass(frozen=True)
class DocumentDraft:
    """A paper or table that figures are taken from; `item` is its number on the agenda."""

    key: str
    title: str
    kind: str
    dated: date | None
    pages: str
    item: str = ""


@dataclass(frozen=True)
class OccasionDraft:
    """An occasion with its days; `document` is the key of the paper that reports it."""

    year: int
    number: int
    period_start: date
    period_end: date
    appendix_dated: date
    meeting_on: date
    document: str


@dataclass(frozen=True)
class OperatingDraft:
    """A cell of the operating budget at an occasion (year, number)."""

    occasion: tuple[int, int]
    key: OperatingKey
    reading: Reading


@dataclass(frozen=True)
class InvestmentDraft:
    """An appropriation by kind, or an outcome, a forecast or what is left, of a project."""

    occasion: tuple[int, int]
    key: InvestmentKey
    reading: Reading


@dataclass(frozen=True)
class ContributionDraft:
    """What a municipality pays for a collaboration; several places may state it."""

    occasion: tuple[int, int]
    key: ContributionKey
    year: int | None
    reading: Reading
    standing: str = IN_FORCE


@dataclass(frozen=True)
class TotalDraft:
    """A total that a paper prints, kept apart from its parts."""

    occasion: tuple[int, int]
    ref: str
    reading: Reading


@dataclass(frozen=True)
class ClaimDraft:
    """Something a paper says; `value` is Money, a ratio, a flag or a text by `kind`."""

    occasion: tuple[int, int]
    ref: str
    kind: str
    value: Amount | Decimal | bool | str
    reading: Reading


@dataclass(frozen=True)
class CellDraft:
    """A cell of a printed table, as it stands."""

    occasion: tuple[int, int]
    document: str
    table: str
    row: int
    column: int
    role: str
    text: str
    ref: str


@dataclass(frozen=True)
class KeyDraft:
    """An allocation key of a collaboration and its members, as an occasion's paper has it."""

    occasion: tuple[int, int]
    collaboration: str
    equal_part: Decimal
    members: tuple[str, ...]
    counted_on: str
    place: Place


@dataclass(frozen=True)
class PopulationDraft:
    """Inhabitants of a municipality on a day."""

    municipality: str
    as_of: date
    count: int
    place: Place


@dataclass(frozen=True)
class Drafts:
    """Everything that one import would record; `kind` is what it is of.

    A folder withdraws what has gone from its files. A choice names every place that states the
    contributions it is about: where one of them stood before and is not named, it is withdrawn.
    No other kind takes anything away.
    """

    documents: tuple[DocumentDraft, ...] = ()
    occasions: tuple[OccasionDraft, ...] = ()
    activities: tuple[Activity, ...] = ()
    projects: tuple[Project, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    operating: tuple[OperatingDraft, ...] = ()
    investments: tuple[InvestmentDraft, ...] = ()
    contributions: tuple[ContributionDraft, ...] = ()
    totals: tuple[TotalDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    cells: tuple[CellDraft, ...] = ()
    keys: tuple[KeyDraft, ...] = ()
    populations: tuple[PopulationDraft, ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=())
    ledgers: tuple[LedgerDraft, ...] = ()
    kind: str = FOLDER


def choose_in_force(drafts: tuple[ContributionDraft, ...]) -> tuple[ContributionDraft, ...]:
    """Of several places that state one contribution, the finest known one is in force.

    Equal precision: the first stated. Amounts of different named years are different facts, of
    which the latest year's is in force. The others stay, as restated.
    """
    best: dict[tuple[tuple[int, int], ContributionKey], ContributionDraft] = {}
    latest = _latest_years(drafts)
    for draft in drafts:
        cell = (draft.occasion, draft.key)
        if draft.year is not None and draft.year < latest[cell]:
            continue
        held = best.get(cell)
        if held is None or _fineness(draft) < _fineness(held):
            best[cell] = draft
    return tuple(
        draft if best[draft.occasion, draft.key] is draft else replace(draft, standing=RESTATED)
        for draft in drafts
    )


def _latest_years(
    drafts: tuple[ContributionDraft, ...],
) -> dict[tuple[tuple[int, int], ContributionKey], int]:
    """The latest year that any place names for each contribution."""
    latest: dict[tuple[tuple[int, int], ContributionKey], int] = {}
    for draft in drafts:
        if draft.year is not None:
            cell = (draft.occasion, draft.key)
            latest[cell] = max(draft.year, latest.get(cell, draft.year))
    return latest


def _fineness(draft: ContributionDraft) -> tuple[bool, Decimal]:
    return isinstance(draft.reading.amount, Unknown), draft.reading.precision
