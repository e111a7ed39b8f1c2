"""Tänk om …?: what the papers do not have is put in by forms, and gets levers of its own."""

import pytest
from accessibility import find_violations
from harness import wait_settled
from playwright.sync_api import Page, expect
from what_if_page import expect_lever, message, open_what_if

FIRST_FIELDS = {
    "En åtgärd": "Vad heter åtgärden?",
    "En enskild faktura": "Vad gäller fakturan?",
    "En verksamhet utan prognos": "Verksamhet",
    "Pengar som flyttas mellan projekt": "Till",
    "Ett belopp i stället för ett okänt": "Vad är okänt?",
}


@pytest.fixture
def form(app_server: str, page: Page):
    """The open form of a kind of assumption, on a page without any."""

    def open_form(kind: str):
        page.emulate_media(reduced_motion="reduce")  # nothing glides under an open list
        open_what_if(page, app_server)
        page.get_by_text("Nytt antagande").click()
        if kind != "En åtgärd":
            _choose(page, "Vad vill du anta?", kind)
        found = page.get_by_test_id("stForm")
        expect(found.get_by_label(FIRST_FIELDS[kind])).to_be_visible()
        return found

    return open_form


def _choose(page: Page, what: str, option: str) -> None:
    """Open the list once and choose: a list that closes by itself is a fault."""
    box = page.get_by_role("combobox", name=what)
    box.press("ArrowDown")
    page.get_by_role("option", name=option).click()
    expect(box).to_have_value(option)
    wait_settled(page)


def _add(page: Page, form) -> None:
    form.get_by_role("button", name="Lägg till").click()
    wait_settled(page)


def test_an_action_gives_its_part_of_the_year(form, page: Page):
    found = form("En åtgärd")
    found.get_by_label("Vad heter åtgärden?").fill("Färre konsulter <b>")
    found.get_by_label("Ger på ett helt år").fill("1200")
    _choose(page, "Från och med", "september")
    _add(page, found)
    expect(message(page)).to_contain_text("slutar året 0,4\u00a0Mkr bättre än budget")
    expect_lever(page, "action:Färre konsulter <b>", "+1\u00a0200\u00a0000 kr")
    page.get_by_role("button", name="Ta bort: Färre konsulter").click()
    expect(message(page)).to_contain_text("Vad händer om")


def test_an_action_without_a_name_is_asked_for_one_and_keeps_the_rest(form, page: Page):
    found = form("En åtgärd")
    found.get_by_label("Ger på ett helt år").fill("1200")
    _add(page, found)
    expect(page.get_by_role("alert")).to_contain_text("Skriv ett namn")
    expect(found.get_by_label("Ger på ett helt år")).to_have_value("1200")
    assert find_violations(page) == []


def test_an_invoice_that_no_budget_has_comes_on_top(form, page: Page):
    found = form("En enskild faktura")
    found.get_by_label("Vad gäller fakturan?").fill("Böter")
    found.get_by_text("Fakturan finns i budgeten").click()
    _add(page, found)
    expect(message(page)).to_contain_text("slutar året 1,0\u00a0Mkr sämre än budget")


def test_an_amount_instead_of_an_unknown_is_seen_as_assumed(form, page: Page):
    found = form("Ett belopp i stället för ett okänt")
    _add(page, found)
    expect(page.locator(".gsn-sheet")).to_contain_text(
        "Att Smedjebacken betalar 100\u00a0000\u00a0kr för E-arkiv är ett antagande"
    )
    row = page.locator(".gsn-sheet tr", has_text="Smedjebacken").first
    expect(row).to_contain_text("antaget 220\u00a0000")


def test_more_money_than_a_project_has_is_not_moved(form, page: Page):
    found = form("Pengar som flyttas mellan projekt")
    found.get_by_label("Belopp, tkr").fill("7000")
    _add(page, found)
    expect(page.get_by_role("alert")).to_contain_text("Så mycket har projektet inte")
    found.get_by_label("Belopp, tkr").fill("500")
    _add(page, found)
    expect(page.locator(".gsn-sheet-assumed")).to_contain_text("500\u00a0000\u00a0kr flyttas från")


def test_an_activity_without_a_forecast_gets_a_lever(form, page: Page):
    found = form("En verksamhet utan prognos")
    found.get_by_label("Mot budget vid årets slut").fill("-700")
    _add(page, found)
    expect(message(page)).to_contain_text("slutar året 0,7\u00a0Mkr sämre än budget")
