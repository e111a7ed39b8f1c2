"""The figures that a scenario was saved on, as they stood then."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenario_drafts import ScenarioVersion


def read_base(engine: Engine, version: ScenarioVersion) -> Snapshot | None:
    """The occasion of a version as of its import; None where the database no longer has it.

    Raises StoreUnavailable where the database does not answer.
    """
    try:
        return read_snapshot(engine, (version.year, version.number), version.batch)
    except (OperationalError, InterfaceError, NoConnection) as problem:
        sentence = "Databasen svarar inte, så siffrorna som scenariot sparades på går inte att läsa"
        raise StoreUnavailable(f"{sentence}; försök igen om en stund.") from problem
