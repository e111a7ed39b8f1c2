"""Över tid over a year's end: its outcome is filled, named so, and held against forecasts."""

import pytest
from occasions_made import FOUR, Made, put

from gsn_dash.domain.over_time import followed_refs, moments_of
from gsn_dash.pictures.over_time import deviations_picture, utilisations_picture
from gsn_dash.present.appendix import appendix_facts
from gsn_dash.present.over_time import lead_of_utilisations
from gsn_dash.present.over_time_tables import changes_between
from gsn_dash.store.engine import make_engine
from gsn_dash.store.occasions import list_collaborations, read_series
from gsn_dash.store.read import read_snapshot

LATER = Made(2024, 1, 2, ("-12.6", "-13.9", "-75.6", "-77.9"), ("12.0", "12.0", "75.6", "75.0"))


@pytest.fixture(scope="module")
def engine(module_url):
    found = make_engine(module_url)
    put(found, *FOUR)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def moments(engine):
    refs = followed_refs(list_collaborations(engine), read_snapshot(engine).municipalities)
    return moments_of(read_series(engine, refs))


@pytest.fixture(scope="module")
def before_and_after(engine):
    """The last forecast of 2022, and its closing."""
    return read_snapshot(engine, (2022, 3)), read_snapshot(engine, (2022, 4))


def test_when_the_year_is_over_its_mark_is_filled_and_told_as_outcome(moments):
    for picture in (deviations_picture(moments), utilisations_picture(moments)):
        traces = picture.wide.figure["data"]
        marks = [(t["x"], t["marker"]["color"]) for t in traces if t["mode"] == "markers"]
        booked, *of_year = marks
        filled = [x for x, color in of_year if color == booked[1]]
        assert filled == [[n for n, m in enumerate(moments) if m.months == 12]]
        named = [t.name for t in picture.wide.targets if t.name.startswith("dec 2022")]
        assert any("Utfall, hela året" in name for name in named)
        assert not any("Prognos" in name for name in named)


def test_what_was_used_is_held_against_the_latest_forecast_before(moments):
    ended = [m for m in moments if (m.year, m.number) <= (2022, 4)]
    months = [m.months for m in ended if m.year == 2022]
    assert months == [4, 8, 12]
    told = lead_of_utilisations(ended).replace("\u00a0", " ")
    assert " av årets pengar, mot väntade " in told
    assert told.index("i augusti") < told.index(" och ") < told.index("i april")


def test_the_rows_of_a_closing_are_called_neither_forecast_nor_outcome(before_and_after):
    table = changes_between(*before_and_after).tables["year"]
    rows = [row.heading.text for row in table.rows]
    assert "Kostnader, årets slut (prognos, sedan utfall)" in rows
    assert "Kostnader, prognos" not in rows


def test_an_occasion_names_the_import_that_it_came_with_whatever_is_read_after_it(engine):
    before = read_snapshot(engine, (2022, 3))
    put(engine, LATER)
    again, later = read_snapshot(engine, (2022, 3)), read_snapshot(engine)
    assert again.batch > before.batch and again.read_in == before.read_in
    assert later.read_in == later.batch
    facts = dict(appendix_facts(again, again.occasion.appendix_dated, "0" * 64))
    assert facts["Siffrornas inläsning"] == f"nummer {before.read_in}"
