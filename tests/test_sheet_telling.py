"""What Python is told is what the screen shows: after a reset, with late answers, odd releases."""

import pytest
from harness import wait_settled
from playwright.sync_api import Locator, Page, expect
from sheet_page import SlowAnswers, expect_told, slider, told

USED, COST = "Så mycket av avvikelsen går åt", "Kostnader resten av året"
LET_GO = {
    "its capture is lost": "input.dispatchEvent(new PointerEvent('lostpointercapture', OPTIONS))",
    "a menu opens": "input.dispatchEvent(new MouseEvent('contextmenu', OPTIONS))",
    "another window comes": "window.dispatchEvent(new FocusEvent('blur'))",
    "a key is pressed": "input.dispatchEvent(new KeyboardEvent('keydown', OPTIONS))",
}


def take_hold(page: Page, lever: Locator) -> tuple[float, float]:
    """The mouse is down on the slider's middle."""
    lever.scroll_into_view_if_needed()
    box = lever.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def reset(page: Page) -> None:
    page.get_by_role("button", name="Återställ").click()


def test_the_same_move_after_a_reset_is_told_anew(sheet: Page):
    for turn in (1, 2, 3):
        slider(sheet, USED).press("ArrowRight")
        sheet.wait_for_function(
            "(turn) => JSON.parse(document.querySelector('#told').textContent).moves?.length"
            " === turn",
            arg=turn,
        )
        wait_settled(sheet)
        reset(sheet)
        expect(slider(sheet, USED)).to_have_value("100")
    assert told(sheet)["moves"] == [{"used": 101}] * 3


@pytest.mark.parametrize("does", ["moves", "holds", "resets"])
def test_what_the_hand_does_to_another_occasions_levers_does_not_move_these(
    sheet: Page, answers: SlowAnswers, does: str
):
    """The next occasion's sheet is on its way, and the levers of the one before still in sight."""
    slider(sheet, USED).press("ArrowRight")
    expect_told(sheet, used=101)
    wait_settled(sheet)
    answers.hold()
    sheet.get_by_role("button", name="Byt tillfälle").dispatch_event("click")
    answers.expect_held()
    if does == "moves":
        slider(sheet, USED).press("End")
        slider(sheet, USED).blur()
    elif does == "holds":
        x, y = take_hold(sheet, slider(sheet, USED))
        sheet.mouse.move(x + 60, y)
    else:
        reset(sheet)
    answers.let_go()
    expect(slider(sheet, USED)).to_have_value("100")
    sheet.mouse.up()
    slider(sheet, COST).press("ArrowRight")
    expect_told(sheet, used=100, cost=1, price=50)
    assert told(sheet)["moves"] == [{"used": 101}, {"cost": 1}]


def test_keys_while_a_reset_is_unanswered_are_told(sheet: Page, answers: SlowAnswers):
    slider(sheet, USED).press("ArrowRight")
    expect_told(sheet, used=101)
    wait_settled(sheet)
    answers.hold()
    reset(sheet)
    answers.expect_held()
    for _ in range(3):
        slider(sheet, COST).press("ArrowRight")
    answers.let_go()
    expect(slider(sheet, USED)).to_have_value("100")
    expect_told(sheet, cost=3)
    expect(slider(sheet, COST)).to_have_value("3")
    before, *after = told(sheet)["moves"]
    assert before == {"used": 101} and after[-1] == {"cost": 3}
    # On a slow machine there is rest enough between the keys to tell of one on the way.
    assert all(set(move) == {"cost"} for move in after)


def test_a_drag_while_a_reset_is_unanswered_is_told(sheet: Page, answers: SlowAnswers):
    slider(sheet, USED).press("ArrowRight")
    expect_told(sheet, used=101)
    wait_settled(sheet)
    answers.hold()
    reset(sheet)
    answers.expect_held()
    x, y = take_hold(sheet, slider(sheet, COST))
    sheet.mouse.move(x + 60, y, steps=3)
    answers.let_go()
    expect(slider(sheet, USED)).to_have_value("100")
    wait_settled(sheet)
    at = int(slider(sheet, COST).input_value())
    assert at > 0 and len(told(sheet)["told"]) == 1, "the hand is still on its way"
    sheet.mouse.up()
    expect_told(sheet, cost=at)
    expect(slider(sheet, COST)).to_have_value(str(at))


def test_a_move_on_its_way_is_not_laid_over_a_reset(sheet: Page, answers: SlowAnswers):
    answers.hold()
    slider(sheet, USED).press("ArrowRight")
    answers.expect_held()
    slider(sheet, COST).press("ArrowRight")
    reset(sheet)
    answers.let_go()
    expect(slider(sheet, COST)).to_have_value("0")
    expect(slider(sheet, USED)).to_have_value("100")
    wait_settled(sheet)
    # A move from here shows what Python has of the others.
    slider(sheet, "Pris för E-dala").press("ArrowRight")
    expect_told(sheet, price=1)


def test_two_moves_that_wait_for_an_answer_are_both_told(sheet: Page, answers: SlowAnswers):
    answers.hold()
    slider(sheet, USED).press("ArrowRight")
    answers.expect_held()
    slider(sheet, COST).press("ArrowRight")
    slider(sheet, COST).blur()
    answers.let_go()
    expect_told(sheet, used=101, cost=1)
    assert told(sheet)["moves"][-1] == {"used": 101, "cost": 1}


def test_what_the_hand_has_left_alone_stands_where_python_says(sheet: Page):
    slider(sheet, COST).press("ArrowRight")
    expect_told(sheet, cost=1)
    sheet.get_by_role("button", name="Ställ utan att säga till").click()
    expect(slider(sheet, USED)).to_have_value("140")
    expect(slider(sheet, COST)).to_have_value("1")
    expect(sheet.locator(".gsn-sheet")).not_to_have_attribute("data-differs", "")


def test_only_the_first_button_holds_a_slider(sheet: Page):
    slider(sheet, COST).evaluate(
        """(input) => { for (const options of [{ button: 2, isPrimary: true }, { button: 0 }])
          input.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, ...options })); }"""
    )
    move_unheld(slider(sheet, COST), 1)
    expect_told(sheet, cost=1)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("how", LET_GO)
def test_a_slider_is_let_go_without_its_release(sheet: Page, how: str):
    lever = slider(sheet, COST)
    x, y = take_hold(sheet, lever)
    sheet.mouse.move(x + 60, y, steps=3)
    assert told(sheet)["told"] is None
    lever.evaluate(f"(input) => {{ const OPTIONS = {{ bubbles: true }}; {LET_GO[how]}; }}")
    expect_told(sheet, cost=int(lever.input_value()))
    move_unheld(lever, 1)
    expect_told(sheet, cost=1)
    sheet.mouse.up()


def test_a_finger_that_scrolls_the_page_moves_no_slider(sheet: Page):
    lever = slider(sheet, COST)
    lever.press("ArrowRight")
    expect_told(sheet, cost=1)
    x, y = take_hold(sheet, lever)
    sheet.mouse.move(x + 60, y, steps=3)
    # What the browser says when it has taken the finger's move for a scroll.
    lever.dispatch_event("pointercancel", {"bubbles": True})
    sheet.mouse.up()
    expect(lever).to_have_value("1")
    lever.press("ArrowRight")
    expect_told(sheet, cost=2)


def move_unheld(lever: Locator, position: int) -> None:
    """As a key moves it, but with no key that could let go of it."""
    lever.evaluate(
        """(input, position) => { input.value = position;
          input.dispatchEvent(new Event("input", { bubbles: true })); }""",
        position,
    )
