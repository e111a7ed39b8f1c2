"""What is assumed, one line for each lever that has been moved, with what the papers say."""

from __future__ import annotations

from gsn_dash.domain.operating import cell, demand, line
from gsn_dash.domain.scenario.compiling import Compiled
from gsn_dash.domain.scenario.levers import Lever, contribution_of, overlay_of, position_day
from gsn_dash.domain.scenario.operating import year_end_key
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.levers import (
    name_part,
    name_project_of,
    part_of,
    position_names,
    position_template,
    say_reported,
    used_up_verb,
)
from gsn_dash.present.names import (
    ITEMS,
    name_collaboration,
    name_municipality,
    name_rest_of_year,
    name_subject,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_mkr_unit,
    format_size_mkr,
    name_month,
)
from gsn_dash.present.templates import BySign, Joined, Number, Pick, Template

_MONTH_KINDS = ("action_start", "lump_month")


def describe_assumptions(compiled: Compiled, base: Snapshot, scenario: Scenario) -> Template:
    """Every assumption, parted by semicolons; empty where nothing is assumed."""
    parts, rest = [], []
    for place, lever in enumerate(compiled.levers):
        if lever.kind in _MONTH_KINDS:
            continue  # said with the amount that they belong to
        text = _describe(compiled, base, scenario, place, lever)
        moved = (BySign(Number(compiled.moved[place], "int"), text, (), ()),)
        (parts if lever.kind == "used_up" else rest).append(moved)
    used_up = _used_up(compiled, base, tuple(parts))
    return (Joined("; ", (used_up, *rest)),)


def _used_up(compiled: Compiled, base: Snapshot, parts: tuple[Template, ...]) -> Template:
    """One line where every part is used up alike, otherwise one for each that is moved."""
    if len(parts) < 2:
        return (Joined("; ", parts),)
    place = next(n for n, lever in enumerate(compiled.levers) if lever.kind == "used_up")
    deviation = line(base, "net", "period").deviation.amount
    whole, verb = format_mkr_unit(deviation, True), used_up_verb(deviation)
    together = (
        *_position(compiled, place),
        f" av hela periodens avvikelse, {whole}, {verb} före årets slut (prognosen: 100{SPACE}%)",
    )
    alike = (BySign(Number(compiled.moved[place], "int"), together, (), ()),)
    each = (Joined("; ", parts),)
    return (BySign(Number(compiled.used_up_spread, "int"), each, alike, each),)


def _position(compiled: Compiled, place: int) -> Template:
    lever = compiled.levers[place]
    return position_template(lever, compiled.at[place], compiled.moved[place])


def _describe(
    compiled: Compiled, base: Snapshot, scenario: Scenario, place: int, lever: Lever
) -> Template:
    text = _position(compiled, place)
    match lever.kind:
        case "used_up":
            name = name_part(base, part_of(base, lever.subject))
            verb = used_up_verb(part_of(base, lever.subject).figure.amount)
            return (f"{name}: ", *text, f" {verb} före årets slut (prognosen: 100{SPACE}%)")
        case "rest":
            rest = name_rest_of_year(base.occasion)
            budget = format_size_mkr(demand(base, lever.subject).rest_budget.amount)
            at = compiled.at[place]
            more, less = (" mer än prognosen",), (" mindre än prognosen",)
            change = BySign(Number(at, "int"), more, (), less)
            share = (Number(at, "int0"), f"{SPACE}% av budgeten på {budget}")
            return (f"{ITEMS[lever.subject]} {rest}: ", *share, change)
        case "year_end":
            stated = cell(base, year_end_key(base, lever.subject))
            known = f"papperen: {format_mkr_unit(stated.amount, True)}"
            said = "papperen säger inget" if stated.is_unknown else known
            name = name_subject(base, lever.subject)
            return (f"{name}: ", *text, f" mot budget vid årets slut ({said})")
        case "action":
            first = base.occasion.period_end.month + 1
            late = f" (räknas från {name_month(first)})" if first <= 12 else " (året är slut)"
            start = _month_of(compiled, ("action_start", lever.subject), first, late)
            return (f"{lever.subject}: ", *text, " på ett helt år, från och med ", *start)
        case "lump":
            return _describe_lump(compiled, base, scenario, lever, text)
    return _describe_other(compiled, base, scenario, place, lever)


def _describe_lump(
    compiled: Compiled, base: Snapshot, scenario: Scenario, lever: Lever, text: Template
) -> Template:
    first = base.occasion.period_end.month + 1
    month = _month_of(compiled, ("lump_month", lever.subject), first, " (passerad, räknas inte)")
    known = overlay_of(scenario, lever).budgeted
    said = "som finns i budgeten" if known else "som inte finns i budgeten"
    return (f"{lever.subject}: en faktura på ", *text, " väntas i ", *month, f", {said}")


def _month_of(compiled: Compiled, key: tuple[str, str], first: int, late: str) -> Template:
    """A month in words, with `late` after it where it is before `first`."""
    place = compiled.places[key]
    lever = compiled.levers[place]
    names = zip(position_names(lever), lever.positions, strict=True)
    texts = tuple(name + (late if month < first else "") for name, month in names)
    return (Pick(compiled.at[place], texts),)


def _describe_other(
    compiled: Compiled, base: Snapshot, scenario: Scenario, place: int, lever: Lever
) -> Template:
    text = _position(compiled, place)
    match lever.kind:
        case "utilisation":
            name = name_project_of(base, lever.subject)
            said = f" av anslaget används (prognosen: {say_reported(lever)})"
            return (f"{name}: ", *text, said)
        case "stopped":
            return (f"{name_project_of(base, lever.subject)} stoppas",)
        case "moved":
            names = (lever.subject, overlay_of(scenario, lever).target)
            source, target = (name_project_of(base, name) for name in names)
            return (*text, f" flyttas från {source} till {target}")
        case "carried":
            return (*text, f" av det som blir kvar förs över (annars: 100{SPACE}%)")
        case "price":
            name = name_collaboration(base, lever.subject)
            return (f"{name}: ", *_higher_or_lower(compiled.at[place]), " pris än nu")
        case "equal_part":
            name = name_collaboration(base, lever.subject)
            return (f"{name}: ", *text, f" delas lika (avtalet: {say_reported(lever)})")
        case "counted_on":
            name = name_collaboration(base, lever.subject)
            now = format_day(position_day(lever.resting))
            return (f"{name}: invånarna räknas den ", *text, f" (nu: {now})")
    key = contribution_of(lever)
    name = name_collaboration(base, key.collaboration)
    who = name_municipality(base, key.municipality)
    if lever.kind == "member":
        return (f"{who} {'går ur' if lever.resting else 'går med i'} {name}",)
    return (f"{name}: {who} betalar ", *text, " (papperen säger inte)")


def _higher_or_lower(at: int) -> Template:
    """ "3 % högre", "5 % lägre"; at zero "oförändrat"."""
    size = (Number(at, "int0"), f"{SPACE}%")
    higher, lower = (*size, " högre"), (*size, " lägre")
    return (BySign(Number(at, "int"), higher, ("oförändrat",), lower),)
