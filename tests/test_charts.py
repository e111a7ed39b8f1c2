"""The pictures: what is drawn is what is known, and every text has its room."""

import ast
import json
import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from drawn import text_boxes
from hypothesis import given
from hypothesis import strategies as st

import gsn_dash.charts as charts
from gsn_dash.charts import notation
from gsn_dash.charts.data import BridgeChart, Drawing, Mark, Row, RowsChart, Step, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.running import hang
from gsn_dash.web.site import STATIC_DIR

SOURCES = sorted(Path(charts.__file__).parent.glob("*.py"))
DEVIATIONS = (Style.DEVIATION_GOOD, Style.DEVIATION_BAD)
WORDS = ("Uppdaterad", "basfunktionalitet", "Nätverksprojekten", "(0003, 0005, 0020)", "GDPR")

values = st.none() | st.decimals(-75, 75, places=1)
labels = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def mark_of(style: Style, value: Decimal | None, name: str = "Utfall", **more) -> Mark:
    label = "okänt" if value is None else str(value).replace(".", ",").replace("-", "−")
    return Mark(style, value, label, f"{name}/{value}", name, **more)


@st.composite
def marks(draw_from, styles=tuple(Style)):
    value = draw_from(values)
    return mark_of(
        draw_from(st.sampled_from(styles)),
        value,
        draw_from(st.sampled_from(("Utfall", "Budget januari–april", "Maj–december, krävs"))),
        note=draw_from(st.sampled_from(("", "härledd", "1 uppgift saknas"))),
        derived=draw_from(st.booleans()),
        at_least=value is not None and value > 0 and draw_from(st.booleans()),
    )


@st.composite
def rows_charts(draw_from, styles=tuple(Style)):
    few = st.lists(marks(styles), min_size=1, max_size=3).map(tuple)
    count = draw_from(st.integers(1, 4))
    rows = tuple(Row(draw_from(labels), draw_from(few), "60 % av anslaget") for _ in range(count))
    deviation = None
    if draw_from(st.booleans()):
        deviation = tuple(Row(row.label, (draw_from(marks(styles)),)) for row in rows)
    return RowsChart("GSN 2023", "I ord.", rows, "Mkr", deviation)


@st.composite
def bridges(draw_from):
    middle = draw_from(st.lists(st.tuples(labels, marks()), max_size=4))
    steps = [Step("Budget", "level", mark_of(Style.BUDGET, draw_from(values)))]
    steps += [Step(label, "change", mark) for label, mark in middle]
    steps.append(Step("Utfall", "level", mark_of(Style.OUTCOME, draw_from(values))))
    return BridgeChart("GSN 2023", "I ord.", tuple(steps), "Mkr")


def drawings(chart: RowsChart | BridgeChart) -> tuple[Drawing, Drawing]:
    picture = draw(chart)
    return picture.wide, picture.narrow


def all_marks(chart: RowsChart | BridgeChart) -> list[Mark]:
    if isinstance(chart, BridgeChart):
        return [step.mark for step in chart.steps]
    return [mark for row in (*chart.rows, *(chart.deviation or ())) for mark in row.marks]


def lengths(drawing: Drawing, along: str) -> list[float]:
    return sorted(value for trace in drawing.figure["data"] for value in trace[along])


@given(rows_charts() | bridges(), st.sampled_from((1.0, 1.01, 1.7, 3.0)))
def test_every_text_lies_inside_and_apart_at_any_width(chart, wider):
    for drawing in drawings(chart):
        width = drawing.min_width * wider
        boxes = text_boxes(drawing, width)
        for box in boxes:
            assert box.left >= -0.5 and box.right <= width + 0.5, box
            assert box.top >= -1 and box.bottom <= drawing.height + 3, box
        for one, other in combinations(boxes, 2):
            assert not one.overlaps(other), (one, other)


@given(rows_charts())
def test_an_unknown_amount_has_an_open_slot_and_no_bar(chart):
    known = [mark.value for mark in all_marks(chart) if mark.value is not None]
    slots = [mark for mark in all_marks(chart) if mark.value is None or mark.at_least]
    for drawing in drawings(chart):
        assert lengths(drawing, "x") == sorted(float(value) for value in known)
        layout = drawing.figure["layout"]
        asked = [note for note in layout["annotations"] if note["text"] == "<b>?</b>"]
        dashed = [s for s in layout["shapes"] if s["line"].get("dash") == "5px,4px"]
        assert len(asked) == len(dashed) == len(slots)


@given(rows_charts(styles=tuple(style for style in Style if style not in DEVIATIONS)))
def test_hue_says_good_or_bad_on_deviations_only(chart):
    text = json.dumps([drawing.figure for drawing in drawings(chart)])
    assert notation.GOOD not in text and notation.BAD not in text


@pytest.mark.parametrize("style", DEVIATIONS)
@pytest.mark.parametrize("derived", (False, True))
def test_a_deviation_has_its_hue_and_dark_text(style, derived):
    hue = notation.GOOD if style is Style.DEVIATION_GOOD else notation.BAD
    mark = mark_of(style, Decimal("1.2"), derived=derived)
    figure = draw(RowsChart("t", "a", (Row("Netto", (mark,)),), "Mkr")).wide.figure
    assert hue in json.dumps(figure["data"])
    assert hue not in json.dumps(figure["layout"])


@given(rows_charts() | bridges())
def test_type_is_never_small_and_targets_lie_on_the_drawing(chart):
    for drawing in drawings(chart):
        notes = drawing.figure["layout"]["annotations"]
        sizes = [note["font"]["size"] for note in notes]
        sizes += [int(size) for note in notes for size in re.findall(r"size:(\d+)px", note["text"])]
        assert min(sizes) >= 13
        for target in drawing.targets:
            left = target.left[0] / 100 * drawing.min_width + target.left[1]
            width = target.width[0] / 100 * drawing.min_width + target.width[1]
            assert left >= -1 and width >= 24 and left + width <= drawing.min_width + 1
            assert target.top >= -1 and target.height >= 24
            assert target.top + target.height <= drawing.height + 1


def test_a_phone_of_320_pixels_has_room_for_the_papers_rows():
    revenue = mark_of(Style.BUDGET, Decimal("20.4"), "Budget januari–april")
    cost = mark_of(Style.OUTCOME, Decimal("-24.7"), "Utfall januari–april")
    rows = (Row("Intäkter", (revenue, revenue)), Row("Kostnader", (cost, cost)))
    assert draw(RowsChart("t", "a", rows, "Mkr")).narrow.min_width <= 288


def test_both_panels_have_one_scale():
    rows = (Row("Kostnader", (mark_of(Style.OUTCOME, Decimal("-21.5")),)),)
    deviation = (Row("Kostnader", (mark_of(Style.DEVIATION_GOOD, Decimal("3.2")),)),)
    layout = draw(RowsChart("t", "a", rows, "Mkr", deviation)).wide.figure["layout"]
    assert krona(layout, "xaxis") == pytest.approx(krona(layout, "xaxis2"))


def test_charts_drawn_alike_have_one_scale_and_one_frame():
    def of(value: str, label: str) -> RowsChart:
        return RowsChart("t", "a", (Row(label, (mark_of(Style.OUTCOME, Decimal(value)),)),), "Mkr")

    period, year = of("21.2", "Intäkter"), of("-74.1", "Kostnader hela året")
    one, other = draw(period, alike=(year,)).wide, draw(year, alike=(period,)).wide
    assert one.figure["layout"]["margin"] == other.figure["layout"]["margin"]
    assert one.figure["layout"]["xaxis"]["range"] == other.figure["layout"]["xaxis"]["range"]
    assert one.min_width == other.min_width


def krona(layout: dict, axis: str) -> float:
    """The part of the plot's width that one unit takes."""
    begin, end = layout[axis]["domain"]
    low, high = layout[axis]["range"]
    return (end - begin) / (high - low)


PAPER_STEPS = (("level", "-4.3"), ("change", "0.8"), ("change", "4.4"), ("change", "-1.2"))


def bridge_of(*steps: tuple[str, str | None]) -> BridgeChart:
    marks_ = [mark_of(Style.NEUTRAL, None if v is None else Decimal(v)) for _, v in steps]
    numbered = zip(steps, marks_, strict=True)
    return BridgeChart("t", "a", tuple(Step(f"Steg {v}", k, m) for (k, v), m in numbered), "Mkr")


def test_a_bridge_hangs_each_change_where_the_last_one_ended():
    hung = hang(bridge_of(*PAPER_STEPS, ("level", "-0.3")).steps)
    assert [str(step.start) for step in hung] == ["0", "-4.3", "-3.5", "0.9", "0"]
    assert [str(step.end) for step in hung] == ["-4.3", "-3.5", "0.9", "-0.3", "-0.3"]


@pytest.mark.parametrize("narrow", (False, True))
def test_after_an_unknown_change_a_bridge_places_nothing_until_the_next_level(narrow):
    chart = bridge_of(("level", "2.0"), ("change", None), ("change", "1.0"), ("level", "5.0"))
    drawing = draw(chart).narrow if narrow else draw(chart).wide
    assert lengths(drawing, "x" if narrow else "y") == [2.0, 5.0]
    texts = [note["text"] for note in drawing.figure["layout"]["annotations"]]
    assert texts.count("<b>?</b>") == 2 and "<b>1,0</b>" in texts


def test_looks_differ_and_only_what_if_is_dashed():
    looks = [notation.LOOKS[style] for style in Style]
    assert len(set(looks)) == len(Style)
    assert [style for style in Style if notation.LOOKS[style].dashed] == [Style.WHATIF]
    supposed = mark_of(Style.WHATIF, Decimal(1), derived=True)
    assert notation.look_of(supposed) == notation.LOOKS[Style.WHATIF]


@pytest.mark.parametrize("style", tuple(Style))
def test_every_edge_is_told_from_white(style):
    assert contrast_to_white(notation.LOOKS[style].edge) >= 3


@pytest.mark.parametrize("ink", (notation.INK, notation.SOFT_INK))
def test_text_is_dark(ink):
    assert contrast_to_white(ink) >= 7


def contrast_to_white(colour: str) -> float:
    """The contrast of WCAG 2.1, from 1 to 21."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)


def test_a_picture_carries_no_template_of_plotly():
    figure = draw(bridge_of(*PAPER_STEPS)).wide.figure
    assert len(json.dumps(figure["layout"]["template"])) < 1000
    assert figure["layout"]["template"]["layout"]["separators"] == ",\u00a0"


def test_a_target_says_what_how_much_and_of_what():
    budget = Mark(Style.BUDGET, Decimal("-24.7"), "−24,7", "key", "Budget januari–april", "härledd")
    silent = Mark(Style.OUTCOME, None, "okänt", "", "Utfall")
    row = Row("Kostnader", (budget, silent))
    (target,) = draw(RowsChart("t", "a", (row,), "Mkr")).wide.targets
    assert target.ref == "key"
    assert target.name == "Kostnader, Budget januari–april: −24,7 Mkr, härledd"


def test_texts_are_not_read_as_markup():
    mark = mark_of(Style.OUTCOME, Decimal(1), "R&D <b>")
    row = Row("<i>IT</i>", (mark, mark))
    layout = draw(RowsChart("t", "a", (row,), "kr")).wide.figure["layout"]
    texts = [note["text"] for note in layout["annotations"]]
    assert "<b>&lt;i&gt;IT&lt;/i&gt;</b>" in texts and "R&amp;D &lt;b&gt;" in texts


def test_the_title_says_the_unit_once():
    row = (Row("Netto", (mark_of(Style.OUTCOME, Decimal(1)),)),)
    assert draw(RowsChart("GSN 2023", "a", row, "kr")).title == "GSN 2023, kr"
    assert draw(RowsChart("GSN 2023, Mkr", "a", row, "Mkr")).title == "GSN 2023, Mkr"


ONE = Row("Netto", (mark_of(Style.OUTCOME, Decimal(3)),))


@pytest.mark.parametrize(
    "wrong",
    (
        lambda: RowsChart("t", "a", (), "Mkr"),
        lambda: RowsChart("t", "a", (ONE,), "Mkr", deviation=()),
        lambda: RowsChart("t", "a", (ONE,), "Mkr", scale=(Decimal(0), Decimal(2))),
        lambda: RowsChart("t", "a", (ONE,), "Mkr", scale=(Decimal(1), Decimal(4))),
        lambda: BridgeChart("t", "a", (), "Mkr"),
        lambda: BridgeChart("t", "a", (Step("s", "change", ONE.marks[0]),), "Mkr"),
        lambda: Step("s", "sum", ONE.marks[0]),
    ),
)
def test_a_chart_that_cannot_be_drawn_truly_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_amounts_become_floats_at_one_place(source):
    nodes = ast.walk(ast.parse(source.read_text()))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call, ast.Name) and call.id == "float"]
    assert bool(made) == (source.stem == "edge")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_colours_are_in_the_notation_only(source):
    colours = re.findall(r"\"#[0-9A-Fa-f]{3,8}\"|rgba?\(", source.read_text())
    assert bool(colours) == (source.stem == "notation")


def test_the_stylesheet_has_the_colours_of_the_notation():
    css = (STATIC_DIR / "gsn.css").read_text(encoding="utf-8").upper()
    for name, colour in {
        "--gsn-good": notation.GOOD,
        "--gsn-bad": notation.BAD,
        "--gsn-assumed": notation.VIOLET,
        "--gsn-assumed-ground": notation.PALE_VIOLET,
    }.items():
        assert f"{name.upper()}: {colour.upper()};" in css
