"""Scenarios kept in the real database by real browsers: nothing that anybody wrote is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import find_violations
from browsing import leaving
from harness import wait_settled
from papers import change, copy_papers
from playwright.sync_api import BrowserContext, Page, expect
from scenario_board import (
    Board,
    bar,
    draft_of,
    fill,
    message,
    open_board,
    open_form,
    press,
    send,
    settle,
)
from test_away_browser import closed_database
from test_shell_browser import ENGLISH

from gsn_dash.operate.load import load_data
from gsn_dash.store.scenario_drafts import ScenarioSummary
from gsn_dash.store.scenarios import (
    delete_scenario,
    find_scenario,
    history_of,
    list_scenarios,
    save_scenario,
)

MARKUP = "<script>x</script> **fet** :red[r] <b>å</b> &amp; 🙂"
COST = re.compile("^Kostnader, budget")
# What so many percent higher costs make of the year's end.
WORSE = {2: "1,0 Mkr sämre än budget", 4: "2,0 Mkr sämre än budget"}


@pytest.fixture(scope="module")
def board(server_url: str, loaded_template: str, visits: BrowserContext) -> Iterator[Board]:
    with open_board(server_url, loaded_template, visits) as board:
        yield board


@pytest.fixture(autouse=True)
def everybody_leaves(board: Board) -> Iterator[None]:
    with leaving(board.context):
        yield


def move_cost(page: Page, key: str = "ArrowRight") -> None:
    page.get_by_role("slider", name=COST).press(key)


def ids(versions: tuple[ScenarioSummary, ...]) -> list[str]:
    return [version.id for version in versions]


def test_what_is_saved_is_opened_by_its_link_in_another_browser(board: Board, elsewhere: Page):
    page = board.come(f"{board.url}/tank-om?c=2")
    expect(bar(page)).to_contain_text("Inget sparat scenario är öppet.")
    form = open_form(page, "Spara")
    fill(form, name=MARKUP, author=" Åsa ", note=f"{MARKUP}\nandra raden")
    send(form, "Spara")
    expect(bar(page)).to_contain_text(f"Scenario: {MARKUP} · sparat av Åsa")
    expect(page).to_have_url(re.compile(r"/tank-om\?scenario=[0-9a-f-]{36}$"))
    kept = list_scenarios(board.engine)[0]
    assert (kept.name, kept.author, kept.note) == (MARKUP, "Åsa", f"{MARKUP}\nandra raden")

    elsewhere.set_viewport_size({"width": 390, "height": 844})
    other = settle(elsewhere, page.url)
    expect(bar(other)).to_contain_text(MARKUP)
    expect(message(other)).to_contain_text(WORSE[2])
    expect(other).to_have_url(page.url)
    expect(bar(other)).not_to_contain_text("ändrat sedan")
    move_cost(other)
    move_cost(other)
    expect(bar(other)).to_contain_text("ändrat sedan det sparades")
    expect(other).to_have_url(f"{page.url}&version=1&c=4")

    third = settle(page, other.url)
    expect(message(third)).to_contain_text(WORSE[4])
    expect(bar(third)).to_contain_text("ändrat sedan det sparades")
    form = open_form(third, "Öppna")
    expect(form).to_contain_text(MARKUP)
    assert find_violations(third) == []
    assert third.locator("main b, main script").count() == 0
    assert not ENGLISH.search(form.inner_text())


def test_the_second_of_two_who_save_is_told_and_loses_nothing(board: Board, elsewhere: Page):
    first = board.keep("Höst", 2)
    # A browser lets a page that lies under another one wait, so each has its own.
    pages = [board.come(board.link(first)), settle(elsewhere, board.link(first))]
    save_scenario(board.engine, first.id, 1, draft_of("Höst", 7, "Eva"))
    for page, author in zip(pages, ("Bo", "Per"), strict=True):
        move_cost(page)
        expect(bar(page)).to_contain_text("ändrat sedan det sparades")
        form = open_form(page, "Spara")
        fill(form, author=author)
        send(form, "Spara")
        expect(bar(page)).to_contain_text("Eva sparade ”Höst”")
        row = bar(page).get_by_role("row").filter(has_text="Kostnader maj–december")
        expect(row.get_by_role("cell")).to_have_text(["+3 %", "+7 %"])
    assert [v.author for v in history_of(board.engine, first.id)] == ["Eva", "Eva"]

    stubborn, mild = pages
    assert find_violations(mild) == []
    press(mild, "Spara som nytt")
    expect(bar(mild)).to_contain_text("är sparat som ett nytt scenario")
    assert list_scenarios(board.engine)[0].author == "Per"

    press(stubborn, "Öppna Evas version")
    expect(message(stubborn)).to_contain_text("3,5 Mkr sämre än budget")
    press(stubborn, "Tillbaka till det jag hade")
    expect(message(stubborn)).to_contain_text("1,5 Mkr sämre än budget")
    expect(bar(stubborn)).to_contain_text("ändrat sedan det sparades")
    send(open_form(stubborn, "Spara"), "Spara")
    press(stubborn, "Spara ändå")
    expect(bar(stubborn)).to_contain_text("”Höst” är sparat.")
    assert [v.author for v in history_of(board.engine, first.id)] == ["Eva", "Eva", "Bo"]


def test_a_deleted_scenario_comes_back(board: Board):
    kept = board.keep("Bort", 2)
    page = board.come(board.link(kept))
    form = open_form(page, "Mer")
    fill(form, author="Eva")
    send(form, "Ta bort")
    expect(bar(page)).to_contain_text("”Bort” är borttaget.")
    expect(bar(page)).to_contain_text("Inget sparat scenario är öppet.")
    expect(message(page)).to_contain_text(WORSE[2])
    assert kept.id not in ids(list_scenarios(board.engine))
    press(page, "Ångra borttagningen")
    expect(bar(page)).to_contain_text("”Bort” är tillbaka.")
    assert kept.id in ids(list_scenarios(board.engine))


def test_who_brings_a_scenario_back_says_who_it_is(board: Board):
    kept = board.keep("Åter", 2)
    delete_scenario(board.engine, kept.id, 1, "Eva")
    page = board.come(board.link(kept))
    expect(bar(page)).to_contain_text("”Åter” togs bort av Eva")
    expect(message(page)).to_contain_text(WORSE[2])
    press(page, "Ångra borttagningen")
    expect(bar(page).get_by_role("alert")).to_contain_text("Namnet på den som sparar är tomt")
    bar(page).get_by_label("Ditt namn").fill("Siv")
    press(page, "Ångra borttagningen")
    expect(bar(page)).to_contain_text("Scenario: Åter · sparat av Siv")
    assert [v.author for v in history_of(board.engine, kept.id)] == ["Eva", "Eva", "Siv"]


def test_an_address_of_no_scenario_is_told_of(board: Board):
    page = board.come(f"{board.url}/tank-om?scenario=finns-inte")
    expect(bar(page).get_by_role("alert")).to_contain_text("Scenariot i adressen finns inte")
    expect(page).to_have_url(f"{board.url}/tank-om")


def test_a_frozen_scenario_can_only_be_saved_as_a_new_one(board: Board):
    kept = board.keep("Möte", 2, "Eva", "en anteckning")
    page = board.come(board.link(kept))
    fill(open_form(page, "Spara"), note="en ny anteckning")
    page.keyboard.press("Escape")
    form = open_form(page, "Mer")
    send(form, "Byt namn")
    expect(form).to_contain_text("Namnet på den som sparar är tomt")
    fill(form, name="Möte i maj", author="Eva")
    send(form, "Byt namn")
    expect(bar(page)).to_contain_text("Scenariot heter nu ”Möte i maj”.")
    send(open_form(page, "Mer"), "Frys")
    expect(bar(page)).to_contain_text("fryst vid mötet")
    frozen = find_scenario(board.engine, kept.id)
    assert re.fullmatch("[0-9a-f]{64}", frozen.fingerprint)
    page.get_by_text("Om scenariot").click()
    short = f"{frozen.fingerprint[:8]} {frozen.fingerprint[8:16]}"
    expect(bar(page)).to_contain_text(f"Siffrornas fingeravtryck när det frystes: {short}")
    expect(bar(page)).to_contain_text("en anteckning")

    form = open_form(page, "Spara")
    expect(form.get_by_role("button")).to_have_text(["Spara som nytt"])
    expect(form.get_by_label("Scenariots namn")).to_have_value("Möte i maj")
    expect(form.get_by_label("Anteckning")).to_have_value("en ny anteckning")
    fill(form, name="Efter mötet")
    send(form, "Spara som nytt")
    expect(bar(page)).to_contain_text("Scenario: Efter mötet")
    assert list_scenarios(board.engine)[0].note == "en ny anteckning"
    assert history_of(board.engine, kept.id)[-1] == frozen
    assert len(history_of(board.engine, kept.id)) == 3


def test_what_is_typed_stays_while_the_database_is_away(board: Board, server_url: str):
    page = board.come(f"{board.url}/tank-om?c=2")
    form = open_form(page, "Spara")
    fill(form, name="  ", author="Eva", note="viktigt")
    send(form, "Spara")
    expect(form).to_contain_text("Namnet är tomt; skriv något som syns.")
    expect(form.get_by_label("Anteckning")).to_have_value("viktigt")
    fill(form, name="Utan databas")
    with closed_database(server_url, board.database):
        send(form, "Spara")
        expect(form.get_by_role("alert")).to_contain_text("Databasen svara")
        expect(page.locator(".gsn-banner")).to_be_visible(timeout=20_000)
        assert "Traceback" not in page.locator("body").inner_text()
        for label, typed in (("Scenariots namn", "Utan databas"), ("Anteckning", "viktigt")):
            expect(form.get_by_label(label)).to_have_value(typed)
        page.keyboard.press("Escape")
        move_cost(page)
        expect(message(page)).to_contain_text("1,5 Mkr sämre än budget")
    expect(page.locator(".gsn-banner")).to_have_count(0, timeout=20_000)
    form = open_form(page, "Spara")
    expect(form.get_by_label("Anteckning")).to_have_value("viktigt")
    send(form, "Spara")
    expect(bar(page)).to_contain_text("Scenario: Utan databas")
    assert [v.name for v in list_scenarios(board.engine)].count("Utan databas") == 1


def test_up_to_four_stand_side_by_side(board: Board):
    low, high = board.keep("Låg", 2), board.keep(MARKUP, 4, "Bo")
    asked = f"{low.id},{high.id},nu"
    page = board.come(f"{board.url}/tank-om?visa=jamfor&jamfor={asked}&c=1", 390)
    expect(message(page)).to_contain_text("Året slutar bäst med ”Reglagen nu”")
    results = page.get_by_role("region", name="Vad scenarierna ger")
    nets = results.get_by_role("row").locator("td:first-of-type").all_inner_texts()
    assert [net for net in nets if net] == ["0,0", "−1,0", "−2,0", "−0,5"]
    assumed = page.get_by_role("region", name="Antaganden, sida vid sida")
    expect(assumed.get_by_role("row").nth(1)).to_contain_text("skiljer sig")
    why = page.get_by_role("region", name="Låg: vad som ändrar nettokostnaden")
    expect(why.get_by_role("row").last).to_contain_text("−988\u00a0000\u00a0kr")
    expect(page.get_by_test_id("stMultiSelect")).to_contain_text("**fet** :red[r] <b>å</b>")
    picture = page.get_by_role("figure").filter(has_text="nettokostnad mot budget")
    expect(picture.locator("svg").nth(1)).to_contain_text("**fet**")
    wait_settled(page)
    assert find_violations(page) == []
    assert page.get_by_role("main").evaluate("(e) => e.scrollWidth") <= 390
    assert page.locator("main b, main script").count() == 0

    many = settle(page, f"{board.url}/tank-om?visa=jamfor&jamfor={asked},x,y,z")
    expect(many.get_by_text("Något scenario i adressen finns inte längre")).to_be_visible()


def test_figures_that_have_been_corrected_are_told_with_both_results(board: Board, tmp_path: Path):
    kept = board.keep("Före rättelsen", 2)
    papers = copy_papers(tmp_path)
    change(papers, "totals.csv", "net:year:deviation;0,0", "net:year:deviation;-0,1")
    assert load_data(board.engine, papers, by="test").problems == ()
    page = board.come(board.link(kept))
    expect(bar(page)).to_contain_text("har rättats sedan scenariot sparades")
    row = bar(page).get_by_role("row")
    expect(row.locator("td:first-of-type")).to_have_text(["−1,0", "−1,1"])
