"""The board's own earlier forecasts, read with the outcome of their year."""

import pytest
from papers import append, change, copy_papers, mkr
from sqlalchemy import event, text

from gsn_dash.domain.history import PastForecast
from gsn_dash.operate.load import load_data
from gsn_dash.store.history import read_history

OCCASIONS = (
    "2021;2;2021-01-01;2021-04-30;2021-05-04;2021-05-08;arende-3",
    "2021;3;2021-01-01;2021-08-31;2021-09-04;2021-09-08;arende-3",
    "2021;4;2021-01-01;2021-12-31;2022-01-20;2022-02-01;arende-3",
    "2022;2;2022-01-01;2022-04-30;2022-05-04;2022-05-08;arende-3",
)
COSTS = (
    ("2021-2", "year;forecast", "-50,0"),
    ("2021-2", "period;outcome", "-15,0"),
    ("2021-3", "year;forecast", "-51,0"),
    ("2021-4", "period;outcome", "-52,5"),
    ("2021-4", "year;forecast", "-52,5"),
    ("2022-2", "year;forecast", "-60,0"),
)


def cost_row(occasion: str, cell: str, printed: str) -> str:
    return f"{occasion};total;cost;{cell};{printed};Mkr;;;;;bilaga-1;En tabell;Kostnader;;"


@pytest.fixture
def folder(tmp_path):
    folder = copy_papers(tmp_path)
    append(folder, "occasions.csv", *OCCASIONS)
    append(folder, "operating.csv", *(cost_row(*cost) for cost in COSTS))
    return folder


def load(engine, folder) -> None:
    report = load_data(engine, folder, by="test")
    assert report.problems == (), report.problems


def test_the_papers_alone_have_no_history(loaded_engine):
    assert read_history(loaded_engine) == ()


def test_each_earlier_forecast_meets_the_outcome_of_its_year(loaded_engine, folder):
    load(loaded_engine, folder)
    assert read_history(loaded_engine) == (
        PastForecast(2021, 2, 4, mkr("-50.0"), mkr("-52.5")),
        PastForecast(2021, 3, 8, mkr("-51.0"), mkr("-52.5")),
    )


def test_history_is_what_is_in_force(loaded_engine, folder):
    load(loaded_engine, folder)
    old, last = "-50,0", "-48,0"
    for new in ("-49,0", last):
        row = cost_row("2021-2", "year;forecast", old)
        change(folder, "operating.csv", row, row.replace(old, new))
        load(loaded_engine, folder)
        old = new
    change(folder, "operating.csv", cost_row("2021-3", "year;forecast", "-51,0") + "\n", "")
    load(loaded_engine, folder)
    assert [past.forecast for past in read_history(loaded_engine)] == [mkr("-48.0")]


def test_an_unknown_outcome_teaches_nothing(loaded_engine, folder):
    outcome = cost_row("2021-4", "period;outcome", "-52,5")
    change(folder, "operating.csv", outcome, outcome.replace("-52,5", "?"))
    load(loaded_engine, folder)
    assert read_history(loaded_engine) == ()


def test_history_is_one_query_that_reads_its_figures_by_index(loaded_engine, folder):
    load(loaded_engine, folder)
    asked = []
    event.listen(loaded_engine, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    read_history(loaded_engine)
    ((statement, values),) = asked
    with loaded_engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
    assert not any("Seq Scan on operating_line" in line for line in plan), plan
