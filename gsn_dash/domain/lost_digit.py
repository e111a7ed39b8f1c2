"""A printed appropriation whose first digit is lost, solved by trying all ten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import Money, Unknown, total_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Project

_LOST_DIGIT = re.compile(r"^,(\d+)$")


@dataclass(frozen=True)
class Slack:
    """How far what is left of the totals can be off for the rounding of print, in kr.

    Half of every printed step that the difference rests on, each counted once: `overrun` is of
    forecast − appropriation, in which a project counts only by what it leaves. So the network's
    "1" (a step of 1 Mkr) is in `overrun` once, as what is left, and not again by its forecast.
    """

    appropriation: Decimal
    forecast: Decimal
    overrun: Decimal


@dataclass(frozen=True)
class Candidate:
    """One digit tried: the appropriation it gives, what it leaves for the unnamed projects.

    fault: empty where it is possible within the rounding of print; `overrun` where the unnamed
    projects would be forecast above their appropriation, `negative` where their appropriation
    would be below zero, `unclaimed` where money would be left and no project is unnamed.
    """

    digit: int
    appropriation: Money
    rest_appropriation: Money
    rest_forecast: Money
    fault: str


@dataclass(frozen=True)
class LostDigit:
    """A printed appropriation whose first digit is lost, and the ten it can have been.

    `has_rest` is whether there are projects that the papers do not name.
    """

    project: Project
    printed: Figure
    candidates: tuple[Candidate, ...]
    has_rest: bool = True

    @property
    def solution(self) -> Candidate | None:
        """The only possible digit; None where none or several are."""
        possible = [candidate for candidate in self.candidates if not candidate.fault]
        return possible[0] if len(possible) == 1 else None


def rest_slack(named: Sequence[ProjectRow], total: ProjectRow) -> Slack:
    """The rounding in the totals less the named projects."""

    def half(*figures: Figure) -> Decimal:
        return sum((figure.precision for figure in figures), Decimal(0)) / 2

    return Slack(
        half(total.appropriation, *(row.appropriation for row in named)),
        half(total.forecast, *(row.forecast for row in named)),
        half(total.appropriation, total.forecast, *(row.left for row in named)),
    )


def solve_digit(
    row: ProjectRow, named: Sequence[ProjectRow], total: ProjectRow, has_rest: bool
) -> LostDigit | None:
    """The ten candidates of a lost digit; None where nothing is lost or it cannot be tried."""
    found = _LOST_DIGIT.match(row.appropriation.printed)
    if not row.appropriation.is_unknown or not found:
        return None
    others = total_of(r.appropriation.amount for r in named if r is not row)
    forecasts = total_of(r.forecast.amount for r in named)
    whole, planned = total.appropriation.amount, total.forecast.amount
    if others.missing or forecasts.missing:
        return None
    if isinstance(whole, Unknown) or isinstance(planned, Unknown):
        return None
    slack = rest_slack(named, total)
    candidates = []
    for amount in _ten_amounts(row.appropriation, found[1]):
        rest, forecast = whole - others.known - amount, planned - forecasts.known
        fault = _fault(rest, forecast, slack, has_rest)
        candidates.append(Candidate(len(candidates), amount, rest, forecast, fault))
    return LostDigit(row.project, row.appropriation, tuple(candidates), has_rest)


def _ten_amounts(printed: Figure, decimals: str) -> list[Money]:
    """The amounts that the printed decimals can be the end of, for the digits 0 to 9.

    The unit is that of the print: the step of its last decimal, which ingest takes from the scale
    and lets no one overrule for such a text, times ten for each decimal.
    """
    unit = printed.precision.scaleb(len(decimals))
    return [Money((digit + Decimal(f"0.{decimals}")) * unit) for digit in range(10)]


def _fault(rest: Money, forecast: Money, slack: Slack, has_rest: bool) -> str:
    """Why the unnamed projects cannot have `rest` and `forecast`, beyond what rounding explains.

    In the papers of May 2023 the overrun's slack is 0.8 Mkr: 0.5 for the network's "1" and 0.3
    for six steps of 0.1. One digit more moves the overrun by 1.0, so 0 stays alone also where
    the total is a rounding away (7.9), and 1, an overrun of 1.0, stays a fault.
    """
    if rest.kr < -slack.appropriation:
        return "negative"
    if not has_rest:
        return "unclaimed" if rest.kr > slack.appropriation else ""
    return "overrun" if (forecast - rest).kr > slack.overrun else ""
