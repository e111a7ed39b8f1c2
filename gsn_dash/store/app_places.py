"""The processes that serve the app on this database, and who follows meetings through each.

All functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.rights import MEETING
from gsn_dash.store.schema import app_process
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import NOTHING, begin

_AWAY = "Databasen svarar inte, så det är ovisst hur många som följer mötet."
_REFUSING = (
    "Databasen tar inte emot hur många som följer mötet; den som sköter databasen ser varför i"
    " loggen."
)
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class AppPlace:
    """A process: where it answers (host:port), what tells it from the one before it, and the
    marks of the browsers that follow each meeting there, by the meeting's code."""

    place: str
    token: str
    following: Mapping[str, tuple[str, ...]]


def report_place(
    engine: Engine, place: str, token: str, following: Mapping[str, Sequence[str]]
) -> None:
    """Say that the process lives, and who follows there; to be said again every few seconds.

    Others are told only where something is new. Processes that have been silent for a day are
    forgotten.
    """
    table = app_process
    marks = {code: list(browsers) for code, browsers in following.items()}
    now = func.clock_timestamp()
    statement = upsert(table).values(place=place, token=token, following=marks, seen_at=now)
    said = {name: statement.excluded[name] for name in ("token", "following", "seen_at")}
    # It is said anew in seconds: no disk and no standby is waited for because of it.
    with told_of(_AWAY, _REFUSING), begin(engine, MEETING, NOTHING) as connection:
        connection.execute(delete(table).where(table.c.seen_at < now - _FORGOTTEN))
        connection.execute(statement.on_conflict_do_update(index_elements=["place"], set_=said))


def leave_place(engine: Engine, place: str, token: str) -> None:
    """Say that the process ends; one that has come after it in the same place is left alone."""
    table = app_process
    with told_of(_AWAY, _REFUSING), begin(engine, MEETING, NOTHING) as connection:
        connection.execute(delete(table).where(table.c.place == place, table.c.token == token))


def read_places(engine: Engine, within_seconds: int = 15) -> tuple[AppPlace, ...]:
    """The processes that have been heard of within some seconds, by place."""
    table = app_process
    now, within = func.clock_timestamp(), timedelta(seconds=within_seconds)
    # Of somebody in the time to come nothing is known: the clock has been set back since.
    lives = table.c.seen_at.between(now - within, now + within)
    rows = select(table).where(lives).order_by(table.c.place)
    with told_of(_AWAY, _REFUSING), engine.connect() as connection:
        return tuple(_read(row) for row in connection.execute(rows))


def _read(row: object) -> AppPlace:
    following = {code: tuple(marks) for code, marks in row.following.items()}
    return AppPlace(row.place, row.token, following)
