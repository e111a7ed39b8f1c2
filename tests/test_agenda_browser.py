"""Möte: what is shown at the meeting and what is proposed there, kept with nothing lost."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from accessibility import find_violations
from browsing import leaving
from harness import heading, until, wait_settled
from papers import change, copy_papers
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect
from scenario_board import Board, open_board, press
from test_away_browser import closed_database

from gsn_dash.domain.meeting.agenda import AgendaChoice
from gsn_dash.operate.load import load_data
from gsn_dash.store.agendas import read_agenda, read_decisions, save_agenda
from gsn_dash.store.meeting_ends import end_meeting
from gsn_dash.store.meetings import start_meeting

SPRING = (2023, 2)
TABLE, PICTURE, MESSAGE = "operating:table", "operating:picture", "operating:message"


@pytest.fixture(scope="module")
def board(server_url: str, loaded_template: str, visits: BrowserContext) -> Iterator[Board]:
    with open_board(server_url, loaded_template, visits) as board:
        yield board


@pytest.fixture(autouse=True)
def everybody_leaves(board: Board) -> Iterator[None]:
    """Whoever comes next finds the agenda as the papers have it."""
    with leaving(board.context):
        yield
    kept = read_agenda(board.engine, *SPRING)
    if kept is not None:
        papers = AgendaChoice().to_json()
        save_agenda(board.engine, *SPRING, kept.version, papers, "Ingen")


def come(board: Board) -> Page:
    page = board.context.new_page()
    page.goto(f"{board.url}/mote")
    expect(heading(page)).to_have_text("Möte")
    expect(page.locator(".gsn-order li")).to_have_count(20)
    wait_settled(page)
    return page


def box(page: Page, view: str) -> Locator:
    return page.locator(f'.gsn-order li[data-key="{view}"] input')


def expect_first(page: Page, *views: str) -> None:
    """The order begins with these views."""
    for place, view in enumerate(views):
        expect(page.locator(".gsn-order li").nth(place)).to_have_attribute("data-key", view)


def save(page: Page, name: str) -> None:
    page.bring_to_front()  # a page behind another is slow to press
    form = page.get_by_test_id("stForm").filter(has_text="Spara dagordningen")
    form.get_by_label("Ditt namn").fill(name)
    press(page, "Spara dagordningen")


def decision(page: Page, item: str) -> Locator:
    """The form of an item's decision, on the page that is used now."""
    page.bring_to_front()
    text = page.get_by_label(f"Förslag till beslut, ärende {item}")
    return page.get_by_test_id("stForm").filter(has=text)


def choose(page: Page, what: str, option: str) -> None:
    """The list closes where anything moves under it, and is then opened again."""
    box, item = page.get_by_role("combobox", name=what), page.get_by_role("option", name=option)

    def is_chosen() -> bool:
        if not item.is_visible():
            box.click()
        with suppress(TimeoutError):
            item.click(timeout=1000)
        return option in box.input_value()

    until(is_chosen, f"{option} in the list of {what}")


def send(form: Locator, button: str, name: str = "") -> None:
    form.page.bring_to_front()
    if name:
        form.get_by_label("Ditt namn").fill(name)
    form.get_by_role("button", name=button, exact=True).click()


def test_views_are_left_out_and_put_in_order_and_everybody_gets_them_so_when_it_is_saved(
    board: Board,
):
    page = come(board)
    expect(page.locator(".gsn-message")).to_contain_text("har två ärenden, och 20")
    expect(page.get_by_role("heading", name="Ärende 3")).to_have_count(2)
    expect(page.get_by_role("main")).to_contain_text("sidorna 4–8")
    box(page, TABLE).uncheck()
    up = page.get_by_role("button", name="Flytta upp: Driftbudget: bild")
    up.press("Enter")
    expect(up).to_be_focused()
    expect_first(page, PICTURE, MESSAGE, "operating:bridge")
    up.press("Enter")  # is first already
    expect_first(page, PICTURE, MESSAGE)
    expect(page.get_by_text("Du har ändringar som inte är sparade.")).to_be_visible()
    assert read_agenda(board.engine, *SPRING) is None

    save(page, "")
    expect(page.get_by_role("alert")).to_contain_text("Namnet är tomt")
    save(page, "Eva")
    expect(page.locator(".gsn-message")).to_contain_text("och 19\u00a0vyer visas")
    expect(page.get_by_text("Dagordningen är sparad av Eva")).to_be_visible()
    expect(page.get_by_text("Du har ändringar")).to_have_count(0)
    kept = AgendaChoice.from_json(read_agenda(board.engine, *SPRING).document)
    assert (kept.order[:2], kept.hidden) == ((PICTURE, MESSAGE), {TABLE})

    other = come(board)
    expect_first(other, PICTURE, MESSAGE)
    expect(box(other, TABLE)).not_to_be_checked()
    press(other, "Återställ ordningen")
    expect_first(other, MESSAGE, PICTURE)
    expect(box(other, TABLE)).not_to_be_checked()
    press(other, "Ångra ändringarna")
    expect_first(other, PICTURE)


def test_the_second_of_two_editors_is_told_what_differs_and_chooses(board: Board):
    eva, bo = come(board), come(board)
    eva.bring_to_front()
    box(eva, TABLE).uncheck()
    save(eva, "Eva")
    expect(eva.get_by_text("sparad av Eva")).to_be_visible()
    bo.bring_to_front()
    box(bo, PICTURE).uncheck()
    save(bo, "Bo")
    expect(bo.get_by_text("Eva sparade dagordningen")).to_be_visible()
    table = bo.get_by_role("table", name="Din dagordning mot den som redan är sparad")
    expect(table.get_by_role("row", name="Driftbudget: bild visas inte visas")).to_be_visible()
    expect(table.get_by_role("row", name="Driftbudget: tabell visas visas inte")).to_be_visible()
    expect(box(bo, PICTURE)).not_to_be_checked()
    assert read_agenda(board.engine, *SPRING).author == "Eva"
    assert find_violations(bo) == []
    press(bo, "Spara min ändå")
    expect(bo.get_by_text("sparad av Bo")).to_be_visible()
    assert read_agenda(board.engine, *SPRING).document["hidden"] == [PICTURE]

    eva.bring_to_front()
    box(eva, MESSAGE).uncheck()
    save(eva, "Eva")
    press(eva, "Ta Bos dagordning")
    expect(box(eva, MESSAGE)).to_be_checked()
    expect(box(eva, PICTURE)).not_to_be_checked()
    expect(eva.get_by_text("sparad av Bo")).to_be_visible()


def test_a_saved_scenario_can_be_shown_and_is_kept_with_the_agenda(board: Board):
    scenario = board.keep("Dyrare el", 2)
    page = come(board)
    choose(page, "Scenario i vyerna Tänk om", "Dyrare el")
    expect(page.get_by_text("Du har ändringar som inte är sparade.")).to_be_visible()
    save(page, "Eva")
    expect(page.get_by_text("sparad av Eva")).to_be_visible()
    assert read_agenda(board.engine, *SPRING).document["scenario"] == scenario.id


def test_a_decision_is_a_draft_until_it_is_accepted_and_again_when_it_is_edited(
    board: Board, tmp_path: Path
):
    page = come(board)
    form, main = decision(page, "3"), page.get_by_role("main")
    text = form.get_by_role("textbox", name="Förslag till beslut")
    draft = text.input_value()
    assert draft.startswith("Gemensamma servicenämnden beslutar att\n1. ") and "4,0" in draft
    expect(main).to_contain_text("Utkast ur siffrorna.")
    text.fill(f"{draft}\n6. tacka.")
    send(form, "Godta texten", "Eva")
    expect(main).to_contain_text("Godtagen av Eva")
    kept = read_decisions(board.engine, *SPRING)["3"]
    assert (kept.text, kept.accepted) == (f"{draft}\n6. tacka.", True)
    text.fill("Beslut.")
    send(form, "Spara som utkast")
    expect(main).to_contain_text("Utkast, sparat av Eva")
    assert not read_decisions(board.engine, *SPRING)["3"].accepted

    folder = copy_papers(tmp_path)
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-20,5")
    assert load_data(board.engine, folder, by="controller").problems == ()
    expect(main).to_contain_text("Siffrorna har ändrats sedan texten skrevs.", timeout=15_000)
    expect(text).to_have_value("Beslut.")
    text.fill("Mitt eget.")
    send(form, "Gör om utkastet ur siffrorna")
    expect(text).to_have_value(re.compile("^Gemensamma servicenämnden beslutar att"))
    assert text.input_value() != draft, "the draft is of the corrected figures"
    press(page, "Ta tillbaka min text")
    expect(text).to_have_value("Mitt eget.")


def test_the_second_of_two_who_write_a_decision_sees_both_texts(board: Board):
    eva, bo = decision(come(board), "4"), decision(come(board), "4")
    eva.get_by_role("textbox", name="Förslag till beslut").fill("Evas förslag.")
    send(eva, "Spara som utkast", "Eva")
    expect(eva.page.get_by_text("Texten är sparad som utkast.")).to_be_visible()
    bos = bo.get_by_role("textbox", name="Förslag till beslut")
    bos.fill("Bos förslag.")
    send(bo, "Godta texten", "Bo")
    expect(bo.get_by_text("Eva sparade texten")).to_be_visible()
    expect(bo.get_by_text("Evas förslag.")).to_be_visible()
    expect(bos).to_have_value("Bos förslag.")
    bos.fill("Bos bättre förslag.")
    send(bo, "Ta Evas text")
    expect(bos).to_have_value("Evas förslag.")
    press(bo.page, "Ta tillbaka min text")
    expect(bos).to_have_value("Bos bättre förslag.")
    send(bo, "Godta texten")
    expect(bo.page.get_by_text("Godtagen av Bo")).to_be_visible()
    assert read_decisions(board.engine, *SPRING)["4"].text == "Bos bättre förslag."


def test_what_is_written_stays_while_the_database_is_away(board: Board, server_url: str):
    page = come(board)
    text = decision(page, "4").get_by_role("textbox", name="Förslag till beslut")
    text.fill("Skrivet i mörkret.")
    box(page, TABLE).uncheck()
    with closed_database(server_url, board.database):
        save(page, "Eva")
        expect(page.get_by_role("alert").filter(has_text="svara").first).to_be_visible()
        send(decision(page, "4"), "Spara som utkast", "Eva")
        expect(page.get_by_role("alert").filter(has_text="Siffrorna nedan är från")).to_be_visible(
            timeout=15_000
        )
        expect(text).to_have_value("Skrivet i mörkret.")
        expect(box(page, TABLE)).not_to_be_checked()
    expect(page.get_by_text("Siffrorna nedan är från")).to_have_count(0, timeout=15_000)
    save(page, "Eva")
    expect(page.get_by_text("sparad av Eva")).to_be_visible()
    send(decision(page, "4"), "Spara som utkast", "Eva")
    expect(page.get_by_text("Texten är sparad som utkast.")).to_be_visible()
    assert read_decisions(board.engine, *SPRING)["4"].text == "Skrivet i mörkret."


def test_the_ways_into_a_meeting_leave_this_page_and_the_one_that_goes_on_stands_first(
    board: Board,
):
    place = {"view": "opening", "row": "", "levers": {}}
    old = start_meeting(board.engine, *SPRING, "Ada", "a" * 64, place)
    end_meeting(board.engine, old.code, "a" * 64, lambda _: {"title": "Mötet"})
    now = start_meeting(board.engine, *SPRING, "Bo", "b" * 64, place)
    page = come(board)
    first = page.get_by_role("main").locator("a:not(.gsn-visitor)").first
    expect(first).to_have_text(f"Följ mötet {now.code}")
    assert find_violations(page) == []
    row = page.get_by_role("table", name="Möten, det senaste först").get_by_role("row")
    expect(row).to_have_count(2)
    expect(row.last).to_contain_text(re.compile(r"tillfälle.2, 2023.*Ada", re.S))
    ways = {
        f"Följ mötet {now.code}": now.code,
        f"Visa mötet {old.code}": old.code,
        "Starta mötet": "starta",
        "Öva": "forhandsvisning",
    }
    page.evaluate("window.loadedOnce = true")
    for name, path in ways.items():
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"{board.url}/mote/{path}")
        assert page.evaluate("window.loadedOnce") is None, "a document of its own"
        page.goto(f"{board.url}/mote")
        page.evaluate("window.loadedOnce = true")
    code = page.get_by_role("textbox", name="Mötets kod")
    code.fill(now.code.lower())
    code.press("Enter")
    page.wait_for_url(f"{board.url}/mote/{now.code}")
    assert page.evaluate("window.loadedOnce") is None
