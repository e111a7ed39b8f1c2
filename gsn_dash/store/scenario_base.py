"""The figures that a scenario was saved on, as they stood then."""

from __future__ import annotations

from sqlalchemy import Engine

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenario_drafts import ScenarioVersion
from gsn_dash.store.trouble import told_of

_AWAY = (
    "Databasen svarar inte, så siffrorna som scenariot sparades på går inte att läsa; försök igen"
    " om en stund."
)
_REFUSING = (
    "Databasen lämnar inte ut siffrorna som scenariot sparades på; den som sköter databasen ser"
    " varför i loggen."
)


def read_base(engine: Engine, version: ScenarioVersion) -> Snapshot | None:
    """The occasion of a version as of its import; None where the database no longer has it.

    Raises StoreUnavailable where the database does not answer, or will not.
    """
    with told_of(_AWAY, _REFUSING):
        return read_snapshot(engine, (version.year, version.number), version.batch)
