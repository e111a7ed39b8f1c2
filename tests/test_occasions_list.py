"""The occasions that there are, and figures' way through them, as they are in force."""

from imports_made import COST_FORECAST, COST_OUTCOME, autumn, correction, kept
from papers import kr, mkr
from sqlalchemy import event, text

from gsn_dash.domain.amounts import Unknown
from gsn_dash.store.occasions import OccasionLine, list_collaborations, list_occasions, read_series
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.withdrawing import withdraw

REFS = (COST_OUTCOME.ref, COST_FORECAST.ref)


def test_occasions_are_listed_with_the_latest_first(loaded_engine):
    kept(loaded_engine, autumn())
    spring = read_snapshot(loaded_engine, (2023, 2)).occasion
    fall = read_snapshot(loaded_engine).occasion
    assert list_occasions(loaded_engine) == tuple(
        OccasionLine(each.year, each.number, each.period_end, each.meeting_on)
        for each in (fall, spring)
    )


def test_an_empty_store_has_none(engine):
    assert list_occasions(engine) == ()
    assert read_series(engine, REFS) == ()
    assert list_collaborations(engine) == ()


def test_a_series_is_what_is_in_force_oldest_first(loaded_engine):
    kept(loaded_engine, autumn())
    kept(loaded_engine, correction("-21000000"))
    kept(loaded_engine, correction("-20000000"))
    withdraw(loaded_engine, 4, "Eva", "Fel")
    points = read_series(loaded_engine, REFS)
    assert [(p.year, p.number, p.months, p.ref, p.amount) for p in points] == [
        (2023, 2, 4, COST_OUTCOME.ref, mkr("-21.0")),
        (2023, 2, 4, COST_FORECAST.ref, mkr("-74.1")),
        (2023, 3, 9, COST_OUTCOME.ref, mkr("-45.0")),
        (2023, 3, 9, COST_FORECAST.ref, mkr("-75.0")),
    ]
    withdraw(loaded_engine, 2, "Eva", "Fel")
    assert {point.number for point in read_series(loaded_engine, REFS)} == {2}


def test_a_series_agrees_with_the_snapshot_for_every_kind_of_figure(loaded_engine):
    snapshot = read_snapshot(loaded_engine)
    stated = {key.ref: figure.amount for key, figure in snapshot.operating.items()}
    stated |= {key.ref: figure.amount for key, figure in snapshot.investments.items()}
    stated |= {key.ref: each.figure.amount for key, each in snapshot.contributions.items()}
    every = {ref: figure.amount for ref, figure in snapshot.totals.items()} | stated
    points = read_series(loaded_engine, every)
    assert {point.ref: point.amount for point in points} == every
    assert len(points) == len(every)
    (unknown,) = read_series(loaded_engine, ["collaboration:e-arkiv:2061"])
    assert isinstance(unknown.amount, Unknown)


def test_a_figure_of_a_row_goes_before_a_published_total(loaded_engine):
    (point,) = read_series(loaded_engine, ["collaboration:skolskjuts:2085"])
    assert point.amount == kr("18300")


def test_a_series_is_one_query_by_index(loaded_engine):
    asked = []
    event.listen(loaded_engine, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    read_series(loaded_engine, REFS)
    ((statement, values),) = asked
    with loaded_engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
    assert not any("Seq Scan on operating_line" in line for line in plan), plan


def test_collaborations_are_named_in_the_order_of_the_papers(loaded_engine):
    assert list_collaborations(loaded_engine)[:2] == ("e-dala", "skolskjuts")
