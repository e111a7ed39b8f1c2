"""A line over occasions: texts keep apart, marks are links, and the unknown has its own band."""

from dataclasses import replace
from decimal import Decimal

import pytest
from drawn import text_boxes

from gsn_dash.charts.data import Drawing, Mark, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.spread_data import Tick


def line_of(count: int) -> LineChart:
    """A chart of `count` places, with long numbers and a gap in the middle."""
    values = [Decimal(place % 5) - 2 for place in range(count)]
    marks = tuple(Mark(Style.OUTCOME, v, f"−{abs(v)},5", "a:b", "Utfall") for v in values)
    gap = replace(marks[count // 2], value=None, label="okänt")
    others = tuple(replace(mark, value=mark.value - 3) for mark in marks)
    lines = (
        Line("Utfall till och med månaden", Style.OUTCOME, marks),
        Line("Prognos", Style.FORECAST, (*others[: count // 2], gap, *others[count // 2 + 1 :])),
    )
    ticks = tuple(Tick(Decimal(n), f"{n}") for n in (-4, -2, 0, 2))
    places = tuple(f"apr {2000 + n}" for n in range(count))
    return LineChart("Rubrik", "I ord", "Mkr", places, lines, ticks)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 12])
def test_texts_under_a_line_keep_apart_and_every_known_mark_is_a_link(count: int):
    picture = draw(line_of(count))
    for drawing in (picture.wide, picture.narrow):
        boxes = [b for b in text_boxes(drawing, drawing.min_width) if b.text.startswith("apr")]
        boxes.sort(key=lambda box: box.left)
        dated = [box.text.replace("<br>", " ") for box in boxes]
        assert dated == list(line_of(count).places) or (drawing is picture.narrow and count > 5)
        assert (dated[0], dated[-1]) == ("apr 2000", f"apr {1999 + count}")
        for one, other in zip(boxes, boxes[1:], strict=False):
            assert one.right <= other.left
        assert boxes[-1].right <= drawing.min_width
        assert len(drawing.targets) == 2 * count - 1
        assert all(target.name.startswith("apr 2") for target in drawing.targets)
        check_inside(drawing)


def check_inside(drawing: Drawing) -> None:
    for target in drawing.targets:
        left = target.left[0] / 100 * drawing.min_width + target.left[1]
        assert left >= -1 and left + target.width[1] <= drawing.min_width + 1
        assert 0 <= target.top <= drawing.height


def test_a_line_without_a_value_or_with_too_few_marks_is_refused():
    chart = line_of(3)
    with pytest.raises(ValueError, match="one mark"):
        replace(chart, places=("apr", "aug"))
    gaps = tuple(
        replace(one, marks=tuple(replace(m, value=None) for m in one.marks)) for one in chart.lines
    )
    with pytest.raises(ValueError, match="value"):
        replace(chart, lines=gaps)


def numbered(values: tuple[int | None, ...], style: Style = Style.OUTCOME) -> Line:
    marks = tuple(
        Mark(style, None if v is None else Decimal(v), "?" if v is None else str(v), "a:b", "Summa")
        for v in values
    )
    return Line("Summa", style, marks)


def chart_of(*lines: Line) -> LineChart:
    places = tuple(f"apr {2020 + n}" for n in range(len(lines[0].marks)))
    ticks = tuple(Tick(Decimal(n), str(n)) for n in (0, 400, 800))
    return LineChart("Rubrik", "I ord", "tkr", places, lines, ticks)


def test_the_unknown_stands_under_every_mark_and_number_and_apart_from_its_like():
    picture = draw(chart_of(numbered((740, 0, None)), numbered((118, None, None), Style.NEUTRAL)))
    for drawing in (picture.wide, picture.narrow):
        boxes = [s for s in drawing.figure["layout"]["shapes"] if s.get("xsizemode") == "pixel"]
        slots = sorted((s["y0"], s["y1"]) for s in boxes if s.get("xanchor") in (0.5, 1))
        assert len(slots) == 3
        depths = [d for trace in drawing.figure["data"] for d in trace["y"]]
        assert max(depths) + 7 <= slots[0][0]
        assert {s["xref"] for s in boxes} == {"paper"}  # an axis would cut off the last one
        upper, lower = sorted((s["y0"], s["y1"]) for s in boxes if s.get("xanchor") == 1)
        assert upper[1] + 4 <= lower[0]


def test_a_number_stands_on_no_mark_of_the_line_over_it():
    picture = draw(chart_of(numbered((295, 295)), numbered((118, 118), Style.NEUTRAL)))
    for drawing in (picture.wide, picture.narrow):
        high = min(d for trace in drawing.figure["data"] for d in trace["y"])
        top = drawing.figure["layout"]["margin"]["t"] + high
        numbers = [b for b in text_boxes(drawing, drawing.min_width) if b.text == "<b>118</b>"]
        assert numbers and all(box.top >= top + 7 for box in numbers)
