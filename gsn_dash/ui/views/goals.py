"""Vad krävs?: a goal, and what each lever alone would need to reach it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gsn_dash.domain.amounts import KR, TKR, Money
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.scenario.goals import (
    AppropriationUsed,
    BillAtMost,
    BillUnchanged,
    Goal,
    NetAtLeast,
    answer,
)
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.goal_rows import describe_others
from gsn_dash.present.goal_tables import goals_table
from gsn_dash.present.goals import UNTELLABLE, YEAR_OVER, describe_goal, goal_message, say_goal
from gsn_dash.present.names import name_municipality
from gsn_dash.ui.page import show_lead, show_message, show_text
from gsn_dash.ui.state.choices import choose_in_address, slide_in_address
from gsn_dash.ui.tables import show_table

_NET, _USED = "netto", "anslag"
_PERCENT = range(0, 101, 5)
_MOST_USED = 80
_HUNDREDS = range(-5000, 5001, 100)
_BILL_STEP = 5000


def show_goals(snapshot: Snapshot, scenario: Scenario) -> None:
    """The choice of a goal, whether it is reached, and the levers one by one."""
    goal = choose_goal(snapshot)
    if goal is None:
        show_message(YEAR_OVER)
        return
    found = answer(snapshot, scenario, goal)
    if found is None:
        show_message(UNTELLABLE)
        return
    show_message(goal_message(snapshot, scenario, found))
    show_lead(describe_goal(snapshot, scenario, found))
    table = goals_table(snapshot, scenario, found)
    if table.rows:
        show_table(table)
    show_text(*describe_others(snapshot, scenario, found))
    show_text(
        "Varje rad gäller om bara det reglaget flyttas och allt annat står kvar. Reglagen går i"
        " hela steg; i klartext står den exakta gränsen."
    )


def choose_goal(snapshot: Snapshot) -> Goal | None:
    """The goal that the address names; at first that the year ends on its budget.

    Once the year is over only the bills can be another: None where there are none.
    """
    options = {_NET: "Årets resultat mot budget", _USED: "Investeringsanslaget"}
    if snapshot.occasion.is_closing:
        options = {}
    for code in payers(snapshot):
        options[code] = f"{genitive(name_municipality(snapshot, code))} kostnad"
    if not options:
        return None
    chosen = choose_in_address("mal", "Vilket mål?", options)
    if chosen == _NET:
        goals = {at: NetAtLeast(Money(at * TKR)) for at in _HUNDREDS}
        return _choose(snapshot, chosen, goals, 0)
    if chosen == _USED:
        goals = {at: AppropriationUsed(Decimal(at) / 100) for at in _PERCENT}
        return _choose(snapshot, chosen, goals, _MOST_USED)
    return _choose_bill(snapshot, chosen)


def _choose_bill(snapshot: Snapshot, code: str) -> Goal:
    """From half of what the papers state to one and a half, and just what they state."""
    stated = int(bill(snapshot, code).total.known.in_unit(KR))
    amounts = range(stated // 2 // _BILL_STEP * _BILL_STEP, stated * 3 // 2, _BILL_STEP)
    goals: dict[int, Goal] = {at: BillAtMost(code, Money(at * KR)) for at in amounts}
    goals[stated] = BillUnchanged(code)
    return _choose(snapshot, code, dict(sorted(goals.items())), stated)


def _choose(snapshot: Snapshot, name: str, goals: Mapping[int, Goal], default: int) -> Goal:
    texts = {at: say_goal(snapshot, goal) for at, goal in goals.items()}
    return goals[slide_in_address(f"mal-{name}", "Hur mycket?", texts, default)]
