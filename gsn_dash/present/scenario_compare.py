"""Scenarios side by side, in words: what each one assumes of the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gsn_dash.domain.scenario.compiling import Compiled
from gsn_dash.domain.scenario.levers import (
    UNITS,
    Lever,
    is_moved,
    overlay_of,
    position_of,
)
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    Overlay,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.levers import name_lever, name_part, part_of, say_position
from gsn_dash.present.names import ITEMS
from gsn_dash.present.templates import Template

AS_REPORTED = "som papperen"
_KINDS = list(UNITS)
_NAMED = ("action", "lump")
_MONTHS = ("action_start", "lump_month")


@dataclass(frozen=True)
class Worded:
    """A scenario that a snapshot can take, with each of its assumptions as a sentence."""

    scenario: Scenario
    texts: Mapping[Overlay, str]


@dataclass(frozen=True)
class AssumptionRow:
    """What each scenario says of one thing; `differs` where they do not say the same."""

    heading: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the scenarios say different things."""
        return len(set(self.cells)) > 1


def assumption_rows(snapshot: Snapshot, told: Sequence[Worded]) -> tuple[AssumptionRow, ...]:
    """Everything that any of the scenarios assumes, in the order of the levers."""
    said: dict[tuple[int, str], dict[int, str]] = {}
    for place, worded in enumerate(told):
        for kind, heading, text in _says(snapshot, worded):
            said.setdefault((_KINDS.index(kind), heading), {})[place] = text
    places = range(len(told))
    rows = sorted(said.items(), key=lambda item: item[0][0])
    return tuple(
        AssumptionRow(heading, tuple(texts.get(place, AS_REPORTED) for place in places))
        for (_, heading), texts in rows
    )


def describe_overlay(
    compiled: Compiled, base: Snapshot, scenario: Scenario, overlay: Overlay
) -> Template:
    """One assumption of a compiled scenario as a sentence without its full stop."""
    own = [n for n, lever in enumerate(compiled.levers) if overlay_of(scenario, lever) == overlay]
    levers, at, moved = (
        tuple(each[n] for n in own) for each in (compiled.levers, compiled.at, compiled.moved)
    )
    places = {lever.key: n for n, lever in enumerate(levers)}
    alone = replace(compiled, levers=levers, at=at, moved=moved, places=places)
    return describe_assumptions(alone, base, scenario)


def name_refused(overlay: Overlay) -> str:
    """An assumption that no figures at hand can take, so that it has no sentence.

    What it speaks of has no name then either, but what the visitor has named himself.
    """
    kind = _KIND_NAMES[type(overlay)]
    return f"{kind} ({overlay.name})" if isinstance(overlay, Action | Lump) else kind


_KIND_NAMES = {
    UsedUp: "hur mycket av avvikelsen som går åt",
    RestChange: "ändrade intäkter eller kostnader resten av året",
    YearEnd: "en verksamhets avvikelse vid årets slut",
    Action: "en åtgärd",
    Lump: "en faktura",
    Utilisation: "hur mycket av ett projekts anslag som används",
    Stopped: "ett stoppat projekt",
    MovedMoney: "pengar som flyttas från ett projekt",
    CarriedOver: "hur mycket som förs över till nästa år",
    PriceChange: "ett ändrat pris",
    EqualPart: "hur stor del som delas lika",
    CountedOn: "vilken dag invånarna räknas",
    Membership: "vilka som är med",
    AssumedAmount: "ett belopp i stället för ett okänt",
}


def _says(snapshot: Snapshot, told: Worded) -> Iterator[tuple[str, str, str]]:
    """Each lever's kind, what it speaks of and what the scenario says of it."""
    for lever in levers_of(snapshot, told.scenario):
        if lever.kind not in _MONTHS and is_moved(told.scenario, lever):
            heading = _heading(snapshot, told.scenario, lever)
            yield lever.kind, heading, _said(snapshot, told, lever)


def _heading(snapshot: Snapshot, scenario: Scenario, lever: Lever) -> str:
    if lever.kind in _NAMED:
        return lever.subject
    name = name_lever(snapshot, scenario, lever)
    return f"Går åt före årets slut av {name}" if lever.kind == "used_up" else name


def _said(snapshot: Snapshot, told: Worded, lever: Lever) -> str:
    if lever.kind not in _NAMED:
        return say_position(lever, position_of(told.scenario, lever))
    overlay = overlay_of(told.scenario, lever)
    text = told.texts[overlay].removeprefix(f"{lever.subject}: ")
    return f"{text} ({_belongs_to(snapshot, overlay)})"


def _belongs_to(snapshot: Snapshot, overlay: Action | Lump) -> str:
    if isinstance(overlay, Action):
        return ITEMS[overlay.item].lower()
    return name_part(snapshot, part_of(snapshot, overlay.part))
