"""Från tillfälle till tillfälle: what has changed, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.amounts import ZERO, Amount, Unknown, deviation_of
from gsn_dash.domain.operating import line
from gsn_dash.domain.over_time import Moment
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.collaborating import format_sum, join_words
from gsn_dash.present.names import name_collaboration, name_municipality, name_occasion
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_missing,
    format_mkr,
    format_percent,
    format_size_mkr,
    name_month,
)
from gsn_dash.present.spread_basis import short_month
from gsn_dash.present.what_if import say_against_budget

LAST_MONTH = 12
FORECAST, THEN_OUTCOME = "Prognos för hela året", ", till sist utfallet"
WILL_COME = (
    "vad som har ändrats sedan tillfället före, rad för rad",
    "linjer över tillfällena: nettokostnaden mot budget, investeringarna och samarbetena",
    "hur rätt prognoserna blev, när ett år är avslutat",
)
NOT_COMPARABLE = "Perioderna är olika långa, så beloppen växer av sig själva under året."


def name_moment(moment: Moment) -> str:
    """How far an occasion's figures go: "apr 2023"."""
    return f"{short_month(moment.months)} {moment.year}"


def say_only_one(occasion: Occasion) -> str:
    """That there is nothing to compare with yet."""
    return f"Bara ett tillfälle är inläst än så länge: {name_occasion(occasion)}."


def say_first(occasion: Occasion) -> str:
    """That no earlier occasion is there to compare the chosen one with."""
    name = name_occasion(occasion)
    return f"{name[:1].upper()}{name[1:]} är det första som är inläst: inget tidigare finns."


def over_time_message(before: Snapshot, after: Snapshot) -> str:
    """What the year is now said to end at, and how that has moved since the occasion before."""
    year = after.occasion.year
    now, then = (_year_end(snapshot) for snapshot in (after, before))
    if isinstance(now, Unknown):
        return f"Hur {year} slutar mot budget går inte att säga: uppgiften saknas i papperen."
    verb = "slutade" if after.occasion.is_closing else "väntas sluta"
    said = f"{year} {verb} {say_against_budget(now)}"
    since = name_occasion(before.occasion)
    if before.occasion.year != year:
        return f"{said}. {_say_earlier_year(before, then)}"
    if isinstance(then, Unknown):
        return f"{said}. Vid {since} fanns ingen prognos att jämföra med."
    moved = deviation_of(now, then)
    if format_mkr(moved) == format_mkr(ZERO):
        return f"{said}, precis som prognosen vid {since}."
    word = "bättre" if moved > ZERO else "sämre"
    return f"{said}. Det är {format_size_mkr(moved)} {word} än prognosen vid {since}."


def _year_end(snapshot: Snapshot) -> Amount:
    return line(snapshot, "net", "year").deviation.amount


def _say_earlier_year(before: Snapshot, then: Amount) -> str:
    name, year = name_occasion(before.occasion), before.occasion.year
    if isinstance(then, Unknown):
        return f"Hur {year} stod vid {name} är okänt."
    said = say_against_budget(then)
    if before.occasion.is_closing:
        return f"{year} slutade {said} enligt tillfället före, {name}."
    return f"Vid tillfället före, {name}, väntades {year} sluta {said}."


def describe_deviations(moments: Sequence[Moment]) -> str:
    """What the line of the net's deviations shows, occasion by occasion."""
    said = (
        f"{name_moment(m)}: utfall {format_mkr(m.outcome.amount, True)},"
        f" {_name_year_end(m)} {format_mkr(m.forecast.amount, True)}"
        for m in moments
    )
    return f"Nettokostnaden mot budget, miljoner kronor. {'; '.join(said)}."


def _name_year_end(moment: Moment) -> str:
    return "hela årets utfall" if moment.months == LAST_MONTH else "prognos"


def describe_utilisations(moments: Sequence[Moment]) -> str:
    """What the line of the investments shows, occasion by occasion."""
    said = (
        f"{name_moment(m)}: bokfört {format_percent(m.booked)},"
        f" {_name_year_end(m)} {format_percent(m.utilisation)}"
        for m in moments
    )
    return f"Investeringar i procent av anslaget. {'; '.join(said)}."


def describe_payments(snapshot: Snapshot, moments: Sequence[Moment], codes: Sequence[str]) -> str:
    """What the line of the collaborations shows, occasion by occasion."""
    said = []
    for moment in moments:
        sums = (
            f"{name_municipality(snapshot, code)} {format_sum(total.known, total.missing)}"
            for code in codes
            if (total := moment.bills.get(code)) is not None
        )
        said.append(f"{name_moment(moment)}: {', '.join(sums) or 'inga belopp'}")
    return f"Samarbetenas kostnad per år, kronor. {'; '.join(said)}."


def lead_of_deviations(moments: Sequence[Moment]) -> str:
    """How often the year was expected to end on budget or better."""
    known = [m.forecast.amount for m in moments if not m.forecast.is_unknown]
    ended = any(m.months == LAST_MONTH for m in moments)
    end = "väntades året sluta, eller slutade det," if ended else "väntades året sluta"
    if not known:
        return "Ingen prognos för årets netto finns i papperen."
    fine, gaps = sum(1 for a in known if a >= ZERO), _gaps(len(moments) - len(known))
    if len(known) == 1:
        how = "på budget eller bättre" if fine else "sämre än budget"
        return f"Vid tillfället {end} {how}.{gaps}"
    times = f"{fine or 'inget'} av {len(known)} tillfällen"
    if fine == len(known):
        times = "båda tillfällena" if fine == 2 else f"alla {fine} tillfällen"
    return f"Vid {times} {end} på budget eller bättre.{gaps}"


def lead_of_utilisations(moments: Sequence[Moment]) -> str:
    """How much of the investments' money is expected to be used, and was earlier in the year."""
    known = [m for m in moments if m.utilisation is not None]
    if not known:
        return "Hur stor del av investeringspengarna som används går inte att säga."
    last = known[-1]
    year = [m for m in known if m.year == last.year]
    share = format_percent(last.utilisation)
    said = f"I {name_month(last.months)} {last.year} väntades {share} av årets pengar användas"
    if last.months == LAST_MONTH:
        said = f"{last.year} användes {share} av årets pengar"
    after = "" if last is moments[-1] else f" I {name_moment(moments[-1])} är det okänt."
    if len(year) == 1:
        return f"{said}.{after}"
    than = "väntade " if last.months == LAST_MONTH else ""
    latest = _share_then(year[-2])
    first = f" och {_share_then(year[0])}" if len(year) > 2 else ""
    return f"{said}, mot {than}{latest}{first}.{after}"


def _share_then(moment: Moment) -> str:
    """ "70 % i augusti"."""
    return f"{format_percent(moment.utilisation)} i {name_month(moment.months)}"


def lead_of_payments(snapshot: Snapshot, moments: Sequence[Moment], codes: Sequence[str]) -> str:
    """What each municipality pays, last and when all of it was known before that."""
    said = [
        f"{name_municipality(snapshot, code)}: {_say_payment(snapshot, billed, code)}"
        for code in codes
        if (billed := [moment for moment in moments if code in moment.bills])
    ]
    if not said:
        return "Inga belopp för samarbetena finns i papperen."
    if not moments[-1].bills:
        said.append(f"För {name_moment(moments[-1])} finns inga belopp.")
    return " ".join(said)


def _say_payment(snapshot: Snapshot, billed: Sequence[Moment], code: str) -> str:
    """A sum that lacks a part is not held against one that is whole."""
    *earlier, now = billed
    total = now.bills[code]
    least = f"minst{SPACE}" if total.missing else ""
    said = f"{least}{format_kr(total.known)} om året {name_moment(now)}"
    if total.missing:
        said = f"{said}, {format_missing(total.missing)}"
    whole = [moment for moment in earlier if not moment.bills[code].missing]
    if not whole:
        return f"{said}."
    then = whole[-1]
    when, sum_then = name_moment(then), format_kr(then.bills[code].known)
    moved = _say_moved(snapshot, then, now, code)
    if total.missing:
        return f"{said}. Senast hela summan var känd, {when}, var den {sum_then}{moved}."
    return f"{said}, mot {sum_then} {when}{moved}."


def _say_moved(snapshot: Snapshot, then: Moment, now: Moment, code: str) -> str:
    """Which collaborations have come or gone between; empty where they are the same."""
    before, after = then.billed[code], now.billed[code]
    parts = (
        ([key for key in after if key not in before], "har kommit till"),
        ([key for key in before if key not in after], "är inte längre med"),
    )
    named = {found.key for found in snapshot.collaborations}
    if {key for keys, _ in parts for key in keys} - named:
        return "; sedan dess är det inte samma samarbeten"
    said = [
        f"{join_words([name_collaboration(snapshot, key) for key in keys])} {what}"
        for keys, what in parts
        if keys
    ]
    return f"; sedan dess: {join_words(said)}" if said else ""


def lead_of_changes(before: Occasion, count: int, same: int) -> str:
    """How many amounts are others than at the occasion `before`."""
    since = name_occasion(before)
    if not count:
        return f"Inga belopp skiljer sig från {since}."
    rest = {0: "inga är desamma", 1: "ett är detsamma"}.get(same, f"{same} är desamma")
    return f"{count} belopp skiljer sig från {since}, {rest}."


def say_alone(count: int) -> str:
    """How many amounts there are at one of the occasions only."""
    return (
        f"{count} uppgifter finns bara vid det ena tillfället"
        if count > 1
        else ("En uppgift finns bara vid det ena tillfället")
    )


def _gaps(missing: int) -> str:
    if not missing:
        return ""
    word = "tillfälle" if missing == 1 else "tillfällen"
    return f" För {missing}{SPACE}{word} är uppgiften okänd: där är linjen bruten."


def say_window(shown: int, total: int) -> str:
    """That earlier occasions are not drawn; empty where all are."""
    return f"De {shown} senaste av {total} tillfällen visas." if shown < total else ""


def say_later(occasion: Occasion, later: int) -> str:
    """That the page tells nothing of `later` occasions that have come since; empty for none."""
    if not later:
        return ""
    what = "Ett senare tillfälle" if later == 1 else f"{later} senare tillfällen"
    return f"Sidan går till och med {name_occasion(occasion)}. {what} är inte med här."
