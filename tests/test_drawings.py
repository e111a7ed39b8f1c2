"""A picture as SVG and PNG: the same marks as on the page, its texts as texts, always the same."""

from dataclasses import replace
from decimal import Decimal
from re import findall
from struct import unpack
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from issued import NASTY
from sheet_pictures import still, still_bridge
from test_charts import bridges, rows_charts

from gsn_dash.charts.data import Drawing, Mark, Picture, Row, RowsChart, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.notation import BAD, DARK, GOOD
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.pictures.notation import notation_picture
from gsn_dash.report.png import MOST_PIXELS, draw_png
from gsn_dash.report.svg import draw_svg

SVG = "{http://www.w3.org/2000/svg}"


def _read(picture: Picture, **how) -> Element:
    return fromstring(draw_svg(picture, **how))


def _all(root: Element, name: str) -> list[Element]:
    return list(root.iter(f"{SVG}{name}"))


def _texts(root: Element) -> list[str]:
    return ["".join(node.itertext()) for node in _all(root, "text")]


def _bars_of(drawing: Drawing) -> int:
    return sum(len(trace["x"]) for trace in drawing.figure["data"] if trace["type"] == "bar")


def _without_markup(drawing: Drawing) -> list[str]:
    notes = drawing.figure["layout"]["annotations"]
    marks = ("<b>", "</b>", "</span>", "<br>")
    said = []
    for note in notes:
        text = note["text"]
        for mark in marks:
            text = text.replace(mark, "")
        said.append(text if "<span" not in text else text.split("<span")[0])
    return said


def _number(node: Element, name: str) -> Decimal:
    return Decimal(node.get(name))


@pytest.mark.parametrize("narrow", [False, True])
def test_a_bar_is_as_long_as_its_amount_and_ends_at_its_number(narrow: bool):
    picture = draw(still_bridge())
    root = _read(picture, narrow=narrow, titled=False)
    side = "width" if narrow else "height"
    longs = {
        fill: _number(bar, side)
        for bar in _all(root, "rect")
        if (fill := bar.get("fill")) in (GOOD, DARK)
    }
    assert longs[GOOD] / longs[DARK] == pytest.approx(
        Decimal("5.2") / Decimal("0.3"), rel=Decimal("0.01")
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_of_the_page_is_in_the_drawing(narrow: bool):
    picture = draw(still())
    drawing = picture.narrow if narrow else picture.wide
    root = _read(picture, narrow=narrow)
    drawn = [r for r in _all(root, "rect") if r.get("stroke") or r.get("fill") in (GOOD, BAD)]
    assert len(drawn) >= _bars_of(drawing)
    said = _texts(root)
    assert [t for t in _without_markup(drawing) if not any(t in text for text in said)] == []


def test_what_is_unknown_is_an_empty_dashed_slot_with_a_question_mark():
    root = _read(notation_picture())
    slots = [r for r in _all(root, "rect") if r.get("stroke-dasharray") == "5,4"]
    assert len(slots) == 2 and all(slot.get("fill") == "#FFFFFF" for slot in slots)
    assert _texts(root).count("?") == 2


def test_all_stays_within_the_drawing_and_it_grows_with_its_width():
    narrow, wide = (_read(draw(still()), width=width) for width in (None, 1600))
    assert _number(wide, "width") == 1600 > _number(narrow, "width")
    for root in (narrow, wide):
        right, bottom = _number(root, "width"), _number(root, "height")
        for bar in _all(root, "rect"):
            if bar.get("x"):
                assert 0 <= _number(bar, "x") + _number(bar, "width") <= right
                assert 0 <= _number(bar, "y") + _number(bar, "height") <= bottom


def test_names_with_markup_in_them_stay_text():
    picture = replace(draw(replace(still(), title=NASTY, alt=NASTY)), title=NASTY)
    named = replace(still().rows[0], label="<b>fet</b> & ]]>")
    rows = replace(still(), rows=(named,), deviation=None)
    root = _read(picture, width=3000)
    whole = "".join(root.itertext())
    assert "<script>alert(1)</script>" in whole and _all(root, "script") == []
    assert "\ufffd" in whole and "\x0b" not in whole
    assert any("<b>fet</b> & ]]>" in text for text in _texts(_read(draw(rows))))


def test_a_picture_in_a_page_is_made_once_and_leads_where_it_is_told():
    picture = draw(still())
    here, there = (picture_html(picture, f"/{where}?{{}}".format) for where in ("a", "b"))
    assert here != there and here.replace('href="/a?', 'href="/b?') == there
    assert len(picture.kept) == 1
    assert "<a " not in picture_html(picture)
    names = [set(findall('id="([^"]+)"', picture_html(draw(each)))) for each in (still(), named())]
    assert names[0] and names[1] and not names[0] & names[1]


def named() -> RowsChart:
    """A chart that looks as `still` and is called something else, with harm in its texts."""
    rows = tuple(replace(row, label="<img src=x>&", sublabel='"><b>') for row in still().rows)
    return replace(still(), title=NASTY, alt=f'">{NASTY}', rows=rows)


def test_in_a_page_names_with_markup_in_them_stay_text():
    html = picture_html(draw(named()), lambda ref: f'"><script>{ref}')
    assert not {"<script", "<img", "<b"} & set(findall("<[a-z]+", html))
    assert "\x0b" not in html and "&lt;img src=x&gt;&amp;" in html


def test_a_bar_of_next_to_nothing_is_still_drawn_in_a_page():
    mark = Mark(Style.OUTCOME, Decimal("0.0001"), "0,0", "", "Utfall")
    rows = (Row("Stort", (replace(mark, value=Decimal(75)),)), Row("Litet", (mark,)))
    html = picture_html(draw(RowsChart("t", "a", rows, "Mkr")))
    widths = findall('<rect x="[^"]*" y="[^"]*" width="([^"%]+)%', html)
    assert len(widths) == 4 and min(map(Decimal, widths)) > 0


@given(rows_charts() | bridges())
@settings(max_examples=15)
def test_any_chart_is_drawn_as_readable_xml_and_always_the_same(chart):
    picture = draw(chart)
    for narrow in (False, True):
        once, again = (draw_svg(picture, narrow) for _ in range(2))
        assert once == again
        fromstring(once)


def test_a_png_is_as_wide_as_asked_for_and_always_the_same():
    svg = draw_svg(draw(still_bridge()))
    once, again = draw_png(svg, 640), draw_png(svg, 640)
    assert once == again and once.startswith(b"\x89PNG")
    assert unpack(">I", once[16:20])[0] == 640
    for width in (0, -5, MOST_PIXELS + 1):
        with pytest.raises(ValueError, match="pixels wide"):
            draw_png(svg, width)


def test_a_png_has_squares_for_what_the_fonts_lack():
    unseen, seen = (
        draw_png(draw_svg(replace(draw(still_bridge()), title=title)), 640)
        for title in ("Nyköping ✅\x85 漢\u202e", "Nyköping □ □")
    )
    assert unseen == seen
