"""The list of scenarios: its order, its end, what it costs; and a database that is away."""

import uuid

import pytest
from drafted import draft, listed
from sqlalchemy import event, text

from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.scenarios import (
    LISTED,
    create_scenario,
    delete_scenario,
    find_scenario,
    find_scenarios,
    freeze_scenario,
    history_of,
    list_scenarios,
    rename_scenario,
    save_scenario,
)


@pytest.fixture
def store(loaded_engine):
    return loaded_engine


def test_the_list_is_newest_first_and_holds_what_is_not_deleted(store):
    a, b, c, d = (create_scenario(store, draft(name)) for name in "abcd")
    delete_scenario(store, b.id, 1, "Eva")
    frozen = freeze_scenario(store, c.id, 1, "Eva", "f", 1)
    latest = rename_scenario(store, a.id, 1, "A", "Eva")
    assert list_scenarios(store) == listed(latest, frozen, d)


def _seed(engine, scenarios: int, versions: int) -> None:
    """Scenarios named by their number, the highest saved last."""
    with engine.begin() as connection:
        numbers = {"scenarios": scenarios, "versions": versions}
        ids = "md5('scenario ' || s)::uuid"
        connection.execute(
            text(f"INSERT INTO scenario SELECT {ids} FROM generate_series(1, :scenarios) s"),
            numbers,
        )
        connection.execute(
            text(
                "INSERT INTO scenario_version"
                f" SELECT {ids}, v, s, 'Eva', '', '{{}}', 2023, 2, 1, 'open', NULL, now()"
                " FROM generate_series(1, :versions) v, generate_series(1, :scenarios) s"
                " ORDER BY v, s"
            ),
            numbers,
        )


def test_the_list_ends_after_five_hundred(store):
    _seed(store, LISTED + 2, 1)
    found = list_scenarios(store)
    assert [each.name for each in found] == [str(n) for n in range(LISTED + 2, 2, -1)]


def test_the_list_is_one_question_that_does_not_read_old_versions(store):
    _seed(store, 20, 100)
    asked = []
    event.listen(store, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    assert {each.version for each in list_scenarios(store)} == {100}
    ((statement, parameters),) = asked
    assert "document" not in statement
    with store.connect() as connection:
        connection.execute(text("ANALYZE scenario, scenario_version"))
        lines = connection.exec_driver_sql(f"EXPLAIN ANALYZE {statement}", parameters).scalars()
        plan = "\n".join(lines)
    assert "Index Scan Backward using scenario_version_pkey" in plan
    assert "Seq Scan on scenario_version" not in plan
    assert "actual" in plan and "rows=2000" not in plan


def test_a_few_are_read_whole_in_the_order_asked_for(store):
    first, second = (create_scenario(store, draft(name)) for name in "ab")
    newest = save_scenario(store, first.id, 1, draft("A", document={"used_up": "1"}))
    asked = [second.id, str(uuid.uuid4()), "inget id", first.id]
    assert find_scenarios(store, asked) == (second, newest)


def test_without_a_database_everything_says_so():
    gone = make_engine("postgresql://nobody@127.0.0.1:9/none")
    name = str(uuid.uuid4())
    for ask in (
        lambda: list_scenarios(gone),
        lambda: find_scenario(gone, name),
        lambda: find_scenarios(gone, [name]),
        lambda: history_of(gone, name),
        lambda: create_scenario(gone, draft()),
        lambda: save_scenario(gone, name, 1, draft()),
        lambda: delete_scenario(gone, name, 1, "Eva"),
    ):
        with pytest.raises(StoreUnavailable) as said:
            ask()
        assert said.value.sentence.startswith("Databasen svara")
