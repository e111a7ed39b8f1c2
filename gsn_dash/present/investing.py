"""The investment money in sentences, composed from its figures."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.amounts import MKR, ZERO, Unknown
from gsn_dash.domain.investing import is_from_left, is_over, total_row
from gsn_dash.domain.lost_digit import Candidate, LostDigit
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.names import name_project, quote_reason
from gsn_dash.present.numbers import (
    SPACE,
    UNKNOWN,
    format_mkr,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
    format_spread_mkr,
)

NO_REASON = "Papperet säger inte varför."


def investments_message(snapshot: Snapshot) -> str:
    """As `answer_investments`, with what contradicts those totals in front."""
    answer = answer_investments(snapshot.occasion, total_row(snapshot))
    return say_contradicted(snapshot, "investment", answer)


def answer_investments(occasion: Occasion, total: ProjectRow) -> str:
    """Is the investment money used? The forecast's share, and what is booked so far."""
    if is_over(occasion, [total]):
        return _used_in(occasion, total)
    return f"{_used(total)} {_booked(occasion, total)}"


def _used(total: ProjectRow) -> str:
    if total.utilisation is None:
        return "Det går inte att säga hur mycket av anslaget som används i år."
    return (
        f"{format_percent(total.utilisation)} av investeringspengarna väntas bli använda i år:"
        f" {format_mkr(total.forecast.amount)} av {format_mkr_unit(total.appropriation.amount)}."
    )


def _used_in(occasion: Occasion, total: ProjectRow) -> str:
    """What was used of a year that is over, and what was left."""
    if total.booked is None:
        return f"Det går inte att säga hur mycket av anslaget som användes {occasion.year}."
    left = total.left.amount
    text = (
        f"{format_percent(total.booked)} av investeringspengarna användes {occasion.year}:"
        f" {format_mkr(total.outcome.amount)} av {format_mkr_unit(total.appropriation.amount)}."
    )
    if isinstance(left, Unknown):
        return text
    if left < ZERO:
        return f"{text} Det är {format_size_mkr(left)} mer än anslaget."
    return f"{text} Kvar blev {format_mkr_unit(left)}."


def _booked(occasion: Occasion, total: ProjectRow) -> str:
    if total.booked is None:
        return "Hur mycket som är bokfört är okänt."
    return (
        f"Efter {occasion.months} av 12{SPACE}månader är"
        f" {format_mkr_unit(total.outcome.amount)} bokfört ({format_percent(total.booked)})."
    )


def describe_project(row: ProjectRow, over: bool = False) -> str:
    """A project in words, for the text alternative of the picture; without a forecast if `over`."""
    outcome = UNKNOWN if row.outcome.is_unknown else format_mkr(row.outcome.amount)
    granted = f"{name_project(row.project)}: anslag {format_mkr(row.appropriation.amount)},"
    if over:
        return f"{granted} utfall {outcome} ({format_percent(row.booked)})"
    return (
        f"{granted} prognos {format_mkr(row.forecast.amount)} ({format_percent(row.utilisation)}),"
        f" utfall {outcome}"
    )


def describe_why(row: ProjectRow) -> str:
    """Why money is left, in the paper's own words; empty where none is left."""
    if row.why is not None:
        return quote_reason(row.why)
    if row.left.is_unknown or row.left.money == ZERO:
        return ""
    return NO_REASON


def describe_lost_digit(lost: LostDigit) -> tuple[str, ...]:
    """What the lost digit must be, on what condition, and what else it could have been."""
    name = name_project(lost.project)
    printed = f"Papperet säger ”{lost.printed.printed}” miljoner kronor för {name}: siffran före"
    said = [f"{printed} kommat saknas.", _describe_solution(lost)]
    if lost.solution is None:
        return tuple(said)
    faults = {fault: [c for c in lost.candidates if c.fault == fault] for fault in FAULTS}
    overruns, unclaimed, negatives = (faults[f] for f in ("overrun", "unclaimed", "negative"))
    said += [_describe_overrun(candidate) for candidate in overruns]
    if unclaimed:
        said.append(
            f"Med {_digits(unclaimed)} skulle en del av det totala anslaget inte höra till något"
            " projekt."
        )
    if negatives:
        said.append(
            f"Med {_digits(negatives)} ({format_mkr(negatives[0].appropriation)} eller mer) skulle"
            f" {_IMPOSSIBLE[lost.has_rest]}: det är omöjligt."
        )
    return tuple(said)


# What cannot be, where there are projects that no paper names, and where there are none.
_IMPOSSIBLE = {
    True: "övriga projekts anslag bli mindre än noll",
    False: "projektens anslag bli större än det totala",
}
# Why a digit is not possible, in the words of a table; empty is the one that is.
FAULTS = {
    "": "ja",
    "overrun": "bara om övriga projekt har en prognos över sitt anslag",
    "negative": "nej, projekten skulle ha mer än det totala anslaget",
    "unclaimed": "nej, en del av det totala anslaget skulle inte höra till något projekt",
}


def _describe_solution(lost: LostDigit) -> str:
    """Which digit it must be and on what condition, or that the totals do not settle it."""
    found = lost.solution
    if found is None:
        if any(not candidate.fault for candidate in lost.candidates):
            return "Totalerna avgör inte vilken siffra det är, så anslaget är okänt."
        return "Ingen siffra stämmer med totalerna, så anslaget är okänt."
    is_rounded = lost.has_rest and found.rest_forecast > found.rest_appropriation
    text = (
        f"Med {found.digit} stämmer alla totaler{' efter avrundning' if is_rounded else ''}, så"
        f" anslaget är {format_mkr_unit(found.appropriation)} (härlett)."
    )
    condition = " Det gäller om inget projekt har en prognos över sitt anslag."
    return f"{text}{condition if lost.has_rest else ''}"


def _describe_overrun(candidate: Candidate) -> str:
    return (
        f"Med {candidate.digit} ({format_mkr_unit(candidate.appropriation)}) skulle övriga projekt"
        f" ha {format_mkr(candidate.rest_appropriation)} i anslag men"
        f" {format_mkr_unit(candidate.rest_forecast)} i prognos."
    )


def _digits(candidates: list[Candidate]) -> str:
    first, last = candidates[0].digit, candidates[-1].digit
    return str(first) if first == last else f"{first}–{last}"


def describe_coarse(rows: Sequence[ProjectRow]) -> tuple[str, ...]:
    """Projects for which the paper prints an amount without decimals, and what that makes
    uncertain."""
    return tuple(
        f"För {name_project(row.project)} skriver papperet ”{row.left.printed}” miljoner kronor"
        f" kvar, utan decimal. Prognosen, {format_mkr_unit(row.forecast.amount)}, är därför osäker"
        f" (±{SPACE}{format_spread_mkr(row.forecast)})."
        for row in rows
        if is_from_left(row) and row.left.precision >= MKR
    )
