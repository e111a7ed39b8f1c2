"""A program without figures: started so, or emptied; and the first file that it is given."""

import io
from datetime import date

import openpyxl
import pytest
from import_files import changed_book, filled_template
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from test_importing import keep, look, read, texts

from gsn_dash.domain.drafts import TEMPLATE
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.template import OCCASION_SHEET
from gsn_dash.importing import flow, telling
from gsn_dash.operate.prepare import prepare
from gsn_dash.present.importing import describe_withdrawn
from gsn_dash.report.template import write_template
from gsn_dash.settings import PROJECT, Settings
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import read_batches
from gsn_dash.store.record import Recorded
from gsn_dash.store.withdrawing import withdraw
from gsn_dash.ui import data

DAYS = (2025, 1, date(2025, 3, 31), date(2025, 4, 20), date(2025, 5, 7))


def first_file(payer: str) -> bytes:
    """The empty template, with its occasion, its outcome and what one municipality pays."""
    cells = {(OCCASION_SHEET, f"B{y}"): value for y, value in enumerate(DAYS, start=3)}
    paid = dict(zip("ABCDE", ("E-dala", payer, 2025, 46500, 1000), strict=True))
    cells |= {("Samarbeten", f"{column}4"): value for column, value in paid.items()}
    operating = {("Driftbudget", f"E{y}"): kr for y, kr in ((4, 12.0), (5, -12.5), (6, -0.5))}
    return changed_book(write_template(None), cells | operating)


def test_a_start_can_leave_the_papers_figures_out(engine: Engine):
    told: list[str] = []
    url = engine.url.render_as_string(hide_password=False)
    settings = Settings(url, PROJECT, 1, "localhost", PROJECT / "data", starts_empty=True)
    prepare(settings, told.append)
    assert not [line for line in told if "Läser in" in line]
    assert list_occasions(engine) == ()


def test_the_first_file_of_all_says_itself_which_municipalities_there_are(engine: Engine):
    (problem,) = look(engine, "mall.xlsx", first_file("Ludvika")).read.problems
    assert "skriv med kommunkoden före namnet, till exempel 2085 Ludvika" in problem.sentence
    hints = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(write_template(None)))
             .worksheets[0]["A"]]  # fmt: skip
    assert any("till exempel 2085 Ludvika" in str(hint) for hint in hints)
    assert not any("förra tillfället" in str(hint) for hint in hints)

    seen = look(engine, "mall.xlsx", first_file("2085 Ludvika"))
    assert seen.read.problems == ()
    # The amount is finer than what it is said to be rounded to: that is not believed.
    assert "noggrannare än" in " ".join(seen.read.remarks)
    assert telling.describe_controls(seen).startswith("Sidan Granskning får ")
    keep(engine, seen)
    assert read_batches(engine)[-1].kind == TEMPLATE
    paid = read(engine).contributions[ContributionKey("e-dala", "2085")]
    assert paid.figure.precision == 1
    assert read(engine).municipalities["2085"].name == "Ludvika"


def test_an_emptied_program_knows_its_names_and_what_has_been_read(
    loaded_engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    before = read(loaded_engine)
    content = filled_template(before, {})
    gone = flow.look_at_withdrawal(loaded_engine, 1)
    # As many as the import said that it brought.
    assert telling.describe_look(gone).startswith("Det här skulle ta bort 240 uppgifter. ")
    assert isinstance(withdraw(loaded_engine, 1, "Bo", "Tomt"), Recorded)
    assert "Det som gällde före" not in describe_withdrawn(1, not list_occasions(loaded_engine))

    seen = look(loaded_engine, "mall.xlsx", content)
    assert seen.read.problems == () and seen.read.drafts.collaborations == ()
    assert len(seen.read.drafts.contributions) == len(before.contributions)
    assert "är nytt" in telling.describe_look(seen) and texts(telling.changes_table(seen))

    monkeypatch.setattr(data, "_figures", data.Figures())
    monkeypatch.setattr(data, "_engine", None)
    data.refresh(loaded_engine)
    page = AppTest.from_file(str(PROJECT / "pages" / "kallor.py"), default_timeout=60).run()
    assert not page.exception
    shown = " ".join(each.proto.body for each in page.get("html"))
    assert "Databasen har inga uppgifter än" in shown
    assert "tillbakadragen" in shown and "operating.csv" in shown
