"""Över tid: lines by the rules of each page, what has changed, and how right forecasts were."""

from dataclasses import replace
from decimal import Decimal

import pytest
from drawn import text_boxes
from occasions_made import FOUR, Made, put
from papers import mkr, snapshot_with, stated
from sqlalchemy import Engine

from gsn_dash.charts.data import Drawing, Mark, Style
from gsn_dash.charts.draw import draw
from gsn_dash.charts.line_data import Line, LineChart
from gsn_dash.charts.spread_data import Tick
from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.over_time import Moment, followed_refs, held_against, moments_of
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.over_time import deviations_picture, payments_picture
from gsn_dash.present.over_time import hits_message, over_time_message, say_window
from gsn_dash.present.over_time_tables import Changes, changes_between
from gsn_dash.present.tables import occasion_ref, source_address
from gsn_dash.store.engine import make_engine
from gsn_dash.store.history import read_history
from gsn_dash.store.occasions import list_collaborations, list_occasions, read_series
from gsn_dash.store.read import read_snapshot

SHORT = Made(2021, 2, 4, ("-20.0", "-19.0", "-60.0", "?"), ("19.0", "19.5", "60.0", "60.0"))


@pytest.fixture(scope="module")
def known(request: pytest.FixtureRequest) -> dict[str, object]:
    """Six occasions read whole, and the moments read as points, of one database."""
    url = request.getfixturevalue("module_url")
    engine = make_engine(url)
    put(engine, *FOUR, SHORT)
    found = {
        "snapshots": [
            read_snapshot(engine, (o.year, o.number)) for o in reversed(list_occasions(engine))
        ],
        "moments": _moments(engine),
        "history": read_history(engine),
    }
    engine.dispose()
    return found


def _moments(engine: Engine) -> tuple[Moment, ...]:
    snapshot = read_snapshot(engine)
    refs = followed_refs(list_collaborations(engine), snapshot.municipalities)
    return moments_of(read_series(engine, refs))


def at(known: dict[str, object], year: int, number: int) -> Snapshot:
    return next(
        s for s in known["snapshots"] if (s.occasion.year, s.occasion.number) == (year, number)
    )


def test_the_lines_show_what_each_occasions_own_pages_do(known):
    moments, snapshots = known["moments"], known["snapshots"]
    assert len(moments) == len(snapshots) == 6
    for moment, snapshot in zip(moments, snapshots, strict=True):
        invested = total_row(snapshot)
        assert (moment.year, moment.number) == (snapshot.occasion.year, snapshot.occasion.number)
        assert moment.months == snapshot.occasion.months
        for figure, span in ((moment.outcome, "period"), (moment.forecast, "year")):
            own = line(snapshot, "net", span).deviation
            assert figure.is_unknown == own.is_unknown
            assert own.is_unknown or figure.amount == own.amount
        assert (moment.booked, moment.utilisation) == (invested.booked, invested.utilisation)
        own_bills = {code: bill(snapshot, code).total for code in payers(snapshot)}
        assert dict(moment.bills) == own_bills


def test_what_is_unknown_is_a_gap_with_a_question_mark_and_never_zero(known):
    moments = known["moments"]
    assert isinstance(moments[0].forecast.amount, Unknown)
    text = str(deviations_picture(moments).wide.figure["layout"]["annotations"])
    assert text.count("<b>?</b>") == 1
    first = known["snapshots"][-1]
    payments = payments_picture(first, moments, ("2085", "2061"))
    # Smedjebacken's sum of the papers lacks E-arkiv: it is not drawn beside those that are whole.
    assert str(payments.wide.figure["layout"]["annotations"]).count("<b>?</b>") == 1
    assert "Smedjebacken minst\u00a0120\u00a0000" in payments.alt


def test_a_line_ends_with_the_year_since_the_next_budget_is_another(known):
    traces = deviations_picture(known["moments"]).wide.figure["data"]
    runs = [trace["x"] for trace in traces if trace["mode"] == "lines"]
    assert runs == [[1, 2, 3], [4, 5], [1, 2, 3], [4, 5]]


def test_the_message_tells_how_the_forecast_has_moved_within_the_year(known):
    assert over_time_message(at(known, 2023, 2), at(known, 2023, 3)) == (
        "2023 väntas sluta 1,5\u00a0Mkr sämre än budget. Det är 1,5\u00a0Mkr sämre än prognosen"
        " vid tillfälle\u00a02, 2023."
    )
    assert over_time_message(at(known, 2022, 3), at(known, 2022, 4)) == (
        "2022 slutade 1,3\u00a0Mkr sämre än budget. Det är 0,2\u00a0Mkr sämre än prognosen"
        " vid tillfälle\u00a03, 2022."
    )


def test_the_message_keeps_two_years_apart(known):
    assert over_time_message(at(known, 2022, 4), at(known, 2023, 2)) == (
        "2023 väntas sluta precis på budget. Vid tillfället före, tillfälle\u00a04, 2022,"
        " slutade 2022 1,3\u00a0Mkr sämre än budget."
    )
    assert "är okänt" in over_time_message(at(known, 2021, 2), at(known, 2022, 2))


def test_the_message_says_what_no_paper_states(known):
    unknown = over_time_message(at(known, 2022, 4), at(known, 2021, 2))
    assert unknown == (
        "Hur 2021 slutar mot budget går inte att säga: uppgiften saknas i papperen."
    )


def rows_of(changes: Changes, area: str) -> dict[str, list[str]]:
    return {
        row.heading.text: [cell.text for cell in row.cells] for row in changes.tables[area].rows
    }


def test_each_amount_that_differs_has_a_row_with_both_and_the_difference(known):
    changes = changes_between(at(known, 2023, 2), at(known, 2023, 3))
    year = rows_of(changes, "year")
    assert year["Kostnader, prognos"] == ["−74,1", "−75,3", "−1,2"]
    # What one paper prints and the other leaves to be derived is compared all the same.
    assert year["Nettokostnad, avvikelse"] == ["0,0", "−1,5", "−1,5"]
    assert "Kostnader, budget" not in year
    bills = rows_of(changes, "collaboration")
    assert bills["E-arkiv: Smedjebacken"] == ["okänt", "170\u00a0000", "var okänt"]
    assert bills["Summa för Ludvika"] == ["740\u00a0300", "740\u00a0000", "−300"]
    assert list(bills)[-2:] == ["Summa för Smedjebacken", "Summa för Ludvika"]
    alone = {row.heading.text: row.cells[-1].text for row in changes.alone.rows}
    assert alone["Skolskjuts: Ludvika"] == "finns inte längre"
    assert changes.same == sum(
        1 for c in held_against(at(known, 2023, 2), at(known, 2023, 3)) if c.is_same
    )


def test_the_way_back_in_time_says_what_is_new(known):
    changes = changes_between(at(known, 2023, 3), at(known, 2023, 2))
    alone = {row.heading.text: row.cells[-1].text for row in changes.alone.rows}
    assert alone["Skolskjuts: Ludvika"] == "ny uppgift"


def test_an_occasion_held_against_itself_differs_in_nothing(known):
    snapshot = at(known, 2023, 2)
    changes = changes_between(snapshot, snapshot)
    assert (changes.tables, changes.alone, changes.notes) == ({}, None, ())
    assert changes.same > 40


def test_a_number_leads_to_its_place_among_the_sources_of_its_own_occasion(known):
    changes = changes_between(at(known, 2022, 3), at(known, 2023, 3))
    (row,) = [r for r in changes.tables["year"].rows if r.heading.text == "Kostnader, prognos"]
    ref = "operating:total:cost:year:forecast"
    assert [cell.ref for cell in row.cells[:2]] == [
        occasion_ref(2022, 3, ref),
        occasion_ref(2023, 3, ref),
    ]
    assert source_address(row.cells[0].ref) == (
        f"/kallor?figur={ref}&tillfalle=2022-3#figur-{ref}"
    )


def test_populations_and_keys_are_told_in_words():
    key = OperatingKey("total", "cost", "year", "forecast")
    before = snapshot_with(operating={key: stated(key.ref, mkr("-1.0"))})
    after = snapshot_with(operating={key: stated(key.ref, mkr("-2.0"))})
    changes = changes_between(before, after)
    assert changes.notes == () and rows_of(changes, "year")["Kostnader, prognos"][2] == "−1,0"


def test_earlier_forecasts_meet_the_outcome_and_the_direction_is_told(known):
    assert known["history"] == (
        PastForecast(2022, 2, 4, mkr("-71.8"), mkr("-73.4")),
        PastForecast(2022, 3, 8, mkr("-72.6"), mkr("-73.4")),
    )
    assert hits_message(known["history"]) == (
        "Kostnaderna blev högre än prognosen 2 av 2 gånger. Prognosen slog fel med i snitt"
        " 1,2\u00a0Mkr, som mest 1,6\u00a0Mkr (tillfälle\u00a02, 2022)."
    )


def test_twelve_occasions_are_drawn_and_the_rest_is_told():
    assert say_window(12, 100) == "De 12 senaste av 100 tillfällen visas."
    assert say_window(5, 5) == ""


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


@pytest.mark.parametrize("count", [2, 3, 5, 12])
def test_texts_under_a_line_keep_apart_and_every_known_mark_is_a_link(count: int):
    picture = draw(line_of(count))
    for drawing in (picture.wide, picture.narrow):
        boxes = [b for b in text_boxes(drawing, drawing.min_width) if b.text.startswith("apr")]
        boxes.sort(key=lambda box: box.left)
        assert boxes
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
