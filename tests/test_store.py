"""The database defends the truth by itself: its constraints, and two programs at once."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from imports_made import fill
from papers import change, copy_papers, rolled_back
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from gsn_dash.domain.amounts import Money
from gsn_dash.operate.load import load_data
from gsn_dash.store import schema
from gsn_dash.store.migrate import migrate
from gsn_dash.store.read import read_snapshot

FIGURES = (
    schema.operating_line,
    schema.appropriation,
    schema.project_result,
    schema.contribution,
    schema.published_total,
)


@pytest.fixture
def connection(server_url, loaded_template):
    """A transaction that is rolled back, with a batch of its own open."""
    with rolled_back(server_url, loaded_template) as connection:
        connection.execute(schema.import_batch.insert().values(recorded_by="test"))
        yield connection


@contextmanager
def _refused(constraint: str):
    with pytest.raises(IntegrityError) as refused:
        yield
    assert refused.value.orig.diag.constraint_name == constraint


def _first_row(connection, table, *conditions) -> tuple[int, dict]:
    """The id of a row, and its values as they can be inserted again."""
    statement = select(table).where(*conditions).order_by(table.c.id)
    row = connection.execute(statement).mappings().first()
    made_by_the_database = {"id"} | {c.name for c in table.c if c.computed is not None}
    values = {k: v for k, v in row.items() if k not in made_by_the_database}
    if "batch_id" in values:
        values["batch_id"] = _open_batch(connection)
    return row["id"], values


def _open_batch(connection) -> int:
    return connection.execute(select(func.max(schema.import_batch.c.id))).scalar_one()


def _correct(connection, table, before, row, **changes):
    values = {**row, "replaces_id": before, **changes}
    return connection.execute(table.insert().values(**values))


def test_the_tables_that_queries_name_are_those_of_the_migrations(engine):
    found = inspect(engine)
    migrated = {
        name: {column["name"] for column in found.get_columns(name)}
        for name in found.get_table_names()
        if name != "alembic_version"
    }
    named = {table.name: {c.name for c in table.c} for table in schema.metadata.sorted_tables}
    assert named == migrated


def test_migrating_again_is_harmless(loaded_engine):
    before = read_snapshot(loaded_engine)
    migrate(loaded_engine)
    assert read_snapshot(loaded_engine) == before


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: table.name)
def test_a_figure_has_an_amount_or_a_reason_why_not_and_never_both(connection, table):
    before, row = _first_row(connection, table)
    for amount, reason in ((None, None), (Decimal(0), "rutan är tom")):
        with pytest.raises(IntegrityError) as refused, connection.begin_nested():
            _correct(connection, table, before, row, amount=amount, unknown_reason=reason)
        assert refused.value.orig.diag.constraint_name.startswith(f"{table.name}_check")


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: table.name)
def test_a_reason_is_not_empty(connection, table):
    before, row = _first_row(connection, table)
    with _refused(f"{table.name}_unknown_reason_check"):
        _correct(connection, table, before, row, amount=None, unknown_reason="")


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: table.name)
def test_a_cell_has_one_first_row(connection, table):
    _, row = _first_row(connection, table)
    with _refused(f"{table.name}_first"):
        connection.execute(table.insert().values(**row))


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: table.name)
def test_a_row_is_replaced_once(connection, table):
    before, row = _first_row(connection, table)
    _correct(connection, table, before, row)
    with _refused(f"{table.name}_replaces_id_key"):
        _correct(connection, table, before, row)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (schema.operating_line, "measure"),
        (schema.appropriation, "kind"),
        (schema.project_result, "measure"),
        (schema.contribution, "municipality_code"),
        (schema.published_total, "ref"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_correction_is_about_the_same_cell(connection, table, column):
    before, row = _first_row(connection, table)
    other = connection.execute(select(table.c[column]).where(table.c[column] != row[column]))
    with pytest.raises(IntegrityError) as refused:
        _correct(connection, table, before, row, **{column: other.scalars().first()})
    assert "replaces_id" in refused.value.orig.diag.constraint_name


def test_a_row_does_not_replace_itself_or_one_that_does_not_exist(connection):
    before, row = _first_row(connection, schema.operating_line)
    for replaced in (10**9, None):
        with pytest.raises(IntegrityError), connection.begin_nested():
            _correct(connection, schema.operating_line, before, row, replaces_id=replaced)


@pytest.mark.parametrize(
    ("item", "amount"), [("cost", "21500000"), ("cost", "0.01"), ("revenue", "-0.01")]
)
def test_costs_are_not_above_zero_and_revenue_not_below(connection, item, amount):
    table = schema.operating_line
    before, row = _first_row(connection, table, table.c.item == item, table.c.measure == "outcome")
    with pytest.raises(IntegrityError):
        _correct(connection, table, before, row, amount=Decimal(amount))


@pytest.mark.parametrize(
    ("table", "column", "value", "constraint"),
    [
        (schema.operating_line, "item", "salary", "operating_line_item_check"),
        (schema.operating_line, "span", "month", "operating_line_span_check"),
        (schema.operating_line, "activity_key", "099", "operating_line_activity_key_fkey"),
        (schema.operating_line, "occasion_id", 10**9, "operating_line_occasion_id_fkey"),
        (schema.operating_line, "precision_kr", -1, "operating_line_precision_kr_check"),
        (schema.contribution, "amount", -1, "contribution_amount_check"),
        (schema.contribution, "year", 23, "contribution_year_check"),
        (schema.contribution, "municipality_code", "9999", "contribution_municipality_code_fkey"),
        (schema.contribution, "standing", "maybe", "contribution_standing_check"),
        (schema.population, "inhabitants", 0, "population_inhabitants_check"),
        (schema.allocation_key, "equal_part", 2, "allocation_key_equal_part_check"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_value_that_cannot_be_is_refused(connection, table, column, value, constraint):
    _, row = _first_row(connection, table)
    with _refused(constraint):
        connection.execute(table.insert().values(**{**row, column: value}))


def test_a_figure_has_a_place_in_a_paper(connection):
    before, row = _first_row(connection, schema.operating_line)
    with _refused("operating_line_place_id_fkey"):
        _correct(connection, schema.operating_line, before, row, place_id=10**9)


BATCHED = [table for table in schema.metadata.sorted_tables if "batch_id" in table.c]


@pytest.mark.parametrize("table", BATCHED, ids=lambda table: table.name)
@pytest.mark.parametrize("batch", [1, 10**9])
def test_nothing_is_added_to_an_import_that_is_over(connection, table, batch):
    fill(connection)
    row = connection.execute(select(table).limit(1)).mappings().one()
    values = {c.name: row[c.name] for c in table.c if c.computed is None and c.name != "id"}
    with pytest.raises(IntegrityError) as refused:
        connection.execute(table.insert().values(**{**values, "batch_id": batch}))
    assert refused.value.orig.sqlstate == "23001"


def test_no_member_is_added_to_a_recorded_key(connection):
    values = {"allocation_key_id": 1, "municipality_code": "2080"}
    with pytest.raises(IntegrityError) as refused:
        connection.execute(schema.allocation_key_member.insert().values(**values))
    assert refused.value.orig.sqlstate == "23001"


def test_a_first_row_is_not_a_withdrawal(connection):
    _, row = _first_row(connection, schema.population)
    with _refused("population_check1"):
        first = {**row, "as_of": date(1999, 12, 31), "withdrawn": True}
        connection.execute(schema.population.insert().values(**first))


def test_one_standing_does_not_replace_the_other(connection):
    table = schema.contribution
    before, row = _first_row(connection, table, table.c.standing == "restated")
    with pytest.raises(IntegrityError):
        _correct(connection, table, before, row, standing="in_force")


@pytest.mark.parametrize("code", ["85", "20855", "20a5", "", " 2085"])
def test_a_municipality_has_a_code_of_four_digits(connection, code):
    with _refused("municipality_code_check"):
        connection.execute(schema.municipality.insert().values(code=code, name="Ludvika"))


@pytest.mark.parametrize("code", ["A1", "", "000000001"])
def test_a_projects_code_is_digits(connection, code):
    with _refused("project_code_code_check"):
        connection.execute(schema.project_code.insert().values(project_key="365", code=code))


@pytest.mark.parametrize("sha", ["", "abc", "G" * 64, "A" * 64, "0" * 63, "0" * 65])
def test_a_files_fingerprint_is_a_sha256(connection, sha):
    batch = _open_batch(connection)
    with _refused("import_file_sha256_check"):
        connection.execute(
            schema.import_file.insert().values(batch_id=batch, name="ny.csv", sha256=sha)
        )


def test_a_claim_has_a_value_of_its_own_kind_only(connection):
    table = schema.published_claim
    before, row = _first_row(connection, table, table.c.kind == "flag")
    for changes in (
        {"flag": None},
        {"kind": "percent"},
        {"statement": "något"},
        {"amount": Decimal(1), "unknown_reason": None},
    ):
        with pytest.raises(IntegrityError) as refused, connection.begin_nested():
            _correct(connection, table, before, row, **changes)
        assert refused.value.orig.diag.constraint_name.startswith("published_claim_check")


@pytest.mark.parametrize(
    "changes",
    [
        {"period_end": date(2023, 1, 1)},
        {"period_start": date(2022, 1, 1)},
        {"year": 2024},
    ],
)
def test_the_days_of_an_occasion_are_within_its_year(connection, changes):
    before, row = _first_row(connection, schema.occasion_days)
    with pytest.raises(IntegrityError):
        _correct(connection, schema.occasion_days, before, row, **changes)


@pytest.mark.parametrize("number", [0, 2])
def test_an_occasion_has_a_number_of_its_own(connection, number):
    with pytest.raises(IntegrityError):
        connection.execute(schema.occasion.insert().values(year=2023, number=number))


def test_the_sign_of_a_deviation_is_free(connection):
    table = schema.operating_line
    before, row = _first_row(connection, table, table.c.measure == "deviation")
    _correct(connection, table, before, row, amount=Decimal("-4400000"))


def test_ore_are_kept_exactly(loaded_engine, tmp_path):
    folder = copy_papers(tmp_path)
    change(folder, "contributions.csv", "2085;2023;18 300;", "2085;2023;18 300,07;")
    load_data(loaded_engine, folder, by="test")
    snapshot = read_snapshot(loaded_engine)
    held = {c.key.ref: c.figure for c in snapshot.contributions.values()}
    assert held["collaboration:skolskjuts:2085"].amount == Money(Decimal("18300.07"))
    assert held["collaboration:skolskjuts:2085"].precision == Decimal("0.01")
    assert load_data(loaded_engine, folder, by="test").sentence.endswith("inget ändrades.")
