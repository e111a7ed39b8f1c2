"""Hur säker är prognosen?: tjugo tänkbara årsslut, and the assumptions that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.spread import fan_picture, investing_dots, operating_dots
from gsn_dash.present.numbers import format_mkr, format_mkr_unit
from gsn_dash.present.spread import (
    decimals_of,
    half_sentence,
    name_levels,
    point_message,
    say_level,
    say_no_spread,
    say_point,
    spent_half,
    spent_message,
    spread_message,
)
from gsn_dash.present.spread_basis import (
    LABELS,
    NOT_EVIDENCE,
    ROUGH,
    SOURCES,
    counted_dots,
    counted_investing,
    counted_operating,
    describe_history,
    describe_scaling,
    say_width,
)
from gsn_dash.present.tables import Cell, Table, TableRow, number, word
from gsn_dash.simulate.assumptions import Assumptions, Width, cost_width, own_errors, scaled
from gsn_dash.simulate.draws import DRAWS, Spread, simulate_investing, simulate_operating
from gsn_dash.simulate.shape import Heap, heap_around_budget, heap_around_forecast, left_of
from gsn_dash.simulate.year_end import YearEnd, year_end_of
from gsn_dash.ui.page import (
    show_drawn,
    show_heading,
    show_lead,
    show_message,
    show_note,
    show_text,
)
from gsn_dash.ui.state import spread as state
from gsn_dash.ui.tables import render_list, show_table

_PAGE = "tank-om"
_MARK = "antaget"
_RESET = "Återställ antagandena"


@dataclass(frozen=True)
class _What:
    """The year-end to spread, as reported and as assumed, and what is assumed of its spread."""

    snapshot: Snapshot
    reported: YearEnd
    year_end: YearEnd
    assumed: Assumptions
    errors: tuple[Decimal, ...]

    @property
    def cost(self) -> Width:
        return cost_width(self.assumed.cost, self.year_end.months_left, self.errors)

    @property
    def revenue(self) -> Width:
        return scaled(self.assumed.revenue, self.year_end.months_left)

    @property
    def is_net_moved(self) -> bool:
        """Whether levers move the year's deviation from budget."""
        return self.year_end.net.deviation != self.reported.net.deviation

    @property
    def is_spent_moved(self) -> bool:
        """Whether levers move the forecast of the investment money."""
        return self.year_end.spent.forecast != self.reported.spent.forecast


@st.fragment
def show_spread(
    snapshot: Snapshot, assumed: Snapshot, history: Sequence[PastForecast], is_assumed: bool
) -> None:
    """The spread of the year-end: of `assumed` where something `is_assumed`, else of `snapshot`.

    A step of a slider draws this again and nothing else of the page.
    """
    state.open_spread()
    reported = year_end_of(snapshot)
    year_end = year_end_of(assumed) if is_assumed else reported
    errors = own_errors(history, year_end.months)
    what = _What(snapshot, reported, year_end, state.assumptions(), errors)
    operating = simulate_operating(year_end, what.cost, what.revenue)
    investing = simulate_investing(year_end, what.assumed)
    with st.container(key="spread"):
        _show_operating(what, operating)
        _show_investing(what, investing)
        _show_counted(what, operating is not None, investing is not None)
    state.write_spread(_PAGE)


def _show_operating(what: _What, spread: Spread | None) -> None:
    if spread is None:
        show_message(say_no_spread(what.snapshot, what.year_end.missing_operating))
        return
    heap = heap_around_budget(spread, what.year_end.net.deviation)
    show_message(_message(what, spread, heap))
    show_note(NOT_EVIDENCE)
    show_heading("Driftbudgeten")
    sliders, results = st.columns([1, 2], gap="medium")
    with sliders:
        _show_operating_sliders(what)
    with results:
        _show_year_end(what, spread, heap)


def _message(what: _What, spread: Spread, heap: Heap) -> str:
    forecast, moved = what.year_end.net.deviation.amount, what.is_net_moved
    if spread.is_point:
        return point_message(forecast, moved)
    return spread_message(forecast, heap.half, heap.count(-1), spread.dots[1], moved)


def _show_year_end(what: _What, spread: Spread, heap: Heap) -> None:
    occasion, moved = what.snapshot.occasion, what.is_net_moved
    if not spread.is_point:
        show_lead(half_sentence(spread.levels))
    picture = operating_dots(occasion, what.year_end, spread, heap, moved)
    show_drawn(picture, "spread_dots", "årets slut")
    if not spread.is_point:
        fan = fan_picture(occasion, what.year_end, spread, moved)
        show_drawn(fan, "spread_fan", "periodens nettokostnad")
        show_table(operating_table(what.year_end, spread, moved))


def _show_operating_sliders(what: _What) -> None:
    learned = what.cost.percent if what.cost.learned_from else None
    if learned is None:
        _show_slider("cost")
    show_text(describe_history(len(what.errors), learned, what.year_end.months))
    if learned is None:
        left = what.year_end.months_left
        show_text(describe_scaling(what.assumed.cost, what.cost.percent, left))
    _show_slider("revenue")
    state.reset_button(_RESET)


def _show_slider(name: str) -> None:
    state.spread_slider(name, LABELS[name], lambda percent: say_width(name, percent))
    show_text(SOURCES[name])


def _show_investing(what: _What, spread: Spread | None) -> None:
    show_heading("Investeringarna")
    if spread is None:
        show_text(say_no_spread(what.snapshot, what.year_end.missing_investing))
        return
    sliders, results = st.columns([1, 2], gap="medium")
    with sliders:
        _show_slider("completion")
        _show_slider("completion_width")
        if what.year_end.missing_operating:
            state.reset_button(_RESET)
    with results:
        _show_spent(what, spread)


def _show_spent(what: _What, spread: Spread) -> None:
    forecast, appropriation = what.year_end.spent.forecast, what.year_end.appropriation
    moved = what.is_spent_moved
    heap = heap_around_forecast(spread, forecast, appropriation)
    left = left_of(appropriation.money, spread.levels)
    said = [spent_message(forecast.amount, heap.count(-1), moved)]
    if spread.is_point:
        said.append(say_point(f"{format_mkr_unit(spread.dots[0])} använda"))
    else:
        said.append(spent_half(spread.levels, left, appropriation.money))
    show_lead(" ".join(said))
    picture = investing_dots(what.snapshot.occasion, what.year_end, heap, said, moved)
    show_drawn(picture, "spread_spent", "investeringarna")
    if not spread.is_point:
        show_table(investing_table(what.year_end, spread, left, moved))


def operating_table(year_end: YearEnd, spread: Spread, moved: bool) -> Table:
    """The five levels of the net deviation, and the forecast that they lie around."""
    deviation, decimals = year_end.net.deviation, decimals_of(spread.levels)
    rows = [_forecast_row((deviation,), moved, signed=True)]
    names = name_levels("slutar sämre", "slutar bättre")
    for name, level in zip(names, spread.levels, strict=True):
        cell = Cell(say_level(level, decimals), mark=_MARK)
        rows.append(TableRow(word(name), (cell,)))
    return Table("Årets slut mot budget, ungefär, Mkr", ("", "Mkr mot budget"), tuple(rows))


def investing_table(year_end: YearEnd, spread: Spread, left: Sequence[Money], moved: bool) -> Table:
    """The five levels of what is spent, with what is then left to carry over."""
    decimals = decimals_of(spread.levels)
    rows = []
    if not year_end.spent.forecast.is_unknown:
        rows.append(_forecast_row((year_end.spent.forecast, year_end.left), moved))
    names = name_levels("använder mindre", "använder mer")
    for name, spent, rest in zip(names, spread.levels, left, strict=True):
        texts = (say_level(amount, decimals, signed=False) for amount in (spent, rest))
        rows.append(TableRow(word(name), tuple(Cell(text, mark=_MARK) for text in texts)))
    caption = "Investeringspengar vid årets slut, ungefär, Mkr"
    return Table(caption, ("", "Använt", "Kvar att föra över"), tuple(rows))


def _forecast_row(figures: Sequence[Figure], moved: bool, signed: bool = False) -> TableRow:
    """The forecast with its source, or what is assumed in its place."""
    texts = [(figure, format_mkr(figure.amount, signed)) for figure in figures]
    if moved:
        return TableRow(word("Tänk om"), tuple(Cell(text, mark=_MARK) for _, text in texts))
    return TableRow(word("Prognosen"), tuple(number(figure, text) for figure, text in texts))


def _show_counted(what: _What, has_operating: bool, has_investing: bool) -> None:
    """How what is shown has been counted; nothing where nothing is."""
    sentences: list[str] = []
    if has_operating:
        sentences += counted_operating(bool(what.cost.learned_from))
    if has_investing:
        sentences += counted_investing()
    if sentences:
        show_heading("Så räknas det")
        st.html(render_list([counted_dots(DRAWS), *sentences, ROUGH]))
