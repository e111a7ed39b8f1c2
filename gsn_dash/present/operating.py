"""The operating budget in sentences, composed from its figures."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Amount, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import (
    Demand,
    Line,
    demand,
    is_left_uncovered,
    is_linear,
    line,
    period_share,
)
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Claim, Occasion, Snapshot
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.names import ITEMS, name_rest_of_year, name_subject
from gsn_dash.present.numbers import (
    SPACE,
    format_mkr,
    format_mkr_unit,
    format_months,
    format_percent,
    format_size_mkr,
)
from gsn_dash.present.year_end import name_result, say_ended


def last_month(occasion: Occasion) -> str:
    """ "april"."""
    return format_months(occasion.period_end, occasion.period_end)


def operating_message(snapshot: Snapshot) -> str:
    """Where the net stands after the period, and what the forecast says of the year.

    What contradicts those totals stands in front.
    """
    return say_contradicted(snapshot, "operating", _stand(snapshot))


def _stand(snapshot: Snapshot) -> str:
    if snapshot.occasion.is_closing:
        return say_ended(snapshot)
    period, year = line(snapshot, "net", "period"), line(snapshot, "net", "year")
    so_far = _compare_net(snapshot.occasion, period.deviation.amount)
    return f"{so_far}{_forecast_clause(period.deviation.amount, year.deviation.amount)}"


def _compare_net(occasion: Occasion, deviation: Amount) -> str:
    until = f"Till och med {last_month(occasion)}"
    if isinstance(deviation, Unknown):
        return f"{until} är det okänt hur nettokostnaden ligger mot budget"
    if deviation == ZERO:
        return f"{until} är nettokostnaden precis som budget"
    size = format_size_mkr(deviation)
    return f"{until} är nettokostnaden {size} {'lägre' if deviation > ZERO else 'högre'} än budget"


def _forecast_clause(so_far: Amount, at_year_end: Amount) -> str:
    if isinstance(at_year_end, Unknown):
        return ". Prognosen för året är okänd."
    if at_year_end != ZERO:
        direction = "överskott" if at_year_end > ZERO else "underskott"
        return f". Prognosen för året är ett {direction} på {format_size_mkr(at_year_end)}."
    if isinstance(so_far, Unknown) or so_far == ZERO:
        return ". Prognosen är att budgeten håller."
    if so_far > ZERO:
        return ". Prognosen är ändå ingen avvikelse vid årets slut: hela överskottet väntas gå åt."
    return ". Prognosen är ändå ingen avvikelse vid årets slut: allt väntas bli inhämtat."


def answer_budget(snapshot: Snapshot) -> str:
    """Does the operating budget hold? One sentence, and where it stands now.

    What contradicts those totals stands in front.
    """
    return say_contradicted(snapshot, "operating", _answer(snapshot))


def _answer(snapshot: Snapshot) -> str:
    if snapshot.occasion.is_closing:
        return say_ended(snapshot)
    deviation = line(snapshot, "net", "year").deviation.amount
    if isinstance(deviation, Unknown):
        answer = "Det går inte att säga: prognosen är okänd."
    elif deviation >= ZERO:
        over = f" med {format_size_mkr(deviation)} till godo" if deviation > ZERO else ""
        answer = f"Ja, enligt prognosen{over}."
    else:
        answer = f"Nej, enligt prognosen blir det {format_size_mkr(deviation)} i underskott."
    so_far = line(snapshot, "net", "period").deviation.amount
    return f"{answer} {_compare_net(snapshot.occasion, so_far)}.{_condition(snapshot, so_far)}"


def _condition(snapshot: Snapshot, so_far: Amount) -> str:
    """What the forecast rests on, where a surplus so far is to be used up; else empty."""
    year, cost = line(snapshot, "net", "year").deviation.amount, demand(snapshot, "cost")
    if isinstance(so_far, Unknown) or isinstance(year, Unknown) or not cost.increase:
        return ""
    if not (so_far > year >= ZERO and cost.increase > 0):
        return ""
    return (
        " Prognosen förutsätter att överskottet går åt: kostnaderna blir då"
        f" {format_percent(cost.increase)} högre per månad resten av året."
    )


def describe_line(occasion: Occasion, found: Line) -> str:
    """One line in words, for the text alternative of a picture."""
    result = name_result(occasion, found.span)
    return (
        f"{ITEMS[found.item]}: budget {format_mkr(found.budget.amount)},"
        f" {result} {format_mkr(found.result.amount)},"
        f" avvikelse {format_mkr(found.deviation.amount, True)} Mkr"
    )


def demand_message(occasion: Occasion, found: Demand) -> str:
    """What the forecast demands of the costs (or of the revenue), in the board's words."""
    rest = name_rest_of_year(occasion)
    if not rest:
        return "Perioden är hela året: inget återstår för prognosen."
    if found.increase is None:
        return "Det går inte att säga vad prognosen kräver: en uppgift saknas."
    word = "högre" if found.increase >= 0 else "lägre"
    return (
        f"Prognosen förutsätter att {ITEMS[found.item].lower()}na {rest} blir"
        f" {format_percent(abs(found.increase))} {word} per månad än hittills."
    )


def describe_demand(occasion: Occasion, demand: Demand) -> str:
    """ "Kostnader: 52,6 Mkr på 8 månader, 6,6 i månaden mot 5,4 hittills (+22 %)."""
    return (
        f"{ITEMS[demand.item]}: {format_size_mkr(demand.rest.amount)} på"
        f" {occasion.months_left}{SPACE}månader, {format_size_mkr(demand.monthly_needed.amount)}"
        f" i månaden mot {format_size_mkr(demand.monthly_so_far.amount)} hittills"
        f" ({format_percent(demand.increase, signed=True)})."
    )


def describe_timing(snapshot: Snapshot) -> tuple[str, ...]:
    """Which period budgets are the year's spread evenly, and what that means; none at a closing."""
    if snapshot.occasion.is_closing:
        return ()
    months = snapshot.occasion.months
    even = [item for item in ("revenue", "cost") if is_linear(snapshot, item)]
    shares = {item: period_share(snapshot, item) for item in ("revenue", "cost")}
    said = []
    for item in even:
        budget = line(snapshot, item, "period").budget.amount
        said.append(
            f"Periodens budget för {ITEMS[item].lower()}, {format_mkr_unit(budget)}, är exakt"
            f" {months}/12 av årets. Det tyder på att årets budget är delad i tolv lika delar,"
            " men fakturor kommer ojämnt. En avvikelse kan därför bero på när fakturorna kommer,"
            " och försvinna senare under året."
        )
    said += [
        f"Periodens budget för {ITEMS[item].lower()} är inte jämnt fördelad: den är"
        f" {format_percent(share, 1)} av årets, inte {months}/12."
        for item, share in shares.items()
        if item not in even and share is not None
    ]
    return tuple(said)


def activity_lines(snapshot: Snapshot) -> tuple[tuple[OperatingKey, Figure, Claim | None], ...]:
    """What is said of single activities at year-end, with what the paper says about it."""
    return tuple(
        (key, figure, next(iter(snapshot.claims_about(_why(key))), None))
        for key, figure in snapshot.operating.items()
        if key.subject != TOTAL and key.span == "year" and key.measure == "deviation"
    )


def _why(key: OperatingKey) -> str:
    return f"operating:{key.subject}:{key.item}:{key.span}:why"


def describe_activity(snapshot: Snapshot, key: OperatingKey, figure: Figure) -> str:
    """ "031 Digitalisering och innovation väntas få −0,1 Mkr mot budget vid årets slut." """
    about = "cirka " if figure.approximate else ""
    verb = "fick" if snapshot.occasion.is_closing else "väntas få"
    return (
        f"{name_subject(snapshot, key.subject)} {verb} {about}"
        f"{format_mkr_unit(figure.amount, True)} mot budget vid årets slut."
        f"{_describe_cover(snapshot, key, figure)}"
    )


def _describe_cover(snapshot: Snapshot, key: OperatingKey, figure: Figure) -> str:
    """That no paper says what evens an activity out, where the total is said not to deviate."""
    if not is_left_uncovered(snapshot, key):
        return ""
    what = "täcka det" if figure.money < ZERO else "använda det"
    return f" Hela driftbudgeten väntas ändå gå jämnt upp. Papperen säger inte vad som ska {what}."
