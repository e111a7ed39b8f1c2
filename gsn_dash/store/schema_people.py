"""The tables of people, their rights and what they did, as queries name them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from gsn_dash.store.columns import metadata, numbered, row_id, texts, times

person = Table(
    "person",
    metadata,
    Column("pseudonym", Text, primary_key=True),
    *texts("name", "subject"),
    *times("known_since", "erased_at"),
)
role_grant = Table(
    "role_grant",
    metadata,
    row_id(),
    *texts("pseudonym", "role", "granted_by"),
    *times("granted_at"),
)
audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True),
    *times("at"),
    *texts("actor", "role", "login", "action", "object", "object_id", "digest"),
    *texts("previous", "hash"),
)
# What names, kinds, order, members and codes have been, import by import.
subject_version = Table(
    "subject_version",
    metadata,
    row_id(),
    *numbered("batch_id"),
    *texts("subject", "key"),
    Column("content", JSONB),
)
turn = Table("turn", metadata, *texts("name"))
