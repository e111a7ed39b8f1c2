"""Ledgers in the store: their entries as they came, and their months rolled up through the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import psycopg
from sqlalchemy import Connection, bindparam, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError

from gsn_dash.domain.ledger import (
    DEFAULT_MAP,
    IGNORE,
    AccountRule,
    LedgerDraft,
    LedgerEntry,
    LedgerMap,
)
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force

_COLUMNS = ("ledger_id", "month", "account", "cost_centre", "project", "measure", "amount")

# Which item an account is, the domain has told; here is only summed.
_ROLL_UP = text("""
    INSERT INTO ledger_month
        (ledger_id, map_version, month, item, activity, project, measure, amount, batch_id)
    SELECT entry.ledger_id, :version, month, item.value, coalesce(centre.value, ''),
        coalesce(ours.value, ''), measure, sum(amount), :batch
    FROM ledger_entry AS entry
    JOIN jsonb_each_text(:items) AS item ON item.key = entry.account
    LEFT JOIN jsonb_each_text(:cost_centres) AS centre ON centre.key = entry.cost_centre
    LEFT JOIN jsonb_each_text(:projects) AS ours ON ours.key = entry.project
    WHERE entry.ledger_id = :ledger
    GROUP BY entry.ledger_id, month, item.value, 5, 6, measure
""").bindparams(*(bindparam(name, type_=JSONB) for name in ("items", "cost_centres", "projects")))


@dataclass(frozen=True)
class MapVersion:
    """A version of the map; version 0 is the default one, which nobody saved (`saved_at` None)."""

    version: int
    map: LedgerMap
    author: str
    saved_at: datetime | None


def entries_fingerprint(draft: LedgerDraft) -> str:
    """SHA-256 in hexadecimal of a ledger's entries, in whatever order they come."""
    lines = sorted("\t".join(_values(entry)) for entry in draft.entries)
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


def _values(entry: LedgerEntry) -> tuple[str, ...]:
    """An entry as texts, the amount in kr with its öre."""
    return (
        entry.month.isoformat(),
        entry.account,
        entry.cost_centre,
        entry.project,
        entry.measure,
        f"{entry.amount.kr:.2f}",
    )


def insert_ledger(connection: Connection, row: Mapping[str, Any], draft: LedgerDraft) -> None:
    """A ledger of an open batch, its entries, and its months through the newest map.

    The entries of a ledger that the row replaces are not copied where they are the same.
    """
    table = schema.ledger
    values = {**row, "entries_id": _same_entries(connection, row)}
    ledger = connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    if values["entries_id"] is None:
        _copy_entries(connection, ledger, draft)
    roll_up(connection, values["entries_id"] or ledger, newest_map(connection), row["batch_id"])


def _same_entries(connection: Connection, row: Mapping[str, Any]) -> int | None:
    """The ledger whose entries are those of the row already, where the row replaces one."""
    table = schema.ledger
    same = table.c.id == row["replaces_id"], table.c.fingerprint == row["fingerprint"]
    found = connection.execute(select(holder(table)).where(*same))
    return found.scalar_one_or_none()


def holder(table: Any) -> Any:
    """The ledger that holds the entries of a row of ledgers: itself, or one before it."""
    return func.coalesce(table.c.entries_id, table.c.id)


def _copy_entries(connection: Connection, ledger: int, draft: LedgerDraft) -> None:
    """All entries in one stream, past SQLAlchemy, but with the errors that it would raise."""
    copy = f"COPY ledger_entry ({', '.join(_COLUMNS)}) FROM STDIN"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(copy) as entries:
            for entry in draft.entries:
                entries.write_row((str(ledger), *_values(entry)))
    except psycopg.Error as problem:
        raise DBAPIError.instance(copy, None, problem, psycopg.Error) from problem


def roll_up(connection: Connection, ledger: int, through: MapVersion, batch: int) -> None:
    """Sum a ledger's entries by month through a version of the map, unless that has been done.

    `ledger` is the one that holds the entries; `batch` is the open import that asks.
    """
    table = schema.ledger_month
    done = select(table.c.ledger_id).where(table.c.ledger_id == ledger)
    if connection.execute(done.where(table.c.map_version == through.version).limit(1)).first():
        return
    values = {
        "ledger": ledger,
        "version": through.version,
        "batch": batch,
        "items": _items(connection, ledger, through.map),
        "cost_centres": dict(through.map.cost_centres),
        "projects": dict(through.map.projects),
    }
    connection.execute(_ROLL_UP, values)


def _items(connection: Connection, ledger: int, ledger_map: LedgerMap) -> dict[str, str]:
    """The item of every account of a ledger that is not to be ignored."""
    table = schema.ledger_entry
    accounts = select(table.c.account).where(table.c.ledger_id == ledger).distinct()
    items = {
        account: ledger_map.item_of(account) for account in connection.execute(accounts).scalars()
    }
    return {account: item for account, item in items.items() if item != IGNORE}


def roll_up_all(connection: Connection, through: MapVersion, batch: int) -> None:
    """Sum every ledger in force, one by one, so that no statement takes long."""
    rows = connection.execute(in_force(schema.ledger)).all()
    for ledger in dict.fromkeys(row.entries_id or row.id for row in rows):
        roll_up(connection, ledger, through, batch)


def newest_map(connection: Connection) -> MapVersion:
    """The map in force."""
    table = schema.ledger_map_version
    row = connection.execute(select(table).order_by(table.c.version.desc()).limit(1)).one_or_none()
    if row is None:
        return MapVersion(0, DEFAULT_MAP, "", None)
    return MapVersion(row.version, read_document(row.document), row.author, row.saved_at)


def write_map(ledger_map: LedgerMap) -> dict[str, Any]:
    """A map as JSON; `read_document` reads it."""
    accounts = [
        {"first": rule.first, "last": rule.last, "item": rule.item, "place": place}
        for place, rule in enumerate(ledger_map.accounts)
    ]
    centres, projects = dict(ledger_map.cost_centres), dict(ledger_map.projects)
    return {"accounts": accounts, "cost_centres": centres, "projects": projects}


def read_document(document: Mapping[str, Any]) -> LedgerMap:
    """The map that `write_map` wrote."""
    rules = sorted(document["accounts"], key=lambda rule: rule["place"])
    return LedgerMap(
        tuple(AccountRule(rule["first"], rule["last"], rule["item"]) for rule in rules),
        dict(document["cost_centres"]),
        dict(document["projects"]),
    )
