"""How sure the forecast is, in words: counts of twenty year-ends, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gsn_dash.domain.amounts import MKR, ZERO, Amount, Money, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.names import name_quantity
from gsn_dash.present.numbers import (
    SPACE,
    format_mkr,
    format_mkr_unit,
    format_months,
    format_number,
    format_size_mkr,
)

# From this width of the middle half on an amount is told in whole Mkr.
WHOLE_FROM = 2 * MKR
# A smaller deviation than this prints as none.
LEAST_SAID = MKR / 10
DOTS = 20


def name_levels(less: str, more: str) -> tuple[str, ...]:
    """What the levels 10, 25, 50, 75 and 90 of 100 mean, from the lowest.

    `less` and `more` are what a year-end does below and above: "slutar sämre", "slutar bättre".
    """
    return (
        f"1 av 10 {less} än",
        f"1 av 4 {less} än",
        f"Hälften {less} och hälften {more} än",
        f"1 av 4 {more} än",
        f"1 av 10 {more} än",
    )


def decimals_of(levels: Sequence[Money]) -> int:
    """How many decimals of a Mkr a spread bears: none where half of it is 2 Mkr wide or more."""
    return 0 if (levels[3] - levels[1]).kr >= WHOLE_FROM else 1


def say_level(amount: Money, decimals: int, signed: bool = True) -> str:
    """An amount of a spread in Mkr: "−7", "+0,4"; "0" is about as budget."""
    return format_number(amount.in_unit(MKR), decimals, signed)


def count_dots(number: int) -> str:
    """ "3 av 20 tänkbara årsslut", "inget av 20 tänkbara årsslut", "alla 20 tänkbara årsslut"."""
    if number == DOTS:
        return f"alla {DOTS} tänkbara årsslut"
    return f"{number or 'inget'} av {DOTS} tänkbara årsslut"


def spread_message(
    forecast: Amount, limit: Money, worse: int, worst: Money, moved: bool = False
) -> str:
    """The page's sentence: the forecast, how many dots are below budget by more than `limit`,
    and what the two worst of them are at least.

    `worst` is the second worst dot; `moved` whether the forecast is an assumed one.
    """
    return (
        f"{_say_forecast(forecast, moved)} Med den osäkerhet som antas här slutar året"
        f" {_beyond(limit)}sämre än budget i {count_dots(worse)}{_say_worst(worst)}."
    )


def _say_worst(worst: Money) -> str:
    """What the two worst year-ends are at least, in whole Mkr; empty where that is nothing."""
    whole = worst.kr // MKR
    if whole >= 0:
        return ""
    return f", och i de två sämsta minst {format_number(abs(whole))}{SPACE}Mkr sämre"


def point_message(forecast: Amount, moved: bool = False) -> str:
    """The page's sentence where no width is assumed."""
    return f"{_say_forecast(forecast, moved)} {say_point('just så')}"


def _beyond(limit: Money) -> str:
    """ "mer än 1 Mkr "; empty where the limit is only what print rounds away."""
    return f"mer än {_say_limit(limit)} " if limit.kr >= LEAST_SAID else ""


def _say_limit(limit: Money) -> str:
    """A round limit: "1 Mkr", "0,5 Mkr"."""
    decimals = 0 if limit.kr % MKR == 0 else 1
    return f"{format_number(limit.in_unit(MKR), decimals)}{SPACE}Mkr"


def _say_forecast(forecast: Amount, moved: bool) -> str:
    who = "Med antagandena i Tänk om slutar året" if moved else "Prognosen är att året slutar"
    if isinstance(forecast, Unknown):
        return f"{who} på ett okänt belopp."
    if format_mkr(forecast) == format_mkr(ZERO):
        return f"{who} på budget."
    word = "bättre" if forecast > ZERO else "sämre"
    return f"{who} {format_size_mkr(forecast)} {word} än budget."


def key_words(limit: Money, worse: int, better: int) -> tuple[str, str, str]:
    """What the three kinds of dots mean, with how many they are: worse, about as, better."""
    beyond = _beyond(limit)
    near = f"högst {_say_limit(limit)} från budget" if beyond else "som budget"
    return (
        f"{worse} av {DOTS}: {beyond}sämre än budget",
        f"{DOTS - worse - better} av {DOTS}: {near}",
        f"{better} av {DOTS}: {beyond}bättre än budget",
    )


def half_sentence(levels: Sequence[Money]) -> str:
    """Where half of the year-ends lie, and where 8 of 10 do, in about whole Mkr."""
    decimals = decimals_of(levels)
    half = _between(levels[1], levels[3], decimals)
    most = _between(levels[0], levels[4], decimals)
    return f"Hälften av årssluten hamnar {half}. 8 av 10 hamnar {most}."


def _between(low: Money, high: Money, decimals: int) -> str:
    """ "mellan ungefär 4 Mkr sämre och 4 Mkr bättre än budget"."""
    first, last = (_parts(amount, decimals) for amount in (low, high))
    if first == last:
        size, word = first
        return f"ungefär {size}{SPACE}Mkr {word} än budget" if word else "ungefär på budget"
    if first[1] == last[1]:
        near, far = (_parts(amount, decimals)[0] for amount in sorted((low, high), key=abs))
        return f"mellan ungefär {near} och {far}{SPACE}Mkr {first[1]} än budget"
    if not last[1]:
        return f"mellan ungefär {first[0]}{SPACE}Mkr {first[1]} än budget och på budget"
    start = f"{first[0]}{SPACE}Mkr {first[1]}" if first[1] else "på budget"
    return f"mellan ungefär {start} och {last[0]}{SPACE}Mkr {last[1]} än budget"


def _parts(amount: Money, decimals: int) -> tuple[str, str]:
    """The size and the direction of a deviation as rounded: ("4", "sämre"), ("0", "")."""
    size = format_number(abs(amount).in_unit(MKR), decimals)
    if size == format_number(Decimal(0), decimals):
        return size, ""
    return size, "bättre" if amount > ZERO else "sämre"


def spent_message(forecast: Amount, less: int, moved: bool) -> str:
    """How many dots spend less than the forecast says; without a forecast, that there is none.

    `moved` is whether the forecast is an assumed one.
    """
    if isinstance(forecast, Unknown):
        return "Papperen säger inte hur mycket av investeringspengarna som väntas bli använt i år."
    whose = "Tänk om, som är" if moved else "prognosens"
    return (
        f"I {count_dots(less)} används mindre av investeringspengarna än {whose}"
        f" {format_mkr_unit(forecast)}."
    )


def spent_half(spent: Sequence[Money], left: Sequence[Money], whole: Money) -> str:
    """Where half of the year-ends lie: spent of the appropriation, and left to carry over."""
    decimals = decimals_of(spent)
    used = (
        f"I hälften används {_range(spent[1], spent[3], decimals)} av anslagets"
        f" {format_mkr_unit(whole)}"
    )
    if left[3] < ZERO:
        return f"{used}, så anslaget kan överskridas."
    rest = _range(left[3], left[1], decimals)
    return f"{used}, och då är {rest} kvar att föra över till nästa år."


def _range(low: Money, high: Money, decimals: int) -> str:
    first, last = (format_number(money.in_unit(MKR), decimals) for money in (low, high))
    if first == last:
        return f"ungefär {first}{SPACE}Mkr"
    return f"mellan ungefär {first} och {last}{SPACE}Mkr"


def spent_key_words(forecast: Amount, less: int, moved: bool) -> tuple[str, ...]:
    """What the two kinds of dots mean; none where there is no forecast to tell them apart."""
    if isinstance(forecast, Unknown):
        return ()
    whose = "i Tänk om" if moved else "prognosen"
    return (
        f"{less} av {DOTS}: mindre än {whose}, {format_mkr_unit(forecast)}",
        f"{DOTS - less} av {DOTS}: lika mycket eller mer",
    )


def say_no_spread(snapshot: Snapshot, missing: Sequence[Figure]) -> str:
    """Why there is nothing to show: the year is over, or what is unknown; never zero."""
    if not missing:
        return "Perioden är hela året. Utfallet är känt, så det finns ingen osäkerhet att visa."
    names = "; ".join(name_quantity(snapshot, figure.ref) for figure in missing)
    return f"Hur säker prognosen är går inte att räkna på, för det här är okänt: {names}."


def say_point(what: str) -> str:
    """That no width is assumed, so that all year-ends are one."""
    return f"Ingen osäkerhet är antagen, så alla {DOTS} årsslut blir {what}."


def describe_dots(title: str, said: Sequence[str]) -> str:
    """The text alternative of twenty dots."""
    return f"{title}: {DOTS} lika troliga årsslut som {DOTS} punkter. {' '.join(said)}"


def describe_fan(occasion: Occasion, start: Money, levels: Sequence[Money]) -> str:
    """The text alternative of the fan."""
    decimals = decimals_of(levels)
    return (
        f"Avvikelsen från budget är {format_mkr_unit(start, True)} efter"
        f" {format_months(occasion.period_start, occasion.period_end)} och sprider sig sedan månad"
        f" för månad. Vid årets slut är mitten {say_level(levels[2], decimals)} Mkr."
        f" {half_sentence(levels)}"
    )
