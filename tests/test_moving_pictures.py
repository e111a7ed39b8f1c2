"""Pictures that move: what the browser is told of them, and the room that is made for moving."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sheet_pictures import bridge, investments, operating, still, still_bridge
from sheet_program import PROGRAM

from gsn_dash.charts.data import BridgeChart, Mark, RowsChart, Step, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.lettering import NARROW, WIDE, text_width
from gsn_dash.charts.moving import move

LAYOUTS = ("wide", "narrow")


def sized(picture: object) -> list[tuple[int, int]]:
    """Height and least width of both layouts, whoever is to draw them."""
    if isinstance(picture, dict):
        return [(picture[name]["height"], picture[name]["minWidth"]) for name in LAYOUTS]
    return [(drawing.height, drawing.min_width) for drawing in (picture.wide, picture.narrow)]


@pytest.mark.parametrize("chart", [still(), still_bridge()])
def test_what_does_not_move_takes_the_room_of_what_stands_still(chart: RowsChart | BridgeChart):
    assert sized(move(chart)) == sized(draw(chart))


@pytest.mark.parametrize("chart", [operating(), investments(), bridge()])
def test_every_mark_has_a_place_in_both_layouts(chart: RowsChart | BridgeChart):
    picture = move(chart, "/kallor?figur={}".format)
    assert picture["moves"]
    for name in LAYOUTS:
        assert len(picture[name]["places"]) == len(picture["marks"])
    assert picture["title"] == draw(chart).title


def test_a_mark_is_a_link_only_where_it_has_a_source_and_somewhere_to_lead():
    picture = move(investments(), "/kallor?figur={}".format)
    links = [mark["href"] for mark in picture["marks"]]
    assert links == [
        "/kallor?figur=figure Prognosen 5,4",
        None,
        "/kallor?figur=figure unknown",
        None,
        None,
    ]
    assert {mark["href"] for mark in move(investments())["marks"]} == {None}


def test_unknown_stays_unknown_and_what_moves_has_its_node():
    marks = move(investments())["marks"]
    unknown = [mark for mark in marks if mark["value"] is None and mark["node"] is None]
    assert [mark["label"] for mark in unknown] == ["okänt"]
    network = next(mark for mark in marks if mark["name"] == "Nätverksprojekten, Tänk om")
    assert network["node"] == [PROGRAM.network.node, PROGRAM.network.per * 1_000_000]


def with_widest(widest: str) -> RowsChart:
    chart = operating()
    rows = []
    for row in chart.rows:
        marks = [
            replace(mark, motion=replace(mark.motion, widest=widest)) if mark.motion else mark
            for mark in row.marks
        ]
        rows.append(replace(row, marks=tuple(marks)))
    return replace(chart, rows=tuple(rows))


@pytest.mark.parametrize(("layout", "sizes"), [("wide", WIDE), ("narrow", NARROW)])
def test_margins_hold_the_longest_number_at_both_ends(layout: str, sizes):
    longest = "−123 456,7"
    plan = move(with_widest(longest))[layout]
    room = text_width(longest, sizes.number, bold=True)
    assert plan["right"] >= room
    short = move(with_widest("0"))[layout]
    grown = text_width(longest, sizes.number, bold=True) - text_width("−2,6", sizes.number, True)
    assert plan["left"] >= short["left"] + grown - 12


def test_room_is_made_for_some_growth_where_the_longest_number_is_not_told():
    told, untold = move(with_widest("+0,5"))["wide"], move(with_widest(""))["wide"]
    assert untold["right"] > told["right"] + 20


def test_the_plan_is_the_same_wherever_the_levers_stand():
    chart = operating()
    moved = tuple(
        replace(
            row,
            marks=tuple(
                replace(mark, value=Decimal("-3.14"), label="−3,1") if mark.motion else mark
                for mark in row.marks
            ),
        )
        for row in chart.rows
    )
    for name in LAYOUTS:
        assert move(replace(chart, rows=moved))[name] == move(chart)[name]


def test_a_phone_has_room_for_deviations_on_both_sides():
    assert move(with_widest(""))["narrow"]["minWidth"] <= 350


def test_steps_after_an_unknown_one_have_no_place_though_they_move():
    steps = list(bridge().steps)
    unknown = Mark(Style.NEUTRAL, None, "okänt", "", "Okänt")
    picture = move(replace(bridge(), steps=(*steps[:1], Step("?", "change", unknown), *steps[1:])))
    assert [mark["value"] is None for mark in picture["marks"]] == [False, True, True, True, True]
    assert all(mark["node"] is None for mark in picture["marks"])


def test_a_bridge_of_nothing_has_an_axis_and_one_with_a_scale_has_that():
    nothing = Mark(Style.NEUTRAL, Decimal(0), "0", "", "I papperen")
    chart = BridgeChart("Bro", "Bro", (Step("I papperen", "level", nothing),), "kr")
    for name in LAYOUTS:
        [panel] = move(chart)[name]["panels"]
        assert panel["low"] < panel["high"]
        [panel] = move(replace(chart, scale=(Decimal(-5), Decimal(20))))[name]["panels"]
        assert (panel["low"], panel["high"]) == (-5, 20)
    axis = draw(replace(chart, scale=(Decimal(-5), Decimal(20)))).wide.figure["layout"]["yaxis"]
    assert axis["range"][0] < -5 and axis["range"][1] > 20
