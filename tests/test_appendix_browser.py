"""Bilaga in a browser: what it will hold, the draft as a file, and what is issued as a link."""

from io import BytesIO
from zipfile import ZipFile

from accessibility import find_violations
from docx import Document
from playwright.sync_api import Page, expect

WHO = "Sekreteraren <i>"


def test_a_draft_is_fetched_and_what_is_issued_can_be_fetched_again(app_server: str, page: Page):
    page.goto(f"{app_server}/bilaga")
    # Streamlit's own parts of a date are told in Swedish.
    expect(page.get_by_role("spinbutton", name="år, Bilaga")).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Driftkostnader och investeringar, andra uppföljningstillfället")
    expect(main).to_contain_text("10\u00a0bilder och 19\u00a0tabeller")
    page.get_by_text("Det här innehåller bilagan").click()
    expect(page.get_by_role("listitem").filter(has_text="Kontroller av siffrorna")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Hämta utkast som Word").click()
    assert started.value.suggested_filename == "utkast-bilaga-2023-2.docx"
    draft = Document(started.value.path())
    assert "Utkast" in draft.sections[0].header.paragraphs[0].text
    page.get_by_label("Ditt namn").fill(WHO)
    page.get_by_text("Word", exact=True).click()
    page.get_by_role("button", name="Utfärda bilagan").click()
    row = page.get_by_role("row").filter(has_text=WHO)
    expect(row).to_be_visible()
    expect(main).to_contain_text(f"Bilagan är utfärdad som Word av {WHO}")
    assert find_violations(page) == []
    address = row.get_by_role("link").get_attribute("href")
    answer = page.request.get(f"{app_server}{address}")
    said = answer.headers["content-disposition"]
    assert answer.ok and "attachment" in said and 'filename="bilaga-2023-2.docx"' in said
    issued = Document(BytesIO(answer.body()))
    assert "Utkast" not in issued.sections[0].header.paragraphs[0].text
    assert ZipFile(BytesIO(answer.body())).testzip() is None
