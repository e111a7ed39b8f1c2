"""From a page to a file: the lines under tables and pictures, and the open data's document."""

from accessibility import find_violations
from playwright.sync_api import Page, expect


def test_what_a_page_shows_can_be_taken_home(app_server: str, page: Page):
    page.goto(f"{app_server}/driftbudget")
    lines = page.locator(".gsn-fetch")
    expect(lines).to_have_count(8)  # four pictures and four tables
    expect(page.get_by_role("link", name="Excel Intäkter och kostnader")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV Intäkter och kostnader").click()
    assert coming.value.suggested_filename == "GSN 2023-2 Driftbudget.csv"
    assert "-24,7" in coming.value.path().read_text(encoding="utf-8-sig")
    with page.expect_download() as coming:
        page.get_by_role("link", name="SVG GSN, från budgeterat netto").click()
    assert coming.value.suggested_filename == "GSN 2023-2 Avvikelsen.svg"
    # The page is still there, as it was.
    expect(lines).to_have_count(8)

    page.goto(f"{app_server}/oppna-data")
    page.get_by_text("Kolumnerna i uppgifter").click()
    expect(page.get_by_role("rowheader", name="varde")).to_be_visible()
    assert find_violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
