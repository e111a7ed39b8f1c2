"""The occasion that is looked at: read once, kept, and never another than the one asked for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from occasions_made import FOUR, many, put
from sqlalchemy import Engine, event

from gsn_dash.meeting.leading import led_to
from gsn_dash.pictures.kept import kept
from gsn_dash.present.occasions import (
    describe_unread,
    name_option,
    name_place,
    read_place,
    say_place,
)
from gsn_dash.present.tables import occasion_ref, source_address
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui import data


@pytest.fixture(autouse=True)
def nothing_read() -> Iterator[None]:
    """Each test begins as a new process does, and leaves nothing behind."""
    forget()
    yield
    forget()


def forget() -> None:
    data._figures, data._engine, data._series = data.Figures(), None, None
    data._earlier.clear()


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    statements: list[str] = []

    def note(*call) -> None:
        statements.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def five(loaded_engine: Engine) -> Engine:
    """Five occasions, the papers' among them, as the watch has read them."""
    put(loaded_engine, *FOUR)
    data.refresh(loaded_engine)
    return loaded_engine


def test_all_occasions_can_be_chosen_and_the_latest_is_shown(five: Engine):
    figures = data.current()
    assert [(o.year, o.number) for o in figures.occasions] == [
        (2023, 3), (2023, 2), (2022, 4), (2022, 3), (2022, 2),
    ]  # fmt: skip
    assert figures.place == (2023, 3) and figures.is_latest
    assert [name_option(o) for o in figures.occasions][:2] == [
        "Tillfälle\u00a03, 2023",
        "Tillfälle\u00a02, 2023",
    ]
    named = [name_place(place, figures.occasions) for place in ((2022, 4), (2022, 3), (1999, 4))]
    assert named == ["bokslut\u00a02022", "tillfälle\u00a03, 2022", "tillfälle\u00a04, 1999"]


def test_the_latest_asks_the_database_nothing_and_an_earlier_one_once(five: Engine):
    with asked(five) as statements:
        assert data.figures_of((2023, 3)) is data.current()
        assert statements == []
        earlier = data.figures_of((2022, 3))
        assert earlier.place == (2022, 3) and not earlier.is_latest
        assert earlier.snapshot.occasion.months == 8
        assert earlier.findings and earlier.version == data.current().version
        assert statements
        statements.clear()
        assert data.figures_of((2022, 3)).snapshot is earlier.snapshot
        assert data.series() and statements
        statements.clear()
        data.series()
        assert statements == []


def test_the_line_over_occasions_waits_for_nobody_who_reads_an_occasion(five: Engine):
    first, got = data.series(), []
    with data._reading:
        asking = threading.Thread(target=lambda: got.append(data.series()), daemon=True)
        asking.start()
        asking.join(5)
    assert got == [first]


def test_what_is_made_of_an_earlier_occasion_is_kept_as_of_the_latest(five: Engine):
    snapshot = data.figures_of((2022, 2)).snapshot
    first = kept(snapshot, "one", object)
    data.figures_of((2022, 4))
    assert kept(snapshot, "one", object) is first
    assert kept(data.current().snapshot, "one", object) is not first


def test_there_is_no_occasion_that_nobody_has_read_in(five: Engine):
    with asked(five) as statements:
        assert data.figures_of((2019, 9)) is None
        assert statements == []


def test_eight_are_kept_and_the_one_not_asked_for_longest_goes(loaded_engine: Engine):
    put(loaded_engine, *many(9))
    data.refresh(loaded_engine)
    places = [(o.year, o.number) for o in data.current().occasions[1:]]
    assert len(places) == 9
    for place in places[:8]:
        data.figures_of(place)
    data.figures_of(places[0])
    data.figures_of(places[8])
    with asked(loaded_engine) as statements:
        for place in (places[0], *places[2:]):
            data.figures_of(place)
        assert statements == []
        data.figures_of(places[1])
        assert statements


def test_new_figures_are_of_every_occasion(five: Engine):
    old = data.figures_of((2022, 2))
    put(five, *list(many(6))[5:])
    data.refresh(five)
    new = data.figures_of((2022, 2))
    assert new.version == data.current().version != old.version
    assert new.snapshot is not old.snapshot
    assert len(new.occasions) == 6


def test_an_earlier_occasion_goes_on_while_the_database_is_away_and_another_says_so(five: Engine):
    earlier = data.figures_of((2022, 2))
    data.lost("Databasen svarar inte.")
    kept_on = data.figures_of((2022, 2))
    assert kept_on.snapshot is earlier.snapshot
    assert kept_on.problem == "Databasen svarar inte."
    with pytest.raises(StoreUnavailable) as problem:
        data.figures_of((2022, 3))
    assert problem.value.sentence.endswith(".") and "tillfället" in problem.value.sentence
    with pytest.raises(StoreUnavailable):
        data.series()


def test_threads_that_ask_at_once_read_an_occasion_once(five: Engine):
    with asked(five) as statements:
        data.figures_of((2022, 3))
        alone = len(statements)
        statements.clear()
        got, together = [], threading.Barrier(6, timeout=20)

        def ask() -> None:
            together.wait()
            got.append(data.figures_of((2022, 4)))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(got) == 6 and len({id(found.snapshot) for found in got}) == 1
        assert len(statements) == alone


@pytest.mark.parametrize("said", ["", "2023", "2023-", "-2", "2023-2-1", "tjugo-2", "2023-99999"])
def test_what_is_no_occasion_in_an_address_is_none(said: str):
    assert read_place(said) is None


def test_an_address_says_an_occasion_as_people_do():
    assert say_place((2023, 2)) == "2023-2"
    assert read_place("2023-2") == (2023, 2)
    assert describe_unread("x" * 99).count("x") == 30


def test_the_numbers_of_a_meeting_lead_to_the_sources_of_its_own_occasion():
    ref = "operating:total:net:year:deviation"
    html = f'<a href="{source_address(ref)}">0,0</a>'
    deck = {"views": [{"html": html, "numbers": [{"href": source_address(ref), "row": 3}]}]}
    own = source_address(occasion_ref(2022, 3, ref))
    assert own == source_address(ref, (2022, 3)) != source_address(ref)
    assert own == source_address(occasion_ref(2022, 3, ref), (2022, 4))
    assert led_to(deck, (2022, 3)) == {
        "views": [{"html": f'<a href="{own}">0,0</a>', "numbers": [{"href": own, "row": 3}]}]
    }
    assert led_to("/driftbudget#figur", (2022, 3)) == "/driftbudget#figur"
