"""Measures what a page costs with one, ten and a hundred occasions, and five million ledger rows.

Run by `make bench`. Each store is a database of its own, on an embedded server of the bench's, with
an app of its own before it. The latest occasion is that of the papers in all of them, with a
ledger of the same months, so that the pages say the same. What counts is the ratio to the store
with one occasion, measured in turns in the same run; the load of the machine is told beside.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from math import ceil, prod
from statistics import median
from time import perf_counter

from chromium import FLAGS, find_chromium
from harness import AppServer, free_port, fresh_state, surroundings, wait_settled
from occasions_made import many, put
from playwright.sync_api import Page, WebSocket, expect, sync_playwright
from promised import judge, say_load
from sqlalchemy import Engine, make_url, text

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.drafts import LEDGER, DocumentDraft, Drafts, Place
from gsn_dash.domain.ledger import BUDGET, OUTCOME, LedgerDraft, LedgerEntry
from gsn_dash.domain.over_time import followed_refs
from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.occasions import list_collaborations, list_occasions, read_series
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.record import record

YEARS = range(2013, 2024)
ROUNDS, READS = 8, 5
PAGES = ("Driftbudget", "Investeringar")
MOST = 1.25


@dataclass
class Store:
    """A database and what is measured of it: seconds of reading and drawing, bytes of a page.

    `parts` is how many accounts, cost centres and projects each month of its ledgers has.
    """

    name: str
    earlier: int
    parts: tuple[int, int, int]
    engine: Engine = None
    page: Page = None
    snapshot: list[float] = field(default_factory=list)
    series: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    heard: int = 0

    def hear(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self.heard += len(frame)


def stores(rows: int) -> list[Store]:
    """The stores; the last has at least `rows` ledger rows."""
    accounts = 2 * ceil(rows / (len(YEARS) * 12 * 20 * 35 * 2))
    return [
        Store("1 tillfälle", 0, (2, 1, 1)),
        Store("10 tillfällen", 9, (2, 1, 1)),
        Store("100 tillfällen", 99, (2, 1, 1)),
        Store("100, stor bokföring", 99, (accounts, 20, 35)),
    ]


def entries_of(year: int, parts: tuple[int, int, int]) -> Iterator[LedgerEntry]:
    """Months that sum to the same whatever they are made of: half is revenue, half cost."""
    accounts, centres, projects = parts
    share = Decimal(24_000) / (accounts * centres * projects)
    each = share.quantize(Decimal("0.01"))
    for month, account, centre, project in product(
        range(1, 13), range(accounts), range(centres), range(projects)
    ):
        number = f"{3 + account % 2}{account:03}"
        amount = Money(each if account % 2 == 0 else -each)
        measure = BUDGET if account % 4 > 1 else OUTCOME
        first = date(year, month, 1)
        yield LedgerEntry(first, number, str(centre), str(project), measure, amount)


def put_ledger(engine: Engine, year: int, parts: tuple[int, int, int]) -> None:
    name = f"bokforing-{year}"
    draft = LedgerDraft(
        date(year, 1, 1),
        date(year, 12, 31),
        "bench",
        "4",
        tuple(entries_of(year, parts)),
        Place(name, "hela filen"),
        tuple(date(year, month, 1) for month in range(1, 13)),
    )
    document = DocumentDraft(name, f"Bokföring {year}", "bokföring", None, "")
    files = ((f"{name}.se", f"{year:064}"),)
    drafts = Drafts(kind=LEDGER, documents=(document,), ledgers=(draft,), files=files)
    with engine.begin() as connection:
        record(connection, drafts, "bench")


@contextmanager
def filled(server: str, store: Store) -> Iterator[str]:
    """The address of a database with all that the store has."""
    name = f"bench_{store.earlier}_{prod(store.parts)}"
    maker = make_engine(server)
    with maker.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    store.engine = make_engine(url)
    migrate(store.engine)
    report = load_data(store.engine, PROJECT / "data", by="bench")
    assert report.problems == (), report.problems
    put(store.engine, *many(store.earlier))
    for year in YEARS:
        put_ledger(store.engine, year, store.parts)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
        rows = connection.execute(text("SELECT count(*) FROM ledger_entry")).scalar_one()
    print(f"{store.name}: {rows} rader bokföring", flush=True)
    yield url
    store.engine.dispose()
    maker.dispose()


def measure_reading(store: Store) -> None:
    """What the watch does when figures have come, and what Över tid asks the first time."""
    for _ in range(READS):
        began = perf_counter()
        snapshot = read_snapshot(store.engine)
        list_occasions(store.engine)
        store.snapshot.append(perf_counter() - began)
    refs = followed_refs(list_collaborations(store.engine), snapshot.municipalities)
    began = perf_counter()
    read_series(store.engine, refs)
    store.series.append(perf_counter() - began)


def measure_drawing(store: Store) -> None:
    """From a press in the navigation until the page is drawn, and the bytes that it took."""
    for title in PAGES:
        store.heard = 0
        began = perf_counter()
        link = store.page.get_by_role("navigation").get_by_role("link", name=title, exact=True)
        link.first.click()
        expect(store.page.locator("h1")).to_have_text(title)
        wait_settled(store.page)
        store.drawn.append(perf_counter() - began)
        store.sent.append(store.heard)


def measure(found: list[Store]) -> None:
    with ExitStack() as stack:
        enter = stack.enter_context
        state = enter(fresh_state())
        server = EmbeddedPostgres(state)
        stack.callback(server.stop)
        address = server.ensure_running()
        playwright = enter(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        stack.callback(browser.close)
        for store in found:
            url = enter(filled(address, store))
            changes = {"PORT": str(free_port()), "GSN_STATE": str(state / store.name)}
            app = AppServer(surroundings(DATABASE_URL=url, **changes)).wait_open()
            stack.callback(app.stop)
            store.page = browser.new_page(viewport={"width": 1280, "height": 720})
            store.page.on("websocket", store.hear)
            store.page.goto(f"{app.url}/driftbudget")
            wait_settled(store.page)
        for turn in range(ROUNDS + 1):
            for store in found[turn % len(found) :] + found[: turn % len(found)]:
                store.page.bring_to_front()
                measure_drawing(store)
                measure_reading(store)
        for store in found:  # the first time warms up
            del store.drawn[: len(PAGES)], store.sent[: len(PAGES)], store.snapshot[:READS]


def report(found: list[Store]) -> int:
    """Print what was measured; returns how the measurement is to end."""
    print("Vad en sida kostar: median, och i förhållande till ett tillfälle")
    print(f"{'':22}{'läsa in ms':>16}{'linjen ms':>11}{'sidan ms':>16}{'sänt kB':>16}")
    first, worst = found[0], 1.0
    for store in found:
        row = f"{store.name:22}"
        for name, scale in (("snapshot", 1000), ("series", 1000), ("drawn", 1000), ("sent", 0.001)):
            own, base = median(getattr(store, name)), median(getattr(first, name))
            row += f"{own * scale:11.1f}"
            if name != "series":
                row += f"{own / base:5.2f}"
                worst = max(worst, own / base)
        print(row)
    said = f"Som mest {worst:.2f} gånger vad det kostar med ett tillfälle (högst {MOST})"
    return judge({said: worst <= MOST})


def main() -> int:
    found = stores(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
    say_load("före")
    measure(found)
    say_load("efter")
    return report(found)


if __name__ == "__main__":
    raise SystemExit(main())
