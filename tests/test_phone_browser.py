"""On a phone, zoomed in, and on a screen that is shared: no answer is out of sight or too small."""

import re
from collections.abc import Callable

import pytest
from harness import heading, wait_settled
from playwright.sync_api import Page, expect
from test_pages_browser import open_page
from test_print_browser import open_drawn


def test_a_row_is_a_card_that_says_its_columns_and_is_still_a_row(app_server: str, page: Page):
    open_drawn(page, app_server, "driftbudget", 390)
    table = page.get_by_role("table", name="Intäkter och kostnader, miljoner kronor")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Kostnader"))
    said = row.get_by_role("cell").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content + cell.innerText)"
    )
    assert [text.replace('"', "") for text in said] == [
        "Januari–april 2023, Budget: −24,7",
        "Januari–april 2023, Utfall: −21,5",
        "Januari–april 2023, Avvikelse: +3,2",
        "Helår 2023, Budget: −74,1",
        "Helår 2023, Prognos: −74,1",
        "Helår 2023, Avvikelse: 0,0",
    ]
    tops = row.get_by_role("cell").evaluate_all("cells => cells.map(cell => cell.offsetTop)")
    assert tops == sorted(set(tops))
    assert (
        row.get_by_role("rowheader").bounding_box()["y"]
        < row.get_by_role("cell").first.bounding_box()["y"]
    )
    headings = [
        node["name"]["value"]
        for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        if node.get("role", {}).get("value") == "columnheader"
    ]
    assert headings[:3] == ["Januari–april 2023", "Helår 2023", "Budget"]


def test_years_scroll_beside_the_names_and_show_that_there_is_more(walk: Callable[..., Page]):
    page = walk("kallor", 390)
    box = page.get_by_role("region", name="Invånare i Dalarnas kommuner")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")
    assert "scroll" in box.evaluate("e => getComputedStyle(e).backgroundAttachment")
    name = box.get_by_role("rowheader").first
    before = name.bounding_box()["x"]
    box.evaluate("e => { e.scrollLeft = e.scrollWidth }")
    assert name.bounding_box()["x"] == before


def test_a_heading_over_columns_has_a_line_over_just_them(walk: Callable[..., Page]):
    page = walk("driftbudget")
    table = page.get_by_role("table", name="Intäkter och kostnader, miljoner kronor")
    lines = [line.bounding_box() for line in table.locator(".gsn-span > span").all()]
    budget, _, deviation, next_budget, *_, last = (
        cell.bounding_box() for cell in table.locator("tbody tr").first.locator("td").all()
    )
    assert abs(lines[0]["x"] - budget["x"]) < 2
    assert 8 < next_budget["x"] - (lines[0]["x"] + lines[0]["width"]) < 25
    assert lines[0]["x"] + lines[0]["width"] > deviation["x"]
    assert abs(lines[1]["x"] - next_budget["x"]) < 2
    assert abs(lines[1]["x"] + lines[1]["width"] - last["x"] - last["width"]) < 8
    style = "e => [getComputedStyle(e).textAlign, getComputedStyle(e).borderBottomStyle]"
    assert table.locator(".gsn-span > span").first.evaluate(style) == ["center", "solid"]


def test_back_from_a_source_is_where_one_left(app_server: str, page: Page):
    open_drawn(page, app_server, "driftbudget", 1280)
    link = page.get_by_role("table", name=re.compile("^Resten av")).get_by_role("link").nth(3)
    link.scroll_into_view_if_needed()
    main = page.get_by_role("main")
    top = main.evaluate("e => e.scrollTop")
    assert top > 500
    link.focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Källor")
    page.go_back()
    expect(heading(page)).to_have_text("Driftbudget")
    expect(link).to_be_focused()
    page.wait_for_function(
        "top => Math.abs(document.querySelector('main').scrollTop - top) < 2", arg=top
    )
    wait_settled(page)
    assert abs(main.evaluate("e => e.scrollTop") - top) < 2


def test_a_reader_who_scrolls_on_the_way_back_is_left_alone(app_server: str, page: Page):
    open_drawn(page, app_server, "driftbudget", 1280)
    link = page.get_by_role("table", name=re.compile("^Resten av")).get_by_role("link").nth(3)
    link.click()
    expect(heading(page)).to_have_text("Källor")
    page.go_back()
    expect(link).to_be_focused()
    main = page.get_by_role("main")
    main.hover()
    page.mouse.wheel(0, -5000)
    page.wait_for_function("() => document.querySelector('main').scrollTop === 0")
    # What is drawn late does not take the reader down again.
    main.evaluate("e => e.firstElementChild.append(document.createElement('hr'))")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert main.evaluate("e => e.scrollTop") == 0


def test_main_shows_that_it_has_focus_by_keyboard(app_server: str, page: Page):
    open_page(page, app_server)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    main = page.get_by_role("main")
    expect(main).to_be_focused()
    style = "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]"
    assert main.evaluate(style) == ["solid", "3px"]
    page.reload()
    wait_settled(page)
    page.get_by_role("heading", level=1).click()
    expect(main).to_be_focused()
    assert main.evaluate(style)[0] == "none"


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("written", "right"), [("Driftbudget", "driftbudget"), ("TANK-OM/?u=50", "tank-om?u=50")]
)
def test_capital_letters_in_the_address_lead_right(
    app_server: str, page: Page, written: str, right: str
):
    # What is led to is asked of the answer: the page then writes what it has made of it.
    answer = page.goto(f"{app_server}/{written}")
    assert answer.request.redirected_from is not None
    assert answer.url == f"{app_server}/{right}"


def test_numbers_in_the_guide_keep_together_with_their_units(walk: Callable[..., Page]):
    page = walk("hjalp")
    text = page.get_by_role("main").text_content()
    assert "minst 120\u00a0000\u00a0kr" in text
    assert "1\u00a0000\u00a0tkr eller 1\u00a0000\u00a0000\u00a0kr" in text
    assert re.findall(r"\d (?:\d{3}|kr|tkr|Mkr|%)", text) == []


def test_code_before_a_full_stop_leaves_no_gap(walk: Callable[..., Page]):
    page = walk("hjalp")
    code = page.get_by_role("main").locator("code").filter(has_text=re.compile("^make run$"))
    assert float(code.evaluate("e => parseFloat(getComputedStyle(e).paddingRight)")) < 3
