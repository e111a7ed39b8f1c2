"""Pictures of the spread: twenty dots, and the fan from now to the end of the year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gsn_dash.charts.data import Picture, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.spread_data import (
    DotColumn,
    DotsChart,
    FanChart,
    FanPoint,
    Guide,
    Shade,
    Tick,
    extent_of,
    nice_values,
)
from gsn_dash.domain.amounts import MKR, ZERO
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.numbers import format_mkr, format_mkr_unit, format_number
from gsn_dash.present.operating import last_month
from gsn_dash.present.spread import (
    decimals_of,
    describe_dots,
    describe_fan,
    half_sentence,
    key_words,
    say_level,
    spent_key_words,
)
from gsn_dash.present.spread_basis import short_month
from gsn_dash.simulate.draws import Spread
from gsn_dash.simulate.shape import Heap, fan_of
from gsn_dash.simulate.year_end import YearEnd

_SHADES = {-1: Shade.STRONG, 0: Shade.PALE, 1: Shade.OPEN}
_MOST_TICKS = 7
_FAN_TICKS = 6


def operating_dots(
    occasion: Occasion, year_end: YearEnd, spread: Spread, heap: Heap, moved: bool
) -> Picture:
    """Twenty year-ends of the operating budget, against the budget.

    `moved`, here and below, is whether the forecast is an assumed one.
    """
    title = f"GSN, tjugo tänkbara årsslut {occasion.year} mot budget"
    words = key_words(heap.half, heap.count(-1), heap.count(1))
    return _dots(
        title,
        describe_dots(title, (*(f"{text}." for text in words), half_sentence(spread.levels))),
        heap,
        tuple(zip((Shade.STRONG, Shade.PALE, Shade.OPEN), words, strict=True)),
        _budget_guides(year_end.net.deviation, moved),
        "Sämre än budget (−) eller bättre (+) vid årets slut, Mkr",
        signed=True,
    )


def investing_dots(
    occasion: Occasion, year_end: YearEnd, heap: Heap, said: Sequence[str], moved: bool
) -> Picture:
    """Twenty amounts spent of the investment money, against forecast and appropriation."""
    title = f"GSN, investeringspengar använda {occasion.year} i tjugo tänkbara årsslut"
    forecast = year_end.spent.forecast
    words = spent_key_words(forecast.amount, heap.count(-1), moved)
    appropriation = year_end.appropriation
    guides = [_guide(Style.BUDGET, appropriation, f"Anslag {format_mkr(appropriation.amount)}")]
    if not forecast.is_unknown:
        guides.insert(0, _forecast_guide(forecast, moved, signed=False))
    return _dots(
        title,
        describe_dots(title, said),
        heap,
        tuple(zip((Shade.STRONG, Shade.PALE), words, strict=False)),
        tuple(guides),
        "Använt vid årets slut, Mkr. Det som är kvar till anslaget förs över",
        signed=False,
    )


def _dots(
    title: str,
    alt: str,
    heap: Heap,
    key: tuple[tuple[Shade, str], ...],
    guides: tuple[Guide, ...],
    axis: str,
    signed: bool,
) -> Picture:
    width = heap.width.in_unit(MKR)
    columns = tuple(
        DotColumn(column.at.in_unit(MKR), tuple(_SHADES[heap.side(dot)] for dot in column.dots))
        for column in heap.columns
    )
    values = nice_values(*extent_of(columns, width, guides), _MOST_TICKS)
    ticks = _ticks(values, signed)
    return draw(DotsChart(title, alt, "Mkr", columns, width, key, guides, axis, ticks))


def _ticks(values: Sequence[Decimal], signed: bool) -> tuple[Tick, ...]:
    decimals = 0 if all(value % 1 == 0 for value in values) else 1
    return tuple(Tick(value, format_number(value, decimals, signed)) for value in values)


def _budget_guides(deviation: Figure, moved: bool) -> tuple[Guide, ...]:
    """Budget and forecast, as one line where they print the same."""
    if format_mkr(deviation.amount) == format_mkr(ZERO):
        text = "Budget och Tänk om" if moved else "Budget och prognos"
        return (Guide(Style.BUDGET, Decimal(0), text, "" if moved else deviation.ref),)
    budget = Guide(Style.BUDGET, Decimal(0), "Budget")
    return budget, _forecast_guide(deviation, moved, signed=True)


def _forecast_guide(figure: Figure, moved: bool, signed: bool, when: str = "") -> Guide:
    """What the year is forecast, or assumed, to end at; only what is reported has a source."""
    said = format_mkr(figure.amount, signed)
    if moved:
        return Guide(Style.WHATIF, figure.money.in_unit(MKR), f"Tänk om{when} {said}")
    return _guide(Style.FORECAST, figure, f"Prognos{when} {said}")


def _guide(style: Style, figure: Figure, text: str) -> Guide:
    return Guide(style, figure.money.in_unit(MKR), text, figure.ref)


def fan_picture(
    occasion: Occasion, year_end: YearEnd, spread: Spread, moved: bool
) -> Picture | None:
    """The deviation from budget month by month; None where the period's is unknown."""
    if year_end.so_far.is_unknown:
        return None
    start, decimals = year_end.so_far.money, decimals_of(spread.levels)
    points = tuple(
        FanPoint(short_month(p.month), tuple(level.in_unit(MKR) for level in p.levels))
        for p in fan_of(start, spread, year_end.months, year_end.months_left)
    )
    forecast = _forecast_guide(year_end.net.deviation, moved, signed=True, when=" vid årets slut:")
    until = f"Utfall till och med {last_month(occasion)}: {format_mkr_unit(start, True)}"
    outcome = _guide(Style.OUTCOME, year_end.so_far, until)
    levels = [level for point in points for level in point.levels]
    ends = (*levels, outcome.value, forecast.value, Decimal(0))
    return draw(
        FanChart(
            f"GSN, avvikelse från budget månad för månad {occasion.year}",
            describe_fan(occasion, start, spread.levels),
            "Mkr",
            points,
            outcome,
            forecast,
            tuple(Tick(level.in_unit(MKR), say_level(level, decimals)) for level in spread.levels),
            _fan_ticks(nice_values(min(ends), max(ends), _FAN_TICKS)),
            ("Mörkt fält: hälften av årssluten", "Ljust fält: 8 av 10 årsslut"),
            "Mitten: lika många årsslut över som under",
        )
    )


def _fan_ticks(values: Sequence[Decimal]) -> tuple[Tick, ...]:
    return tuple(
        Tick(tick.value, tick.text if tick.value else "Budget") for tick in _ticks(values, True)
    )
