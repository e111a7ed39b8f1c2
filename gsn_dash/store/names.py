"""The names that the store knows, of whatever occasion they came with, and if none is in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from gsn_dash.domain.snapshot import Activity, Collaboration, Municipality
from gsn_dash.store import schema


@dataclass(frozen=True)
class Names:
    """Activities, municipalities and collaborations."""

    activities: tuple[Activity, ...]
    municipalities: tuple[Municipality, ...]
    collaborations: tuple[Collaboration, ...]


def read_names(engine: Engine) -> Names:
    """Every name that there is. Projects are not among them: each year has its own."""
    with engine.connect() as connection:
        town, shared = schema.municipality.c, schema.collaboration.c
        towns = connection.execute(select(town.code, town.name).order_by(town.code))
        others = connection.execute(select(shared.key, shared.name).order_by(shared.position))
        return Names(
            _activities(connection),
            tuple(Municipality(*row) for row in towns),
            tuple(Collaboration(*row) for row in others),
        )


def _activities(connection: Connection) -> tuple[Activity, ...]:
    members: dict[str, list[str]] = {}
    for row in connection.execute(select(schema.activity_member)):
        members.setdefault(row.group_key, []).append(row.activity_key)
    rows = connection.execute(select(schema.activity).order_by(schema.activity.c.key))
    return tuple(
        Activity(row.key, row.name, tuple(sorted(members.get(row.key, ())))) for row in rows
    )
