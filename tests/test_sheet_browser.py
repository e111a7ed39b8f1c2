"""The live sheet under the hand: mouse, keyboard and touch, and what Python is told of it."""

import re

import pytest
from harness import wait_settled
from playwright.sync_api import Browser, Page, expect
from sheet_page import expect_told, message, open_sheet, slider, told
from sheet_program import RESTING, values_at

STEPS = 20
# How the first picture looked in each of the frames while the mouse was on its way.
WATCH = """(picture) => {
  window.seenFrames = [];
  const look = () => {
    window.seenFrames.push(picture.querySelector("svg").innerHTML);
    if (picture.isConnected) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def middle(box: dict) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_key_moves_message_table_picture_and_words_in_the_same_event(sheet: Page):
    lever = slider(sheet, "Kostnader resten av året")
    after = lever.evaluate(
        """(input) => {
          input.value = 2;
          input.dispatchEvent(new Event("input", { bubbles: true }));
          const sheet = input.closest(".gsn-sheet");
          const row = sheet.querySelector(".gsn-total");
          return [input.getAttribute("aria-valuetext"),
            input.closest(".gsn-lever").querySelector(".gsn-lever-say").textContent,
            sheet.querySelector(".gsn-message").textContent, row.cells[2].textContent,
            [...sheet.querySelectorAll("svg text")].map((text) => text.textContent)];
        }"""
    )
    assert after[:2] == ["+2 %", "+2 %"]
    assert after[2] == "Med dessa antaganden slutar året 0,5 Mkr sämre."
    assert after[3] == "−0,5" and "−0,5" in after[4]


def test_only_what_differs_is_touched(sheet: Page):
    changes = slider(sheet, "Pris för E-dala").evaluate(
        """async (input) => {
          const seen = [];
          const observer = new MutationObserver((records) => seen.push(...records));
          observer.observe(input.closest(".gsn-sheet"),
            { subtree: true, childList: true, characterData: true, attributes: true });
          input.value = 1;
          input.dispatchEvent(new Event("input", { bubbles: true }));
          seen.push(...observer.takeRecords());
          return seen.map((record) => (record.target.nodeType === 1 ? record.target
            : record.target.parentElement).closest("[data-section]")?.dataset.section ?? "head");
        }"""
    )
    assert set(changes) == {"samarbeten"} and len(changes) < 60


def test_what_python_answers_touches_nothing_that_is_seen(sheet: Page):
    lever = slider(sheet, "Så mycket av avvikelsen går åt")
    lever.press("ArrowRight")
    sheet.locator(".gsn-sheet").evaluate(
        """(sheet) => { window.touched = [];
          new MutationObserver((all) => touched.push(...all.map(({ target }) =>
            (target.closest ? target : target.parentElement).className)))
            .observe(sheet, { subtree: true, childList: true, characterData: true }); }"""
    )
    expect_told(sheet, used=101)
    wait_settled(sheet)
    assert set(sheet.evaluate("touched")) <= {"gsn-hidden"}


def test_the_keyboard_reaches_everything_and_python_is_told_once_at_rest(sheet: Page):
    lever = slider(sheet, "Så mycket av avvikelsen går åt")
    lever.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "PageUp", "ArrowRight"):
        sheet.keyboard.press(key)
    at = int(lever.input_value())
    assert at > 110
    expect_told(sheet, used=at)
    assert len(told(sheet)["told"]) == 1
    sheet.keyboard.press("Home")
    expect(lever).to_have_attribute("aria-valuetext", "0 %")
    sheet.keyboard.press("End")
    expect(lever).to_have_attribute("aria-valuetext", "200 %")
    expect_told(sheet, used=200)
    expect(lever).to_be_focused()
    assert lever.evaluate("(input) => getComputedStyle(input).outlineWidth") == "3px"


def test_pictures_follow_a_mouse_that_drags(sheet: Page):
    lever = slider(sheet, "Så mycket av avvikelsen går åt")
    x, y = middle(lever.bounding_box())
    sheet.mouse.move(x, y)
    sheet.mouse.down()
    sheet.locator(".gsn-sheet .gsn-picture").first.evaluate(WATCH)
    for step in range(1, STEPS + 1):
        sheet.mouse.move(x + 7 * step, y)
        sheet.evaluate("() => new Promise(requestAnimationFrame)")
    assert sheet.evaluate("new Set(window.seenFrames).size") >= 0.8 * STEPS
    assert told(sheet)["told"] is None, "a hand that is on its way is not told of"
    sheet.mouse.up()
    expect_told(sheet, used=int(lever.input_value()))
    assert len(told(sheet)["told"]) == 1


def test_a_rerun_takes_nothing_from_the_hand(sheet: Page):
    lever = slider(sheet, "Så mycket av avvikelsen går åt")
    node = lever.element_handle()
    x, y = middle(lever.bounding_box())
    sheet.mouse.move(x, y)
    sheet.mouse.down()
    sheet.mouse.move(x + 40, y, steps=4)
    held = lever.input_value()
    # Python puts this lever and another elsewhere meanwhile.
    sheet.get_by_role("button", name="Öppna").dispatch_event("click")
    expect(slider(sheet, "Pris för E-dala")).to_have_value("50")
    assert lever.input_value() == held != "150"
    sheet.mouse.move(x + 60, y, steps=4)
    assert int(lever.input_value()) > int(held)
    sheet.mouse.up()
    expect_told(sheet, used=int(lever.input_value()), price=50)
    assert node.evaluate("(input) => input.isConnected && input === document.activeElement")


def test_the_levers_stand_where_python_puts_them(sheet: Page):
    sheet.get_by_role("button", name="Öppna").click()
    expect(slider(sheet, "Så mycket av avvikelsen går åt")).to_have_value("150")
    slider(sheet, "Nätverksprojekten").press("ArrowRight")
    expect_told(sheet, used=150, price=50, network=85)
    assert told(sheet)["moves"] == [{"network": 85}], "the rest Python knows"
    expect(slider(sheet, "Nätverksprojekten")).to_have_value("85")
    sheet.get_by_role("button", name="Återställ").click()
    expect(slider(sheet, "Så mycket av avvikelsen går åt")).to_have_value("100")
    expect(slider(sheet, "Nätverksprojekten")).to_have_value("84")


def test_a_tick_and_a_choice_are_told_at_once(sheet: Page):
    sheet.get_by_role("checkbox", name="Falun är med").check()
    expect_told(sheet, member=1)
    sheet.get_by_role("combobox", name="Folkmängd från").select_option("2021")
    expect_told(sheet, member=1, year=2021)
    bills = sheet.get_by_role("table", name="Räkningar").get_by_role("row")
    answers = values_at([*RESTING[:4], 2021, 1, *RESTING[6:]])
    assert answers and "0,2" in bills.nth(3).inner_text()


def test_a_lever_off_its_rest_is_marked_and_its_rest_stands_there(sheet: Page):
    lever = slider(sheet, "Nätverksprojekten")
    view = sheet.locator(".gsn-lever").filter(has=lever)
    expect(view).not_to_have_class(re.compile("gsn-lever-moved"))
    lever.focus()
    knob = view.locator(".gsn-lever-rest").bounding_box()
    box = lever.bounding_box()
    share = 84 / 150
    assert knob["x"] + 1 == pytest.approx(box["x"] + 12 + share * (box["width"] - 24), abs=1.5)
    lever.press("ArrowRight")
    expect(view).to_have_class(re.compile("gsn-lever-moved"))
    lever.press("ArrowLeft")
    expect(view).not_to_have_class(re.compile("gsn-lever-moved"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_slider_moves_away_under_the_hand(sheet: Page, width: int):
    sheet.set_viewport_size({"width": width, "height": 900})
    sheet.get_by_role("button", name="Återställ").click()
    places = """() => { const top = (node) => node.getBoundingClientRect().y;
      const sheet = document.querySelector(".gsn-sheet");
      return [...sheet.querySelectorAll(".gsn-lever input")].map((n) => top(n) - top(sheet)); }"""
    before = sheet.evaluate(places)[:3]
    slider(sheet, "Så mycket av avvikelsen går åt").press("Home")
    slider(sheet, "Kostnader resten av året").press("End")
    expect(message(sheet)).to_contain_text("Mkr")
    assert sheet.evaluate(places)[:3] == pytest.approx(before, abs=1)


def test_a_slider_stays_under_the_hand_when_more_is_told_above_it(sheet: Page):
    grows = ".gsn-sheet:has(.gsn-lever-moved [data-lever=price]) .gsn-sheet-assumed"
    style = sheet.add_style_tag(content=f"{grows} {{ min-height: 400px; }}")
    lever = slider(sheet, "Pris för E-dala")
    lever.scroll_into_view_if_needed()
    x, y = middle(lever.bounding_box())
    sheet.mouse.move(x, y)
    sheet.mouse.down()
    sheet.mouse.move(x + 80, y, steps=5)
    expect(sheet.locator(".gsn-sheet-assumed")).to_have_css("min-height", "400px")
    assert middle(lever.bounding_box())[1] == pytest.approx(y, abs=1.5)
    sheet.mouse.up()
    style.evaluate("(style) => style.remove()")


def test_a_master_moves_those_it_leads_and_says_where_they_differ(sheet: Page):
    master = slider(sheet, "Alla projekt")
    expect(master).to_have_attribute("aria-valuetext", "olika")
    master.focus()
    sheet.keyboard.press("Home")
    for label in ("Nätverksprojekten", "Office 365"):
        expect(slider(sheet, label)).to_have_value("0")
    expect(master).to_have_attribute("aria-valuetext", "0 %")
    expect_told(sheet, network=0, office=0)
    assert "all" not in told(sheet)["told"][-1]
    slider(sheet, "Office 365").press("End")
    expect(master).to_have_attribute("aria-valuetext", "olika")
    expect(master).to_have_value("75")


def test_what_is_removed_is_told_by_its_name(sheet: Page):
    sheet.get_by_role("button", name="Ta bort: Åtgärd: färre konsulter").click()
    sheet.wait_for_function(
        "JSON.parse(document.querySelector('#told').textContent).removed === 'action'"
    )


def test_a_finger_moves_a_slider_and_still_scrolls_the_page(browser: Browser, sheets: str):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = open_sheet(context.new_page(), sheets)
    lever = slider(page, "Så mycket av avvikelsen går åt")
    lever.scroll_into_view_if_needed()
    assert lever.evaluate("(input) => getComputedStyle(input).touchAction") == "pan-y"
    box = lever.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    expect_told(page, used=int(lever.input_value()))
    assert int(lever.input_value()) > 150
    context.close()
