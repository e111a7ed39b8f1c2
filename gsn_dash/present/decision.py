"""The draft of a decision, in the board's formal Swedish, composed from the occasion's figures."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.amounts import ZERO, Amount, Money, Unknown
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.collaborating import Bill, bill, payers
from gsn_dash.domain.investing import is_over, total_row
from gsn_dash.domain.meeting.agenda import COLLABORATIONS, INVESTMENTS, OPERATING, AgendaItem
from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import (
    name_collaboration,
    name_municipality,
    name_period,
    name_rest_of_year,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_kr,
    format_mkr,
    format_number,
    format_percent,
)
from gsn_dash.present.operating import last_month
from gsn_dash.present.unsettled import list_unsettled

BOARD_DECIDES = "Gemensamma servicenämnden beslutar att"
_REPORTED = {OPERATING: "driftkostnader", INVESTMENTS: "investeringar"}


def draft_decision(snapshot: Snapshot, item: AgendaItem, findings: Sequence[Finding]) -> str:
    """A proposed decision on an item: a first line and numbered points, one on each line.

    `findings` are what the controls found in all. Somebody must read it before it is proposed.
    """
    points = [*_reports(snapshot, item)]
    if OPERATING in item.subjects:
        points += _operating(snapshot)
    if INVESTMENTS in item.subjects:
        points.append(_investments(snapshot))
    if COLLABORATIONS in item.subjects:
        points += _bills(snapshot)
    unsettled = list_unsettled(snapshot, item, findings)
    if unsettled:
        points.append(f"notera att handlingarna inte klarlägger\n{_list(unsettled)}")
    lines = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    return "\n".join([BOARD_DECIDES, *lines])


def _list(clauses: Sequence[str]) -> str:
    """Clauses on lines of their own, parted by commas."""
    return ",\n".join(f"– {clause}" for clause in clauses) + "."


def _reports(snapshot: Snapshot, item: AgendaItem) -> list[str]:
    """What of the reports the board takes up."""
    points, occasion = [], snapshot.occasion
    reported = [name for subject, name in _REPORTED.items() if subject in item.subjects]
    if reported:
        points.append(
            f"fastställa rapporteringen av {join_words(reported)} för {name_period(occasion)},"
            f" enligt bilaga daterad den {format_day(occasion.appendix_dated)}."
        )
    if COLLABORATIONS in item.subjects:
        points.append("notera redovisningen av samarbetena.")
    return points


def _operating(snapshot: Snapshot) -> list[str]:
    so_far, year = (line(snapshot, "net", span).deviation.amount for span in ("period", "year"))
    if snapshot.occasion.is_closing:
        return [f"notera {_year_ended(year)}."]
    until = f"till och med {last_month(snapshot.occasion)}"
    here = (
        f"att det inte framgår av handlingarna hur nettokostnaden {until} förhåller sig till"
        " periodens budget"
        if isinstance(so_far, Unknown)
        else f"att nettokostnaden {until} är {_compare_net(so_far, 'periodens')}"
    )
    return [f"notera {here}, och {_year_end(year)}.", *_presumed(snapshot)]


def _year_end(deviation: Amount) -> str:
    if isinstance(deviation, Unknown):
        return "att det inte framgår hur året väntas sluta"
    if deviation == ZERO:
        return "att driftbudgeten enligt prognosen hålls utan avvikelse vid årets slut"
    compared = _compare_net(deviation, "årets")
    return f"att nettokostnaden för helåret enligt prognosen blir {compared}"


def _year_ended(deviation: Amount) -> str:
    if isinstance(deviation, Unknown):
        return "att det inte framgår av handlingarna hur året slutade"
    return f"att nettokostnaden för helåret blev {_compare_net(deviation, 'årets')}"


def _compare_net(deviation: Money, whose: str) -> str:
    if deviation == ZERO:
        return f"densamma som {whose} budget"
    if format_mkr(deviation) == format_mkr(ZERO):
        return f"i stort sett densamma som {whose} budget"
    return f"{_millions(deviation)} {'lägre' if deviation > ZERO else 'högre'} än {whose} budget"


def _millions(amount: Money) -> str:
    """ "4,0 miljoner kronor", the size without its sign."""
    return f"{format_mkr(abs(amount))} miljoner kronor"


def _presumed(snapshot: Snapshot) -> list[str]:
    """What the forecast presumes of the costs; nothing where that cannot be told."""
    rest, cost = name_rest_of_year(snapshot.occasion), demand(snapshot, "cost")
    if not rest or cost.increase is None:
        return []
    share = format_number(abs(cost.increase) * 100)
    if share == "0":
        how = "lika höga"
    else:
        how = f"{share} procent {'högre' if cost.increase > 0 else 'lägre'}"
    than = "som" if share == "0" else "än"
    return [
        f"notera att prognosen förutsätter att kostnaderna per månad under {rest} blir {how}"
        f" {than} hittills."
    ]


def _investments(snapshot: Snapshot) -> str:
    total = total_row(snapshot)
    if is_over(snapshot.occasion, [total]):
        return f"notera {_booked(snapshot, total)}{_left_after(total)}."
    return f"notera {_booked(snapshot, total)}, {_forecast(total)}."


def _left_after(total: ProjectRow) -> str:
    """What was left of a year that is over; empty where that cannot be told."""
    left = total.left.amount
    if isinstance(left, Unknown):
        return ""
    if left < ZERO:
        return f", {_millions(left)} mer än anslaget"
    return f", och att {_millions(left)} blev kvar"


def _booked(snapshot: Snapshot, total: ProjectRow) -> str:
    until = f"till och med {last_month(snapshot.occasion)}"
    granted, booked = total.appropriation.amount, total.outcome.amount
    if isinstance(booked, Unknown):
        return f"att det inte framgår hur mycket av investeringarna som är bokfört {until}"
    of = "" if isinstance(granted, Unknown) else f" av årets anslag på {_millions(granted)}"
    return f"att investeringar för {_millions(booked)}{of} är bokförda {until}"


def _forecast(total: ProjectRow) -> str:
    forecast, left = total.forecast.amount, total.left.amount
    if isinstance(forecast, Unknown):
        return "och att det inte framgår hur mycket som väntas användas under året"
    share = format_percent(total.utilisation).removesuffix(f"{SPACE}%")
    part = "" if total.utilisation is None else f" ({share} procent)"
    used = f"att {_millions(forecast)}{part} enligt prognosen används under året"
    if isinstance(left, Unknown):
        return f"och {used}"
    if left < ZERO:
        return f"och {used}, {_millions(left)} mer än anslaget"
    return f"{used} och att {_millions(left)} blir kvar"


def _bills(snapshot: Snapshot) -> list[str]:
    bills = [bill(snapshot, code) for code in payers(snapshot)]
    if not bills:
        return ["notera att det inte framgår av handlingarna vad samarbetena kostar kommunerna."]
    said = join_words([_say_bill(snapshot, own) for own in bills])
    points = [f"notera att samarbetena enligt handlingarna kostar {said} om året."]
    years = {year for own in bills for year in own.years}
    if len(years) > 1:
        points.append(f"notera att beloppen inte avser samma år: {_name_years(years)}.")
    return points


def _say_bill(snapshot: Snapshot, own: Bill) -> str:
    who, total = name_municipality(snapshot, own.municipality), own.total
    unknown = [
        name_collaboration(snapshot, row.key.collaboration)
        for row in own.rows
        if row.figure.is_unknown
    ]
    if len(unknown) == len(own.rows):
        return f"{who} ett belopp som inte framgår"
    if not unknown:
        return f"{who} {_kronor(total.known)}"
    return f"{who} minst {_kronor(total.known)} (uppgift om {join_words(unknown)} saknas)"


def _kronor(amount: Money) -> str:
    return format_kr(amount).replace(f"{SPACE}kr", " kronor")


def _name_years(years: set[int | None]) -> str:
    named = [str(year) for year in sorted(year for year in years if year)]
    return join_words([*named, "år som inte anges"] if None in years else named)
