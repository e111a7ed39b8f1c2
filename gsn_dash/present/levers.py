"""The levers in words: what each one moves, what its positions mean, and what is then assumed."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Amount, Unknown
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import demand
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.scenario.deviation_parts import DeviationPart, deviation_parts
from gsn_dash.domain.scenario.levers import (
    DAY,
    MONTH,
    PERCENT,
    THOUSANDS,
    Lever,
    contribution_of,
    overlay_of,
    position_day,
)
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.bridge import (
    name_step,
)
from gsn_dash.present.names import (
    ITEMS,
    name_collaboration,
    name_municipality,
    name_project,
    name_rest_of_year,
    name_subject,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
    name_month,
)
from gsn_dash.present.templates import BySign, Number, Pick, Template, render

_SIGNED = ("rest", "price", "year_end", "action")
_RESTS = {
    "used_up": "som prognosen",
    "rest": "som prognosen",
    "year_end": "som prognosen",
    "utilisation": "som prognosen",
    "carried": "allt",
    "price": "som nu",
    "equal_part": "som avtalet",
    "counted_on": "som nu",
}
MIXED = "olika för olika delar"


def name_lever(snapshot: Snapshot, scenario: Scenario, lever: Lever) -> str:
    """What a lever moves, as a question or a name, and what its 100 % (or its 0 %) means."""
    match lever.kind:
        case "used_up":
            part = part_of(snapshot, lever.subject)
            return f"{name_part(snapshot, part)}, {format_mkr_unit(part.figure.amount, True)}"
        case "rest":
            budget = demand(snapshot, lever.subject).rest_budget.amount
            return (
                f"{ITEMS[lever.subject]} {name_rest_of_year(snapshot.occasion)}: mer eller mindre"
                f" än prognosen, i procent av budgetens {format_size_mkr(budget)}"
            )
        case "year_end":
            return f"{name_subject(snapshot, lever.subject)}: mot budget vid årets slut"
        case "action":
            return f"{lever.subject}: vad åtgärden ger på ett helt år"
        case "action_start":
            return f"{lever.subject}: från och med"
        case "lump":
            return f"{lever.subject}: fakturans belopp"
        case "lump_month":
            return f"{lever.subject}: väntas i"
    if lever.kind in ("utilisation", "stopped", "moved", "carried"):
        return _name_project_lever(snapshot, scenario, lever)
    return _name_collaboration_lever(snapshot, lever)


def _name_project_lever(snapshot: Snapshot, scenario: Scenario, lever: Lever) -> str:
    match lever.kind:
        case "utilisation":
            row = project_row(snapshot, lever.subject)
            return (
                f"{name_project(row.project)}: hur mycket av anslaget används? 100{SPACE}% är"
                f" {format_mkr_unit(row.appropriation.amount)}"
            )
        case "stopped":
            return f"Stoppa {name_project_of(snapshot, lever.subject)}"
        case "moved":
            target = overlay_of(scenario, lever).target
            source = name_project_of(snapshot, lever.subject)
            return f"Flytta pengar från {source} till {name_project_of(snapshot, target)}"
    return "Hur mycket av det som blir kvar förs över till nästa år?"


def _name_collaboration_lever(snapshot: Snapshot, lever: Lever) -> str:
    match lever.kind:
        case "price":
            name = name_collaboration(snapshot, lever.subject)
            return f"{name}: hur mycket dyrare eller billigare än nu?"
        case "equal_part":
            return (
                f"{name_collaboration(snapshot, lever.subject)}: hur stor del delas lika mellan"
                " kommunerna? Resten delas efter antal invånare"
            )
        case "counted_on":
            return f"{name_collaboration(snapshot, lever.subject)}: invånarna räknas den"
    key = contribution_of(lever)
    collaboration = name_collaboration(snapshot, key.collaboration)
    who = name_municipality(snapshot, key.municipality)
    if lever.kind == "member":
        return f"{who} är med i {collaboration}"
    return f"{collaboration}: vad {who} betalar, okänt i papperen"


def used_up_verb(deviation: Amount) -> str:
    """What happens to a part of the deviation: a surplus goes, a deficit is made up for."""
    is_deficit = not isinstance(deviation, Unknown) and deviation < ZERO
    return "hämtas in" if is_deficit else "går åt"


def part_of(snapshot: Snapshot, key: str) -> DeviationPart:
    """A part of the period's deviation by its name. Raises StopIteration where there is none."""
    return next(part for part in deviation_parts(snapshot) if part.key == key)


def name_part(snapshot: Snapshot, part: DeviationPart) -> str:
    """What a part of the deviation is."""
    return name_step(snapshot, part.step)


def project_row(snapshot: Snapshot, project: str) -> ProjectRow:
    """A project by its key."""
    return next(row for row in portfolio(snapshot).rows if row.project.key == project)


def name_project_of(snapshot: Snapshot, key: str) -> str:
    """What the project with a key is called. Raises StopIteration where there is none."""
    return name_project(next(p for p in snapshot.projects if p.key == key))


def position_template(lever: Lever, at: int, moved: int) -> Template:
    """A lever's position in words; at rest the exact reported value and what it is.

    `at` and `moved` are the nodes that the compiled program has for the lever.
    """
    plain = _plain(lever, at)
    if lever.resting is None or lever.kind not in _RESTS:
        return plain
    resting = (say_resting(lever),)
    return (BySign(Number(moved, "int"), plain, resting, plain),)


def _plain(lever: Lever, at: int) -> Template:
    sign = "+" if lever.kind in _SIGNED else ""
    match lever.unit:
        case "percent":
            return (Number(at, f"int{sign}"), f"{SPACE}%")
        case "thousands" if lever.kind == "year_end":
            return (Number(at, f"mkr{sign}"), f"{SPACE}Mkr")
        case "thousands" | "kronor":
            return (Number(at, f"kr{sign}"), f"{SPACE}kr")
        case "switch":
            return (BySign(Number(at, "int"), ("ja",), ("nej",), ()),)
    return (Pick(at, position_names(lever)),)


def position_names(lever: Lever) -> tuple[str, ...]:
    """The positions of a lever of months or days, in words."""
    if lever.unit == DAY:
        return tuple(format_day(position_day(position)) for position in lever.positions)
    return tuple(name_month(position) for position in lever.positions)


def say_position(lever: Lever, position: int) -> str:
    """A position of a lever: "−5 %"; at rest "84,4 %, som prognosen"."""
    if position == lever.resting and lever.kind in _RESTS:
        return say_resting(lever)
    return render(_plain(lever, 0), [_natural(lever, position)])


def _natural(lever: Lever, position: int) -> int:
    if lever.unit in (MONTH, DAY):
        return lever.positions.index(position)
    return position * 1000 if lever.unit == THOUSANDS else position


def say_resting(lever: Lever) -> str:
    """The rest of a lever: what the papers say, and that they do."""
    if lever.unit == PERCENT:
        return f"{say_reported(lever)}, {_RESTS[lever.kind]}"
    said = render(_plain(lever, 0), [_natural(lever, lever.resting)])
    return f"{said}, {_RESTS[lever.kind]}"


def say_reported(lever: Lever) -> str:
    """The reported ratio, with a decimal only where it is no whole percent."""
    is_whole = lever.reported * 100 % 1 == 0
    return format_percent(lever.reported, 0 if is_whole else 1)
