"""A meeting of real browsers: everybody sees the same, whatever breaks, and a year later too."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from front import in_front
from harness import AppServer, free_port, until, wait_settled
from meeting_hall import Hall, expect_mode, expect_view, go_to, hall, message
from papers import change, copy_papers
from playwright.sync_api import Browser, Page, expect

from gsn_dash.operate.load import load_data
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.postmaster import find_postmaster
from gsn_dash.store.engine import make_engine

TABLE, TRIAL = "Driftbudget: tabell", "Driftbudget: tänk om"
WHOLE = '[data-lever="used_up"]'
BACK_MILLISECONDS = 20_000


@pytest.fixture(scope="module")
def url(start_module_app: Callable[..., AppServer]) -> str:
    return start_module_app().wait_open().url


@pytest.fixture
def board(browser: Browser, url: str) -> Iterator[Hall]:
    with hall(browser, url) as made:
        yield made


def drag(page: Page, lever: str) -> None:
    """A lever is dragged to its left end, and let go."""
    box = page.locator(lever).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] - 20, box["y"] + box["height"] / 2)


def test_view_row_and_levers_are_seen_by_all_and_who_leaves_comes_back_with_one_press(board: Hall):
    presenter, code = board.present()
    member, phone = board.follow(code), board.follow(code, "phone")
    expect(presenter.get_by_text("2 följer")).to_be_visible()
    go_to(presenter, TABLE)
    expect_view(TABLE, member, phone)
    presenter.keyboard.press("ArrowDown")
    for page in (member, phone):
        expect(page.locator("[data-row=Intäkter]")).to_have_attribute("aria-current", "true")

    go_to(presenter, TRIAL)
    drag(presenter, WHOLE)
    # Before it is let go: it is followed while it is dragged.
    for page in (member, phone):
        expect(page.locator(WHOLE)).to_have_value("0")
        expect(message(page)).to_have_text(message(presenter).inner_text())
    presenter.mouse.up()

    member.goto(f"{board.url}/driftbudget")
    expect(presenter.get_by_text("1 följer")).to_be_visible()
    go_to(presenter, "Investeringar: tänk om")
    picture = presenter.locator(".gsn-meeting-picture")
    expect(picture).to_contain_text("Alla projekt")
    assert picture.evaluate("(box) => box.scrollHeight <= box.clientHeight")
    go_to(presenter, "Investeringar: bild")
    member.get_by_role("link", name="Tillbaka till mötet").click()
    expect_mode(member, "follower")
    late = board.follow(code)
    expect_view("Investeringar: bild", member, phone, late)
    expect(presenter.get_by_text("3 följer")).to_be_visible()


def test_only_who_holds_the_role_moves_others_and_it_can_be_handed_over(board: Hall):
    presenter, code = board.present()
    member, other = board.follow(code), board.follow(code)
    member.keyboard.press("ArrowRight")
    expect_mode(member, "away")
    expect_view("Dagordning", presenter, other)
    member.get_by_role("button", name="Tillbaka till mötet").click()
    back = "Ta tillbaka visningen"
    expect(member.get_by_role("button", name=back)).to_be_hidden()
    member.get_by_role("button", name="Be att få visa").click()
    member.get_by_label("Ditt namn").press("Enter")
    expect(member.get_by_role("alert")).to_contain_text("Namnet")
    expect(member.get_by_label("Ditt namn")).to_be_focused()
    member.get_by_label("Ditt namn").fill("Bo Ek")
    member.get_by_label("Ditt namn").press("Enter")
    presenter.get_by_role("button", name="Lämna över").click()
    expect_mode(member, "presenter")
    expect_mode(presenter, "follower")
    go_to(member, TABLE)
    expect_view(TABLE, presenter, other)
    presenter.reload()
    presenter.get_by_role("button", name=back).click()
    expect_mode(presenter, "presenter")
    expect_mode(member, "follower")
    expect(member.get_by_text("Anna Berg visar nu.")).to_be_visible()
    expect(member.get_by_role("button", name=back)).to_be_hidden()


def test_a_presenter_who_is_gone_is_told_of_and_another_takes_over(board: Hall):
    presenter, code = board.present()
    member = board.enter()
    member.clock.install()
    member.goto(f"{board.url}/mote/{code}")
    expect_mode(member, "follower")
    presenter.context.close()
    over = member.get_by_role("link", name="Ta över")

    def is_told() -> bool:
        member.clock.fast_forward(1000)
        return over.is_visible()

    until(is_told, "the presenter to be missed")
    expect(member.get_by_text("Anna Berg har ingen kontakt med mötet just nu")).to_be_visible()
    over.click()
    member.get_by_label("Ditt namn").fill("Bo Ek")
    member.get_by_role("button", name=f"Ta över möte {code}").click()
    member.wait_for_url(f"**/mote/{code}")
    expect_mode(member, "presenter")


def test_presenting_from_another_computer_takes_the_key(board: Hall):
    page = board.enter(extra_http_headers={"X-Forwarded-For": "192.0.2.7"})
    page.goto(f"{board.url}/mote/starta")
    page.get_by_label("Ditt namn").fill("Eva Lind")
    page.get_by_label("Nyckel").fill("ABCD-EFGH")
    page.get_by_role("button", name="Starta mötet").click()
    expect(page.get_by_role("alert")).to_contain_text("Nyckeln gäller inte")
    expect(page.get_by_label("Ditt namn")).to_have_value("Eva Lind")


def test_a_meeting_shows_corrections_at_once_and_what_it_showed_a_year_later(
    board: Hall, module_url: str, tmp_path: Path
):
    folder = copy_papers(tmp_path)
    engine = make_engine(module_url)
    presenter, code = board.present()
    member = board.follow(code)
    go_to(presenter, TABLE)
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    load_data(engine, folder, by="controller")
    for page in (presenter, member):
        expect(page.locator("[data-row=Kostnader]")).to_contain_text("−21,6")
        news = page.get_by_role("status").filter(has_text="Nya siffror visas")
        expect(news.first).to_be_attached()
        expect_view(TABLE, page)
    go_to(presenter, TRIAL)
    drag(presenter, WHOLE)
    presenter.mouse.up()
    shown = message(presenter).inner_text()
    expect(message(member)).to_have_text(shown)
    presenter.get_by_role("button", name="Avsluta mötet").click()
    presenter.get_by_role("dialog").get_by_role("button", name="Avsluta mötet").click()
    for page in (presenter, member):
        expect_mode(page, "alone")

    change(folder, "operating.csv", "outcome;-21,6", "outcome;-21,9")
    load_data(engine, folder, by="controller")
    engine.dispose()
    budget = board.enter()
    budget.goto(f"{board.url}/driftbudget")
    wait_settled(budget)
    expect(budget.get_by_role("main")).to_contain_text("−21,9")
    later = board.enter()
    later.goto(f"{board.url}/mote/{code}#operating:table")
    expect(later.locator("[data-row=Kostnader]")).to_contain_text("−21,6")
    go_to(later, TRIAL)
    expect(message(later)).to_have_text(shown)
    expect(later.locator(WHOLE)).to_have_value("0")


# The same over HTTP, without browsers, is in test_meeting_two_apps and test_drill_site.
@pytest.mark.sampled(0)
def test_two_processes_behind_one_address_serve_one_meeting_and_come_back_when_killed(
    browser: Browser, start_app: Callable[..., AppServer], state: Path
):
    database = EmbeddedPostgres(state / "database")
    where = {"DATABASE_URL": database.ensure_running()}
    apps = [start_app(**where) for _ in range(2)]
    ports = [int(app.wait_open().environ["PORT"]) for app in apps]
    with ExitStack() as stack:
        stack.callback(database.stop)
        front = stack.enter_context(in_front(free_port(), ports))
        room = stack.enter_context(hall(browser, f"http://localhost:{front.port}"))
        presenter, code = room.present()
        members = [room.follow(code) for _ in range(3)]
        budget = members[0].context.new_page()
        budget.goto(f"{room.url}/driftbudget")
        wait_settled(budget)
        expect(budget.get_by_role("main")).to_contain_text("−21,5")
        go_to(presenter, TABLE)
        expect_view(TABLE, *members)

        apps[0].stop(signal.SIGKILL)
        presenter.keyboard.press("ArrowRight")
        expect_view("Driftbudget: vad krävs?", *members)
        start_app(PORT=str(ports[0]), **where).wait_open()

        os.kill(find_postmaster(state / "database" / "postgres" / "data").pid, signal.SIGKILL)
        presenter.keyboard.press("ArrowRight")
        expect(presenter.get_by_text(re.compile("svarar inte"))).to_be_visible()
        database.ensure_running()
        for page in members:
            expect(page).to_have_title(re.compile(f"^{TRIAL}"), timeout=BACK_MILLISECONDS)
        # An ordinary page beside it is drawn, and is not drawn over and over.
        wait_settled(budget)
        expect(budget.get_by_role("main")).to_contain_text("−21,5")
