"""The levers as the live sheet takes them: in groups, with their positions in words."""

from __future__ import annotations

from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.scenario.levers import DAY, MONTH, SWITCH, Lever, position_of
from gsn_dash.domain.scenario.program import Node
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.present.levers import (
    MIXED,
    name_lever,
    position_names,
    position_template,
    project_row,
)
from gsn_dash.present.names import (
    ITEMS,
    name_collaboration,
    name_municipality,
    name_project,
    name_rest_of_year,
)
from gsn_dash.present.numbers import SPACE, format_mkr_unit, format_size_mkr
from gsn_dash.present.sections import SECTIONS
from gsn_dash.present.templates import as_json

_SECTION_OF = {kind: section for section, kinds in SECTIONS.items() for kind in kinds}
_GROUPS = {
    "year_end": "Verksamheterna",
    "action": "Åtgärder",
    "action_start": "Åtgärder",
    "lump": "Fakturor",
    "lump_month": "Fakturor",
    "utilisation": "Hur mycket av anslaget används i år?",
    "stopped": "Hur mycket av anslaget används i år?",
    "moved": "Pengar som flyttas",
    "carried": "Vid årets slut",
}
_MASTER = "used_up"


def lever_id(lever: Lever) -> str:
    """The lever's name in the page."""
    return f"{lever.kind}:{lever.subject}"


def section_of(lever: Lever) -> str:
    """The section of the page that a lever stands in."""
    return _SECTION_OF[lever.kind]


def levers_json(trial: Trial) -> list[dict]:
    """The levers, with a master before the parts of the deviation where there are several."""
    levers = [_lever_json(trial, place) for place in range(len(trial.compiled.levers))]
    return [*_masters(trial), *levers]


def program_json(trial: Trial) -> list[Node]:
    """The program, where the levers are named by their place in `levers_json`."""
    before = len(_masters(trial))
    return [
        (kind, rest[0] + before, *rest[1:]) if kind in ("lever", "moved", "table") else
        (kind, *rest)
        for kind, *rest in trial.compiled.nodes
    ]  # fmt: skip


def _masters(trial: Trial) -> list[dict]:
    parts = [n for n, lever in enumerate(trial.compiled.levers) if lever.kind == "used_up"]
    if len(parts) < 2:
        return []
    first = trial.compiled.levers[parts[0]]
    whole = line(trial.base, "net", "period").deviation.amount
    return [
        {
            **_lever_json(trial, parts[0]),
            "id": _MASTER,
            "label": f"Hela avvikelsen, {format_mkr_unit(whole, True)}",
            "leads": [lever_id(trial.compiled.levers[part]) for part in parts],
            "mixed": MIXED,
            "group": _group(trial, first),
        }
    ]


def _lever_json(trial: Trial, place: int) -> dict:
    compiled = trial.compiled
    lever = compiled.levers[place]
    said = {
        "id": lever_id(lever),
        "widget": _widget(lever),
        "label": _label(trial, lever),
        "positions": _positions(lever),
        "resting": lever.resting,
        "value": position_of(trial.scenario, lever),
        "say": as_json(position_template(lever, compiled.at[place], compiled.moved[place])),
        "section": section_of(lever),
        "group": _group(trial, lever),
    }
    is_own = lever.resting is None and not lever.kind.endswith(("_start", "_month"))
    return {**said, "remove": "Ta bort"} if is_own else said


def _widget(lever: Lever) -> str:
    if lever.unit == SWITCH:
        return "toggle"
    return "choice" if lever.unit in (MONTH, DAY) else "range"


def _positions(lever: Lever) -> list | dict:
    if lever.unit in (MONTH, DAY):
        return {"values": list(lever.positions), "names": list(position_names(lever))}
    if isinstance(lever.positions, range):
        held = lever.positions
        return [held.start, held[-1], held.step]
    return [lever.positions[0], lever.positions[-1], 1]


def _label(trial: Trial, lever: Lever) -> str:
    """The lever's name where its group says the rest."""
    match lever.kind:
        case "member":
            return name_municipality(trial.base, lever.subject.rpartition(":")[2])
        case "rest":
            budget = demand(trial.base, lever.subject).rest_budget.amount
            return f"{ITEMS[lever.subject]}, budget {format_size_mkr(budget)}"
        case "utilisation":
            row = project_row(trial.base, lever.subject)
            granted = format_mkr_unit(row.appropriation.amount)
            where = " i papperen" if trial.scenario.moves_money_of(lever.subject) else ""
            return f"{name_project(row.project)}, anslag {granted}{where}"
    return name_lever(trial.base, trial.scenario, lever)


def _group(trial: Trial, lever: Lever) -> str:
    if lever.kind == "used_up":
        return (
            "Hur mycket av periodens avvikelse går åt, eller hämtas in, före årets slut?"
            f" 100{SPACE}% är allt, som prognosen räknar med"
        )
    if lever.kind == "rest":
        rest = name_rest_of_year(trial.base.occasion)
        return f"Resten av året, {rest}: mer eller mindre än prognosen, i procent av budget"
    if lever.kind == "member":
        name = name_collaboration(trial.base, lever.subject.rpartition(":")[0])
        return f"Vilka är med i {name}, förutom de som betalar här?"
    if lever.kind in _GROUPS:
        return _GROUPS[lever.kind]
    collaboration = lever.subject.partition(":")[0]
    return name_collaboration(trial.base, collaboration)
