"""Reads all rows of one occasion, on one connection, into a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import chain
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
from gsn_dash.store.ledger_reader import find_ledgers, read_ledgers
from gsn_dash.store.plan import read_members
from gsn_dash.store.put_right import read_put_right

# What an occasion's rows stand in, and those whose corrections are told.
_TABLES = (
    schema.operating_line,
    schema.appropriation,
    schema.project_result,
    schema.contribution,
    schema.allocation_key,
    schema.published_total,
    schema.published_claim,
    schema.printed_cell,
)
_CORRECTED = (
    schema.operating_line,
    schema.appropriation,
    schema.project_result,
    schema.contribution,
    schema.published_total,
)


# How many of the days that inhabitants were counted on are read, back from the year after the
# occasion's. Six years of two days each: shares are by days before the year and compared around it.
_DAYS_OF_POPULATION = 12


class SnapshotReader:
    """Reads one occasion on one connection, all by index: others' rows cost it nothing."""

    def __init__(self, connection: Connection, occasion_id: int, batch: int) -> None:
        self.connection = connection
        self.occasion_id = occasion_id
        self.batch = batch

    def read(self, found: Any) -> Snapshot:
        """The snapshot of an occasion, whose days in force `found` has."""
        self.rows = {table: self._of_occasion(table) for table in _TABLES}
        self.rows[schema.population] = self._counted(found.year)
        ledgers = find_ledgers(self.connection, found.period_start, found.period_end, self.batch)
        replaced = self._replaced_rows()
        self._read_places([*replaced, *ledgers.all], found.document_key)
        contributions = [self._contribution(row) for row in self.rows[schema.contribution]]
        investments = self._investments()
        own, earlier = read_ledgers(self.connection, ledgers, self.places, self.batch)
        return Snapshot(
            occasion=_occasion(found),
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
            totals={row.ref: self._figure(row) for row in self.rows[schema.published_total]},
            claims=tuple(self._claim(row) for row in self.rows[schema.published_claim]),
            cells=tuple(self._cell(row) for row in self.rows[schema.printed_cell]),
            replaced=tuple(self._figure(row) for row in replaced),
            documents=self.documents,
            ledger=own,
            earlier_ledgers=earlier,
            put_right=read_put_right(self.connection, self.rows),
            read_in=max(row.batch_id for row in chain(*self.rows.values(), ledgers.all, (found,))),
        )

    def _of_occasion(self, table: Table) -> list[Any]:
        return list(self.connection.execute(in_force(table, self.batch, [self.occasion_id])))

    def _counted(self, year: int) -> list[Any]:
        """The inhabitants in force of the days around the occasion's year."""
        table = schema.population
        known = table.c.batch_id <= self.batch, table.c.as_of < date(year + 2, 1, 1)
        days = select(table.c.as_of).where(*known).distinct()
        days = days.order_by(table.c.as_of.desc()).limit(_DAYS_OF_POPULATION)
        rows = in_force(table, self.batch).where(table.c.as_of.in_(days.scalar_subquery()))
        return list(self.connection.execute(rows))

    def _replaced_rows(self) -> list[Any]:
        """Figures that a correction has replaced, oldest first."""
        found = []
        for table in _CORRECTED:
            later = table.alias("later")
            rows = select(table).join(later, later.c.replaces_id == table.c.id)
            rows = rows.where(
                table.c.occasion_id == self.occasion_id,
                later.c.occasion_id == self.occasion_id,
                later.c.batch_id <= self.batch,
            )
            found += self.connection.execute(rows)
        return sorted(found, key=lambda row: row.id)

    def _read_places(self, others: Sequence[Any], paper: str) -> None:
        """The places that the rows name, and the papers that they and the printed cells are in."""
        placed = [rows for table, rows in self.rows.items() if "place_id" in table.c]
        named = {row.place_id for rows in (*placed, others) for row in rows}
        table = schema.place
        found = self.connection.execute(select(table).where(table.c.id.in_(named))).all()
        papers = {paper, *(place.document_key for place in found)}
        papers |= {cell.document_key for cell in self.rows[schema.printed_cell]}
        self.documents = self._documents(papers)
        self.places = {row.id: self._source(row) for row in found}

    def _documents(self, keys: set[str]) -> Mapping[str, Document]:
        """Papers, in the order that they were first named."""
        table = schema.document
        columns = [column for column in table.c if column is not table.c.id]
        rows = select(*columns).where(table.c.key.in_(keys)).order_by(table.c.id)
        return {row.key: Document(*row) for row in self.connection.execute(rows)}

    def _source(self, row: Any) -> SourceRef:
        document = self.documents[row.document_key]
        return SourceRef(document, row.section, row.row_label, row.column_label, row.doc_page)

    def _all(self, table: Table, named: Collection[str] | None = None) -> list[Any]:
        """A table of subjects, in the order of their file where it has one, else by key.

        `named` are the keys that are asked for; by default all.
        """
        key = next(iter(table.c))
        rows = select(table).order_by(table.c.position if "position" in table.c else key)
        if named is not None:
            rows = rows.where(key.in_(named))
        return list(self.connection.execute(rows))

    def _figure(self, row: Any) -> Figure:
        amount = Unknown(row.unknown_reason) if row.amount is None else Money(row.amount)
        source = self.places[row.place_id]
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
            for row in self.rows[schema.operating_line]
        }

    def _projects(self, named: set[str]) -> tuple[Project, ...]:
        """The projects that the occasion has rows for: another year's are not this year's."""
        codes: dict[str, list[str]] = {}
        for row in self._all(schema.project_code, named):
            codes.setdefault(row.project_key, []).append(row.code)
        return tuple(
            Project(
                row.key,
                row.name,
                tuple(sorted(codes.get(row.key, ()))),
                row.kind == "group",
                row.kind == "rest",
            )
            for row in self._all(schema.project, named)
        )

    def _investments(self) -> Mapping[InvestmentKey, Figure]:
        found = {
            InvestmentKey(row.project_key or TOTAL, row.kind): self._figure(row)
            for row in self.rows[schema.appropriation]
        }
        for row in self.rows[schema.project_result]:
            found[InvestmentKey(row.project_key or TOTAL, row.measure)] = self._figure(row)
        return found

    def _collaborations(
        self, contributions: Sequence[tuple[str, Contribution]]
    ) -> tuple[Collaboration, ...]:
        """Those that the occasion's papers speak of."""
        keys = {contribution.key.collaboration for _, contribution in contributions}
        return tuple(
            Collaboration(row.key, row.name) for row in self._all(schema.collaboration, keys)
        )

    def _contribution(self, row: Any) -> tuple[str, Contribution]:
        key = ContributionKey(row.collaboration_key, row.municipality_code)
        return row.standing, Contribution(key, self._figure(row), row.year)

    def _keys(self) -> Mapping[str, AllocationKey]:
        rows = self.rows[schema.allocation_key]
        members = read_members(self.connection, [row.id for row in rows])
        return {
            row.collaboration_key: AllocationKey(
                row.collaboration_key,
                row.equal_part,
                tuple(members.get(row.id, ())),
                row.counted_on,
                self.places[row.place_id],
            )
            for row in rows
        }

    def _populations(self) -> tuple[Population, ...]:
        return tuple(
            Population(row.municipality_code, row.as_of, row.inhabitants, self.places[row.place_id])
            for row in self.rows[schema.population]
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
            self.places[row.place_id],
            row.approximate,
        )

    def _cell(self, row: Any) -> PrintedCell:
        document = self.documents[row.document_key]
        return PrintedCell(
            document, row.table_name, row.row_no, row.column_no, row.role, row.text, row.ref
        )


def _occasion(found: Any) -> Occasion:
    """The occasion with its days as of the batch."""
    return Occasion(
        found.year,
        found.number,
        found.period_start,
        found.period_end,
        found.appendix_dated,
        found.meeting_on,
    )
