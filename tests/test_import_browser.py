"""A controller's way with a file, in a real browser: in, seen, put right, explained, taken back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from accessibility import find_violations
from harness import AppServer, heading, wait_settled
from import_files import filled_template
from meeting_client import Browser as Client
from papers import read_papers
from playwright.sync_api import Page, expect

from gsn_dash.ingest.cells import LARGEST_FILE

KEY = re.compile(r"Nyckel .* den här: (\S+)\. Den gäller")
COST = "operating:total:cost:period:outcome"


@pytest.fixture(scope="module")
def app(start_module_app: Callable[..., AppServer]) -> AppServer:
    """An app where nobody counts as being on the server's own computer."""
    return start_module_app(GSN_PROXY="1").wait_open()


@pytest.fixture
def filled(server_url: str, loaded_template: str, tmp_path: Path) -> Path:
    """The template as a controller has filled it in: one figure is another."""
    papers = read_papers(server_url, loaded_template)
    path = tmp_path / "mall augusti.xlsx"
    path.write_bytes(filled_template(papers, {("Driftbudget", "E5"): -21.9}))
    return path


def open_at(page: Page, app: AppServer, address: str) -> None:
    page.goto(f"{app.url}/{address}")
    expect(heading(page)).to_have_count(1)
    wait_settled(page)


def send(page: Page, path: Path) -> None:
    page.get_by_label("Välj en fil").set_input_files(path)


def sign(page: Page, button: str, **fields: str) -> None:
    for label, text in {"Ditt namn": "Eva Ek", **fields}.items():
        page.get_by_label(label, exact=True).locator("visible=true").last.fill(text)
    page.get_by_role("button", name=button).click()


def test_with_a_key_a_file_changes_a_picture_and_what_is_wrong_is_put_right_and_taken_back(
    app: AppServer, page: Page, filled: Path
):
    _unlock(app, page)
    _read_in(app, page, filled)
    _correct(app, page)
    _explain(app, page)
    _withdraw(app, page)


def _unlock(app: AppServer, page: Page) -> None:
    """Without a key all can be seen and nothing changed."""
    open_at(page, app, f"kallor?figur={COST}")
    page.get_by_text("Rätta uppgiften").click()
    expect(page.get_by_text("För att rätta en uppgift härifrån behövs en nyckel")).to_be_visible()
    open_at(page, app, "inlasning")
    expect(page.get_by_role("table", name="Inläsningar, den senaste först")).to_be_visible()
    assert page.get_by_label("Välj en fil").count() == 0
    page.get_by_role("link", name="Lås upp med en nyckel").click()
    expect(heading(page)).to_have_text("Lås upp")
    assert find_violations(page) == []
    page.get_by_label("Nyckel").fill("FEL-FEL")
    page.get_by_role("button", name="Lås upp").click()
    expect(page.get_by_role("alert")).to_contain_text("Nyckeln gäller inte")
    key = next(found[1] for line in app.lines if (found := KEY.match(line)))
    page.get_by_label("Nyckel").fill(key)
    page.get_by_role("button", name="Lås upp").click()
    expect(page.get_by_text("1. Välj fil")).to_be_visible()


def _read_in(app: AppServer, page: Page, filled: Path) -> None:
    big = {"name": "stor.xlsx", "mimeType": "", "buffer": bytes(LARGEST_FILE + 1)}
    page.get_by_label("Välj en fil").set_input_files(big)
    expect(page.get_by_text("stor.xlsx är 10,5 MB; den får vara högst 10 MB.")).to_be_visible()
    _lose_one_on_the_way(page)
    wrong = filled.with_name("fel.xlsx")
    wrong.write_bytes(b"ingen tabell alls")
    send(page, wrong)
    expect(page.get_by_role("alert").filter(has_text="fel.xlsx")).to_be_visible()

    send(page, filled)
    changes = page.get_by_role("table", name="Det som ändras")
    expect(changes.get_by_role("row").filter(has_text="Kostnader, utfall")).to_contain_text(
        re.compile("−21,5.*−21,9.*ändras")
    )
    expect(page.get_by_role("table", name="Kontroller som ändras")).to_be_visible()
    wait_settled(page)
    assert find_violations(page) == []
    _press_too_early(page)
    sign(page, "Läs in", **{"Anteckning (om det behövs)": "Rättad bilaga"})
    kept = page.get_by_role("status").filter(has_text="Inläsning 2 är sparad för tillfälle")
    expect(kept).to_contain_text("2, 2023: 1 ändrad uppgift.")
    # Far above, now that the rest of the page is gone: it is brought into sight.
    expect(kept).to_be_in_viewport()
    expect(kept).to_be_focused()
    # The page hears of the new figures by itself.
    history = page.get_by_role("table", name="Inläsningar, den senaste först")
    expect(history.get_by_role("row").nth(1)).to_contain_text("mall augusti.xlsx")
    expect(history.get_by_role("row").nth(1)).to_contain_text("Eva Ek")

    send(page, filled)
    expect(page.get_by_text("Precis den här filen har lästs in förut: inläsning 2")).to_be_visible()
    expect(page.get_by_text("Allt i filen är redan inläst: inget ändras.")).to_be_visible()
    open_at(page, app, "driftbudget")
    picture = page.locator(".gsn-picture-stage:visible").first
    expect(picture.get_by_text("−21,9").first).to_be_attached()


def _lose_one_on_the_way(page: Page) -> None:
    """The connection breaks in the middle of a file: it is said, and the next one comes whole."""
    largest = {"name": "störst.csv", "mimeType": "", "buffer": b"a;b\n" * (LARGEST_FILE // 4)}
    page.route("**/api/fil", lambda route: route.abort(), times=1)
    page.get_by_label("Välj en fil").set_input_files(largest)
    expect(page.get_by_text("störst.csv kom inte fram, och inget är sparat")).to_be_visible()
    page.get_by_label("Välj en fil").set_input_files(largest)
    expect(page.get_by_role("alert").filter(has_text="störst.csv: ")).to_be_visible()


def _press_too_early(page: Page) -> None:
    """What is lacking is said beside the button, and the hand is put there."""
    title = page.get_by_label("Vad papperet heter")
    expect(title).to_have_value("Uppföljning, tillfälle 2 2023")
    button = page.get_by_role("button", name="Läs in", exact=True)
    button.click()
    expect(page.get_by_role("alert").filter(has_text="Skriv ditt namn.")).to_be_in_viewport()
    expect(page.get_by_label("Ditt namn", exact=True)).to_be_focused()
    page.get_by_label("Ditt namn", exact=True).fill("Eva Ek")
    button.click()
    expect(page.get_by_role("alert").filter(has_text="Kryssa i rutan")).to_be_in_viewport()
    sure = page.get_by_role("checkbox", name="som nämnden redan har haft möte om")
    expect(sure).to_be_focused()
    page.keyboard.press("Space")
    expect(sure).to_be_checked()


def _correct(app: AppServer, page: Page) -> None:
    open_at(page, app, f"kallor?figur={COST}")
    expect(page.get_by_role("region", name="Så vet vi det")).to_contain_text("mall augusti.xlsx")
    page.get_by_text("Rätta uppgiften").click()
    page.get_by_label("Nytt belopp, eller ? om det är okänt").fill("22,1")
    sign(page, "Spara rättelsen", Varför="Fel i filen")
    expect(page.get_by_role("alert")).to_contain_text("skriv −22,1")
    page.get_by_label("Nytt belopp, eller ? om det är okänt").fill("−22,1")
    page.get_by_role("button", name="Spara rättelsen").click()
    box = page.get_by_role("region", name="Så vet vi det")
    expect(box).to_contain_text("−22,1")
    expect(box).to_contain_text("Rättat till −22,1")
    expect(box).to_contain_text(re.compile("av Eva Ek .* därför att: Fel i filen"))
    expect(box).to_contain_text("I papperet: ”−21,9”")
    expect(box).to_contain_text("mall augusti.xlsx")
    wait_settled(page)
    assert find_violations(page) == []


def _explain(app: AppServer, page: Page) -> None:
    open_at(page, app, "granskning")
    first = page.locator("article").first
    title = first.locator("h3").inner_text()
    first.get_by_role("link", name="Förklara").click()
    form = page.get_by_role("region", name=f"Förklara: {title}")
    expect(form).to_be_visible()
    page.get_by_role("button", name="Spara förklaringen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv vad som förklarar det.")
    expect(page.get_by_label("Förklaring", exact=True)).to_be_focused()
    page.get_by_label("Förklaring", exact=True).fill("Texten är fel.\nTabellen gäller.")
    sign(page, "Spara förklaringen")
    expect(form).to_contain_text("Tabellen gäller.")
    wait_settled(page)
    assert find_violations(page) == []
    open_at(page, app, "granskning")
    met = page.locator("article").filter(has_text=title).first
    expect(met).to_contain_text("Förklarat av Eva Ek")
    expect(page.get_by_text("1 av de")).to_be_visible()


def _withdraw(app: AppServer, page: Page) -> None:
    open_at(page, app, "inlasning")
    chosen = page.get_by_role("combobox", name="Inläsning")
    expect(chosen).to_have_value(re.compile("^3: Rättelse"))
    page.get_by_role("button", name="Visa vad det skulle ändra").click()
    changes = page.get_by_role("table", name="Det som ändras")
    expect(changes).to_contain_text(re.compile("−22,1.*−21,9"))
    page.get_by_role("button", name="Dra tillbaka inläsning 3").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv varför inläsningen dras tillbaka.")
    expect(page.get_by_label("Varför", exact=True)).to_be_focused()
    sign(page, "Dra tillbaka inläsning 3", Varför="Filen var rätt")
    expect(page.get_by_text("Inläsning 3 är tillbakadragen.")).to_be_visible()
    wait_settled(page)
    history = page.get_by_role("table", name="Inläsningar, den senaste först")
    expect(history).to_contain_text("drog tillbaka 3")
    open_at(page, app, f"kallor?figur={COST}")
    box = page.get_by_role("region", name="Så vet vi det")
    expect(box).to_contain_text("mall augusti.xlsx")
    expect(box.locator(".gsn-message").first).to_contain_text("−21,9")


def test_a_key_is_not_taken_from_another_site_and_leads_nowhere_else(app: AppServer):
    client = Client(int(app.environ["PORT"]), forwarded="192.0.2.9")
    asked = client.get("/las-upp?vidare=//annan.exempel")
    assert asked.status == 200 and "annan.exempel" not in asked.text
    assert client.submit("/las-upp", key="").status == 403
    body = b"key=AAAA-AAAA"
    foreign = client.ask("POST", "/las-upp", body, origin="http://annan.exempel")
    assert foreign.status == 403 and "webbplatsens egen sida" in foreign.text
