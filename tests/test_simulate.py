"""The spread of the year-end: seeded, honest about what is booked, and never narrower for more."""

import time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import SPRING, WHOLE_YEAR, mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import MKR, ZERO
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.operating import Line
from gsn_dash.simulate import draws
from gsn_dash.simulate.assumptions import (
    LEAST_ERRORS,
    RANGES,
    Assumptions,
    Width,
    cost_width,
    own_errors,
    scaled,
)
from gsn_dash.simulate.draws import DOTS, simulate_investing, simulate_operating
from gsn_dash.simulate.shape import MOST_COLUMNS, fan_of, heap_around_budget, heap_around_forecast
from gsn_dash.simulate.year_end import Ending, YearEnd, year_end_of

NO_WIDTH = Width(Decimal(0))
widths = st.integers(0, 30).map(lambda percent: Width(Decimal(percent)))
sizes = st.decimals(0, 200, places=1)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def ending(name: str, forecast: Decimal, booked: Decimal) -> Ending:
    return Ending(stated(f"{name}:year", mkr(str(forecast))), stated(name, mkr(str(booked))))


def year_end(
    cost: tuple[str, str] = ("-74.1", "-21.5"),
    revenue: tuple[str, str] = ("74.1", "21.2"),
    spent: tuple[str, str] = ("7.8", "0.8"),
    deviation: Figure | None = None,
    months: int = 4,
) -> YearEnd:
    """A year-end with forecast and booked of each, in Mkr; the papers' where nothing is said."""
    found = stated("net:deviation", ZERO) if deviation is None else deviation
    nothing = stated("nothing", ZERO)
    return YearEnd(
        months,
        12 - months,
        ending("revenue", *(Decimal(text) for text in revenue)),
        ending("cost", *(Decimal(text) for text in cost)),
        Line("net", "year", nothing, nothing, found),
        stated("net:so_far", mkr("4.0")),
        ending("spent", *(Decimal(text) for text in spent)),
        stated("left", mkr("5.2")),
        stated("appropriation", mkr("13.0")),
    )


@st.composite
def year_ends(draw_from):
    """Year-ends whose forecasts are at least what is booked."""
    parts = [sorted(draw_from(st.tuples(sizes, sizes)), reverse=True) for _ in range(3)]
    (cost, paid), (revenue, received), (spent, used) = parts
    deviation = stated("net:deviation", mkr(str(draw_from(st.decimals(-20, 20, places=1)))))
    return year_end(
        (str(-cost), str(-paid)),
        (str(revenue), str(received)),
        (str(spent), str(used)),
        deviation,
        draw_from(st.integers(1, 11)),
    )


@given(year_ends(), widths, widths)
def test_the_same_assumptions_give_the_same_dots(found, cost, revenue):
    one = simulate_operating(found, cost, revenue)
    draws._standard_draws.cache_clear()
    assert simulate_operating(found, cost, revenue) == one


def test_the_papers_dots_are_these_on_every_machine(papers):
    spread = simulate_operating(year_end_of(papers), scaled(9, 8), NO_WIDTH)
    told = [dot.kr // 100_000 for dot in spread.dots[:10]]
    assert [int(tenths) for tenths in told] == [-101, -74, -59, -48, -39, -31, -23, -16, -9, -3]


@given(year_ends(), widths, widths)
def test_dots_and_levels_are_in_order(found, cost, revenue):
    spread = simulate_operating(found, cost, revenue)
    assert len(spread.dots) == DOTS
    assert list(spread.dots) == sorted(spread.dots)
    assert list(spread.levels) == sorted(spread.levels)
    assert spread.dots[0] <= spread.levels[0] <= spread.levels[-1] <= spread.dots[-1]


@given(year_ends(), st.integers(0, 29), st.integers(1, 30))
def test_a_wider_assumption_never_narrows_the_band(found, percent, more):
    narrow, wide = (
        simulate_operating(found, Width(Decimal(width)), NO_WIDTH)
        for width in (percent, percent + more)
    )
    for one, other in zip(narrow.levels[:2], wide.levels[:2], strict=True):
        assert other <= one
    for one, other in zip(narrow.levels[3:], wide.levels[3:], strict=True):
        assert other >= one


@given(sizes, sizes, widths, st.integers(0, 29), st.integers(1, 30))
def test_uncertain_revenue_beside_cost_never_narrows_the_band(cost, revenue, width, percent, more):
    """Two things together are drawn, not computed: half a percent of the band is left to that.

    Nothing is booked here: a floor under both can pull their sum together.
    """
    found = year_end((str(-cost), "0"), (str(revenue), "0"))
    bands = [
        simulate_operating(found, width, Width(Decimal(other))).levels
        for other in (percent, percent + more)
    ]
    narrow, wide = (levels[-1] - levels[0] for levels in bands)
    assert wide.kr >= narrow.kr * Decimal("0.995") - 2


@given(year_ends())
def test_without_width_every_dot_is_the_forecast(found):
    spread = simulate_operating(found, NO_WIDTH, NO_WIDTH)
    assert set(spread.dots) == set(spread.levels) == {found.net.deviation.money}
    assert spread.is_point


@given(year_ends(), widths, st.sampled_from((1, -1)))
def test_what_is_booked_cannot_be_unbooked(found, width, sign):
    part = found.revenue if sign == 1 else found.cost
    rows = draws._standard_draws()
    changes = draws._changes(part, width, rows[0], sign)
    year = sign * (float(part.forecast.money.kr) + changes)
    assert year.min() >= sign * float(part.booked.money.kr) - 0.01


@given(
    year_ends(),
    st.sampled_from(RANGES["completion"]),
    st.sampled_from(RANGES["completion_width"]),
)
def test_no_less_is_spent_than_what_is_booked(found, completion, width):
    assumed = Assumptions(completion=completion, completion_width=width)
    spread = simulate_investing(found, assumed)
    assert min(spread.dots) >= found.spent.booked.money
    assert list(spread.dots) == sorted(spread.dots)


def test_a_forecast_below_what_is_booked_is_lifted_to_it():
    found = year_end(cost=("-20.0", "-21.5"))
    assert simulate_operating(found, NO_WIDTH, NO_WIDTH).dots[0] == mkr("-1.5")


def test_the_assumed_width_is_what_comes_out(papers):
    levels = simulate_operating(year_end_of(papers), scaled(9, 8), NO_WIDTH).levels
    whole = Decimal("74.1") * MKR * 9 / 100
    assert levels[2] == ZERO
    assert float(levels[-1].kr) == pytest.approx(float(whole), rel=0.001)
    assert levels[0] == -levels[-1]


def test_cost_and_revenue_vary_independently():
    first, second = draws._standard_draws()
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0, abs=1e-9)
    assert np.corrcoef(np.abs(first), np.abs(second))[0, 1] == pytest.approx(0, abs=0.01)
    for row in (first, second):
        assert row.mean() == pytest.approx(0, abs=1e-9)
        assert row.std() == pytest.approx(1, abs=0.005)


def test_only_the_months_left_can_vary():
    assert scaled(9, 8).percent == 9
    assert scaled(9, 4).percent == Decimal("4.5")
    late = simulate_operating(year_end(months=8), scaled(9, 4), NO_WIDTH).levels
    early = simulate_operating(year_end(months=4), scaled(9, 8), NO_WIDTH).levels
    assert float(late[-1].kr) == pytest.approx(float(early[-1].kr) / 2, rel=0.001)


def test_when_the_year_is_over_there_is_no_spread():
    assert simulate_operating(year_end(months=12), NO_WIDTH, NO_WIDTH) is None
    assert simulate_investing(year_end(months=12), Assumptions()) is None


def test_what_is_unknown_gives_no_spread(papers):
    unknown = not_known("operating:total:net:year:deviation")
    found = year_end(deviation=unknown)
    assert found.missing_operating == (unknown,)
    assert simulate_operating(found, scaled(9, 8), NO_WIDTH) is None
    nothing = year_end_of(snapshot_with())
    assert len(nothing.missing_operating) == 5 and len(nothing.missing_investing) == 2
    assert simulate_operating(nothing, scaled(9, 8), NO_WIDTH) is None
    assert simulate_investing(nothing, Assumptions()) is None
    assert year_end_of(snapshot_with(occasion=WHOLE_YEAR)).months_left == 0


def test_the_papers_year_end(papers):
    found = year_end_of(papers)
    assert found.missing_operating == found.missing_investing == ()
    assert (found.months, found.months_left) == (SPRING.months, SPRING.months_left)
    assert found.cost.forecast.money == mkr("-74.1") and found.cost.booked.money == mkr("-21.5")
    assert found.so_far.money == mkr("4.0")


def test_assumptions_beyond_the_sliders_are_refused():
    with pytest.raises(ValueError):
        Assumptions(cost=31)


def past(number: int, forecast: str, outcome: str, months: int = 4) -> PastForecast:
    return PastForecast(2015 + number, 2, months, mkr(forecast), mkr(outcome))


def test_own_errors_are_those_of_as_many_months():
    history = (past(0, "-50", "-47.5"), past(1, "-50", "-60", months=8), past(2, "0", "-1"))
    assert own_errors(history, 4) == (Decimal("0.05"),)
    assert own_errors(history, 8) == (Decimal("-0.2"),)
    assert own_errors((), 4) == ()


def test_own_history_takes_over_when_there_is_enough_of_it():
    errors = tuple(Decimal(text) for text in ("0.01", "-0.02", "0.031", "-0.04", "0.30"))
    assert cost_width(9, 8, errors[: LEAST_ERRORS - 1]) == scaled(9, 8)
    assert cost_width(9, 8, errors) == Width(Decimal(4), len(errors))
    assert cost_width(9, 4, (Decimal(0),) * 7) == Width(Decimal(1), 7)


@given(year_ends(), widths)
def test_every_dot_lies_in_its_column(found, cost):
    spread = simulate_operating(found, cost, NO_WIDTH)
    heap = heap_around_budget(spread, found.net.deviation)
    assert [dot for column in heap.columns for dot in column.dots] == list(spread.dots)
    for column in heap.columns:
        assert all(abs(dot - column.at) <= heap.half for dot in column.dots)
        assert len({heap.side(dot) for dot in column.dots if abs(dot) != heap.half}) <= 1
    assert heap.count(-1) + heap.count(0) + heap.count(1) == DOTS
    assert heap.half.kr >= found.net.deviation.precision / 2
    assert len({column.at for column in heap.columns}) <= MOST_COLUMNS + 1


@pytest.mark.parametrize(
    ("precision", "half"), (("100000", "0.05"), ("0", "0.1"), ("200000", "0.1"), ("700000", "0.5"))
)
def test_what_counts_as_about_the_budget_is_round_and_no_finer_than_print(precision, half):
    forecast = stated("net:deviation", mkr("-0.3"), step=precision)
    spread = simulate_operating(year_end(deviation=forecast), NO_WIDTH, NO_WIDTH)
    assert heap_around_budget(spread, forecast).half == mkr(half)


@given(year_ends(), st.sampled_from(RANGES["completion_width"]))
def test_dots_below_the_forecast_stand_left_of_it(found, width):
    spread = simulate_investing(found, Assumptions(completion_width=width))
    heap = heap_around_forecast(spread, found.spent.forecast, found.appropriation)
    forecast = found.spent.forecast.money
    for column in heap.columns:
        for dot in column.dots:
            assert (heap.side(dot) == -1) == (dot < forecast) == (column.at < forecast)


@given(year_ends(), widths)
def test_the_fan_goes_from_what_is_known_to_the_spread(found, cost):
    spread = simulate_operating(found, cost, NO_WIDTH)
    points = fan_of(found.so_far.money, spread, found.months, found.months_left)
    assert set(points[0].levels) == {found.so_far.money}
    assert points[-1].levels == spread.levels
    assert [point.month for point in points] == list(range(found.months, 13))
    spans = [point.levels[-1] - point.levels[0] for point in points]
    assert spans == sorted(spans)


def test_a_spread_costs_less_than_a_frame_or_three(papers):
    found = year_end_of(papers)
    simulate_operating(found, scaled(9, 8), scaled(5, 8))
    began = time.perf_counter()
    simulate_operating(found, scaled(10, 8), scaled(5, 8))
    simulate_investing(found, Assumptions())
    assert time.perf_counter() - began < 0.05
