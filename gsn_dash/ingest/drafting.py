"""One row of each file in `data/` to its draft. Raises RowError with column and sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.drafts import (
    CellDraft,
    ClaimDraft,
    ContributionDraft,
    DocumentDraft,
    InvestmentDraft,
    KeyDraft,
    OccasionDraft,
    OperatingDraft,
    Place,
    PopulationDraft,
    Reading,
    TotalDraft,
)
from gsn_dash.domain.refs import (
    INVESTMENT_MEASURES,
    OPERATING_ITEMS,
    OPERATING_MEASURES,
    REST,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
)
from gsn_dash.domain.snapshot import Activity, Collaboration, Municipality, Project
from gsn_dash.ingest.naming import KINDS, draft_key_name, draft_ref
from gsn_dash.ingest.printed import (
    UnreadableError,
    has_minus,
    is_lost_digit,
    parse_percent,
    parse_printed,
)
from gsn_dash.ingest.table import Row, RowError

_SIGNS = {"": 1, "+": 1, "-": -1}
_LONGEST_ITEM = 20
_OCCASION = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_APPROXIMATE = {"": False, "ca": True}
_FLAGS = {"ja": True, "nej": False}
_KIND_NAMES = "kind är money, percent, flag (ja eller nej) eller text"


def draft_place(row: Row) -> Place:
    """The place in a document that the row names."""
    return Place(
        row.required("document"),
        row.required("section"),
        row.text("row"),
        row.text("column"),
        row.optional_whole("page"),
    )


def draft_occasion_name(row: Row) -> tuple[int, int]:
    """ "2023-2" as (2023, 2)."""
    found = _OCCASION.fullmatch(row.required("occasion"))
    if not found:
        raise RowError("occasion", "tillfället skrivs som 2023-2")
    return int(found[1]), int(found[2])


def draft_reading(row: Row) -> Reading:
    """The printed amount; `sign` is for prose that gives it in words ("underskott")."""
    printed, sign, approximate = (row.text(name) for name in ("printed", "sign", "approximate"))
    if sign not in _SIGNS:
        raise RowError("sign", f"”{sign}” är inte + eller -")
    if sign and has_minus(printed):
        raise RowError("sign", f"”{printed}” har redan ett minus: lämna sign tom")
    if approximate not in _APPROXIMATE:
        raise RowError("approximate", f"”{approximate}” är inte ca: skriv ca eller lämna tomt")
    try:
        parsed = parse_printed(printed, row.required("scale"))
    except UnreadableError as error:
        raise RowError("printed", str(error)) from error
    amount = parsed.amount
    if isinstance(amount, Money):
        amount = amount * _SIGNS[sign]
    elif row.cells.get("reason", "").strip():
        amount = Unknown(row.text("reason"))
    precision = _stated_precision(row) or parsed.precision
    return Reading(printed, amount, precision, _APPROXIMATE[approximate], draft_place(row))


def _stated_precision(row: Row) -> Decimal | None:
    """What the column says. The unit of a lost digit is that of its print, so there it may not."""
    value = row.optional_whole("precision")
    if value is not None and is_lost_digit(row.text("printed")):
        sentence = "siffran före kommat saknas, så talet är så noga som det är tryckt: lämna tomt"
        raise RowError("precision", sentence)
    return None if value is None else Decimal(value)


def draft_document(row: Row) -> DocumentDraft:
    """A row of documents.csv; a file from before items were told has no such column."""
    return DocumentDraft(
        row.required("document"),
        row.required("title"),
        row.required("kind"),
        row.optional_day("dated"),
        row.text("pages"),
        _item_number(row),
    )


def _item_number(row: Row) -> str:
    """The number of an item of the agenda, which views and decisions are named by."""
    item = row.text("item") if "item" in row.cells else ""
    if ":" in item or len(item) > _LONGEST_ITEM:
        raise RowError("item", f"”{item[:30]}” är inget nummer på ett ärende: skriv till exempel 3")
    return item


def draft_occasion(row: Row) -> OccasionDraft:
    """A row of occasions.csv. The period is whole months from the start of the year."""
    start, end = row.day("period_start"), row.day("period_end")
    if (start.month, start.day) != (1, 1):
        raise RowError("period_start", f"perioden börjar {start}: den ska börja den 1 januari")
    if end.day != monthrange(end.year, end.month)[1]:
        sentence = f"perioden slutar {end}: den ska sluta den sista dagen i en månad"
        raise RowError("period_end", sentence)
    return OccasionDraft(
        row.whole("year"),
        row.whole("number"),
        start,
        end,
        row.day("appendix_dated"),
        row.day("meeting_on"),
        row.required("document"),
    )


def draft_activity(row: Row) -> Activity:
    """A row of activities.csv."""
    members = tuple(row.text("members").split())
    return Activity(draft_key_name(row, "activity", REST), row.required("name"), members)


def draft_project(row: Row) -> Project:
    """A row of projects.csv; kind is project, group or rest."""
    kind = row.required("kind")
    if kind not in ("project", "group", "rest"):
        raise RowError("kind", f"”{kind}” är inte project, group eller rest")
    codes = tuple(row.text("codes").split())
    return Project(
        draft_key_name(row, "project"), row.required("name"), codes, kind == "group", kind == "rest"
    )


def draft_municipality(row: Row) -> Municipality:
    """A row of municipalities.csv."""
    return Municipality(row.required("code"), row.required("name"))


def draft_collaboration(row: Row) -> Collaboration:
    """A row of collaborations.csv."""
    return Collaboration(draft_key_name(row, "collaboration"), row.required("name"))


def _one_of(row: Row, column: str, allowed: tuple[str, ...], about: str = "") -> str:
    """The cell where it is one of `allowed`; raises RowError with what may be written there."""
    value = row.required(column)
    if value not in allowed:
        choices = f"{', '.join(allowed[:-1])} eller {allowed[-1]}"
        raise RowError(column, f"”{value}” går inte{about}: skriv {choices}")
    return value


def draft_operating(row: Row) -> OperatingDraft:
    """A row of operating.csv."""
    span = _one_of(row, "span", tuple(OPERATING_MEASURES))
    key = OperatingKey(
        row.required("subject"),
        _one_of(row, "item", OPERATING_ITEMS),
        span,
        _one_of(row, "measure", OPERATING_MEASURES[span], f" för {span}"),
    )
    return OperatingDraft(draft_occasion_name(row), key, draft_reading(row))


def draft_investment(row: Row) -> InvestmentDraft:
    """A row of investments.csv."""
    key = InvestmentKey(row.required("project"), _one_of(row, "measure", INVESTMENT_MEASURES))
    return InvestmentDraft(draft_occasion_name(row), key, draft_reading(row))


def draft_contribution(row: Row) -> ContributionDraft:
    """A row of contributions.csv."""
    key = ContributionKey(row.required("collaboration"), row.required("municipality"))
    return ContributionDraft(
        draft_occasion_name(row), key, row.optional_whole("year"), draft_reading(row)
    )


def draft_total(row: Row) -> TotalDraft:
    """A row of totals.csv."""
    ref = draft_ref(row, "money").ref
    return TotalDraft(draft_occasion_name(row), ref, draft_reading(row))


def draft_claim(row: Row) -> ClaimDraft:
    """A row of claims.csv; kind says how `printed` is read."""
    occasion, kind = draft_occasion_name(row), row.required("kind")
    if kind not in KINDS:
        raise RowError("kind", _KIND_NAMES)
    ref = draft_ref(row, kind).ref
    if kind == "money":
        reading = draft_reading(row)
        return ClaimDraft(occasion, ref, kind, reading.amount, reading)
    value, precision = _claimed(row, kind)
    reading = Reading(
        row.text("printed"),
        Unknown("uppgiften är inget belopp"),
        precision,
        False,
        draft_place(row),
    )
    return ClaimDraft(occasion, ref, kind, value, reading)


def _claimed(row: Row, kind: str) -> tuple[Decimal | bool | str, Decimal]:
    printed = row.required("printed")
    if kind == "text":
        return printed, Decimal(0)
    if kind == "flag" and printed in _FLAGS:
        return _FLAGS[printed], Decimal(0)
    if kind == "percent":
        try:
            return parse_percent(printed)
        except UnreadableError as error:
            raise RowError("printed", str(error)) from error
    raise RowError("kind", _KIND_NAMES)


def draft_cell(row: Row) -> CellDraft:
    """A row of printed_cells.csv."""
    role = row.required("role")
    if role not in ("heading", "label", "value"):
        raise RowError("role", f"”{role}” är inte heading, label eller value")
    ref = draft_ref(row, "money", "percent").ref if row.text("ref") else ""
    return CellDraft(
        draft_occasion_name(row),
        row.required("document"),
        row.required("table"),
        row.whole("row"),
        row.whole("column"),
        role,
        row.text("text"),
        ref,
    )


def draft_key(row: Row) -> KeyDraft:
    """A row of allocation_keys.csv; equal_percent is 0–100."""
    percent = row.whole("equal_percent")
    if percent > 100:
        raise RowError("equal_percent", "andelen kan inte vara över 100 procent")
    return KeyDraft(
        draft_occasion_name(row),
        row.required("collaboration"),
        Decimal(percent).scaleb(-2),
        tuple(row.required("members").split()),
        row.required("counted_on"),
        draft_place(row),
    )


def draft_population(row: Row) -> PopulationDraft:
    """A row of populations.csv."""
    return PopulationDraft(
        row.required("municipality"), row.day("as_of"), row.whole("count"), draft_place(row)
    )
