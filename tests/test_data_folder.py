"""The folder data/ is read whole or not at all, once, and corrected without being forgotten."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import FOLDER, append, change, copy_papers, rows_in
from sqlalchemy import Engine, func, select

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.refs import ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.ingest.data_folder import FILES, parse_folder
from gsn_dash.operate.load import load_data
from gsn_dash.store.read import read_batches, read_snapshot, read_version
from gsn_dash.store.schema import metadata

COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")
ARCHIVE_IN_SMEDJEBACKEN = ContributionKey("e-arkiv", "2061")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the papers' figures that the test may change."""
    return copy_papers(tmp_path)


def _count_rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table.name != "turn"  # whose rows are there to be locked, and say nothing
        }


def _assert_refused(engine: Engine, folder: Path, *words: str) -> None:
    """One problem, that holds all the words, and nothing in the database."""
    report = load_data(engine, folder, by="test")
    assert len(report.problems) == 1, report.problems
    assert not [word for word in words if word not in report.problems[0]], report.problems
    assert set(_count_rows(engine).values()) == {0}


def test_every_file_of_the_papers_reads_without_problems():
    drafts, problems = parse_folder(FOLDER)
    assert problems == ()
    assert {path.name for path in FOLDER.iterdir()} == {file.name for file in FILES.values()}
    for field, file in FILES.items():
        assert len(getattr(drafts, field)) == len(rows_in(FOLDER, file.name)), file.name


def test_an_import_remembers_exactly_which_files_it_read(loaded_engine):
    (batch,) = read_batches(loaded_engine)
    assert batch.recorded_by == "test"
    assert dict(batch.files) == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.iterdir()
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "column", "sentence"),
    [
        ("operating.csv", "-21,5;Mkr", "-21.5;Mkr", "printed", "”-21.5” går inte att läsa"),
        ("operating.csv", "-21,5;Mkr", "-21,5;MSEK", "printed", "skriv Mkr, tkr eller kr"),
        ("operating.csv", "-21,5;Mkr;;", "-21,5;Mkr;x;", "sign", "”x” är inte + eller -"),
        ("operating.csv", "-21,5;Mkr;;", "-21,5;Mkr;;cirka", "approximate", "skriv ca"),
        ("operating.csv", "outcome;-21,5", ";-21,5", "measure", "tom"),
        ("operating.csv", "total;cost;period;outcome", "total;kostnad;period;outcome", "item",
         "”kostnad” går inte: skriv revenue, cost, net eller other_cost"),
        ("operating.csv", "total;cost;period;outcome", "total;cost;april;outcome", "span",
         "skriv period eller year"),
        ("operating.csv", "total;cost;period;outcome", "total;cost;period;forecast", "measure",
         "”forecast” går inte för period: skriv budget, outcome eller deviation"),
        ("investments.csv", "365;forecast;", "365;prognos;", "measure", "eller left"),
        ("operating.csv", "2023-2;total;cost;period;outcome", "²-2;total;cost;period;outcome",
         "occasion", "2023-2"),
        ("occasions.csv", "2023-04-30", "30 april", "period_end", "skriv ÅÅÅÅ-MM-DD"),
        ("populations.csv", "2085;2022-12-31;", "2085;2022-12-31;cirka ", "count", "helt tal"),
        ("projects.csv", ";rest", ";rester", "kind", "”rester”"),
        ("printed_cells.csv", "1;2;value;2;", "1;2;cell;2;", "role", "”cell”"),
        ("allocation_keys.csv", "e-dala;50;", "e-dala;150;", "equal_percent", "100 procent"),
        ("claims.csv", "percent;100;", "percent;hundra;", "printed", "”hundra”"),
        ("claims.csv", "flag;ja;;;;;arende-3;Sammanfattning", "flag;jo;;;;;arende-3;Sammanfattning",
         "kind", "ja eller nej"),
    ],
)  # fmt: skip
def test_a_broken_cell_is_located_and_nothing_is_recorded(
    engine, folder, name, old, new, column, sentence
):
    row = change(folder, name, old, new)
    _assert_refused(engine, folder, f"{name}, rad {row}, {column}: ", sentence)


def test_a_missing_file_is_named(engine, tmp_path):
    for file in FILES.values():
        folder = copy_papers(tmp_path / file.name)
        (folder / file.name).unlink()
        _assert_refused(engine, folder, f"{file.name}: filen", "går inte att öppna")


def test_a_file_with_nothing_in_it_is_refused(engine, tmp_path):
    for file in FILES.values():
        folder = copy_papers(tmp_path / file.name)
        (folder / file.name).write_bytes(b"")
        _assert_refused(engine, folder, f"{file.name}, rad 1: filen är tom")


def test_the_same_row_twice_is_refused(engine, tmp_path):
    for file in FILES.values():
        folder = copy_papers(tmp_path / file.name)
        lines = (folder / file.name).read_text(encoding="utf-8").splitlines()
        append(folder, file.name, lines[1])
        where = f"{file.name}, rad {len(lines) + 1}"
        _assert_refused(engine, folder, where, "samma sak som rad 2")


def test_a_missing_column_is_named_on_every_row_that_needs_it(engine, folder):
    change(folder, "municipalities.csv", "code;name", "kod;name")
    report = load_data(engine, folder, by="test")
    assert len(report.problems) == 15
    assert report.problems[0] == "municipalities.csv, rad 2, code: kolumnen code saknas i filen"
    assert read_version(engine) == "0"


def test_two_columns_of_one_name_are_refused(engine, folder):
    change(folder, "municipalities.csv", "code;name", "code;code")
    _assert_refused(engine, folder, "municipalities.csv, rad 1, code", "två gånger")


def test_a_file_that_is_not_utf8_is_refused_with_what_to_do(engine, folder):
    path = folder / "projects.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("latin-1"))
    _assert_refused(engine, folder, "projects.csv, rad 1: ", "spara om den som CSV UTF-8")


@pytest.mark.parametrize(("new", "cells"), [("2085", 1), ("2085;Ludvika;", 3)])
def test_a_row_with_a_wrong_number_of_cells_is_located(engine, folder, new, cells):
    row = change(folder, "municipalities.csv", "2085;Ludvika", new)
    _assert_refused(engine, folder, f"municipalities.csv, rad {row}: ", f"{cells} rutor", "2")


def test_an_open_quotation_mark_does_not_swallow_the_rest_of_the_file(engine, folder):
    change(folder, "municipalities.csv", "2062;Mora", '2062;"Mora')
    _assert_refused(engine, folder, "municipalities.csv, rad ", "citattecken")


def test_a_spreadsheets_own_ways_of_saving_are_read_alike(folder):
    expected, _ = parse_folder(FOLDER)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        quoted = text.replace("e-dala;E-dala", '"e-dala";"E-dala"')
        path.write_bytes((quoted.replace("\n", "\r\n") + ";;\r\n").encode())
    drafts, problems = parse_folder(folder)
    assert problems == ()
    assert replace(drafts, files=()) == replace(expected, files=())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("operating.csv", "-21,5;Mkr", "21,5;Mkr"),
        ("occasions.csv", "2023;2;2023-01-01", "2023;2;2022-01-01"),
        ("activities.csv", "031;Digitalisering", "031;\0Digitalisering"),
    ],
)
def test_a_row_that_the_database_refuses_takes_all_the_others_with_it(
    engine, folder, name, old, new
):
    change(folder, name, old, new)
    _assert_refused(engine, folder, "databasen godtar inte en rad")


def test_figures_of_an_occasion_that_is_not_given_are_refused(engine, folder):
    change(folder, "occasions.csv", "2023;2;", "2023;3;")
    report = load_data(engine, folder, by="test")
    assert "operating.csv, rad 2, occasion: ”2023-2” finns inte i occasions.csv" in report.problems
    assert set(_count_rows(engine).values()) == {0}


def test_a_row_that_is_gone_from_its_file_is_withdrawn_and_can_come_back(loaded_engine, folder):
    text = (folder / "totals.csv").read_text("utf-8")
    line = next(row for row in text.splitlines() if ";-12,2;" in row)
    ref = "investment:total:outcome_deviation"
    change(folder, "totals.csv", f"{line}\n", "")
    report = load_data(loaded_engine, folder, by="test")
    assert ": 1 återtagna, " in report.sentence
    assert ref not in read_snapshot(loaded_engine).totals
    assert ref in read_snapshot(loaded_engine, batch=1).totals

    (folder / "totals.csv").write_text(text, "utf-8")
    assert ": 1 nya uppgifter, " in load_data(loaded_engine, folder, by="test").sentence
    assert ref in read_snapshot(loaded_engine).totals


def test_a_claim_whose_place_is_put_right_is_not_said_twice(loaded_engine, folder):
    before = len(read_snapshot(loaded_engine).claims)
    change(folder, "claims.csv", "andel av anslaget enligt prognos", "andel enligt prognos")
    report = load_data(loaded_engine, folder, by="test")
    assert ": 1 nya uppgifter, 1 återtagna, " in report.sentence
    assert len(read_snapshot(loaded_engine).claims) == before


def test_a_file_that_is_emptied_withdraws_what_it_held(loaded_engine, folder):
    heading = (folder / "claims.csv").read_text("utf-8").splitlines()[0]
    (folder / "claims.csv").write_text(f"{heading}\n", "utf-8")
    load_data(loaded_engine, folder, by="test")
    assert read_snapshot(loaded_engine).claims == ()


def test_a_code_that_a_project_no_longer_has_is_gone(loaded_engine, folder):
    change(folder, "projects.csv", "0003 0005 0020", "0005 0020")
    load_data(loaded_engine, folder, by="test")
    cables = read_snapshot(loaded_engine).projects[0]
    assert cables.codes == ("0005", "0020")


def test_a_changed_name_is_noticed_by_whoever_shows_the_figures(loaded_engine, folder):
    before = read_version(loaded_engine)
    change(folder, "collaborations.csv", ";Telefoni", ";Telefon")
    report = load_data(loaded_engine, folder, by="test")
    assert ": 1 ändrade namn, " in report.sentence
    assert read_version(loaded_engine) != before


def test_changed_days_of_an_occasion_are_a_correction(loaded_engine, folder):
    change(folder, "occasions.csv", "2023-04-30", "2023-05-31")
    report = load_data(loaded_engine, folder, by="test")
    assert ": 1 rättade, " in report.sentence
    assert read_snapshot(loaded_engine).occasion.months == 5
    assert read_snapshot(loaded_engine, batch=1).occasion.months == 4


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_cell_is_read_or_located(folder, data):
    name = data.draw(st.sampled_from([file.name for file in FILES.values()]))
    lines = (FOLDER / name).read_text(encoding="utf-8-sig").splitlines()
    number = data.draw(st.integers(1, len(lines) - 1))
    cells = lines[number].split(";")
    column = data.draw(st.integers(0, len(cells) - 1))
    cells[column] = data.draw(st.text(st.characters(codec="utf-8"), max_size=20))
    changed = [*lines[:number], ";".join(cells), *lines[number + 1 :]]
    (folder / name).write_text("\n".join(changed), encoding="utf-8")
    try:
        _, problems = parse_folder(folder)
    finally:
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    # Another name in one file may be missed by a row of another.
    first = [problem for problem in problems if problem.file == name]
    assert not problems or first or all("finns inte i" in p.sentence for p in problems)
    assert all(problem.row > 0 for problem in problems)
    assert all(problem.sentence for problem in problems)


def test_the_printed_text_of_what_cannot_be_read_is_kept(loaded_engine):
    snapshot = read_snapshot(loaded_engine)
    lost = snapshot.investments[InvestmentKey("basfunktionalitet", "appropriation")]
    assert (lost.printed, type(lost.amount)) == (",5", Unknown)
    asked = snapshot.contributions[ARCHIVE_IN_SMEDJEBACKEN].figure
    assert (asked.printed, type(asked.amount)) == ("?", Unknown)
    empty = snapshot.totals["collaboration:total:2061"]
    assert (empty.printed, type(empty.amount)) == ("", Unknown)


def test_every_figure_has_its_printed_text_and_its_place_in_a_paper(loaded_engine):
    snapshot = read_snapshot(loaded_engine)
    figures = [*snapshot.operating.values(), *snapshot.investments.values()]
    figures += [contribution.figure for contribution in snapshot.contributions.values()]
    figures += snapshot.totals.values()
    assert len(figures) == 10 + 16 + 8 + 16
    for figure in figures:
        assert figure.origin.document.key in snapshot.documents
        assert figure.origin.section
        assert figure.is_unknown or figure.printed


def test_loading_twice_changes_nothing(engine, folder):
    load_data(engine, folder, by="test")
    rows, snapshot = _count_rows(engine), read_snapshot(engine)
    report = load_data(engine, folder, by="someone else")
    assert report.sentence == "Uppgifterna fanns redan: inget ändrades."
    assert _count_rows(engine) == rows
    assert read_snapshot(engine) == snapshot
