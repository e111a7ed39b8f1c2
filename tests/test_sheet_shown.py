"""What the live sheet shows: axes that grow, notes, links, axe, and its words without it."""

import re

import pytest
from accessibility import find_violations
from playwright.sync_api import Page, expect
from sheet_page import expect_told, message, open_sheet, slider
from sheet_program import RESTING, values_at


def test_the_axis_grows_on_round_numbers_and_bars_keep_their_measure(sheet: Page):
    def bars() -> list[float]:
        boxes = sheet.locator(".gsn-sheet .gsn-picture").first.locator("svg > g > rect")
        return [box.bounding_box()["width"] for box in boxes.all()]

    before = bars()
    lever = slider(sheet, "Kostnader resten av året")
    lever.press("End")
    expect(message(sheet)).to_contain_text("9,4 Mkr sämre")
    after = bars()
    # The forecast's bar is the ruler: 2,6 on an axis of 4, then of 10.
    assert after[2] / before[2] == pytest.approx(4 / 10, rel=0.02)
    cost = values_at([100, 20, *RESTING[2:]])
    assert after[3] / after[2] == pytest.approx(9.4 / 2.6, rel=0.02), cost


def test_a_warning_comes_and_goes_and_a_note_stays(sheet: Page):
    warning = sheet.get_by_text("Det går över anslaget.")
    expect(warning).to_be_hidden()
    slider(sheet, "Nätverksprojekten").press("End")
    slider(sheet, "Office 365").press("End")
    expect(warning).to_be_visible()
    expect(sheet.get_by_text("Papperen säger inget om nästa år.")).to_be_visible()


def test_what_is_heard_is_said_once_when_the_hand_rests(sheet: Page):
    heard = sheet.get_by_role("status")
    expect(heard).to_have_text("")
    lever = slider(sheet, "Kostnader resten av året")
    lever.focus()
    sheet.keyboard.press("ArrowRight")
    expect(heard).to_have_text("")
    expect(heard).to_have_text(message(sheet).inner_text())


def test_marks_in_the_pictures_are_links_that_follow_them(sheet: Page):
    name = "Kostnader, Prognosen: −2,6 Mkr. Visa källan"
    mark = sheet.get_by_role("link", name=name)
    before = mark.bounding_box()
    slider(sheet, "Kostnader resten av året").press("End")
    expect(message(sheet)).to_contain_text("9,4 Mkr sämre")
    after = mark.bounding_box()
    bar = sheet.locator(".gsn-sheet .gsn-picture").first.locator("svg > g > rect").nth(2)
    box = bar.bounding_box()
    assert after["width"] < before["width"]
    assert after["x"] <= box["x"] and after["x"] + after["width"] >= box["x"] + box["width"]
    mark.focus()
    sheet.keyboard.press("Enter")
    expect(sheet).to_have_url(re.compile("#figure%20Prognosen"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_nothing_is_wrong_by_axe_and_nothing_scrolls_sideways(sheet: Page, width: int):
    sheet.set_viewport_size({"width": width, "height": 900})
    slider(sheet, "Kostnader resten av året").press("ArrowRight")
    expect_told(sheet, cost=1)
    assert find_violations(sheet) == []
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for input in sheet.locator(".gsn-lever :is(input, select)").all():
        box = input.bounding_box()
        assert box["height"] >= 24 and box["width"] >= 24


def test_without_the_sheet_its_words_are_shown_and_with_it_they_are_not(page: Page, sheets: str):
    words = page.get_by_text("Utan rörelse: −2,2 Mkr.")
    open_sheet(page, sheets)
    expect(words).to_be_hidden()
    page.add_init_script(
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) =>"
        " /javascript/.test(blob.type) ? 'blob:blocked' : make.call(URL, blob);"
    )
    page.goto(sheets)
    expect(words).to_be_visible(timeout=10_000)
    expect(page.locator(".gsn-sheet")).to_have_count(0)
