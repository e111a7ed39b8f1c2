"""What scenarios give, as tables; and that the figures of a saved one have been corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gsn_dash.domain.scenario.effects import result_of
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.names import name_occasion
from gsn_dash.present.scenario_tables import Named, results_table, say_refused
from gsn_dash.present.scenarios import (
    AT_LEAST,
    BASE_UNTOLD,
    describe_other_base,
    describe_refused_overlays,
)
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.scenario_base import Engine, read_base
from gsn_dash.store.scenario_drafts import FROZEN, ScenarioVersion
from gsn_dash.ui import data
from gsn_dash.ui.page import show_note, show_text
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.scenario_words import base_of, taken_from


@dataclass(frozen=True)
class Base:
    """The figures that a scenario was saved on, as they stood then, and their fingerprint."""

    snapshot: Snapshot
    fingerprint: str


def show_results(caption: str, corner: str, snapshot: Snapshot, results: Sequence[Named]) -> None:
    """Each result in a row of a table; what the papers say leads to its sources."""
    show_table(results_table(caption, corner, snapshot, results))
    totals = [total for named in results for total in named.result.bills.values()]
    show_text(AT_LEAST if any(total.missing for total in totals) else "")


def find_other_base(snapshot: Snapshot, version: ScenarioVersion) -> Base | None | str:
    """The figures that a version was saved on, where they are others than those in force.

    None where they are the same; a sentence where that cannot be told.
    """
    occasion = snapshot.occasion
    is_same_occasion = (version.year, version.number) == (occasion.year, occasion.number)
    if is_same_occasion and version.batch == snapshot.batch:
        return None
    now = kept(snapshot, "fingerprint", lambda: fingerprint(snapshot))
    if is_same_occasion and version.fingerprint == now:
        return None
    engine = data.engine()
    if engine is None:
        return BASE_UNTOLD
    try:
        base = kept(
            snapshot,
            f"base {version.year} {version.number} {version.batch}",
            lambda: _read_base(engine, version),
        )
    except StoreUnavailable as problem:
        return problem.sentence
    return None if base is None or base.fingerprint == now else base


def _read_base(engine: Engine, version: ScenarioVersion) -> Base | None:
    found = read_base(engine, version)
    return Base(found, fingerprint(found)) if found else None


def show_other_base(snapshot: Snapshot, version: ScenarioVersion) -> None:
    """That a scenario's figures have been corrected, with what it gave and what it gives now."""
    base = find_other_base(snapshot, version)
    if isinstance(base, str):
        show_note(base)
    elif base is not None:
        _show_both(snapshot, base.snapshot, version)


def _show_both(now: Snapshot, then: Snapshot, version: ScenarioVersion) -> None:
    is_frozen = version.state == FROZEN
    taken = [taken_from(figures, version) for figures in (then, now)]
    results = [
        result_of(figures, scenario)
        for figures, (scenario, _) in zip((then, now), taken, strict=True)
    ]
    is_same = results[0] == results[1]
    base, in_force = base_of(version), name_occasion(now.occasion)
    show_note(describe_other_base(base, in_force, is_frozen, is_same), not is_same)
    was = "När det frystes" if is_frozen else "När det sparades"
    named = [Named(name, found) for name, found in zip((was, "Nu"), results, strict=True)]
    show_results("Det sparade scenariot, då och nu", "Siffror", now, named)
    refused = [[say_refused(o, then, now) for o in gone] for _, gone in taken]
    show_text(
        describe_refused_overlays(refused[0], "På siffrorna som gällde då"),
        describe_refused_overlays(refused[1], "På siffrorna som gäller nu"),
    )
