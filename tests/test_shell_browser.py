"""The shell in a real browser: every page first of all, Swedish, safe, reached by keyboard."""

import re
from collections.abc import Callable

from accessibility import find_violations
from harness import AppServer, heading, wait_settled
from playwright.sync_api import Page, expect

from gsn_dash.web.site import PAGES, TITLE

# What Streamlit says in English where a page of ours would use it. Its icons are written as
# names in a font of symbols and hidden from readers, so they do not count.
ENGLISH = re.compile(
    r"\b(skip to|main content|sidebar|expand|collapse|link to heading|help for|open|close|"
    r"fullscreen|running|loading|page not found|connection|connecting|error|streamlit|"
    r"choose an|no results|view more|more|increment|decrement|press enter)\b",
    re.IGNORECASE,
)
SPOKEN = """() => {
  const spoken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest('style, script, noscript, [data-testid="stIconMaterial"]'))
      spoken.push(walker.currentNode.nodeValue);
  }
  for (const name of ["aria-label", "title", "placeholder"])
    for (const element of document.querySelectorAll(`[${name}]`))
      spoken.push(element.getAttribute(name));
  return spoken;
}"""


def open_page(page: Page, url: str, address: str = "") -> None:
    page.goto(f"{url}/{address}")
    expect(heading(page)).to_have_count(1)
    wait_settled(page)


# Other tests ask a new server first for the start page, driftbudget and tank-om, which have
# pictures. How a server finds a page is the same for all; this is one without figures.
def test_page_by_address_is_the_first_thing_a_new_server_is_asked_for(
    start_program: Callable[..., AppServer], loaded_url: str, page: Page
):
    open_page(page, start_program(DATABASE_URL=loaded_url).wait_open().url, "hjalp")
    expect_whole(page, PAGES["hjalp"])


def expect_whole(page: Page, title: str) -> None:
    """The page is there in its shell, and says nothing of any fault."""
    expect(page).to_have_title(f"{title} – {TITLE}")
    wait_settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Gemensamma servicenämnden (GSN)")).to_be_visible()
    current = page.get_by_role("navigation").locator('[aria-current="page"]')
    expect(current).to_have_text(title)


def test_unknown_address_has_a_way_back(app_server: str, page: Page):
    answer = page.goto(f"{app_server}/finns-inte")

    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    # Its own font, as on the other pages, and not the browser's.
    page.wait_for_function("() => [...document.fonts].some((font) => font.status === 'loaded')")
    assert find_violations(page) == []
    page.get_by_role("link", name="Driftbudget").click()
    expect(page).to_have_title(f"Driftbudget – {TITLE}")


def test_skip_link_is_first_and_leads_to_the_content(app_server: str, page: Page):
    open_page(page, app_server)

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_drawer_on_a_phone_opens_leads_on_and_closes(app_server: str, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, app_server)

    page.get_by_role("button", name="Öppna menyn").click()
    drawer = page.get_by_test_id("stSidebar")
    expect(drawer).to_be_in_viewport()
    assert find_violations(page) == []
    drawer.get_by_role("link", name="Samarbeten", exact=True).click()

    expect(page).to_have_title(f"Samarbeten – {TITLE}")
    expect(page.get_by_role("button", name="Öppna menyn")).to_be_visible()
    expect(drawer).not_to_be_in_viewport()


def test_pages_that_the_navigation_has_no_room_for_are_reached(app_server: str, page: Page):
    page.set_viewport_size({"width": 780, "height": 700})
    open_page(page, app_server)

    page.get_by_role("navigation").get_by_role("button", name=re.compile(r"^\d till$")).click()
    page.get_by_role("menuitem", name="Hjälp").click()
    expect(page).to_have_title(f"Hjälp – {TITLE}")


def test_link_between_pages_loads_nothing_anew_and_the_way_back_works(app_server: str, page: Page):
    open_page(page, app_server)
    page.evaluate("window.loadedOnce = true")

    page.get_by_role("link", name="Se alla källor").click()
    expect(page).to_have_title(f"Källor – {TITLE}")
    expect(page).to_have_url(f"{app_server}/kallor")
    page.go_back()
    expect(page).to_have_title(f"Översikt – {TITLE}")
    assert page.evaluate("window.loadedOnce") is True


def test_server_that_comes_back_is_found_again_without_a_reload(
    start_app: Callable[..., AppServer], loaded_url: str, page: Page
):
    server = start_app(DATABASE_URL=loaded_url).wait_open()
    open_page(page, server.url, "driftbudget")
    expect_whole(page, "Driftbudget")
    page.evaluate("window.loadedOnce = true")
    screen = page.context.new_page()
    screen.goto(f"{server.url}/mote/forhandsvisning")
    expect(screen.get_by_role("main")).to_contain_text("Gemensamma servicenämnden")

    # As who is outside the readers' networks is answered, once the log-in has ended.
    page.route("**/_stcore/**", lambda route: route.fulfill(status=403, body="Bara för vissa nät"))
    server.stop()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ingen kontakt med servern", timeout=20_000)
    expect(dialog).to_contain_text("släpper inte in dig härifrån")
    assert not ENGLISH.search(dialog.inner_text()) and "CORS" not in dialog.inner_text()
    page.unroute("**/_stcore/**")
    # As the page would be, had it been opened before the site was updated.
    page.locator('meta[name="gsn-site"]').evaluate("(meta) => { meta.content = 'older'; }")
    screen.evaluate("document.body.dataset.version = window.openedBefore = 'older'")

    start_app(DATABASE_URL=loaded_url, PORT=server.environ["PORT"]).wait_open()
    expect(dialog).to_have_count(0, timeout=40_000)
    wait_settled(page)
    assert page.evaluate("window.loadedOnce") is True
    expect(page).to_have_title(f"Driftbudget – {TITLE}")
    updated = page.get_by_role("status").filter(has_text="har uppdaterats")
    expect(updated).to_be_in_viewport(timeout=20_000)
    assert find_violations(page) == []
    # Nothing is written on a screen: it loads itself anew.
    screen.wait_for_function("!window.openedBefore && document.body.dataset.version !== 'older'")
    updated.get_by_role("button", name="Ladda om").click()
    expect(updated).to_have_count(0)
    expect_whole(page, "Driftbudget")
