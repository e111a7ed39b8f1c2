"""How right earlier forecasts of the year were, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.history import PastForecast
from gsn_dash.present.numbers import SPACE, format_mkr, format_size_mkr

NO_HITS = (
    "Inget år är avslutat bland de tillfällen som är inlästa. När ett bokslut läses in som ett"
    " tillfälle visas här hur rätt prognoserna under det året blev."
)
NO_HITS_THEN = (
    "Inget år var avslutat vid det tillfälle som visas, så ingen prognos går att jämföra."
)
HITS_ARE = (
    "Det gäller årets bruttokostnader. Skillnaden är utfallet minus prognosen: plus är bättre än"
    " prognosen, minus är sämre."
)


def name_past(past: PastForecast) -> str:
    """ "Tillfälle 2, 2022"."""
    return f"Tillfälle{SPACE}{past.number}, {past.year}"


def error_of(past: PastForecast) -> Money:
    """The outcome less the forecast: below zero where the costs became higher."""
    return past.outcome - past.forecast


def hits_message(history: Sequence[PastForecast]) -> str:
    """How often the costs became higher than forecast, and by how much forecasts were wrong."""
    errors = [error_of(past) for past in history]
    higher = sum(1 for error in errors if error < ZERO)
    mean = Money(sum((abs(error).kr for error in errors), Decimal(0)) / len(errors))
    worst = max(history, key=lambda past: abs(error_of(past)).kr)
    most, when = format_size_mkr(error_of(worst)), name_past(worst)
    place = f"({when[:1].lower()}{when[1:]})"
    if len(errors) == 1:
        how = "högre" if higher else "inte högre"
        return f"Kostnaderna blev {how} än prognosen. Den slog fel med {most} {place}."
    return (
        f"{_say_times(higher, len(errors))} Prognosen slog fel med i snitt"
        f" {format_size_mkr(mean)}, som mest {most} {place}."
    )


def _say_times(higher: int, count: int) -> str:
    if not higher:
        return f"Kostnaderna blev inte högre än prognosen någon av {count} gånger."
    times = f"{higher} av {count} gånger"
    if higher == count:
        times = "båda gångerna" if count == 2 else f"alla {count} gångerna"
    return f"Kostnaderna blev högre än prognosen {times}."


def describe_hits(history: Sequence[PastForecast]) -> str:
    """What the picture of the earlier forecasts shows."""
    said = (
        f"{name_past(past)}: prognos {format_mkr(past.forecast)}, utfall"
        f" {format_mkr(past.outcome)}, skillnad {format_mkr(error_of(past), True)}"
        for past in history
    )
    return f"Årets bruttokostnader, miljoner kronor. {'; '.join(said)}."
