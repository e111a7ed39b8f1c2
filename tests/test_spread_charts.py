"""The pictures of a spread: every dot is drawn once, and every text has its room."""

import json
import math
from decimal import Decimal
from itertools import combinations

import pytest
from drawn import text_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from gsn_dash.charts import notation
from gsn_dash.charts.data import Drawing, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.fan import spread_apart
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

GUIDES = (
    "Budget",
    "Budget och prognos",
    "Prognos −0,6",
    "Anslag 13,0",
    "Tänk om vid årets slut −0,6",
)
KEY = (
    (Shade.STRONG, "8 av 20: mer än 1 Mkr sämre än budget"),
    (Shade.PALE, "4 av 20: ungefär som budget"),
    (Shade.OPEN, "8 av 20: mer än 1 Mkr bättre än budget"),
)
MONTHS = "jan feb mar apr maj jun jul aug sep okt nov dec".split()


def text_of(value: Decimal) -> str:
    return f"{value:+}".replace("-", "−").replace(".", ",")


def ticks_of(values) -> tuple[Tick, ...]:
    return tuple(Tick(value, text_of(value)) for value in values)


@st.composite
def dots_charts(draw_from):
    width = draw_from(st.sampled_from(("0.2", "1", "2", "10"))).strip()
    width = Decimal(width)
    first = draw_from(st.integers(-20, 20))
    stacks = draw_from(st.lists(st.integers(0, 6), min_size=1, max_size=30).filter(any))
    shades = st.sampled_from(tuple(Shade))
    columns = tuple(
        DotColumn((first + place) * width, tuple(draw_from(shades) for _ in range(height)))
        for place, height in enumerate(stacks)
        if height
    )
    places = st.integers(first - 1, first + 11)
    guides = tuple(
        Guide(draw_from(st.sampled_from(tuple(Style))), draw_from(places) * width, text, text)
        for text in draw_from(st.lists(st.sampled_from(GUIDES), max_size=2, unique=True))
    )
    ticks = ticks_of(nice_values(*extent_of(columns, width, guides), 7))
    axis = "Sämre än budget (−) eller bättre (+) vid årets slut, Mkr"
    return DotsChart("GSN 2023", "I ord.", "Mkr", columns, width, KEY, guides, axis, ticks)


@st.composite
def fan_charts(draw_from):
    count = draw_from(st.integers(2, 12))
    tenths = st.integers(-999, 999).map(lambda number: Decimal(number) / 10)
    points = tuple(
        FanPoint(text, tuple(sorted(draw_from(tenths) for _ in range(5))))
        for text in MONTHS[-count:]
    )
    start = Guide(Style.OUTCOME, draw_from(tenths), "Utfall till och med april: +4,0 Mkr", "a")
    style = draw_from(st.sampled_from((Style.FORECAST, Style.WHATIF)))
    guide = Guide(style, draw_from(tenths), "Prognos vid årets slut: 0,0", "b")
    values = [level for point in points for level in point.levels] + [start.value, guide.value]
    ticks = ticks_of(nice_values(min(values), max(values), 6))
    ends = tuple(Tick(level, text_of(level)) for level in points[-1].levels)
    key = ("Mörkt fält: hälften av årssluten", "Ljust fält: 8 av 10 årsslut")
    middle = "Mitten: lika många årsslut över som under"
    return FanChart("GSN", "I ord.", "Mkr", points, start, guide, ends, ticks, key, middle)


def drawings(chart: DotsChart | FanChart) -> tuple[Drawing, Drawing]:
    picture = draw(chart)
    return picture.wide, picture.narrow


@given(dots_charts() | fan_charts(), st.sampled_from((1.0, 1.01, 1.7, 3.0)))
def test_every_text_lies_inside_and_apart_at_any_width(chart, wider):
    for drawing in drawings(chart):
        width = drawing.min_width * wider
        boxes = text_boxes(drawing, width)
        for box in boxes:
            assert box.left >= -1.5 and box.right <= width + 1.5, box
            assert box.top >= -1 and box.bottom <= drawing.height + 3, box
        for one, other in combinations(boxes, 2):
            assert not one.overlaps(other), (one, other)


@given(dots_charts() | fan_charts())
def test_type_is_never_small_and_targets_lie_on_the_drawing(chart):
    for drawing in drawings(chart):
        assert min(note["font"]["size"] for note in drawing.figure["layout"]["annotations"]) >= 13
        for target in drawing.targets:
            left = target.left[0] / 100 * drawing.min_width + target.left[1]
            width = target.width[0] / 100 * drawing.min_width + target.width[1]
            assert left >= -1 and width >= 24 and left + width <= drawing.min_width + 1
            assert target.top >= -1 and target.height >= 24
            assert target.top + target.height <= drawing.height + 1


@given(dots_charts())
def test_every_dot_is_drawn_once_over_its_place_and_none_upon_another(chart):
    wanted = sorted(float(column.at) for column in chart.columns for _ in column.shades)
    for drawing in drawings(chart):
        traces = drawing.figure["data"]
        drawn = [place for trace in traces for place in zip(trace["x"], trace["y"], strict=True)]
        assert sorted(x for x, _ in drawn) == wanted
        across = pixels_a_unit(drawing)
        size = traces[0]["marker"]["size"]
        for (x, y), (other_x, other_y) in combinations(drawn, 2):
            assert math.hypot((x - other_x) * across, y - other_y) >= size


def test_a_heap_of_all_dots_is_no_tower():
    columns = (DotColumn(Decimal(0), (Shade.PALE,) * 20),)
    chart = DotsChart("t", "a", "Mkr", columns, Decimal(1), KEY, (), "Mkr", ())
    for drawing in drawings(chart):
        (trace,) = drawing.figure["data"]
        assert drawing.height < 450 and 8 <= trace["marker"]["size"] < 15
        assert min(abs(y - other) for y, other in combinations(trace["y"], 2)) > 8


def pixels_a_unit(drawing: Drawing) -> float:
    layout = drawing.figure["layout"]
    low, high = layout["xaxis"]["range"]
    plot = drawing.min_width - layout["margin"]["l"] - layout["margin"]["r"]
    return plot / (high - low)


def test_the_kinds_of_dots_are_told_apart_without_colour_and_are_all_assumed():
    looks = [notation.SHADES[shade] for shade in Shade]
    assert len({look.fill for look in looks}) == len(looks)
    assert {look.edge for look in looks} == {notation.VIOLET}


@settings(max_examples=20)
@given(dots_charts() | fan_charts())
def test_an_assumed_spread_is_never_coloured_good_or_bad(chart):
    if isinstance(chart, DotsChart) and any("deviation" in g.style.value for g in chart.guides):
        return
    text = json.dumps([drawing.figure for drawing in drawings(chart)])
    assert notation.GOOD not in text and notation.BAD not in text


@given(fan_charts())
def test_the_bands_go_through_every_month_and_higher_is_further_up(chart):
    for drawing in drawings(chart):
        bands = [trace for trace in drawing.figure["data"] if trace.get("fill") == "toself"]
        assert len(bands) == 2
        count = len(chart.points)
        for band in bands:
            assert len(band["x"]) == 2 * count
            upper, lower = band["y"][:count], band["y"][count:][::-1]
            assert all(top <= bottom for top, bottom in zip(upper, lower, strict=True))


def test_a_phone_has_room_for_a_fan_of_the_whole_year():
    levels = tuple(Decimal(number) for number in (-120, -45, 0, 45, 120))
    points = tuple(FanPoint(text, levels) for text in MONTHS)
    drawing = draw(fan_with(*points)).narrow
    assert drawing.min_width <= 288
    boxes = text_boxes(drawing, drawing.min_width)
    assert "dec" in {box.text for box in boxes}
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_places_are_moved_apart_and_stay_between_the_ends():
    assert spread_apart([10, 50, 90], 20, 0, 100) == [10, 50, 90]
    assert spread_apart([50, 50, 50], 20, 0, 100) == [50, 70, 90]
    assert spread_apart([95, 98, 99], 20, 0, 100) == [60, 80, 100]
    assert spread_apart([], 20, 0, 100) == []


@pytest.mark.parametrize(
    ("low", "high", "values"),
    (
        ("-10.3", "10.3", ("-10", "-5", "0", "5", "10")),
        ("2.3", "13", ("4", "6", "8", "10", "12")),
        ("-0.05", "0.05", ("0",)),
    ),
)
def test_values_along_an_axis_are_round_and_few(low, high, values):
    found = nice_values(Decimal(low), Decimal(high), 6)
    assert found == tuple(Decimal(value) for value in values)


def test_a_title_says_the_unit():
    column = DotColumn(Decimal(0), (Shade.PALE,))
    chart = DotsChart("GSN", "a", "Mkr", (column,), Decimal(1), (), (), "Mkr", ())
    assert draw(chart).title == "GSN, Mkr"


def test_texts_are_not_read_as_markup():
    guide = Guide(Style.BUDGET, Decimal(0), "R&D <b>")
    column = DotColumn(Decimal(0), (Shade.PALE,))
    key = ((Shade.PALE, "<i>IT</i>"),)
    chart = DotsChart("t", "a", "Mkr", (column,), Decimal(1), key, (guide,), "kr", ())
    texts = [note["text"] for note in draw(chart).wide.figure["layout"]["annotations"]]
    assert "&lt;i&gt;IT&lt;/i&gt;" in texts and "R&amp;D &lt;b&gt;" in texts


@pytest.mark.parametrize(
    "wrong",
    (
        lambda: DotsChart("t", "a", "Mkr", (), Decimal(1), (), (), "", ()),
        lambda: DotsChart(
            "t", "a", "Mkr", (DotColumn(Decimal(0), (Shade.PALE,)),), Decimal(0), (), (), "", ()
        ),
        lambda: fan_with(FanPoint("apr", (Decimal(0),) * 5)),
        lambda: fan_with(*(FanPoint("apr", tuple(map(Decimal, (2, 1, 0, 0, 0)))),) * 2),
        lambda: nice_values(Decimal(0), Decimal(1), 1),
    ),
)
def test_a_chart_that_cannot_be_drawn_truly_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def fan_with(*points: FanPoint) -> FanChart:
    guide = Guide(Style.OUTCOME, Decimal(0), "Utfall")
    return FanChart("t", "a", "Mkr", points, guide, guide, (), (), ("", ""), "")
