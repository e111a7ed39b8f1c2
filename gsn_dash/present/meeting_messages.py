"""The one sentence of each view of a meeting, for somebody who does not read accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gsn_dash.domain.amounts import ZERO, Amount, Money, Unknown
from gsn_dash.domain.collaborating import Bill, bill, payers
from gsn_dash.domain.investing import Portfolio, is_over
from gsn_dash.domain.investment_pace import InvestmentPace
from gsn_dash.domain.operating import line
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Contribution, Occasion, Snapshot
from gsn_dash.present.collaborating import genitive, join_words
from gsn_dash.present.investing import answer_investments
from gsn_dash.present.names import name_collaboration, name_municipality, name_project
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_mkr,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
)
from gsn_dash.present.operating import last_month
from gsn_dash.present.what_if import say_against_budget, say_bill
from gsn_dash.present.year_end import say_ended

_ITEMS = {"revenue": "intäkterna", "cost": "kostnaderna"}


def operating_in_short(snapshot: Snapshot) -> str:
    """How it has gone, and how the year is expected to end."""
    if snapshot.occasion.is_closing:
        return say_ended(snapshot)
    so_far, year = (line(snapshot, "net", span).deviation.amount for span in ("period", "year"))
    until = f"till och med {last_month(snapshot.occasion)}"
    if isinstance(so_far, Unknown) and isinstance(year, Unknown):
        return "Papperen säger inte hur driften går mot budget."
    if isinstance(so_far, Unknown):
        return (
            f"Driften väntas sluta året {say_against_budget(year)}, men hur den ligger {until} är"
            " okänt."
        )
    gone = f"Driften har {until} gått {say_against_budget(so_far)}"
    if isinstance(year, Unknown):
        return f"{gone}, men hur året väntas sluta är okänt."
    joint = "och" if _sign(so_far) == _sign(year) else "men"
    return f"{gone}, {joint} året väntas sluta {say_against_budget(year)}."


def _sign(amount: Money) -> int:
    return (amount > ZERO) - (amount < ZERO)


def deviations_message(snapshot: Snapshot) -> str:
    """What revenue and cost are against the budget so far, and what the year's end is."""
    found = {item: line(snapshot, item, "period").deviation.amount for item in _ITEMS}
    known = {item: amount for item, amount in found.items() if not isinstance(amount, Unknown)}
    if not known:
        return operating_in_short(snapshot)
    occasion, told = snapshot.occasion, _against_budget(known)
    if occasion.is_closing:
        return f"Under {occasion.year} blev {told}. {say_ended(snapshot)}"
    return f"Till och med {last_month(occasion)} är {told}; {_year_end(snapshot)}."


def _against_budget(deviations: Mapping[str, Money]) -> str:
    """ "intäkterna 0,8 Mkr högre och kostnaderna 3,2 Mkr lägre än budget"."""
    off = [_off(item, amount) for item, amount in deviations.items() if not _is_nothing(amount)]
    even = [_ITEMS[item] for item, amount in deviations.items() if _is_nothing(amount)]
    told = [f"{' och '.join(off)} än budget"] if off else []
    told += [f"{' och '.join(even)} som budgeterat"] if even else []
    return " och ".join(told)


def _off(item: str, deviation: Money) -> str:
    """A deviation above zero is favourable: more revenue, or less cost."""
    how = "högre" if (deviation > ZERO) == (item == "revenue") else "lägre"
    return f"{_ITEMS[item]} {format_size_mkr(deviation)} {how}"


def _is_nothing(amount: Money) -> bool:
    """Whether an amount is zero as it is shown."""
    return format_mkr(amount) == format_mkr(ZERO)


def _year_end(snapshot: Snapshot) -> str:
    amounts = [line(snapshot, item, "year").deviation.amount for item in (*_ITEMS, "net")]
    if all(amount == ZERO for amount in amounts):
        return "vid årets slut väntas ingen skillnad"
    net = amounts[-1]
    if isinstance(net, Unknown):
        return "hur året väntas sluta är okänt"
    return f"året väntas sluta {say_against_budget(net)}"


def investments_in_short(occasion: Occasion, total: ProjectRow) -> str:
    """How much of the appropriation is expected to be used, and what is booked."""
    if is_over(occasion, [total]):
        return answer_investments(occasion, total)
    booked = total.outcome.amount
    granted, forecast = total.appropriation.amount, total.forecast.amount
    if not (isinstance(granted, Unknown) or isinstance(forecast, Unknown)):
        expected = _expected(total, granted, forecast)
        if isinstance(booked, Unknown):
            return f"{expected}, men hur mycket som är bokfört är okänt."
        return f"{expected}, och {format_mkr_unit(booked)} är bokfört hittills."
    unknown = "hur mycket av investeringspengarna som väntas användas i år är okänt"
    if isinstance(booked, Unknown):
        return f"Både vad som är bokfört och {unknown}."
    return f"{format_mkr_unit(booked)} är bokfört hittills, men {unknown}."


def _expected(total: ProjectRow, granted: Money, forecast: Money) -> str:
    if forecast > granted:
        return (
            f"{format_mkr_unit(forecast)} väntas användas till investeringar i år, mer än anslaget"
            f" på {format_mkr_unit(granted)}"
        )
    share = "" if total.utilisation is None else f" ({format_percent(total.utilisation)})"
    return (
        f"Av årets investeringspengar, {format_mkr_unit(granted)}, väntas"
        f" {format_mkr_unit(forecast)}{share} användas"
    )


def projects_message(occasion: Occasion, found: Portfolio) -> str:
    """Where most of the money is left, or which project goes farthest beyond its own."""
    known = [row for row in found.rows if not row.left.is_unknown]
    over = is_over(occasion, (*found.rows, found.total))
    if not known:
        return investments_in_short(occasion, found.total)
    most = max(row.left.money for row in known)
    if _is_nothing(most) or most < ZERO:
        return _least(known, over)
    rows = [row for row in known if row.left.money == most]
    some = "" if len(known) == len(found.rows) else " av det som är känt"
    names = join_words([name_project(row.project) for row in rows])
    if len(rows) > 1:
        each = f"{format_mkr_unit(most)} i vart och ett"
        return f"Mest pengar{some} {_be(over)} kvar i {names}: {each}."
    granted = rows[0].appropriation.amount
    of = "" if isinstance(granted, Unknown) else f" av {format_mkr_unit(granted)}"
    return f"Mest pengar{some} {_be(over)} kvar i {names}: {format_mkr_unit(most)}{of}."


def _be(over: bool) -> str:
    return "blev" if over else "väntas bli"


def _least(known: Sequence[ProjectRow], over: bool) -> str:
    row = min(known, key=lambda row: row.left.money)
    if _is_nothing(row.left.money):
        return f"Projekten {'använde' if over else 'väntas använda'} hela sina anslag."
    went = "gick" if over else "väntas gå"
    return (
        f"{name_project(row.project)} {went} {format_size_mkr(row.left.amount)} över sitt anslag."
    )


def bills_in_short(snapshot: Snapshot) -> str:
    """What each municipality pays a year, and what of it nobody knows."""
    codes = payers(snapshot)
    if not codes:
        return "Papperen säger inte vad kommunerna betalar för samarbetena."
    bills = [bill(snapshot, code) for code in codes]
    text = f"Samarbetena kostar {join_words([_say_bill(snapshot, own) for own in bills])} om året"
    unknown = [part for own in bills if (part := _say_unknown(snapshot, own))]
    return f"{text}; {join_words(unknown)}." if unknown else f"{text}."


def _say_bill(snapshot: Snapshot, own: Bill) -> str:
    who = name_municipality(snapshot, own.municipality)
    if all(row.figure.is_unknown for row in own.rows):
        return f"{who} ett okänt belopp"
    return f"{who} {say_bill(own.total)}"


def _say_unknown(snapshot: Snapshot, own: Bill) -> str:
    """ "Smedjebackens del av E-arkiv är okänd"; empty where all is known, or nothing is."""
    names = [
        name_collaboration(snapshot, row.key.collaboration)
        for row in own.rows
        if row.figure.is_unknown
    ]
    if not names or len(names) == len(own.rows):
        return ""
    who = genitive(name_municipality(snapshot, own.municipality))
    return f"{who} del av {join_words(names)} är okänd"


def largest_payment(snapshot: Snapshot, rows: Sequence[Contribution]) -> str:
    """The largest amount that is known, and what the others pay for the same collaboration."""
    known = [row for row in rows if not row.figure.is_unknown]
    if not known:
        return bills_in_short(snapshot)
    largest = max(known, key=lambda row: row.figure.money)
    what = largest.key.collaboration
    others = [
        f"{genitive(name_municipality(snapshot, row.key.municipality))} är"
        f" {_say_amount(row.figure.amount)}"
        for row in rows
        if row.key.collaboration == what and row is not largest
    ]
    who = genitive(name_municipality(snapshot, largest.key.municipality))
    of = "beloppet" if len(known) == len(rows) else "kända beloppet"
    text = (
        f"Det största {of} är {who} för {name_collaboration(snapshot, what)},"
        f" {format_kr(largest.figure.amount)} om året"
    )
    return f"{text}; {join_words(others)}." if others else f"{text}."


def _say_amount(amount: Amount) -> str:
    return "okänt" if isinstance(amount, Unknown) else format_kr(amount)


def unchanged_message(names: Sequence[str]) -> str:
    """What keeps the bills as they are; `names` are the collaborations that a key divides."""
    stay = f", och ingen får lämna {join_words(list(names))}" if names else ""
    return f"För att ingen kommun ska betala mer än nu får inget pris stiga{stay}."


def pace_message(found: InvestmentPace) -> str:
    """What must be used a month to come to the forecast, and to the whole appropriation.

    Either `found.to_forecast` or `found.to_appropriation` must be known.
    """
    forecast, whole = found.to_forecast.amount, found.to_appropriation.amount
    so_far = found.so_far.amount
    against = "" if isinstance(so_far, Unknown) else f", mot {format_mkr_unit(so_far)} hittills"
    if isinstance(forecast, Unknown) and whole <= ZERO:
        return "Hela anslaget är redan använt."
    if isinstance(forecast, Unknown):
        return f"För att hela anslaget ska användas behövs {_say_pace(whole)}{against}."
    if forecast < ZERO:
        return "Mer är redan bokfört än vad prognosen för hela året säger."
    if forecast == ZERO:
        return "Allt som prognosen räknar med är redan bokfört."
    text = f"För att nå prognosen behöver {_say_pace(forecast)} användas resten av året{against}"
    if isinstance(whole, Unknown) or format_mkr(whole) == format_mkr(forecast):
        return f"{text}."
    if whole < forecast:
        enough = format_mkr_unit(whole) if whole > ZERO else "inget mer"
        return f"{text}; anslaget räcker till {enough}."
    return f"{text}; för hela anslaget {format_mkr_unit(whole)}."


def _say_pace(amount: Amount) -> str:
    """ "0,9 Mkr i månaden"."""
    return f"{format_mkr_unit(amount)} i{SPACE}månaden"
