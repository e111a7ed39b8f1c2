"""A ledger in the store is months on Driftbudget, a proposal on Tänk om and a table to edit."""

from collections.abc import Callable
from contextlib import suppress

from accessibility import find_violations
from harness import AppServer, heading, until, wait_settled
from playwright.sync_api import Page, TimeoutError, expect
from sie_written import HEAD, voucher, written
from sqlalchemy import Engine

from gsn_dash.domain.drafts import LEDGER, DocumentDraft, Drafts
from gsn_dash.domain.ledger import DEFAULT_MAP
from gsn_dash.ingest.sie.reading import read_sie
from gsn_dash.store.record import record


def year_file(year: int, costs: tuple[int, ...], budget: int) -> bytes:
    """A year's costs by month on one cost centre, and its level budget, in kr."""
    head = tuple(line.replace("2023", str(year)) for line in HEAD)
    lines = []
    for month, amount in enumerate(costs, start=1):
        rows = (f'#TRANS 4010 {{1 "0311"}} {amount}', f"#TRANS 1930 {{}} -{amount}")
        lines += voucher(*rows, day=f"{year}{month:02d}15", number=str(month))
    lines += [f"#PBUDGET 0 {year}{month:02d} 4010 {{}} {budget}" for month in range(1, 13)]
    return written(*lines, head=head)


def keep(engine: Engine, content: bytes) -> None:
    found = read_sie("bokföring.se", content, DEFAULT_MAP)
    assert found.problems == ()
    key = found.ledgers[0].place.document
    document = DocumentDraft(key, "Bokföringen", "sie", None, "")
    drafts = Drafts(
        documents=(document,), ledgers=found.ledgers, kind=LEDGER, files=((key, "0" * 64),)
    )
    with engine.begin() as connection:
        record(connection, drafts, by="ekonomen")


def open_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(heading(page)).to_have_count(1)
    wait_settled(page)


def choose(page: Page, what: str, option: str) -> None:
    """The list closes where the page moves under it, as it does to bring the list into sight."""
    box, item = page.get_by_role("combobox", name=what), page.get_by_role("option", name=option)

    def is_chosen() -> bool:
        if not item.is_visible():
            box.press("ArrowDown")
        with suppress(TimeoutError):
            item.click(timeout=1000)
        return box.input_value() == option

    until(is_chosen, f"{option} in the list of {what}")


def map_the_cost_centre(page: Page, url: str) -> None:
    """0311 becomes 031, in the table of accounts, after a line of it that cannot be read."""
    open_at(page, f"{url}/inlasning")
    page.get_by_text("Visa och ändra kontotabellen").click()
    expect(page.get_by_text("Ett kostnadsställe är inte kopplat till någon")).to_be_visible()
    assert find_violations(page) == []
    wait_settled(page)
    # 2022 and 2023 together; the cost centre's number is none of ours, so nothing is proposed.
    choose(page, "0311: kostnader −77", "031 Digitalisering och innovation")
    accounts = page.get_by_label("Konton: en rad för varje")
    rules = accounts.input_value()
    accounts.fill("4-8 = utgifter")
    page.get_by_label("Ditt namn").last.fill("Ekonomen")
    page.get_by_role("button", name="Spara kontotabellen").click()
    expect(page.get_by_role("alert").filter(has_text="”utgifter” känns inte igen")).to_be_visible()
    accounts.fill(rules)
    page.get_by_role("button", name="Spara kontotabellen").click()
    expect(page.get_by_text("Kontotabellen är sparad")).to_be_visible()


def test_months_come_of_a_ledger_and_can_be_mapped_and_proposed_from(
    start_app: Callable[..., AppServer], loaded_engine: Engine, loaded_url: str, page: Page
):
    for year in (2020, 2021, 2022):
        keep(loaded_engine, year_file(year, (4_000_000,) * 4 + (5_000_000,) * 8, 6_000_000))
    spring = (5_200_000, 5_300_000, 5_400_000, 5_600_000)
    keep(loaded_engine, year_file(2023, spring, 6_175_000))
    url = start_app(DATABASE_URL=loaded_url).wait_open().url

    map_the_cost_centre(page, url)
    open_at(page, f"{url}/driftbudget")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Kostnader till och med april 2023: 21,5")
    # The ledger has no revenue, where the paper has 21.2.
    other = main.get_by_text("Intäkter är i bokföringen 0,0").locator("..")
    expect(other.get_by_role("link", name="Granskning")).to_have_attribute("href", "/granskning")
    table = page.get_by_role("table", name="Budget och utfall per månad 2023")
    expect(table.get_by_role("row", name="April")).to_contain_text("−5,6")
    expect(table.get_by_role("row", name="Maj")).to_contain_text("inte bokfört")
    booked = page.get_by_role("table", name="Bokfört per verksamhet")
    expect(booked.get_by_role("row", name="031")).to_contain_text("−21,5")
    assert find_violations(page) == []

    open_at(page, f"{url}/tank-om")
    page.get_by_text("Förslag från månaderna").click()
    expect(page.get_by_text("Av månaderna att döma blir årets kostnader")).to_be_visible()
    assert find_violations(page) == []
    page.get_by_role("button", name="Ställ reglagen efter förslaget").click()
    page.wait_for_url("**/tank-om?**c=-*")
