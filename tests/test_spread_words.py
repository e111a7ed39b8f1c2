"""What is said of a spread: counts that are those of the dots, and nothing finer than is known."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, mkr, not_known, snapshot_with, stated

from gsn_dash.domain.amounts import ZERO, Unknown
from gsn_dash.present import spread_basis
from gsn_dash.present.numbers import format_number
from gsn_dash.present.spread import (
    DOTS,
    count_dots,
    decimals_of,
    half_sentence,
    key_words,
    name_levels,
    point_message,
    say_level,
    say_no_spread,
    spent_half,
    spent_key_words,
    spent_message,
    spread_message,
)
from gsn_dash.simulate import draws
from gsn_dash.simulate.assumptions import RANGES, Assumptions
from gsn_dash.simulate.draws import Spread
from gsn_dash.simulate.shape import heap_around_budget, heap_around_forecast, left_of

NBSP = "\u00a0"
tenths = st.integers(-300, 300).map(lambda number: mkr(str(Decimal(number) / 10)))
whole_kr = st.integers(-20_000_000, 20_000_000).map(lambda kr: mkr(str(Decimal(kr) / 1_000_000)))


@st.composite
def spreads(draw_from):
    dots = sorted(draw_from(st.lists(whole_kr, min_size=DOTS, max_size=DOTS)))
    return Spread(tuple(dots), tuple(dots[place] for place in (2, 5, 10, 14, 17)))


def test_there_are_as_many_dots_in_words_as_drawn():
    assert DOTS == draws.DOTS


@given(spreads(), tenths)
def test_counts_in_words_are_those_of_the_dots(spread, forecast):
    heap = heap_around_budget(spread, stated("net", forecast))
    worse = sum(dot < -heap.half for dot in spread.dots)
    better = sum(dot > heap.half for dot in spread.dots)
    assert (heap.count(-1), heap.count(1)) == (worse, better)
    counts = [text.split(" av ")[0] for text in key_words(heap.half, worse, better)]
    assert [int(count) for count in counts] == [worse, DOTS - worse - better, better]
    said = spread_message(forecast, heap.half, worse, spread.dots[1])
    assert f"sämre än budget i {count_dots(worse)}" in said


@given(spreads(), tenths)
def test_nothing_is_told_in_percent_or_finer_than_a_tenth(spread, forecast):
    heap = heap_around_budget(spread, stated("net", forecast))
    left = left_of(mkr("13"), spread.levels)
    said = [
        spread_message(forecast, heap.half, heap.count(-1), spread.dots[1], True),
        half_sentence(spread.levels),
        spent_half(spread.levels, left, mkr("13")),
        *key_words(heap.half, heap.count(-1), heap.count(1)),
        *(say_level(level, decimals_of(spread.levels)) for level in spread.levels),
    ]
    for text in said:
        assert "%" not in text
        assert not re.search(r",\d\d", text), text
        assert "-" not in text and not re.search(r"\d\.\d", text), text


def levels(*texts: str) -> tuple:
    return tuple(mkr(text) for text in texts)


@pytest.mark.parametrize(
    ("half", "words"),
    (
        (("-3.5", "3.5"), "mellan ungefär 4 Mkr sämre och 4 Mkr bättre än budget"),
        (("1.2", "3.4"), "mellan ungefär 1 och 3 Mkr bättre än budget"),
        (("-5.4", "-2.1"), "mellan ungefär 2 och 5 Mkr sämre än budget"),
        (("0.2", "2.6"), "mellan ungefär på budget och 3 Mkr bättre än budget"),
        (("-2.6", "-0.2"), "mellan ungefär 3 Mkr sämre än budget och på budget"),
        (("-0.62", "-0.58"), "ungefär 0,6 Mkr sämre än budget"),
        (("-0.02", "0.04"), "ungefär på budget"),
    ),
)
def test_where_half_of_the_year_ends_lie(half, words):
    low, high = half
    said = half_sentence(levels(low, low, low, high, high)).replace(NBSP, " ")
    assert said == f"Hälften av årssluten hamnar {words}. 8 av 10 hamnar {words}."


def test_a_narrow_spread_is_told_in_tenths_and_a_wide_one_in_whole_mkr():
    assert decimals_of(levels("-1", "-0.9", "0", "0.9", "1")) == 1
    assert decimals_of(levels("-1", "-1", "0", "1", "1")) == 0
    assert say_level(mkr("-6.668"), 0) == "−7" and say_level(mkr("0.44"), 1) == "+0,4"
    assert say_level(ZERO, 0) == "0"


def test_the_message_of_the_papers():
    said = spread_message(ZERO, mkr("1"), 8, mkr("-7.49")).replace(NBSP, " ")
    assert said == (
        "Prognosen är att året slutar på budget. Med den osäkerhet som antas här slutar året mer"
        " än 1 Mkr sämre än budget i 8 av 20 tänkbara årsslut, och i de två sämsta minst 7 Mkr"
        " sämre."
    )


@given(spreads())
def test_what_the_two_worst_are_said_to_be_at_least_they_are(spread):
    said = spread_message(ZERO, mkr("1"), 8, spread.dots[1]).replace(NBSP, " ")
    found = re.search(r"de två sämsta minst (\d+) Mkr", said)
    if found:
        assert all(dot <= -mkr(found[1]) for dot in spread.dots[:2])
    else:
        assert spread.dots[1] > mkr("-1")


def test_a_limit_that_print_rounds_away_is_not_named():
    said = spread_message(mkr("-0.6"), mkr("0.05"), 20, mkr("-0.7"), True).replace(NBSP, " ")
    assert said == (
        "Med antagandena i Tänk om slutar året 0,6 Mkr sämre än budget. Med den osäkerhet som"
        " antas här slutar året sämre än budget i alla 20 tänkbara årsslut."
    )


def test_without_width_the_forecast_is_all_there_is():
    said = point_message(mkr("0.6")).replace(NBSP, " ")
    assert said == (
        "Prognosen är att året slutar 0,6 Mkr bättre än budget. Ingen osäkerhet är antagen, så alla"
        " 20 årsslut blir just så."
    )


def test_an_unknown_forecast_is_never_zero():
    unknown = Unknown("uppgiften finns inte i papperen")
    assert "okänt" in spread_message(unknown, mkr("1"), 3, mkr("-3"))
    assert "säger inte" in spent_message(unknown, 0, False)
    assert spent_key_words(unknown, 0, False) == ()


def test_less_spent_than_the_forecast_is_counted_from_the_dots():
    dots = tuple(sorted(levels(*(str(number) for number in range(DOTS)))))
    spread = Spread(dots, dots[:5])
    forecast, whole = stated("spent", mkr("7.8")), stated("whole", mkr("13"))
    less = heap_around_forecast(spread, forecast, whole).count(-1)
    assert less == 8
    said = spent_message(forecast.amount, less, False).replace(NBSP, " ")
    assert said.startswith("I 8 av 20 tänkbara årsslut") and said.endswith("prognosens 7,8 Mkr.")
    key = spent_key_words(forecast.amount, less, False)
    assert key[0].startswith("8 av 20") and key[1].startswith("12 av 20")


def test_what_is_left_to_carry_over_mirrors_what_is_spent():
    spent = levels("3.9", "5.1", "6.5", "7.9", "9.1")
    said = spent_half(spent, left_of(mkr("13"), spent), mkr("13")).replace(NBSP, " ")
    assert said == (
        "I hälften används mellan ungefär 5 och 8 Mkr av anslagets 13,0 Mkr, och då är mellan"
        " ungefär 5 och 8 Mkr kvar att föra över till nästa år."
    )
    over = levels("11", "12", "13", "14", "15")
    assert "överskridas" in spent_half(over, left_of(mkr("13"), over), mkr("13"))


def test_why_there_is_no_spread():
    snapshot = snapshot_with()
    missing = [not_known("operating:total:cost:year:forecast")]
    said = say_no_spread(snapshot, missing)
    assert "okänt" in said and "Kostnader, prognos" in said
    assert "hela året" in say_no_spread(snapshot_with(occasion=WHOLE_YEAR), ())


def test_levels_are_named_from_the_lowest():
    names = name_levels("slutar sämre", "slutar bättre")
    assert names[0] == "1 av 10 slutar sämre än" and names[-1] == "1 av 10 slutar bättre än"


def test_each_assumption_says_where_it_starts_and_that_it_is_one():
    starts = Assumptions()
    for name in RANGES:
        said = spread_basis.SOURCES[name]
        assert f"{NBSP}{getattr(starts, name)}{NBSP}" in f" {said}".replace(" ", NBSP)
        assert "antagande" in said
    assert "inget bevis" in spread_basis.SOURCES["cost"]
    assert "amerikansk" in spread_basis.SOURCES["cost"]


def test_history_says_how_much_of_it_there_is():
    assert "inga egna" in spread_basis.describe_history(0, None, 4)
    assert "1 eget tillfälle" in spread_basis.describe_history(1, None, 4).replace(NBSP, " ")
    assert "för få" in spread_basis.describe_history(4, None, 4)
    learned = spread_basis.describe_history(7, Decimal(6), 4).replace(NBSP, " ")
    assert "bygger på 7 egna tillfällen" in learned and "± 6 %" in learned


def test_the_width_that_the_months_left_give_is_said():
    assert spread_basis.describe_scaling(9, Decimal(9), 8) == ""
    said = spread_basis.describe_scaling(9, Decimal("4.5"), 4).replace(NBSP, " ")
    assert "4 månader" in said and "± 5 %" in said


@pytest.mark.parametrize(
    ("name", "words"),
    (("cost", "± 9 %"), ("completion", "50 %"), ("completion_width", "± 20 procentenheter")),
)
def test_a_position_of_a_slider(name, words):
    percent = getattr(Assumptions(), name)
    assert spread_basis.say_width(name, percent).replace(NBSP, " ") == words


def test_how_it_is_counted_names_the_number_of_draws():
    assert format_number(Decimal(draws.DRAWS)) in spread_basis.counted_dots(draws.DRAWS)
    assert spread_basis.counted_operating(True) != spread_basis.counted_operating(False)
