"""What the domain answers for a scenario, by the names that its program uses."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Amount, deviation_of, total_of
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import ITEMS, line
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.collaborating import member_amounts
from gsn_dash.domain.scenario.compare import compare_bills
from gsn_dash.domain.scenario.compiled_bills import EVERYBODY, OTHERS, member_name
from gsn_dash.domain.scenario.compiled_investments import BOOKED, CARRIED, LAPSES
from gsn_dash.domain.scenario.compiled_operating import ACTIVITIES
from gsn_dash.domain.scenario.investing import booked_on_top, carry_over
from gsn_dash.domain.scenario.operating import activities_change
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot

Answers = dict[str, Amount]


def answers(snapshot: Snapshot, scenario: Scenario) -> Answers:
    """Every amount of the assumed snapshot that a program of the scenario's levers may have."""
    assumed = apply(snapshot, scenario)
    return {
        ACTIVITIES: activities_change(snapshot, scenario),
        **_operating(assumed),
        **_investments(snapshot, assumed, scenario),
        **_bills(snapshot, assumed, scenario),
    }


def _operating(assumed: Snapshot) -> Answers:
    found: Answers = {}
    for item in ITEMS:
        year = line(assumed, item, "year")
        found[operating(item, "year", "forecast")] = year.result.amount
        found[operating(item, "year", "deviation")] = year.deviation.amount
    return found


def _investments(snapshot: Snapshot, assumed: Snapshot, scenario: Scenario) -> Answers:
    own = portfolio(assumed)
    found = {
        InvestmentKey(row.project.key, measure).ref: getattr(row, measure).amount
        for row in (*own.rows, own.total)
        for measure in ("appropriation", "forecast", "left")
    }
    carried = carry_over(assumed, scenario)
    found |= {CARRIED: carried.carried, LAPSES: carried.lapses}
    return found | {BOOKED: booked_on_top(snapshot, assumed)}


def _bills(snapshot: Snapshot, assumed: Snapshot, scenario: Scenario) -> Answers:
    found = {key.ref: c.figure.amount for key, c in assumed.contributions.items()}
    for code in payers(assumed):
        found[ContributionKey(TOTAL, code).ref] = bill(assumed, code).total.known
    for collaboration in snapshot.collaborations:
        for code, amount in member_amounts(snapshot, scenario, collaboration.key).items():
            found[member_name(collaboration.key, code)] = amount
    return found | _together(snapshot, assumed, scenario)


def _together(snapshot: Snapshot, assumed: Snapshot, scenario: Scenario) -> Answers:
    """How the bills change for the members who are not stated, and for everybody."""
    others, joining = ZERO, ZERO
    for collaboration in snapshot.collaborations:
        before = member_amounts(snapshot, Scenario(), collaboration.key)
        after = member_amounts(snapshot, scenario, collaboration.key)
        for code, amount in after.items():
            if ContributionKey(collaboration.key, code) in snapshot.contributions:
                continue
            change = total_of([deviation_of(amount, before.get(code, ZERO))]).known
            if code in before:
                others += change
            else:
                joining += change
    paying = sum((found.difference for found in compare_bills(snapshot, assumed)), ZERO)
    return {OTHERS: others, EVERYBODY: paying + others + joining}
