"""Who follows a meeting is the sum over the processes that live."""

from sqlalchemy import text

from gsn_dash.meeting.presence import Here, Presence
from gsn_dash.store.app_places import AppPlace, leave_place, read_places, report_place


def _is_silent(engine, place: str, seconds: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE app_process SET seen_at = seen_at - make_interval(secs => :seconds)"
                " WHERE place = :place"
            ),
            {"seconds": seconds, "place": place},
        )


def test_each_process_tells_who_follows_there(engine):
    report_place(engine, "b:2", "t2", {})
    report_place(engine, "a:1", "t1", {"BCDFG": ["x", "y"], "BCDFH": []})
    first = AppPlace("a:1", "t1", {"BCDFG": ("x", "y"), "BCDFH": ()})
    assert read_places(engine) == (first, AppPlace("b:2", "t2", {}))
    report_place(engine, "a:1", "t1", {"BCDFG": ["y"]})
    assert read_places(engine)[0].following == {"BCDFG": ("y",)}


def test_a_process_that_has_gone_silent_does_not_count_until_it_speaks_again(engine):
    report_place(engine, "a:1", "t1", {"BCDFG": ["x"]})
    report_place(engine, "b:2", "t2", {})
    _is_silent(engine, "a:1", 20)
    assert [each.place for each in read_places(engine)] == ["b:2"]
    assert [each.place for each in read_places(engine, within_seconds=60)] == ["a:1", "b:2"]
    report_place(engine, "a:1", "t1", {"BCDFG": ["x"]})
    assert [each.place for each in read_places(engine)] == ["a:1", "b:2"]


def test_a_process_that_was_heard_of_before_the_clock_was_set_back_does_not_count(engine):
    report_place(engine, "a:1", "t1", {"BCDFG": ["x"]})
    _is_silent(engine, "a:1", -3600)
    assert read_places(engine) == ()


def test_a_process_that_ends_does_not_take_its_successor_with_it(engine):
    report_place(engine, "a:1", "old", {"BCDFG": ["x"]})
    report_place(engine, "a:1", "new", {"BCDFG": ["x"]})
    leave_place(engine, "a:1", "old")
    assert [each.token for each in read_places(engine)] == ["new"]
    leave_place(engine, "a:1", "new")
    assert read_places(engine) == ()


def test_processes_that_died_long_ago_are_forgotten(engine):
    report_place(engine, "a:1", "t1", {})
    _is_silent(engine, "a:1", 2 * 86_400)
    report_place(engine, "b:2", "t2", {})
    assert [each.place for each in read_places(engine, within_seconds=10**7)] == ["b:2"]


def test_no_process_is_taken_for_dead_before_the_others_have_been_asked_for(engine):
    report_place(engine, "b:2", "other", {"BCDFG": ["x", "y"]})
    here = Presence(Here("a:1", "own"))
    assert (here.apps, here.followers("BCDFG")) == ((), frozenset())
    here.tell(engine, 0.0, {"BCDFG": ["y", "z"]})
    assert here.apps == ("other", "own")
    assert here.followers("BCDFG") == {"x", "y", "z"}
