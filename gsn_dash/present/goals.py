"""What is demanded, in the board's words: a goal, how it stands, and what each lever would need."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.collaborating import bill
from gsn_dash.domain.operating import demand
from gsn_dash.domain.scenario.goals import (
    Answers,
    AppropriationUsed,
    BillAtMost,
    BillUnchanged,
    Goal,
    NetAtLeast,
)
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.reaching import NEEDED, Answer
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.goal_answers import say_place
from gsn_dash.present.names import name_municipality, name_rest_of_year
from gsn_dash.present.numbers import (
    format_kr,
    format_mkr,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
)

_EXACTLY = "nås precis, utan marginal."
YEAR_OVER = "Året är avslutat, så det finns inget mål för det kvar att nå."
UNTELLABLE = "Det går inte att räkna ut: papperen saknar den uppgift som målet gäller."


def name_goal(snapshot: Snapshot, goal: Goal) -> str:
    """ "Året slutar på budget eller bättre"."""
    match goal:
        case NetAtLeast(deviation=deviation):
            return _name_net(deviation)
        case AppropriationUsed(share=share):
            return f"Minst {format_percent(share)} av investeringsanslaget används i år"
        case BillUnchanged(municipality=code):
            return f"{_cost(snapshot, code)} för samarbetena blir inte högre än i papperen"
        case BillAtMost(municipality=code, amount=amount):
            return f"{_cost(snapshot, code)} för samarbetena blir högst {format_kr(amount)}"


def _cost(snapshot: Snapshot, municipality: str) -> str:
    """ "Ludvikas kostnad"; of a bill that lacks a part only what is known is spoken of."""
    who = genitive(name_municipality(snapshot, municipality))
    return f"{who} {'kända ' if bill(snapshot, municipality).total.missing else ''}kostnad"


def _name_net(deviation: Money) -> str:
    if format_mkr(deviation) == format_mkr(ZERO):
        return "Året slutar på budget eller bättre"
    how = ("minst", "bättre") if deviation > ZERO else ("högst", "sämre")
    return f"Året slutar {how[0]} {format_size_mkr(deviation)} {how[1]} än budget"


def say_goal(snapshot: Snapshot, goal: Goal) -> str:
    """How much a goal asks for, where the rest is said beside: "+0,5 Mkr mot budget", "80 %"."""
    match goal:
        case NetAtLeast(deviation=deviation):
            return f"{format_mkr_unit(deviation, True)} mot budget"
        case AppropriationUsed(share=share):
            return format_percent(share)
        case BillUnchanged(municipality=code):
            return f"{format_kr(bill(snapshot, code).total.known)}, som i papperen"
        case BillAtMost(amount=amount):
            return format_kr(amount)


def goal_message(snapshot: Snapshot, scenario: Scenario, answers: Answers) -> str:
    """Whether the goal is reached, and what that rests on or lacks."""
    if not answers.is_met:
        return f"Målet nås inte: {_lacks(snapshot, answers)}. {_who_can(answers)}"
    margin = _size(answers, answers.margin)
    if margin != _size(answers, ZERO):
        return f"Målet nås, med {margin} till godo."
    return _presumed(scenario, answers) or f"Målet {_EXACTLY}"


def describe_goal(snapshot: Snapshot, scenario: Scenario, answers: Answers) -> str:
    """The goal in words, and that it is only just reached where the message says other things."""
    text = f"Målet: {name_goal(snapshot, answers.goal)}."
    return f"{text} Det {_EXACTLY}" if _presumed(scenario, answers) else text


def _presumed(scenario: Scenario, answers: Answers) -> str:
    """What the papers' own forecast of zero presumes of the costs; empty where it is another."""
    rest, asked = name_rest_of_year(answers.supposed.occasion), demand(answers.supposed, "cost")
    is_zero = isinstance(answers.goal, NetAtLeast) and answers.target == ZERO == answers.now
    if scenario.overlays or not is_zero or not rest or asked.increase is None:
        return ""
    word = "högre" if asked.increase >= 0 else "lägre"
    return (
        f"Nollprognosen förutsätter att kostnaderna {rest} blir"
        f" {format_percent(abs(asked.increase))} {word} per månad än hittills."
    )


def _size(answers: Answers, amount: Money) -> str:
    is_bill = isinstance(answers.goal, BillUnchanged | BillAtMost)
    return format_kr(amount) if is_bill else format_mkr_unit(amount)


def _lacks(snapshot: Snapshot, answers: Answers) -> str:
    missing = _size(answers, answers.missing)
    if missing == _size(answers, ZERO):
        missing = "mindre än det minsta som visas"
    match answers.goal:
        case AppropriationUsed():
            used = say_place(answers, answers.now)
            return f"{used} av anslaget används, och det fattas {missing}"
        case BillUnchanged(municipality=code):
            return f"{_cost(snapshot, code)} är {missing} högre än i papperen"
        case BillAtMost(municipality=code):
            return f"{_cost(snapshot, code)} är {missing} för hög"
    return f"det fattas {missing}"


def _who_can(answers: Answers) -> str:
    """How many levers could reach the goal alone; a project only within its appropriation."""
    able = [a for a in answers.answers if a.verdict == NEEDED]
    within = [a for a in able if not _is_beyond_own(a)]
    if not able:
        return "Inget reglage räcker ensamt."
    if not within:
        return "Inget projekt räcker ensamt inom sitt eget anslag."
    own = "" if len(within) == len(able) else ", inom projektens egna anslag"
    if len(within) == 1:
        return f"Ett enda reglage skulle räcka ensamt{own}."
    return f"{len(within)} reglage skulle räcka, vart och ett för sig{own}."


def _is_beyond_own(answer: Answer) -> bool:
    """Whether a project would need more than its own appropriation."""
    return answer.lever.kind == "utilisation" and answer.step is not None and answer.step > 100
