"""The tables and pictures over occasions by the name that their file has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gsn_dash.charts.data import Picture
from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.over_time import Moment, history_until, moments_until
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.pictures.over_time import (
    deviations_picture,
    hits_picture,
    payments_picture,
    utilisations_picture,
)
from gsn_dash.present.over_time_tables import changes_between, hits_table
from gsn_dash.present.tables import Table
from gsn_dash.report.catalogue import Listed

# As many as the page shows: a line has room for no more.
MOST_SHOWN = 12
_CHANGES = {
    "year": ("andringar-helar", "Ändringar, hela året"),
    "period": ("andringar-period", "Ändringar, hittills"),
    "investment": ("andringar-investeringar", "Ändringar, investeringar"),
    "collaboration": ("andringar-samarbeten", "Ändringar, samarbeten"),
}
HITS = "over-tid-prognoser"
_HITS_TITLE = "Tidigare prognoser"


def name_changes(area: str) -> str:
    """The name of the file with what has changed in an area of `changes_between`."""
    return _CHANGES[area][0]


def list_changes(before: Snapshot, after: Snapshot) -> dict[str, Listed[Table]]:
    """What differs between two occasions, a table for each area where anything does."""
    tables = changes_between(before, after).tables
    named = ((*_CHANGES[area], table) for area, table in tables.items())
    return {name: Listed(name, title, lambda made=table: made) for name, title, table in named}


def list_hits(occasion: Occasion, history: Sequence[PastForecast]) -> dict[str, Listed[Table]]:
    """How right earlier forecasts were; empty where no year was over at the occasion."""
    shown = history_until(history, occasion)[-MOST_SHOWN:]
    return {HITS: Listed(HITS, _HITS_TITLE, partial(hits_table, shown))} if shown else {}


def list_lines(
    snapshot: Snapshot, moments: Sequence[Moment], history: Sequence[PastForecast]
) -> dict[str, Listed[Picture]]:
    """The pictures over occasions; `moments` and `history` are all there are, oldest first.

    What is later than the occasion is left out, as on its page.
    """
    shown = moments_until(moments, snapshot.occasion)[-MOST_SHOWN:]
    past = history_until(history, snapshot.occasion)[-MOST_SHOWN:]
    codes = payers(snapshot)
    found = [
        Listed("over-tid-netto", "Netto över tid", partial(deviations_picture, shown)),
        Listed("over-tid-investeringar", "Pengar över tid", partial(utilisations_picture, shown)),
        Listed(
            "over-tid-samarbeten",
            "Samarbeten över tid",
            partial(payments_picture, snapshot, shown, codes),
        ),
    ]
    if past:
        found.append(Listed(HITS, _HITS_TITLE, partial(hits_picture, past)))
    return {listed.name: listed for listed in found}
