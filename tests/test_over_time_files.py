"""What is fetched from Över tid: changes with the difference as a formula, lines, forecasts."""

import pytest
from asgi_client import AsgiClient
from occasions_made import FOUR, put
from spreadsheet import Spreadsheet
from sqlalchemy import create_engine
from starlette.applications import Starlette
from test_chosen_occasion import forget

from gsn_dash.publish.routes import make_routes
from gsn_dash.publish.shelf import Given
from gsn_dash.ui import data

NOW, BEFORE = "tillfalle=2023-2", "mot=2022-2"


@pytest.fixture(scope="module")
def client(module_url):
    forget()
    engine = create_engine(module_url)
    put(engine, *FOUR)
    data.refresh(engine)
    given = Given(data.current, data.figures_of, data.series, data.engine)
    yield AsgiClient(Starlette(routes=make_routes(given)))
    forget()
    engine.dispose()


def test_a_change_is_a_formula_of_the_two_occasions(client):
    answer = client.get(f"/hamta/tabell/andringar-helar.xlsx?{NOW}&{BEFORE}")
    assert answer.status == 200
    book = Spreadsheet(answer.body)
    (name, *_) = book.formulas.sheetnames
    sheet = book.shown[name]
    rows = {sheet.cell(at, 1).value: at for at in range(5, sheet.max_row + 1)}
    at = rows["Kostnader, budget"]
    assert (sheet.cell(at, 2).value, sheet.cell(at, 3).value) == (-71.8, -74.1)
    assert book.formulas[name].cell(at, 4).value == f"=C{at}-B{at}"
    assert book.count(name, f"D{at}") == pytest.approx(-2.3)
    assert sheet.cell(at, 4).value == pytest.approx(-2.3)


def test_changes_against_another_occasion_are_another_file(client):
    address = "/hamta/tabell/andringar-helar.csv"
    one, other = (client.get(f"{address}?{NOW}&mot={mot}").text for mot in ("2022-2", "2022-4"))
    assert one != other
    assert client.get(f"{address}?{NOW}").status == 404
    answer = client.get(f"{address}?{NOW}&mot=1999-1")
    assert (answer.status, "1999-1" in answer.text) == (404, True)


@pytest.mark.parametrize("name", ["netto", "investeringar", "samarbeten", "prognoser"])
def test_the_pictures_over_occasions_can_be_fetched(client, name):
    answer = client.get(f"/hamta/bild/over-tid-{name}.svg?{NOW}")
    assert answer.status == 200
    assert "<title>" in answer.text


def test_how_right_forecasts_were_can_be_counted_again(client):
    book = Spreadsheet(client.get(f"/hamta/tabell/over-tid-prognoser.xlsx?{NOW}").body)
    (name, *_) = book.formulas.sheetnames
    assert len([cell for cell in book.formula_cells() if cell[0] == name]) >= 2
    for sheet, cell in book.formula_cells():
        assert book.count(sheet, cell) == pytest.approx(book.shown[sheet][cell].value)
