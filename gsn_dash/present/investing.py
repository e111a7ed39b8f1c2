"""The investment money in sentences, composed from its figures."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, ratio_of
from gsn_dash.domain.investing import Candidate, LostDigit, ProjectRow
from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.names import name_project
from gsn_dash.present.numbers import (
    SPACE,
    UNKNOWN,
    format_mkr,
    format_mkr_unit,
    format_percent,
)

NO_REASON = "Papperet säger inte varför."


def answer_investments(occasion: Occasion, total: ProjectRow) -> str:
    """Is the investment money used? The forecast's share, and what is booked so far."""
    return f"{_used(total)} {_booked(occasion, total)}"


def _used(total: ProjectRow) -> str:
    if total.utilisation is None:
        return "Det går inte att säga hur mycket av anslaget som används i år."
    return (
        f"{format_percent(total.utilisation)} av investeringspengarna väntas bli använda i år:"
        f" {format_mkr(total.forecast.amount)} av {format_mkr_unit(total.appropriation.amount)}."
    )


def _booked(occasion: Occasion, total: ProjectRow) -> str:
    booked = ratio_of(total.outcome.amount, total.appropriation.amount)
    if booked is None:
        return "Hur mycket som är bokfört är okänt."
    return (
        f"Efter {occasion.months} av 12{SPACE}månader är"
        f" {format_mkr_unit(total.outcome.amount)} bokfört ({format_percent(booked)})."
    )


def describe_project(row: ProjectRow) -> str:
    """A project in words, for the text alternative of the picture."""
    outcome = UNKNOWN if row.outcome.is_unknown else format_mkr(row.outcome.amount)
    return (
        f"{name_project(row.project)}: anslag {format_mkr(row.appropriation.amount)},"
        f" prognos {format_mkr(row.forecast.amount)} ({format_percent(row.utilisation)}),"
        f" utfall {outcome}"
    )


def describe_why(row: ProjectRow) -> str:
    """Why money is left, as the paper says it; empty where none is left."""
    if row.why is not None:
        return str(row.why.value)[:1].upper() + str(row.why.value)[1:] + "."
    if row.left.is_unknown or row.left.money == ZERO:
        return ""
    return NO_REASON


def describe_lost_digit(lost: LostDigit) -> tuple[str, ...]:
    """What the lost digit must be, on what condition, and what else it could have been."""
    name = name_project(lost.project)
    printed = f"Papperet säger ”{lost.printed.printed}” miljoner kronor för {name}: siffran före"
    said = [f"{printed} kommat saknas."]
    if lost.solution is None:
        return (*said, "Totalerna avgör inte vilken siffra det är, så anslaget är okänt.")
    said.append(
        f"Med {lost.solution.digit} stämmer alla totaler, så anslaget är"
        f" {format_mkr_unit(lost.solution.appropriation)} (härlett). Det gäller om inget projekt"
        " har en prognos över sitt anslag."
    )
    overruns = [c for c in lost.candidates if c.fault == "overrun"]
    negatives = [c for c in lost.candidates if c.fault == "negative"]
    said += [_describe_overrun(candidate) for candidate in overruns]
    if negatives:
        said.append(
            f"Med {_digits(negatives)} ({format_mkr(negatives[0].appropriation)} eller mer)"
            " skulle övriga projekts anslag bli mindre än noll: det är omöjligt."
        )
    return tuple(said)


def _describe_overrun(candidate: Candidate) -> str:
    return (
        f"Med {candidate.digit} ({format_mkr_unit(candidate.appropriation)}) skulle övriga projekt"
        f" ha {format_mkr(candidate.rest_appropriation)} i anslag men"
        f" {format_mkr_unit(candidate.rest_forecast)} i prognos."
    )


def _digits(candidates: list[Candidate]) -> str:
    first, last = candidates[0].digit, candidates[-1].digit
    return str(first) if first == last else f"{first}–{last}"
