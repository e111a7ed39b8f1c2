"""What one lever alone would need to reach a goal, in one sentence for each kind of lever."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from gsn_dash.domain.amounts import ZERO, Amount, Money, Unknown, ratio_of, round_fraction
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.scenario.goals import (
    Answers,
    AppropriationUsed,
    BillAtMost,
    BillUnchanged,
    rest_limit,
)
from gsn_dash.domain.scenario.levers import position_day
from gsn_dash.domain.scenario.reaching import BEYOND, NEEDED, Answer
from gsn_dash.present.levers import part_of, project_row, say_position
from gsn_dash.present.names import ITEMS, name_rest_of_year
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_kr,
    format_mkr_unit,
    format_number,
    format_percent,
    format_size_mkr,
    name_month,
)

# What a step is where it is the highest that does (True), and where it is the lowest.
LIMIT = {True: "högst", False: "minst"}
_MUST = {True: "får", False: "måste"}
_OWN = "hela det egna anslaget ger"
_TENTH = Decimal("0.1")


def say_place(answers: Answers, value: Money) -> str:
    """Where the goal's quantity would be: "+0,3 Mkr mot budget", "72 %", "745 000 kr"."""
    match answers.goal:
        case AppropriationUsed(share=share):
            granted = total_row(answers.supposed).appropriation.amount
            reached = ratio_of(value, granted)
            is_near = value != answers.target and format_percent(reached) == format_percent(share)
            return format_percent(reached, 1 if is_near else 0)
        case BillUnchanged() | BillAtMost():
            return format_kr(value)
    return f"{format_mkr_unit(value, True)} mot budget"


def in_words(answers: Answers, answer: Answer) -> str:
    """What the lever needs, or how near it comes."""
    if answer.verdict == BEYOND:
        return _beyond(answers, answer)
    match answer.lever.kind:
        case "used_up":
            return _used_up(answers, answer)
        case "rest":
            return _rest(answers, answer)
        case "utilisation":
            return _utilisation(answers, answer)
        case "price":
            return _price(answer)
        case "stopped" | "counted_on" | "member":
            return _choice(answer)
    return _amount(answer)


def _beyond(answers: Answers, answer: Answer) -> str:
    best = say_place(answers, answer.value_at(answer.best))
    if answer.lever.kind == "utilisation" and answer.best > 100:
        within = say_place(answers, answer.value_at(100))
        most = format_percent(Decimal(answer.best) / 100)
        return f"Räcker inte ensamt: {_OWN} {within}, och {most} av det ger {best}."
    if best == say_place(answers, answers.target):
        return "Räcker inte ensamt, men når nästan fram."
    return f"Räcker inte ensamt: i bästa fall {best}."


def _limit(answer: Answer) -> Fraction:
    return Fraction(answer.step) if answer.limit is None else answer.limit


def _percent(share: Fraction) -> str:
    """A limit's size in percent, with a decimal only where it is no whole percent."""
    tenths = round_fraction(abs(share), _TENTH)
    return f"{format_number(tenths, 0 if tenths % 1 == 0 else 1)}{SPACE}%"


def _used_up(answers: Answers, answer: Answer) -> str:
    """A surplus is used up, a deficit is made good."""
    snapshot, key = answers.supposed, answer.lever.subject
    whole = part_of(snapshot, key).figure if key else line(snapshot, "net", "period").deviation
    what, done = _name_whole(whole.amount)
    verb, limit = f"{_MUST[answer.is_ceiling]} {done} före årets slut", _limit(answer)
    told = f"{LIMIT[answer.is_ceiling]} {_percent(limit)}"
    if limit == 100:
        return f"Hela {what} {verb}."
    if limit > 100:
        start = "Hela" if answer.is_ceiling else "Mer än hela"
        more = ", och mer därtill" if answer.is_ceiling else ""
        return f"{start} {what} {verb}{more}: {told}."
    return f"{told.capitalize()} av {what} {verb}."


def _name_whole(amount: Amount) -> tuple[str, str]:
    if isinstance(amount, Unknown) or amount == ZERO:
        return "periodens avvikelse", "gå åt"
    if amount < ZERO:
        return f"underskottet på {format_size_mkr(amount)}", "hämtas in"
    return f"överskottet på {format_size_mkr(amount)}", "gå åt"


def _rest(answers: Answers, answer: Answer) -> str:
    """ "Kostnaderna maj–december får bli högst 6,6 Mkr per månad, 22 % högre än hittills."""
    found, item = rest_limit(answers, answer), answer.lever.subject
    name = f"{ITEMS[item]}na {name_rest_of_year(answers.supposed.occasion)}"
    increase = found.demand.increase
    monthly = f"{format_size_mkr(found.demand.monthly_needed.amount)} per månad"
    if increase is not None:
        word = "högre" if increase >= 0 else "lägre"
        monthly += f", {format_percent(abs(increase))} {word} än hittills"
    if found.above_budget is None:
        verb = "får bli högst" if item == "cost" else "måste bli minst"
        return f"{name} {verb} {monthly}."
    return f"{name} {_against_budget(item, Fraction(found.above_budget) * 100)}: {monthly}."


def _against_budget(item: str, percent: Fraction) -> str:
    """How far above the budget costs may be, or revenue must be; or how far below."""
    if round_fraction(percent, _TENTH) == 0:
        return f"får inte bli {'högre' if item == 'cost' else 'lägre'} än budgeten"
    verb = "får bli högst" if (percent > 0) == (item == "cost") else "måste bli minst"
    return f"{verb} {_percent(percent)} {'över' if percent > 0 else 'under'} budgeten"


def _utilisation(answers: Answers, answer: Answer) -> str:
    """How much of its own appropriation a project must use, and that it may be more than it has."""
    row = project_row(answers.supposed, answer.lever.subject)
    granted = format_mkr_unit(row.appropriation.amount)
    limit = LIMIT[answer.is_ceiling], _percent(_limit(answer))
    text = f"{_MUST[answer.is_ceiling].capitalize()} använda {' '.join(limit)} av sitt anslag"
    if answer.step <= 100:
        return f"{text} på {granted}."
    within = say_place(answers, answer.value_at(100))
    return f"{text}, mer än de {granted} som det har. {_OWN.capitalize()} {within}."


def _price(answer: Answer) -> str:
    limit = _limit(answer)
    if round_fraction(limit, _TENTH) == 0:
        return f"Priset får inte bli {'högre' if answer.is_ceiling else 'lägre'} än nu."
    if answer.is_ceiling:
        verb = "måste sjunka minst" if limit < 0 else "får stiga högst"
    else:
        verb = "måste stiga minst" if limit > 0 else "får sjunka högst"
    return f"Priset {verb} {_percent(limit)}."


_SENTENCES = {
    "year_end": "Verksamheten {bound} {amount} mot budget.",
    "action": "Åtgärden {bound} {amount} på ett helt år.",
    "lump": "Fakturan {bound} {amount}.",
    "assumed": "Beloppet {bound} {amount}.",
    "moved": "{Limit} {amount} {verb} flyttas.",
    "equal_part": "{Limit} {amount} {verb} delas lika.",
    "carried": "{Limit} {amount} {verb} föras över.",
    "action_start": "Åtgärden måste börja {when} i {amount}.",
    "lump_month": "Fakturan måste komma {when} i {amount}.",
}
# Which verb an amount has, and what it is where there is room: by ceiling (True) and floor.
_VERBS = {"year_end": "sluta på", "action": "ge", "lump": "vara på", "assumed": "vara"}
_ROOM = {True: "får inte {verb} mer än", False: "får inte {verb} mindre än"}
_NEED = {True: "får {verb} högst", False: "måste {verb} minst"}


def _amount(answer: Answer) -> str:
    """An amount, a part or a month that the lever may at most, or must at least, be at."""
    lever, word = answer.lever, LIMIT[answer.is_ceiling]
    bounds = _NEED if answer.verdict == NEEDED else _ROOM
    return _SENTENCES[lever.kind].format(
        bound=bounds[answer.is_ceiling].format(verb=_VERBS.get(lever.kind, "")),
        verb=_MUST[answer.is_ceiling],
        Limit=word.capitalize(),
        when="senast" if answer.is_ceiling else "tidigast",
        amount=_say_step(answer),
    )


def _say_step(answer: Answer) -> str:
    if answer.lever.unit == "percent":
        return _percent(_limit(answer))
    if answer.lever.unit == "month":
        return name_month(answer.step)
    # What is said of the rest, "som prognosen", is for the column beside.
    return say_position(answer.lever, answer.step).split(", ")[0]


def _choice(answer: Answer) -> str:
    """A switch, or a day: which positions reach the goal, or lose it."""
    lever = answer.lever
    if lever.kind == "counted_on":
        return _days(answer)
    turned = answer.step if answer.verdict == NEEDED else answer.breaks
    verb = "nås" if answer.verdict == NEEDED else "missas"
    if lever.kind == "member":
        return f"Målet {verb} om kommunen {'går med' if turned else 'går ur'}."
    return f"Målet {verb} om projektet {'stoppas' if turned else 'inte stoppas'}."


def _days(answer: Answer) -> str:
    is_needed = answer.verdict == NEEDED
    verb = "nås" if is_needed else "missas"
    return f"Målet {verb} om invånarna räknas den {_name_days(answer, is_needed)}."


def limit_days(answer: Answer) -> str:
    """The days that hold the goal, or those that lose it, whichever are fewer."""
    held = len(answer.reaching)
    if held <= len(answer.lever.positions) - held:
        return f"bara den {_name_days(answer, True)}"
    return f"inte den {_name_days(answer, False)}"


def _name_days(answer: Answer, is_reaching: bool) -> str:
    return _either(
        [
            format_day(position_day(position))
            for position in answer.lever.positions
            if (position in answer.reaching) == is_reaching
        ]
    )


def in_words_together(group: Sequence[Answer]) -> str:
    """What several municipalities alike can do for the goal, each alone."""
    first = group[0]
    if first.verdict == NEEDED:
        return f"Målet nås om en av dem {'går med' if first.step else 'går ur'}."
    return f"Målet missas om någon av dem {'går med' if first.breaks else 'går ur'}."


def _either(texts: Sequence[str]) -> str:
    """ "a", "a eller b", "a, b eller c"."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} eller {texts[-1]}"
