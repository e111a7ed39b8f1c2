"""Över tid: lines by the rules of each page, what has changed, and how right forecasts were."""

import pytest
from occasions_made import FOUR, Made, put
from papers import mkr, snapshot_with, stated
from sqlalchemy import Engine

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.over_time import (
    Moment,
    followed_refs,
    held_against,
    history_until,
    moments_of,
    moments_until,
)
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.over_time import deviations_picture, payments_picture
from gsn_dash.present.inventory import known_refs
from gsn_dash.present.over_time import (
    lead_of_changes,
    lead_of_deviations,
    lead_of_payments,
    lead_of_utilisations,
    over_time_message,
    say_later,
)
from gsn_dash.present.over_time_tables import Changes, changes_between
from gsn_dash.present.past_forecasts import hits_message
from gsn_dash.present.sources import account_for
from gsn_dash.present.tables import occasion_ref, source_address
from gsn_dash.store.engine import make_engine
from gsn_dash.store.history import read_history
from gsn_dash.store.occasions import list_collaborations, list_occasions, read_series
from gsn_dash.store.read import read_snapshot

SHORT = Made(2021, 2, 4, ("-20.0", "-19.0", "-60.0", "?"), ("19.0", "19.5", "60.0", "60.0"))
# A year that begins with a gap: no revenue, no outcome of investments, a payment that is unknown.
GAPS = Made(
    2024, 1, 2, ("-12.6", "-13.9", "-75.6", "-77.9"), ("12.0", "?", "75.6", "75.0"),
    ("9.0", "?", "?"), {"e-dala": "195", "telefoni": "?", "e-arkiv": "430"},
)  # fmt: skip


@pytest.fixture(scope="module")
def known(request: pytest.FixtureRequest) -> dict[str, object]:
    """Six occasions read whole, and the moments read as points, of one database."""
    url = request.getfixturevalue("module_url")
    engine = make_engine(url)
    put(engine, *FOUR, SHORT)
    found = _found(engine)
    put(engine, GAPS)
    found["gaps"] = read_snapshot(engine), _moments(engine)
    engine.dispose()
    return found


def _found(engine: Engine) -> dict[str, object]:
    return {
        "snapshots": [
            read_snapshot(engine, (o.year, o.number)) for o in reversed(list_occasions(engine))
        ],
        "moments": _moments(engine),
        "history": read_history(engine),
    }


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
        "2023 väntas sluta precis på budget. 2022 slutade 1,3\u00a0Mkr sämre än budget enligt"
        " tillfället före, bokslut\u00a02022."
    )
    assert over_time_message(at(known, 2023, 3), at(known, 2022, 2)).endswith(
        " Vid tillfället före, tillfälle\u00a03, 2023, väntades 2023 sluta 1,5\u00a0Mkr sämre än"
        " budget."
    )
    assert "är okänt" in over_time_message(at(known, 2021, 2), at(known, 2022, 2))


def test_the_message_says_what_no_paper_states(known):
    unknown = over_time_message(at(known, 2022, 4), at(known, 2021, 2))
    assert unknown == ("Hur 2021 slutar mot budget går inte att säga: uppgiften saknas i papperen.")


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
    assert bills["Summa för Smedjebacken"] == [
        "minst\u00a0120\u00a0000",
        "296\u00a0000",
        "1\u00a0uppgift saknades då",
    ]
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
    assert source_address(row.cells[0].ref) == (f"/kallor?figur={ref}&tillfalle=2022-3#figur-{ref}")


def test_months_of_two_years_are_held_against_each_other_only_where_they_are_the_same(known):
    apart = changes_between(at(known, 2022, 4), at(known, 2023, 2))
    assert "period" not in apart.tables and "year" in apart.tables
    assert apart.notes[0] == (
        "Beloppen hittills på året jämförs inte, för de gäller olika många månader av olika år:"
        " januari–december 2022 och januari–april 2023."
    )
    for before, after in (((2022, 2), (2023, 2)), ((2022, 3), (2022, 4))):
        changes = changes_between(at(known, *before), at(known, *after))
        assert "period" in changes.tables
        assert not any("jämförs inte" in note for note in changes.notes)


@pytest.mark.parametrize(
    ("place", "moments", "hits"), [((2022, 3), 3, 0), ((2022, 4), 4, 2), ((2023, 2), 5, 2)]
)
def test_an_earlier_occasion_tells_of_nothing_that_came_after_it(
    known, place: tuple[int, int], moments: int, hits: int
):
    occasion = at(known, *place).occasion
    told = moments_until(known["moments"], occasion)
    assert len(told) == moments and (told[-1].year, told[-1].number) == place
    assert len(history_until(known["history"], occasion)) == hits


def test_how_many_later_occasions_are_left_out_is_told(known):
    occasion = at(known, 2023, 2).occasion
    assert say_later(occasion, 0) == ""
    assert say_later(occasion, 1) == (
        "Sidan går till och med tillfälle\u00a02, 2023. Ett senare tillfälle är inte med här."
    )


def test_sums_are_held_against_each_other_only_as_far_as_all_is_known(known):
    snapshot, moments = known["gaps"]
    assert lead_of_payments(snapshot, moments, ("2061",)) == (
        "Smedjebacken: minst\u00a0250\u00a0000\u00a0kr om året feb 2024, 1\u00a0uppgift saknas."
        " Senast hela summan var känd, aug 2023, var den 296\u00a0000\u00a0kr."
    )
    assert lead_of_payments(snapshot, moments[:-1], ("2061",)) == (
        "Smedjebacken: 296\u00a0000\u00a0kr om året aug 2023, mot 118\u00a0000\u00a0kr dec 2022;"
        " sedan dess: E-arkiv har kommit till."
    )
    assert lead_of_utilisations(moments).endswith(" I feb 2024 är det okänt.")


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(1, 2, "Vid tillfället väntades året sluta på budget"), (2, 4, "Vid inget av 2 tillfällen"),
     (1, 4, "Vid 1 av 3 tillfällen")],
)  # fmt: skip
def test_how_often_the_year_was_on_budget_is_told_in_its_number(known, first, last, told: str):
    assert lead_of_deviations(known["moments"][first:last]).startswith(told)


def test_every_number_of_the_changes_has_a_box_among_the_sources_of_its_occasion(known):
    snapshots = [*known["snapshots"], known["gaps"][0]]
    boxes = {s.occasion.year * 10 + s.occasion.number: known_refs(s) for s in snapshots}
    for before in snapshots:
        for after in snapshots:
            for change in held_against(before, after):
                for snapshot, figure in ((before, change.before), (after, change.after)):
                    if figure is not None:
                        at_ = snapshot.occasion.year * 10 + snapshot.occasion.number
                        assert figure.ref in boxes[at_]
                        assert account_for(snapshot, figure.ref) is not None


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
        "Kostnaderna blev högre än prognosen båda gångerna. Prognosen slog fel med i snitt"
        " 1,2\u00a0Mkr, som mest 1,6\u00a0Mkr (tillfälle\u00a02, 2022)."
    )


@pytest.mark.parametrize(
    ("same", "told"), [(0, "inga är desamma"), (1, "ett är detsamma"), (2, "2 är desamma")]
)
def test_how_many_amounts_are_as_they_were_is_told_in_its_number(known, same: int, told: str):
    lead = lead_of_changes(at(known, 2022, 2).occasion, 16, same)
    assert lead == f"16 belopp skiljer sig från tillfälle\u00a02, 2022, {told}."
