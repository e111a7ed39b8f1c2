"""Read an occasion, whole, as a frozen snapshot; the figures in force as of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, func, select

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


@dataclass(frozen=True)
class Batch:
    """An import: when, by whom, why, and its files with their sha256."""

    id: int
    recorded_at: datetime
    recorded_by: str
    note: str
    files: tuple[tuple[str, str], ...]


def in_force(table: Table, batch: int | None = None) -> Select:
    """The rows of `table` that nothing replaces, as of `batch` (None: now)."""
    later = table.alias("later")
    replaced = later.c.replaces_id == table.c.id
    if batch is None:
        return (
            select(table).where(~select(later.c.id).where(replaced).exists()).order_by(table.c.id)
        )
    replaced &= later.c.batch_id <= batch
    rows = select(table).where(~select(later.c.id).where(replaced).exists())
    return rows.where(table.c.batch_id <= batch).order_by(table.c.id)


def read_version(engine: Engine) -> int:
    """The number of the last batch, 0 with none: it moves whenever figures do."""
    with engine.connect() as connection:
        newest = connection.execute(select(func.max(schema.import_batch.c.id))).scalar()
    return newest or 0


def read_batches(engine: Engine) -> tuple[Batch, ...]:
    """Every import, oldest first."""
    with engine.connect() as connection:
        files: dict[int, list[tuple[str, str]]] = {}
        for row in connection.execute(
            select(schema.import_file).order_by(schema.import_file.c.name)
        ):
            files.setdefault(row.batch_id, []).append((row.name, row.sha256))
        rows = connection.execute(select(schema.import_batch).order_by(schema.import_batch.c.id))
        return tuple(
            Batch(r.id, r.recorded_at, r.recorded_by, r.note, tuple(files.get(r.id, ())))
            for r in rows
        )


def read_snapshot(
    engine: Engine, occasion: tuple[int, int] | None = None, batch: int | None = None
) -> Snapshot | None:
    """The snapshot of an occasion (year, number), by default the latest; None where none is.

    Everything is read in one transaction, so that a batch is seen whole or not at all.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        found = _find_occasion(connection, occasion)
        if found is None:
            return None
        newest = connection.execute(select(func.max(schema.import_batch.c.id))).scalar() or 0
        return _Reader(connection, found.id, batch if batch is not None else newest).read(found)


def _find_occasion(connection: Connection, occasion: tuple[int, int] | None) -> Any:
    table = schema.occasion
    rows = select(table).order_by(table.c.year.desc(), table.c.number.desc()).limit(1)
    if occasion is not None:
        rows = rows.where(table.c.year == occasion[0], table.c.number == occasion[1])
    return connection.execute(rows).one_or_none()


class _Reader:
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

    def _source(self, row: Any) -> SourceRef:
        document = self.documents[row.document_key]
        return SourceRef(document, row.section, row.row_label, row.column_label, row.doc_page)

    def read(self, found: Any) -> Snapshot:
        contributions = [self._contribution(row) for row in self._rows(schema.contribution)]
        investments = self._investments()
        return Snapshot(
            occasion=self._occasion(found),
            batch=self.batch,
            documents=self.documents,
            activities=self._activities(),
            operating=self._operating(),
            projects=self._projects({key.project for key in investments}),
            investments=investments,
            municipalities={row.code: Municipality(*row) for row in self._all(schema.municipality)},
            collaborations=self._collaborations(),
            contributions={c.key: c for standing, c in contributions if standing == "in_force"},
            restated=tuple(c for standing, c in contributions if standing == "restated"),
            allocation_keys=self._keys(),
            populations=self._populations(),
            totals={row.ref: self._figure(row) for row in self._rows(schema.published_total)},
            claims=tuple(self._claim(row) for row in self._rows(schema.published_claim)),
            cells=tuple(self._cell(row) for row in self._rows(schema.printed_cell)),
            replaced=self._replaced(),
        )

    def _occasion(self, found: Any) -> Occasion:
        """The occasion with its days as of the batch."""
        days = self._rows(schema.occasion_days)[0]
        return Occasion(
            found.year,
            found.number,
            days.period_start,
            days.period_end,
            days.appendix_dated,
            days.meeting_on,
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

    def _collaborations(self) -> tuple[Collaboration, ...]:
        return tuple(Collaboration(row.key, row.name) for row in self._all(schema.collaboration))

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
                self.places[row.place_id],
            )
            for row in self._rows(schema.allocation_key)
        }

    def _populations(self) -> tuple[Population, ...]:
        return tuple(
            Population(row.municipality_code, row.as_of, row.inhabitants, self.places[row.place_id])
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
            self.places[row.place_id],
            row.approximate,
        )

    def _cell(self, row: Any) -> PrintedCell:
        document = self.documents[row.document_key]
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
