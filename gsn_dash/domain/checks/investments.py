"""The controls of the investment money: its projects against each other and the totals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain import investing
from gsn_dash.domain.amounts import ZERO, Amount, Money, Unknown, total_of
from gsn_dash.domain.checks.finding import Finding, Side, Verdict, compare
from gsn_dash.domain.figures import Figure, SourceRef, sources_of
from gsn_dash.domain.investing import Portfolio
from gsn_dash.domain.lost_digit import LostDigit, Slack, rest_slack
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Project, Snapshot
from gsn_dash.domain.year_end import as_stated


def check_codes(snapshot: Snapshot) -> list[Finding]:
    """A project code that stands for more than one project."""
    holders = defaultdict(list)
    for project in snapshot.projects:
        for code in project.codes:
            holders[code].append(project)
    findings = []
    for code, projects in sorted(holders.items()):
        if len(projects) < 2:
            continue
        places = tuple(p for project in projects for p in _places_of(snapshot, project))
        stated, found = Side(None, places, code), Side(None, (), code)
        about = {"code": code, "projects": tuple(projects)}
        findings.append(
            Finding("code_twice", f"code:{code}", Verdict.FAILS, stated, found, None, about)
        )
    return findings


def _places_of(snapshot: Snapshot, project: Project) -> list[SourceRef]:
    return [
        figure.origin
        for key, figure in snapshot.investments.items()
        if key.project == project.key and figure.printed and not figure.is_derived
    ]


def check_lost_digits(snapshot: Snapshot) -> list[Finding]:
    """An amount whose first digit is lost: solved from the totals, or not."""
    found = investing.portfolio(snapshot)
    whole = (found.total.appropriation, found.total.forecast)
    places = tuple(place for figure in whole for place in sources_of(figure))
    return [
        Finding(
            "lost_digit",
            lost.printed.ref,
            Verdict.CANNOT_TELL,
            Side(lost.printed.amount, sources_of(lost.printed), lost.printed.printed),
            Side(_solved(lost), places, ref=lost.printed.ref),
            None,
            {"lost": lost},
        )
        for lost in found.lost
    ]


def _solved(lost: LostDigit) -> Amount:
    if lost.solution:
        return lost.solution.appropriation
    is_open = any(not candidate.fault for candidate in lost.candidates)
    return Unknown("flera siffror är möjliga" if is_open else "ingen siffra stämmer med totalerna")


def check_left(snapshot: Snapshot) -> list[Finding]:
    """What the named projects leave, summed, against what the whole forecast leaves.

    The projects that no paper names may leave the rest, so less is no fault where there are any.
    """
    found = investing.portfolio(snapshot)
    named = [row.left for row in found.rows if not row.project.is_rest]
    published = snapshot.totals.get(InvestmentKey(TOTAL, "forecast_deviation").ref)
    if not named or published is None or published.is_unknown:
        return []
    whole = -published.money
    amount = total_of(figure.amount for figure in named).amount
    tolerance = sum((figure.precision for figure in named), published.precision) / 2
    verdict = compare(whole, amount, tolerance)
    unnamed = None
    if verdict is Verdict.FAILS and amount < whole and _has_rest(found):
        verdict, unnamed = Verdict.HOLDS, whole - amount
    stated = Side(whole, sources_of(published), published.printed, ref=published.ref)
    places = tuple(dict.fromkeys(place for figure in named for place in sources_of(figure)))
    side = Side(amount, places, ref=found.total.left.ref)
    about = {"solved": any(lost.solution for lost in found.lost), "unnamed": unnamed}
    return [Finding("left", published.ref, verdict, stated, side, tolerance, about)]


def _has_rest(found: Portfolio) -> bool:
    return any(row.project.is_rest for row in found.rows)


def check_balances(snapshot: Snapshot) -> list[Finding]:
    """Appropriation against forecast + left, of each project that the papers state all three of."""
    found = investing.portfolio(snapshot)
    findings = []
    for row in (*found.rows, found.total):
        left = snapshot.investments.get(InvestmentKey(row.project.key, "left"))
        forecast = as_stated(row.forecast)
        figures = (row.appropriation, forecast, left)
        if left is None or any(figure.is_derived or figure.is_unknown for figure in figures):
            continue
        amount = forecast.money + left.money
        tolerance = sum((figure.precision for figure in figures), Decimal(0)) / 2
        verdict = compare(row.appropriation.amount, amount, tolerance)
        side = Side(amount, (*sources_of(forecast), *sources_of(left)))
        about = {"forecast": forecast, "left": left}
        ref = row.appropriation.ref
        findings.append(
            Finding("balance", ref, verdict, _stated(row.appropriation), side, tolerance, about)
        )
    return findings


def _stated(figure: Figure) -> Side:
    return Side(figure.amount, sources_of(figure), figure.printed, ref=figure.ref)


def check_rest(snapshot: Snapshot) -> list[Finding]:
    """Whether the projects that no paper names can have what the totals leave for them."""
    found = investing.portfolio(snapshot)
    named = [row for row in found.rows if not row.project.is_rest]
    slack = rest_slack(named, found.total)
    return [
        finding
        for row in found.rows
        if row.project.is_rest and (finding := _rest_finding(row, slack))
    ]


@dataclass(frozen=True)
class _Limit:
    """Something that cannot be: `figure` beyond `bound` by `excess`, less what rounding can do."""

    fault: str
    figure: Figure
    bound: Money
    excess: Money
    tolerance: Decimal

    @property
    def verdict(self) -> Verdict:
        """Fails where rounding does not explain the excess."""
        if self.excess <= ZERO:
            return Verdict.HOLDS
        return Verdict.HOLDS_ROUNDED if self.excess.kr <= self.tolerance else Verdict.FAILS


def _limits(row: ProjectRow, slack: Slack) -> list[_Limit]:
    """What the unnamed projects' known figures must keep within: zero, and each other."""
    plan, forecast = row.appropriation, row.forecast
    found = []
    if not plan.is_unknown:
        found.append(_Limit("appropriation", plan, ZERO, -plan.money, slack.appropriation))
    if not forecast.is_unknown:
        found.append(_Limit("forecast", forecast, ZERO, -forecast.money, slack.forecast))
    if not (plan.is_unknown or forecast.is_unknown):
        excess = forecast.money - plan.money
        found.append(_Limit("overrun", forecast, plan.money, excess, slack.overrun))
    return found


def _rest_finding(row: ProjectRow, slack: Slack) -> Finding | None:
    """The worst of what cannot be, else that all can; None where nothing is known."""
    limits = _limits(row, slack)
    if not limits:
        return None
    order = (Verdict.HOLDS, Verdict.HOLDS_ROUNDED, Verdict.FAILS)
    worst = max(limits, key=lambda limit: (order.index(limit.verdict), limit.excess))
    return Finding(
        "rest",
        worst.figure.ref,
        worst.verdict,
        Side(worst.figure.amount, sources_of(worst.figure), ref=worst.figure.ref),
        Side(worst.bound, ()),
        worst.tolerance,
        {"fault": worst.fault, "row": row},
    )
