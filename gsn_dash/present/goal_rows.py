"""The levers that can do something about a goal, row by row, and the others together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.collaborating import bill
from gsn_dash.domain.scenario.goals import Answers, BillAtMost, BillUnchanged
from gsn_dash.domain.scenario.levers import BETWEEN, Lever, is_moved, position_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.reaching import BEYOND, FREE, ROOM, WORSE, Answer
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.goal_answers import LIMIT, in_words, in_words_together, limit_days
from gsn_dash.present.levers import name_lever, name_project_of, part_of, say_position
from gsn_dash.present.names import (
    ITEMS,
    name_collaboration,
    name_municipality,
    name_rest_of_year,
)
from gsn_dash.present.sections import BILLS, INVESTMENTS, OPERATING, SECTIONS

_SECTION_NAMES = {
    OPERATING: "driftbudgeten",
    INVESTMENTS: "investeringarna",
    BILLS: "samarbetena",
}


@dataclass(frozen=True)
class AnswerRow:
    """A lever (or several municipalities' alike): its name, where it stands, what it needs.

    `alone` is what it needs where no `text` stands beside."""

    name: str
    stands: str
    needed: str
    text: str
    alone: str


def answer_rows(snapshot: Snapshot, scenario: Scenario, answers: Answers) -> tuple[AnswerRow, ...]:
    """The levers that matter for the goal, in their order; municipalities alike in one row."""
    told = [a for a in answers.answers if a.verdict not in (WORSE, FREE)]
    rows = []
    for _, alike in groupby(told, key=_likeness):
        group = list(alike)
        if len(group) > 1:
            rows.append(_together(snapshot, group))
        else:
            rows.append(_row(snapshot, scenario, answers, group[0]))
    return tuple(rows)


def _likeness(answer: Answer) -> tuple:
    """Members of a key that stand alike and can do the same are told of together."""
    lever = answer.lever
    if lever.kind == "member" and answer.verdict != BEYOND:
        return (answer.verdict, answer.standing, lever.subject.split(BETWEEN)[0])
    return lever.key


def _row(snapshot: Snapshot, scenario: Scenario, answers: Answers, answer: Answer) -> AnswerRow:
    lever = answer.lever
    return AnswerRow(
        name_briefly(snapshot, scenario, lever),
        say_position(lever, answer.standing),
        _needed(answer),
        in_words(answers, answer),
        _alone(answer),
    )


def _together(snapshot: Snapshot, group: list[Answer]) -> AnswerRow:
    who, collaboration = _members(snapshot, (answer.lever for answer in group))
    return AnswerRow(
        f"{who} är med i {collaboration}",
        say_position(group[0].lever, group[0].standing),
        _needed(group[0]),
        in_words_together(group),
        _alone(group[0]),
    )


def _needed(answer: Answer) -> str:
    if answer.verdict == BEYOND or answer.step is None:
        return "räcker inte"
    text = say_position(answer.lever, answer.step)
    if answer.lever.unit in ("switch", "day"):
        return text
    if answer.lever.unit == "month":
        return f"{'senast' if answer.is_ceiling else 'tidigast'} {text}"
    return f"{LIMIT[answer.is_ceiling]} {text}"


def _alone(answer: Answer) -> str:
    """A yes or a day answers no question of how far something may be changed."""
    if answer.verdict == ROOM and answer.lever.kind == "member":
        return f"ingen får gå {'ur' if answer.standing else 'med'}"
    if answer.verdict == ROOM and answer.lever.kind == "counted_on":
        return limit_days(answer)
    return _needed(answer)


def name_briefly(snapshot: Snapshot, scenario: Scenario, lever: Lever) -> str:
    """A lever's name where a table asks the question: without what its 0 or 100 % means."""
    match lever.kind:
        case "used_up" if not lever.subject:
            return "Hela periodens avvikelse: del som går åt"
        case "used_up":
            is_short = part_of(snapshot, lever.subject).figure.money < ZERO
            done = "hämtas in" if is_short else "går åt"
            return f"{name_lever(snapshot, scenario, lever)}: del som {done}"
        case "rest":
            rest = name_rest_of_year(snapshot.occasion)
            return f"{ITEMS[lever.subject]} {rest}: ändring i procent av budgeten"
        case "utilisation":
            name = name_project_of(snapshot, lever.subject)
            return f"{name}: del av anslaget"
        case "price":
            return f"{name_collaboration(snapshot, lever.subject)}: priset"
        case "equal_part":
            return f"{name_collaboration(snapshot, lever.subject)}: den del som delas lika"
        case "carried":
            return "hur mycket som förs över till nästa år"
    return name_lever(snapshot, scenario, lever)


def describe_others(snapshot: Snapshot, scenario: Scenario, answers: Answers) -> tuple[str, ...]:
    """The levers that need no row of their own, one sentence for each reason; empty for none."""
    said = []
    for verdict, text in (
        (WORSE, "De här kan bara göra det sämre"),
        (FREE, "De här kan inte ensamma fälla målet"),
    ):
        levers = [a.lever for a in answers.answers if a.verdict == verdict]
        said.append(_list(snapshot, scenario, text, levers))
    said.append(_describe_untouching(snapshot, scenario, answers))
    said.append(describe_unknown(snapshot, answers))
    return tuple(sentence for sentence in said if sentence)


def _list(snapshot: Snapshot, scenario: Scenario, text: str, levers: Iterable[Lever]) -> str:
    names = _in_a_list(snapshot, scenario, levers)
    return f"{text}: {'; '.join(names)}." if names else ""


def _in_a_list(snapshot: Snapshot, scenario: Scenario, levers: Iterable[Lever]) -> list[str]:
    """The levers' names, municipalities that join or leave the same collaboration as one."""
    names = []
    for side, alike in groupby(levers, key=lambda lever: _side(scenario, lever)):
        group = list(alike)
        lever = group[0]
        if lever.kind == "stopped":
            name = name_project_of(snapshot, lever.subject)
            verb = "inte stoppas" if is_moved(scenario, lever) else "stoppas"
            names.append(f"att {name} {verb}")
        elif lever.kind == "member":
            verb = "går ur" if side[0] else "går med i"
            who, collaboration = _members(snapshot, group)
            names.append(f"att {who} {verb} {collaboration}")
        else:
            names.append(name_briefly(snapshot, scenario, lever))
    return names


def _side(scenario: Scenario, lever: Lever) -> tuple:
    """What levers that can be named together have in common: of members, whether they are in."""
    if lever.kind == "member":
        return (position_of(scenario, lever), lever.subject.split(BETWEEN)[0])
    return lever.key


def _members(snapshot: Snapshot, levers: Iterable[Lever]) -> tuple[str, str]:
    """The municipalities of some levers, and the collaboration that they are all about."""
    names = [lever.subject.split(BETWEEN) for lever in levers]
    who = ", ".join(name_municipality(snapshot, code) for _, code in names)
    return who, name_collaboration(snapshot, names[0][0])


def _describe_untouching(snapshot: Snapshot, scenario: Scenario, answers: Answers) -> str:
    """What has nothing to do with the goal: a whole section by its name, else lever by lever."""
    moving = {answer.lever.kind for answer in answers.answers}
    names = []
    for section, kinds in SECTIONS.items():
        own = [lever for lever in answers.untouching if lever.kind in kinds]
        if own and moving.isdisjoint(kinds):
            names.append(_SECTION_NAMES[section])
        else:
            names += _in_a_list(snapshot, scenario, own)
    return f"De här påverkar inte målet: {'; '.join(names)}." if names else ""


def describe_unknown(snapshot: Snapshot, answers: Answers) -> str:
    """What of a bill nobody knows, or no paper where the papers' bill is the goal."""
    match answers.goal:
        case BillUnchanged(municipality=code):
            found = bill(snapshot, code)
        case BillAtMost(municipality=code):
            found = bill(answers.supposed, code)
        case _:
            return ""
    unknown = [row.key.collaboration for row in found.rows if row.figure.is_unknown]
    if not unknown:
        return ""
    names = ", ".join(name_collaboration(snapshot, key) for key in unknown)
    who = genitive(name_municipality(snapshot, code))
    return f"{who} del av {names} är okänd i papperen och räknas inte med."
