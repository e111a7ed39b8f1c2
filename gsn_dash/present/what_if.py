"""What if, in words: what is assumed, what comes of it, and what no paper says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Amount, Money, Total, Unknown
from gsn_dash.domain.investing import ProjectRow, portfolio, total_row
from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.scenario.compare import BillChange, compare_bills
from gsn_dash.domain.scenario.levers import Lever
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.names import (
    ITEMS,
    name_collaboration,
    name_municipality,
    name_project,
    name_rest_of_year,
)
from gsn_dash.present.numbers import (
    MINUS,
    SPACE,
    UNKNOWN,
    format_kr,
    format_missing,
    format_mkr,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
)

NOTHING_ASSUMED = "Inget är antaget än. Flytta ett reglage, så syns här vad som antas."
_RESTS = {
    "used_up": "som prognosen",
    "rest": "som prognosen",
    "utilisation": "som prognosen",
    "price": "som nu",
    "equal_part": "som avtalet",
}


def what_if_message(base: Snapshot, assumed: Snapshot, is_moved: bool) -> str:
    """Where the year ends with what is assumed, and beside it what the papers say."""
    if isinstance(_net(base), Unknown):
        return "Papperen säger inte hur året slutar mot budget."
    if not is_moved:
        return f"Prognosen säger att året slutar {_against_budget(_net(base))}. Vad händer om …?"
    return f"Med dessa antaganden slutar året {_against_budget(_net(assumed))}; {_forecast(base)}."


def _against_budget(net: Amount) -> str:
    """ "0,6 Mkr sämre än budget", "precis på budget"."""
    if isinstance(net, Unknown):
        return "på ett okänt belopp"
    if format_mkr(net) == format_mkr(ZERO):
        return "precis på budget"
    return f"{format_size_mkr(net)} {'bättre' if net > ZERO else 'sämre'} än budget"


def _forecast(base: Snapshot) -> str:
    return f"prognosen säger {_against_budget(_net(base))}"


def describe_consequences(base: Snapshot, assumed: Snapshot) -> str:
    """What the assumptions do besides the operating budget; empty where they do nothing."""
    bills = (change for change in compare_bills(base, assumed) if change.is_moved)
    sentences = (_left(base, assumed), *(_describe_bill(base, change) for change in bills))
    return " ".join(sentence for sentence in sentences if sentence)


def _net(snapshot: Snapshot) -> Amount:
    return line(snapshot, "net", "year").deviation.amount


def _left(base: Snapshot, assumed: Snapshot) -> str:
    before, after = (total_row(s).left.amount for s in (base, assumed))
    if format_mkr(before) == format_mkr(after):
        return ""
    if not isinstance(after, Unknown) and after < ZERO:
        text = f"Investeringarna går {format_size_mkr(after)} över anslaget"
    else:
        text = f"Av investeringspengarna blir {format_mkr_unit(after)} kvar"
    return f"{text}; prognosen säger {format_mkr_unit(before)} kvar."


def _describe_bill(base: Snapshot, change: BillChange) -> str:
    who = name_municipality(base, change.municipality)
    said = (
        f"{who} betalar {say_bill(change.after.total)} för samarbetena; papperen säger"
        f" {say_bill(change.before.total)}."
        if change.difference != ZERO
        else ""
    )
    if not change.unknown:
        return said
    parts = ", ".join(name_collaboration(base, key) for key in change.unknown)
    unknown = f"{genitive(who)} del av {parts} ändras också, men den är okänd och så är ändringen."
    return f"{said} {unknown}".strip()


def say_difference(base: Snapshot, change: BillChange) -> str:
    """How a bill differs: "+24 000", and what of it nobody knows: "okänt (E-arkiv)"."""
    known = format_kr(change.difference, signed=True).removesuffix(f"{SPACE}kr")
    if not change.unknown:
        return known
    parts = ", ".join(name_collaboration(base, key) for key in change.unknown)
    unknown = f"{UNKNOWN} ({parts})"
    return unknown if change.difference == ZERO else f"{known} och {unknown}"


def say_bill(total: Total) -> str:
    """A bill inside a sentence: "minst 120 000 kr"."""
    return f"minst{SPACE}{format_kr(total.known)}" if total.missing else format_kr(total.known)


def say_missing(total: Total) -> str:
    """What a bill lacks: "1 uppgift saknas"; empty where nothing does."""
    return format_missing(total.missing) if total.missing else ""


def name_lever(snapshot: Snapshot, lever: Lever) -> str:
    """What a lever moves, and what its 100 % (or its 0 %) means."""
    match lever.kind:
        case "used_up":
            deviation = line(snapshot, "net", "period").deviation.amount
            return (
                f"Hur mycket av periodens avvikelse, {format_mkr_unit(deviation, True)}, går åt"
                f" före årets slut? 100{SPACE}% är allt"
            )
        case "rest":
            budget = demand(snapshot, lever.subject).rest_budget.amount
            return (
                f"{ITEMS[lever.subject]} {name_rest_of_year(snapshot.occasion)}: hur mycket högre"
                f" eller lägre än budgetens {format_size_mkr(budget)}?"
            )
        case "utilisation":
            row = _row(snapshot, lever.subject)
            return (
                f"{name_project(row.project)}: hur mycket av anslaget används? 100{SPACE}% är"
                f" {format_mkr_unit(row.appropriation.amount)}"
            )
        case "price":
            name = name_collaboration(snapshot, lever.subject)
            return f"{name}: hur mycket dyrare eller billigare än nu?"
    return (
        f"{name_collaboration(snapshot, lever.subject)}: hur stor del delas lika mellan kommunerna?"
        " Resten delas efter antal invånare"
    )


def _row(snapshot: Snapshot, project: str) -> ProjectRow:
    return next(row for row in portfolio(snapshot).rows if row.project.key == project)


def say_position(lever: Lever, percent: int) -> str:
    """A position of a lever: "−5 %"; at rest the exact reported ratio, "84,4 %, som prognosen"."""
    if percent == lever.resting:
        return f"{say_reported(lever)}, {_RESTS[lever.kind]}"
    return format_percent(Decimal(percent) / 100, signed=lever.kind in ("rest", "price"))


def say_reported(lever: Lever) -> str:
    """The reported ratio, with a decimal only where it is no whole percent."""
    is_whole = lever.reported * 100 % 1 == 0
    return format_percent(lever.reported, 0 if is_whole else 1)


def describe_assumptions(
    snapshot: Snapshot, levers: tuple[Lever, ...], positions: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    """One line for each lever that has been moved, with what the papers say instead."""
    return tuple(
        _describe_assumption(snapshot, lever, say_position(lever, positions[lever.key]))
        for lever in levers
        if lever.key in positions
    )


def _describe_assumption(snapshot: Snapshot, lever: Lever, text: str) -> str:
    match lever.kind:
        case "used_up":
            return f"{text} av periodens avvikelse går åt före årets slut (prognosen: 100{SPACE}%)"
        case "rest":
            rest = name_rest_of_year(snapshot.occasion)
            budget = format_size_mkr(demand(snapshot, lever.subject).rest_budget.amount)
            return (
                f"{ITEMS[lever.subject]} {rest}: {_say_change(text)} än budgeten på {budget}"
                " (prognosen: ingen ändring)"
            )
        case "utilisation":
            name = name_project(_row(snapshot, lever.subject).project)
            return f"{name}: {text} av anslaget används (prognosen: {say_reported(lever)})"
        case "price":
            name = name_collaboration(snapshot, lever.subject)
            return f"{name}: {_say_change(text)} pris än nu"
    name = name_collaboration(snapshot, lever.subject)
    return f"{name}: {text} delas lika (avtalet: {say_reported(lever)})"


def _say_change(signed: str) -> str:
    """ "+3 %" as "3 % högre", "−5 %" as "5 % lägre"."""
    return f"{signed.lstrip('+' + MINUS)} {'lägre' if signed.startswith(MINUS) else 'högre'}"


def describe_refused(names: tuple[str, ...]) -> str:
    """A quiet sentence on what the address asked for and could not get; empty where nothing."""
    if not names:
        return ""
    shown = ", ".join(f"”{name[:30]}”" for name in names[:5])
    return f"Det här i adressen går inte att använda och räknas inte med: {shown}."


def describe_booked(assumed: Snapshot, missing: Money | None) -> str:
    """That less is assumed to be spent than what is booked already; empty where it is not."""
    if missing is None:
        return ""
    total = total_row(assumed)
    return (
        f"Så lite kan det inte bli: {format_mkr_unit(total.outcome.amount)} är redan bokfört, och"
        f" antagandena ger {format_mkr_unit(total.forecast.amount)}. Vilka projekt det gäller säger"
        " papperen inte."
    )


def describe_not_started(
    snapshot: Snapshot, positions: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    """The projects that are assumed to cost although a paper says that they cannot start."""
    return tuple(
        f"{name_project(row.project)} kan inte startas i år enligt papperet, men antas här ändå"
        " kosta."
        for row in portfolio(snapshot).rows
        if positions.get(("utilisation", row.project.key))
        and any(
            claim.value is True
            for claim in snapshot.claims_about(f"investment:{row.project.key}:not_started")
        )
    )


def describe_operating_picture(base: Snapshot, assumed: Snapshot) -> str:
    """The year-end in words, for the picture's text alternative."""
    parts = []
    for item in ("revenue", "cost", "net"):
        before, after = (line(s, item, "year").deviation.amount for s in (base, assumed))
        parts.append(
            f"{ITEMS[item]}: prognosen {format_mkr(before, True)}, tänk om"
            f" {format_mkr(after, True)} Mkr mot budget"
        )
    return ". ".join(parts)


def describe_project_pair(before: ProjectRow, after: ProjectRow) -> str:
    """A project's forecast and what is assumed of it, for the picture's text alternative."""
    return (
        f"{name_project(before.project)}: prognosen {format_mkr(before.forecast.amount)}, tänk om"
        f" {format_mkr(after.forecast.amount)} av {format_mkr(before.appropriation.amount)} Mkr"
    )


def describe_bill_pair(snapshot: Snapshot, change: BillChange) -> str:
    """A bill in the papers and as assumed, for the picture's text alternative."""
    return (
        f"{name_municipality(snapshot, change.municipality)}: i papperen"
        f" {say_bill(change.before.total)}, tänk om {say_bill(change.after.total)}"
    )


def format_points(before: Decimal | None, after: Decimal | None) -> str:
    """The difference of two ratios: "+8 procentenheter"."""
    if before is None or after is None:
        return UNKNOWN
    points = format_percent(after - before, signed=True)
    return points.replace("%", "procentenheter")
