"""Drafts as rows of the tables: which columns each kind of draft fills, and its natural key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.drafts import IN_FORCE, ClaimDraft, Drafts, Place, Reading
from gsn_dash.domain.refs import TOTAL
from gsn_dash.store import schema
from gsn_dash.store.ledgers import entries_fingerprint

PlaceKey = tuple[str, str, str, str, int | None]
Places = Mapping[PlaceKey, int]
Occasions = Mapping[tuple[int, int], int]
Values = list[dict[str, Any]]

_APPROPRIATIONS = ("original", "carried_over", "extra", "appropriation")


Key = tuple[Any, ...]
KeyOf = Callable[[Mapping[str, Any]], Key]


@dataclass(frozen=True)
class Shape:
    """A table of figures, its file, what tells its cells apart, and how drafts become rows."""

    table: Table
    file: str
    key: KeyOf
    rows: Callable[[Drafts, Places, Occasions], Values]


def place_key(place: Place) -> PlaceKey:
    """A place as the columns that identify it."""
    return (place.document, place.section, place.row, place.column, place.page)


def places(drafts: Drafts) -> tuple[PlaceKey, ...]:
    """Every place that the drafts name, each once."""
    readings = [
        draft.reading
        for group in (
            drafts.operating,
            drafts.investments,
            drafts.contributions,
            drafts.totals,
            drafts.claims,
        )
        for draft in group
    ]
    named = [reading.place for reading in readings]
    named += [draft.place for draft in (*drafts.keys, *drafts.populations, *drafts.ledgers)]
    return tuple(dict.fromkeys(place_key(place) for place in named))


def _figure(reading: Reading, named: Places) -> dict[str, Any]:
    amount = reading.amount
    return {
        "printed": reading.printed,
        "amount": amount.kr if isinstance(amount, Money) else None,
        "unknown_reason": amount.reason if isinstance(amount, Unknown) else None,
        "precision_kr": reading.precision,
        "approximate": reading.approximate,
        "place_id": named[place_key(reading.place)],
    }


def _days(drafts: Drafts, _named: Places, occasions: Occasions) -> Values:
    return [
        {
            "occasion_id": occasions[draft.year, draft.number],
            "year": draft.year,
            "period_start": draft.period_start,
            "period_end": draft.period_end,
            "appendix_dated": draft.appendix_dated,
            "meeting_on": draft.meeting_on,
            "document_key": draft.document,
        }
        for draft in drafts.occasions
    ]


def _operating(drafts: Drafts, named: Places, occasions: Occasions) -> Values:
    return [
        {
            "occasion_id": occasions[draft.occasion],
            "activity_key": None if draft.key.subject == TOTAL else draft.key.subject,
            "item": draft.key.item,
            "span": draft.key.span,
            "measure": draft.key.measure,
            **_figure(draft.reading, named),
        }
        for draft in drafts.operating
    ]


def _investments(
    drafts: Drafts, named: Places, occasions: Occasions, column: str, appropriations: bool
) -> Values:
    return [
        {
            "occasion_id": occasions[draft.occasion],
            "project_key": None if draft.key.project == TOTAL else draft.key.project,
            column: draft.key.measure,
            **_figure(draft.reading, named),
        }
        for draft in drafts.investments
        if (draft.key.measure in _APPROPRIATIONS) is appropriations
    ]


def _contributions(drafts: Drafts, named: Places, occasions: Occasions) -> Values:
    return [
        {
            "occasion_id": occasions[draft.occasion],
            "collaboration_key": draft.key.collaboration,
            "municipality_code": draft.key.municipality,
            "year": draft.year,
            "standing": draft.standing,
            **_figure(draft.reading, named),
        }
        for draft in drafts.contributions
    ]


def _totals(drafts: Drafts, named: Places, occasions: Occasions) -> Values:
    return [
        {
            "occasion_id": occasions[draft.occasion],
            "ref": draft.ref,
            **_figure(draft.reading, named),
        }
        for draft in drafts.totals
    ]


def _claim(draft: ClaimDraft, named: Places, occasions: Occasions) -> dict[str, Any]:
    return {
        "occasion_id": occasions[draft.occasion],
        "ref": draft.ref,
        "kind": draft.kind,
        "ratio": draft.value if draft.kind == "percent" else None,
        "flag": draft.value if draft.kind == "flag" else None,
        "statement": draft.value if draft.kind == "text" else None,
        **_figure(draft.reading, named),
    }


def _claims(drafts: Drafts, named: Places, occasions: Occasions) -> Values:
    return [_claim(draft, named, occasions) for draft in drafts.claims]


def _cells(drafts: Drafts, _named: Places, occasions: Occasions) -> Values:
    return [
        {
            "occasion_id": occasions[cell.occasion],
            "document_key": cell.document,
            "table_name": cell.table,
            "row_no": cell.row,
            "column_no": cell.column,
            "role": cell.role,
            "text": cell.text,
            "ref": cell.ref,
        }
        for cell in drafts.cells
    ]


def _populations(drafts: Drafts, named: Places, _occasions: Occasions) -> Values:
    return [
        {
            "municipality_code": draft.municipality,
            "as_of": draft.as_of,
            "inhabitants": draft.count,
            "place_id": named[place_key(draft.place)],
        }
        for draft in drafts.populations
    ]


def _keys(drafts: Drafts, named: Places, occasions: Occasions) -> Values:
    """Allocation keys with their members, which have a table of their own."""
    return [
        {
            "occasion_id": occasions[draft.occasion],
            "collaboration_key": draft.collaboration,
            "equal_part": draft.equal_part,
            "counted_on": draft.counted_on,
            "place_id": named[place_key(draft.place)],
            "members": frozenset(draft.members),
        }
        for draft in drafts.keys
    ]


def _ledgers(drafts: Drafts, named: Places, _occasions: Occasions) -> Values:
    """Ledgers without their entries, which their fingerprint stands for."""
    return [
        {
            "starts": draft.starts,
            "ends": draft.ends,
            "program": draft.program,
            "sie_type": draft.sie_type,
            "months": list(draft.months),
            "fingerprint": entries_fingerprint(draft),
            "place_id": named[place_key(draft.place)],
        }
        for draft in drafts.ledgers
    ]


def _contribution_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    place = None if row["standing"] == IN_FORCE else row["place_id"]
    cell = itemgetter("occasion_id", "collaboration_key", "municipality_code", "standing")
    return (*cell(row), place)


_CELL = itemgetter("occasion_id", "document_key", "table_name", "row_no", "column_no")

SHAPES: Sequence[Shape] = (
    Shape(schema.occasion_days, "occasions.csv", itemgetter("occasion_id"), _days),
    Shape(
        schema.operating_line,
        "operating.csv",
        itemgetter("occasion_id", "activity_key", "item", "span", "measure"),
        _operating,
    ),
    Shape(
        schema.appropriation,
        "investments.csv",
        itemgetter("occasion_id", "project_key", "kind"),
        lambda d, p, o: _investments(d, p, o, "kind", True),
    ),
    Shape(
        schema.project_result,
        "investments.csv",
        itemgetter("occasion_id", "project_key", "measure"),
        lambda d, p, o: _investments(d, p, o, "measure", False),
    ),
    Shape(schema.contribution, "contributions.csv", _contribution_key, _contributions),
    Shape(schema.published_total, "totals.csv", itemgetter("occasion_id", "ref"), _totals),
    Shape(
        schema.published_claim, "claims.csv", itemgetter("occasion_id", "ref", "place_id"), _claims
    ),
    Shape(schema.printed_cell, "printed_cells.csv", _CELL, _cells),
    Shape(
        schema.allocation_key,
        "allocation_keys.csv",
        itemgetter("occasion_id", "collaboration_key"),
        _keys,
    ),
    Shape(
        schema.population,
        "populations.csv",
        itemgetter("municipality_code", "as_of"),
        _populations,
    ),
    Shape(schema.ledger, "", itemgetter("starts"), _ledgers),
)
