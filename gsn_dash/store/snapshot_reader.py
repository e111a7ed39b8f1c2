"""Reads all rows of one occasion, on one connection, into a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.figures import Document, Figure, SourceRef
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import (
    Activity,
    AllocationKey,
    Claim,
    Collaboration,
    Contribution,
    Municipality,
    Occasion,
    Population,
    PrintedCell,
    Project,
    Snapshot,
)
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force


class SnapshotReader:
    """Reads one occasion on one connection; documents and places are shared by all rows."""

    def __init__(self, connection: Connection, occasion_id: int, batch: int) -> None:
        self.connection = connection
        self.occasion_id = occasion_id
        self.batch = batch
        self.documents = {
            row.key: Document(*row) for row in connection.execute(select(schema.document))
        }
        self.places = {
            row.id: self._source(row) for row in connection.execute(select(schema.place))
        }
        self.spoken_of: set[str] = set()

    def _source(self, row: Any) -> SourceRef:
        document = self.documents[row.document_key]
        return SourceRef(document, row.section, row.row_label, row.column_label, row.doc_page)

    def _place(self, place_id: int) -> SourceRef:
        """A place that a figure of this occasion is from; its document is the occasion's."""
        place = self.places[place_id]
        self.spoken_of.add(place.document.key)
        return place

    def read(self, found: Any) -> Snapshot | None:
        """The occasion's snapshot; None where the batch is from before the occasion."""
        days = self._rows(schema.occasion_days)
        if not days:
            return None
        self.spoken_of.add(days[0].document_key)
        contributions = [self._contribution(row) for row in self._rows(schema.contribution)]
        investments = self._investments()
        return Snapshot(
            occasion=_occasion(found, days[0]),
            batch=self.batch,
            activities=self._activities(),
            operating=self._operating(),
            projects=self._projects({key.project for key in investments}),
            investments=investments,
            municipalities={row.code: Municipality(*row) for row in self._all(schema.municipality)},
            collaborations=self._collaborations(contributions),
            contributions={c.key: c for standing, c in contributions if standing == "in_force"},
            restated=tuple(c for standing, c in contributions if standing == "restated"),
            allocation_keys=self._keys(),
            populations=self._populations(),
            totals={row.ref: self._figure(row) for row in self._rows(schema.published_total)},
            claims=tuple(self._claim(row) for row in self._rows(schema.published_claim)),
            cells=tuple(self._cell(row) for row in self._rows(schema.printed_cell)),
            replaced=self._replaced(),
            # Last: by now every row has said which papers it is from.
            documents={k: d for k, d in self.documents.items() if k in self.spoken_of},
        )

    def _rows(self, table: Table) -> list[Any]:
        rows = in_force(table, self.batch).where(table.c.occasion_id == self.occasion_id)
        return list(self.connection.execute(rows))

    def _all(self, table: Table) -> list[Any]:
        """A table of subjects, in the order of their file where it has one, else by key."""
        order = table.c.position if "position" in table.c else next(iter(table.c))
        return list(self.connection.execute(select(table).order_by(order)))

    def _figure(self, row: Any) -> Figure:
        amount = Unknown(row.unknown_reason) if row.amount is None else Money(row.amount)
        source = self._place(row.place_id)
        return Figure(row.ref, amount, row.precision_kr, source, row.printed, row.approximate)

    def _activities(self) -> tuple[Activity, ...]:
        members: dict[str, list[str]] = {}
        for row in self._all(schema.activity_member):
            members.setdefault(row.group_key, []).append(row.activity_key)
        return tuple(
            Activity(row.key, row.name, tuple(sorted(members.get(row.key, ()))))
            for row in self._all(schema.activity)
        )

    def _operating(self) -> Mapping[OperatingKey, Figure]:
        return {
            OperatingKey(row.activity_key or TOTAL, row.item, row.span, row.measure): (
                self._figure(row)
            )
            for row in self._rows(schema.operating_line)
        }

    def _projects(self, named: set[str]) -> tuple[Project, ...]:
        """The projects that the occasion has rows for: another year's are not this year's."""
        codes: dict[str, list[str]] = {}
        for row in self._all(schema.project_code):
            codes.setdefault(row.project_key, []).append(row.code)
        return tuple(
            Project(
                row.key,
                row.name,
                tuple(sorted(codes.get(row.key, ()))),
                row.kind == "group",
                row.kind == "rest",
            )
            for row in self._all(schema.project)
            if row.key in named
        )

    def _investments(self) -> Mapping[InvestmentKey, Figure]:
        found = {
            InvestmentKey(row.project_key or TOTAL, row.kind): self._figure(row)
            for row in self._rows(schema.appropriation)
        }
        for row in self._rows(schema.project_result):
            found[InvestmentKey(row.project_key or TOTAL, row.measure)] = self._figure(row)
        return found

    def _collaborations(
        self, contributions: Sequence[tuple[str, Contribution]]
    ) -> tuple[Collaboration, ...]:
        """Those that the occasion's papers speak of."""
        keys = {contribution.key.collaboration for _, contribution in contributions}
        return tuple(
            Collaboration(row.key, row.name)
            for row in self._all(schema.collaboration)
            if row.key in keys
        )

    def _contribution(self, row: Any) -> tuple[str, Contribution]:
        key = ContributionKey(row.collaboration_key, row.municipality_code)
        return row.standing, Contribution(key, self._figure(row), row.year)

    def _keys(self) -> Mapping[str, AllocationKey]:
        member = schema.allocation_key_member
        rows = self.connection.execute(select(member).order_by(member.c.municipality_code))
        members: dict[int, list[str]] = {}
        for row in rows:
            members.setdefault(row.allocation_key_id, []).append(row.municipality_code)
        return {
            row.collaboration_key: AllocationKey(
                row.collaboration_key,
                row.equal_part,
                tuple(members.get(row.id, ())),
                row.counted_on,
                self._place(row.place_id),
            )
            for row in self._rows(schema.allocation_key)
        }

    def _populations(self) -> tuple[Population, ...]:
        return tuple(
            Population(row.municipality_code, row.as_of, row.inhabitants, self._place(row.place_id))
            for row in self.connection.execute(in_force(schema.population, self.batch))
        )

    def _claim(self, row: Any) -> Claim:
        values = {
            "money": lambda: self._figure(row).amount,
            "percent": lambda: row.ratio,
            "flag": lambda: row.flag,
            "text": lambda: row.statement,
        }
        return Claim(
            row.ref,
            row.kind,
            values[row.kind](),
            row.printed,
            row.precision_kr,
            self._place(row.place_id),
            row.approximate,
        )

    def _cell(self, row: Any) -> PrintedCell:
        document = self.documents[row.document_key]
        self.spoken_of.add(document.key)
        return PrintedCell(
            document, row.table_name, row.row_no, row.column_no, row.role, row.text, row.ref
        )

    def _replaced(self) -> tuple[Figure, ...]:
        """Figures that a correction has replaced, oldest first."""
        found = []
        for table in (
            schema.operating_line,
            schema.appropriation,
            schema.project_result,
            schema.contribution,
            schema.published_total,
        ):
            later = table.alias("later")
            rows = select(table).join(later, later.c.replaces_id == table.c.id)
            rows = rows.where(
                table.c.occasion_id == self.occasion_id, later.c.batch_id <= self.batch
            )
            found += [(row.id, self._figure(row)) for row in self.connection.execute(rows)]
        return tuple(figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def _occasion(found: Any, days: Any) -> Occasion:
    """The occasion with its days as of the batch."""
    return Occasion(
        found.year,
        found.number,
        days.period_start,
        days.period_end,
        days.appendix_dated,
        days.meeting_on,
    )
