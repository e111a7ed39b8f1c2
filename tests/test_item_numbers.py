"""A paper's number on the agenda: from the file to the agenda, also in what is older than it."""

import pytest
from alembic import command
from alembic.config import Config
from papers import change, copy_papers, rows_in
from sqlalchemy import Engine, text

from gsn_dash.domain.meeting.agenda import make_agenda
from gsn_dash.ingest.data_folder import parse_folder
from gsn_dash.operate.load import is_loaded, load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.read import read_snapshot

FILE = "documents.csv"
NUMBERS = {"arende-3": "3", "bilaga-1": "3", "arende-4": "4", "rapport-samarbeten": "4"}


def _items(engine: Engine) -> dict[str, str]:
    """The papers that have a number on the agenda."""
    found = read_snapshot(engine).documents
    return {key: paper.item for key, paper in found.items() if paper.item}


def _without_items(folder):
    """The folder as it was before papers had numbers of items."""
    rows = rows_in(folder, FILE)
    columns = [name for name in rows[0] if name != "item"]
    lines = [";".join(columns), *(";".join(row[name] for name in columns) for row in rows)]
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def empty_engine(empty_url):
    """A database with nothing in it."""
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def test_the_papers_know_their_items(loaded_engine):
    assert _items(loaded_engine) == NUMBERS
    report = load_data(loaded_engine, PROJECT / "data", by="test")
    assert report.sentence == "Uppgifterna fanns redan: inget ändrades."


def test_a_file_from_before_items_were_told_is_read_and_gives_one_item(engine, tmp_path):
    folder = _without_items(copy_papers(tmp_path))
    assert load_data(engine, folder, by="test").problems == ()
    assert _items(engine) == {}
    (item,) = make_agenda(read_snapshot(engine)).items
    assert (item.number, item.subjects) == ("", ("operating", "investments", "collaborations"))
    # And the file of today puts it right, without a figure being touched.
    report = load_data(engine, PROJECT / "data", by="test")
    assert report.sentence == "Inläsning 2: 4 ändrade namn, 240 oförändrade."
    assert [item.number for item in make_agenda(read_snapshot(engine)).items] == ["3", "4"]


@pytest.mark.parametrize("number", ["3:decision", "x" * 21])
def test_what_is_no_number_of_an_item_is_refused_where_it_stands(tmp_path, number):
    folder = copy_papers(tmp_path)
    row = change(folder, FILE, "tjänsteskrivelse;;9 - 14;4", f"tjänsteskrivelse;;9 - 14;{number}")
    (problem,) = parse_folder(folder)[1]
    assert (problem.file, problem.row, problem.column) == (FILE, row, "item")
    assert number[:9] in problem.sentence


def test_a_database_from_before_the_meetings_gets_its_items_with_the_next_load(empty_engine):
    """Its figures stay, and a start loads the folder anew, since its file is another."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "gsn_dash" / "store" / "migrations"))
    with empty_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(text("INSERT INTO import_batch (recorded_by) VALUES ('test')"))
        connection.execute(
            text(
                "INSERT INTO document (key, title, kind, pages)"
                " VALUES ('bilaga-1', 'Bilaga 1', 'bilaga', '4 - 8')"
            )
        )
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        papers = connection.execute(text("SELECT key, pages, item FROM document")).all()
    assert papers == [("bilaga-1", "4 - 8", "")]
    assert not is_loaded(empty_engine, PROJECT / "data")
    assert load_data(empty_engine, PROJECT / "data", by="test").problems == ()
    assert _items(empty_engine) == NUMBERS
