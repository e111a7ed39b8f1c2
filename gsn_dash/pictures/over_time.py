"""Pictures over occasions: the net against budget, the investments, the collaborations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle, pairwise

from gsn_dash.charts.data import Mark, Picture, Row, RowsChart, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.spread_data import Tick, nice_values
from gsn_dash.domain.amounts import MKR, TKR, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.over_time import Moment
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import UNKNOWN, format_mkr, format_number, format_percent
from gsn_dash.present.over_time import (
    FORECAST,
    LAST_MONTH,
    THEN_OUTCOME,
    describe_deviations,
    describe_payments,
    describe_utilisations,
    name_moment,
)
from gsn_dash.present.past_forecasts import describe_hits, error_of, name_past
from gsn_dash.present.tables import occasion_ref

_TICKS = 4
_PERCENT = (Decimal(0), Decimal(50), Decimal(100))
_STYLES = (Style.OUTCOME, Style.NEUTRAL)


def _result_line(
    name: str, moments: Sequence[Moment], make: Callable[[Moment, Style, str], Mark]
) -> Line:
    """The year's forecast at each occasion; when the year was over, the outcome of it."""
    marks = tuple(
        make(m, Style.OUTCOME, "Utfall, hela året")
        if m.months == LAST_MONTH
        else make(m, Style.FORECAST, name)
        for m in moments
    )
    is_ended = any(m.months == LAST_MONTH for m in moments)
    return Line(f"{name}{THEN_OUTCOME if is_ended else ''}", Style.FORECAST, marks)


def deviations_picture(moments: Sequence[Moment]) -> Picture | None:
    """The net's deviation, of the period and of the year; None where none is known."""

    def mark(moment: Moment, figure: Figure, style: Style, name: str) -> Mark:
        amount, text = figure.amount, format_mkr(figure.amount, True)
        value = None if isinstance(amount, Unknown) else amount.in_unit(MKR)
        return Mark(style, value, text, _ref(moment, figure.ref), name)

    lines = (
        _line(
            "Utfall till och med månaden",
            Style.OUTCOME,
            moments,
            lambda m, n: mark(m, m.outcome, Style.OUTCOME, n),
        ),
        _result_line(FORECAST, moments, lambda m, style, n: mark(m, m.forecast, style, n)),
    )
    title = "GSN, nettokostnaden mot budget vid varje uppföljning"
    scale = _Scale("Mkr", _say_mkr, begins=_years(moments))
    return _draw(title, describe_deviations(moments), moments, lines, scale)


def utilisations_picture(moments: Sequence[Moment]) -> Picture | None:
    """The investments' outcome and forecast in percent of the appropriation; None if unknown."""

    def mark(
        moment: Moment, ratio: Decimal | None, measure: str, name: str, style: Style = Style.OUTCOME
    ) -> Mark:
        value = None if ratio is None else ratio * 100
        ref = InvestmentKey(TOTAL, f"{measure}_utilisation").ref
        return Mark(style, value, format_percent(ratio), _ref(moment, ref), name)

    lines = (
        _line("Bokfört", Style.OUTCOME, moments, lambda m, n: mark(m, m.booked, "outcome", n)),
        _result_line(
            FORECAST, moments, lambda m, style, n: mark(m, m.utilisation, "forecast", n, style)
        ),
    )
    title = "GSN, investeringar vid varje uppföljning, % av anslaget"
    about = describe_utilisations(moments)
    scale = _Scale("%", _say_percent, _PERCENT, _years(moments))
    return _draw(title, about, moments, lines, scale)


def payments_picture(
    snapshot: Snapshot, moments: Sequence[Moment], codes: Sequence[str]
) -> Picture | None:
    """What each municipality (`codes`) pays for all collaborations; None where none is known.

    A sum that lacks a part is a gap: it is not comparable with one that is whole.
    """

    def mark(moment: Moment, code: str, style: Style, name: str) -> Mark | None:
        total = moment.bills.get(code)
        if total is None:
            return None
        value = None if total.missing else total.known.in_unit(TKR)
        text = UNKNOWN if value is None else format_number(value)
        return Mark(style, value, text, _ref(moment, ContributionKey(TOTAL, code).ref), name)

    lines = tuple(
        _line(
            name_municipality(snapshot, code),
            style,
            moments,
            lambda m, n, code=code, style=style: mark(m, code, style, n),
        )
        for code, style in zip(codes, cycle(_STYLES), strict=False)
    )
    title = "Vad samarbetena kostar kommunerna per år, tkr"
    about = describe_payments(snapshot, moments, codes)
    return _draw(title, about, moments, lines, _Scale("tkr", format_number))


def hits_picture(history: Sequence[PastForecast]) -> Picture:
    """Each earlier forecast of the year's cost beside what the year became."""
    rows = tuple(
        Row(
            name_past(past),
            (
                _cost_mark(past, Style.FORECAST, past.forecast.in_unit(MKR), "Prognos"),
                _cost_mark(past, Style.OUTCOME, past.outcome.in_unit(MKR), "Utfall"),
            ),
        )
        for past in history
    )
    errors = tuple(Row(name_past(past), (_error_mark(past),)) for past in history)
    title = "GSN, årets bruttokostnader: prognosen och hur det blev"
    return draw(RowsChart(title, describe_hits(history), rows, "Mkr", errors))


def _cost_mark(past: PastForecast, style: Style, value: Decimal, name: str) -> Mark:
    ref = occasion_ref(past.year, past.number, operating("cost", "year", "forecast"))
    return Mark(style, value, format_number(value, 1), ref if style is Style.FORECAST else "", name)


def _error_mark(past: PastForecast) -> Mark:
    error = error_of(past)
    style = Style.DEVIATION_NEUTRAL
    if error.kr:
        style = Style.DEVIATION_GOOD if error.kr > 0 else Style.DEVIATION_BAD
    return Mark(style, error.in_unit(MKR), format_mkr(error, True), "", "Skillnad")


def _ref(moment: Moment, ref: str) -> str:
    return occasion_ref(moment.year, moment.number, ref)


def _line(
    name: str,
    style: Style,
    moments: Sequence[Moment],
    make: Callable[[Moment, str], Mark | None],
) -> Line:
    return Line(name, style, tuple(make(moment, name) for moment in moments))


@dataclass(frozen=True)
class _Scale:
    """An axis: its unit, its texts, the values that it holds besides those of the marks, and the
    places where what is counted begins anew."""

    unit: str
    say: Callable[[Decimal], str]
    least: tuple[Decimal, ...] = (Decimal(0),)
    begins: frozenset[int] = frozenset()


def _years(moments: Sequence[Moment]) -> frozenset[int]:
    """Where another year begins: its budget and its money are others."""
    return frozenset(
        place
        for place, (before, after) in enumerate(pairwise(moments), start=1)
        if before.year != after.year
    )


def _draw(
    title: str, alt: str, moments: Sequence[Moment], lines: tuple[Line, ...], scale: _Scale
) -> Picture | None:
    values = [m.value for line in lines for m in line.marks if m and m.value is not None]
    if not values:
        return None
    held = _around(min(*values, *scale.least), max(*values, *scale.least))
    ticks = tuple(Tick(value, scale.say(value)) for value in dict.fromkeys((*held, *scale.least)))
    places = tuple(name_moment(moment) for moment in moments)
    return draw(LineChart(title, alt, scale.unit, places, lines, ticks, scale.begins))


def _around(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round values that all marks lie within: none is below the lowest or above the highest."""
    held = nice_values(low, high, _TICKS)
    if len(held) < 2:
        return held
    step = held[1] - held[0]
    below = (held[0] - step,) if low < held[0] else ()
    above = (held[-1] + step,) if high > held[-1] else ()
    return (*below, *held, *above)


def _say_mkr(value: Decimal) -> str:
    decimals = 0 if value % 1 == 0 else 1
    return format_number(value, decimals, signed=True) if value else "Budget"


def _say_percent(value: Decimal) -> str:
    return f"{format_number(value)}\u00a0%"
