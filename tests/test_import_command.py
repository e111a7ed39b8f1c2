"""python -m gsn_dash import: the same look as on the page, and the same result."""

from pathlib import Path

import pytest
from import_files import filled_template, own_table
from imports_made import correction, kept
from papers import mkr
from sie_written import written
from sqlalchemy import Engine
from test_cli import ENGLISH, run
from test_importing import AUGUST, COST, COST_CELL, look, read, texts

from gsn_dash.domain.ledger import DEFAULT_MAP
from gsn_dash.importing import telling
from gsn_dash.ingest.opened import Choices
from gsn_dash.operate.importing import NOTHING_KEPT, Asked, run_import, table_lines
from gsn_dash.present.importing import NOTHING_NEW
from gsn_dash.store.ledger_maps import read_map
from gsn_dash.store.read import read_batches

DAYS = {"period_end": "2023-08-31", "appendix_dated": "2023-09-10", "meeting_on": "2023-09-20"}


@pytest.fixture
def filled(loaded_engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "mall.xlsx"
    path.write_bytes(filled_template(read(loaded_engine), {COST_CELL: -21.9}))
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "drift.xlsx"
    path.write_bytes(own_table())
    return path


def test_what_would_change_is_printed_and_kept_only_when_it_is_wanted(
    loaded_engine: Engine, filled: Path, capsys: pytest.CaptureFixture
):
    assert run_import(loaded_engine, Asked(filled), "eva", None) == 0
    said = capsys.readouterr().out
    seen = look(loaded_engine, filled.name, filled.read_bytes())
    assert "\n".join(table_lines(telling.changes_table(seen))) in said
    assert "−21,5\u00a0Mkr" in said and "stämmer inte" in said and NOTHING_KEPT in said
    assert len(read_batches(loaded_engine)) == 1

    asked = []
    assert run_import(loaded_engine, Asked(filled), "eva", lambda q: asked.append(q) or "nej") == 0
    assert asked == ["Läsa in? (ja/nej) "] and len(read_batches(loaded_engine)) == 1

    assert run_import(loaded_engine, Asked(filled, is_sure=True), "eva", None) == 0
    said = capsys.readouterr().out
    assert "Inläsning 2 är sparad för tillfälle\u00a02, 2023: 1 ändrad uppgift." in said
    assert read(loaded_engine).operating[COST].amount == mkr("-21.9")
    assert read_batches(loaded_engine)[-1].recorded_by == "eva"

    assert run_import(loaded_engine, Asked(filled, is_sure=True), "eva", None) == 0
    said = capsys.readouterr().out
    assert "har lästs in förut: inläsning 2" in said and said.endswith(f"{NOTHING_NEW}\n")
    assert len(read_batches(loaded_engine)) == 2

    # What came after the file has changed it: then the same file changes it back.
    kept(loaded_engine, correction("-22700000"))
    assert run_import(loaded_engine, Asked(filled, is_sure=True), "eva", None) == 0
    said = capsys.readouterr().out
    assert (
        "har lästs in förut: inläsning 2" in said
        and "Inläsning 4 är sparad för tillfälle\u00a02, 2023: 1 ändrad" in said
    )
    assert read(loaded_engine).operating[COST].amount == mkr("-21.9")


def test_a_new_occasion_comes_out_as_by_the_page(
    loaded_engine: Engine, own: Path, capsys: pytest.CaptureFixture
):
    asked = Asked(own, "2023-3", **DAYS)
    assert run_import(loaded_engine, asked, "eva", lambda _: "ja") == 0
    seen = look(loaded_engine, "annan.xlsx", own.read_bytes() + b"", Choices(AUGUST))
    assert not seen.can_keep and texts(telling.changes_table(seen)) == []
    assert read(loaded_engine).occasion.meeting_on == AUGUST.meeting_on
    assert "Tillfälle\u00a03, 2023 är nytt." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "--occasion 2023-3"),
        ({"occasion": "hösten"}, "skrivs som 2023-3"),
        ({"occasion": "2023-3"}, "är nytt; ange dess dagar"),
        ({"occasion": "2023-3", **DAYS, "meeting_on": "20/9"}, "skriv ÅÅÅÅ-MM-DD"),
        ({"occasion": "2023-3", **DAYS, "period_end": "2023-08-30"}, "sista dagen i en månad"),
    ],
)
def test_what_cannot_be_understood_is_told_in_a_sentence(
    loaded_engine: Engine,
    own: Path,
    capsys: pytest.CaptureFixture,
    given: dict[str, str],
    words: str,
):
    assert run_import(loaded_engine, Asked(own, **given, is_sure=True), "eva", None) == 1
    complaint = capsys.readouterr().err
    assert words in complaint and complaint.endswith(".\n") and complaint.count("\n") == 1
    assert len(read_batches(loaded_engine)) == 1


def test_a_file_with_problems_or_none_at_all_fails(
    loaded_engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture
):
    wrong = tmp_path / "fel.xlsx"
    wrong.write_bytes(filled_template(read(loaded_engine), {COST_CELL: "hej"}))
    assert run_import(loaded_engine, Asked(wrong, is_sure=True), "eva", None) == 1
    assert "Bladet Driftbudget, cell E5" in capsys.readouterr().out
    assert run_import(loaded_engine, Asked(tmp_path / "saknas.xlsx"), "eva", None) == 1
    assert "går inte att läsa" in capsys.readouterr().err
    assert len(read_batches(loaded_engine)) == 1


def test_the_command_works_as_it_is_typed(loaded_url: str, own: Path):
    options = ("--period-end", "2023-08-31", "--meeting-on", "2023-09-20")
    options += ("--appendix-dated", "2023-09-10", "--occasion", "2023-3", "--yes")
    ended = run("import", str(own), *options, DATABASE_URL=loaded_url)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Inläsning 2 är sparad för tillfälle\u00a03, 2023: 8 nya uppgifter.\n" in ended.stdout
    help_text = run("import", "--help").stdout
    assert help_text.startswith("Användning: python -m gsn_dash import")
    assert not ENGLISH.search(help_text)


def test_what_nobody_has_mapped_is_told_with_a_proposal_that_does_nothing_by_itself(
    loaded_engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture
):
    path = tmp_path / "bok.se"
    rows = ("#PSALDO 0 202301 4010 {} 900", '#PSALDO 0 202301 4010 {1 "031"} 900')
    name = '#OBJEKT 1 "031" "Digitalisering och innovation"'
    path.write_bytes(written(name, *rows, "#PSALDO 0 202301 9110 {} 7", sie_type="3"))
    assert run_import(loaded_engine, Asked(path, is_sure=True), "eva", None) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "031 Digitalisering och innovation (samma nummer och namn)" in said
    assert "Ett kostnadsställe är inte kopplat till någon verksamhet" in said
    assert "Ett konto i bokföringen finns inte i kontotabellen" in said
    assert read_map(loaded_engine).map == DEFAULT_MAP
    assert {row.activity for row in read(loaded_engine).ledger.months} == {""}
