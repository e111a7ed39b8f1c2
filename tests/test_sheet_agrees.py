"""The sheet's own arithmetic and texts are the domain's, digit by digit, in a real browser."""

from collections.abc import Iterator
from random import Random

import pytest
from harness import wait_settled
from playwright.sync_api import BrowserContext, Page, expect
from sheet_page import expect_told, open_sheet, slider
from sheet_program import DIALS, values_at

from gsn_dash.domain.scenario.program import Builder, Dial, evaluate
from gsn_dash.present.templates import BySign, Joined, Number, Pick, as_json, render

# How many are tried under make test, and under make soak.
SOME, ALL = 400, 6000
FORMS = [f"{form}{kind}" for form in ("mkr", "kr", "int", "percent") for kind in ("", "+", "0")]


@pytest.fixture(scope="module")
def sheet(visits: BrowserContext, sheets: str) -> Iterator[Page]:
    page = visits.new_page()
    page.goto(sheets)
    expect(page.locator(".gsn-sheet .gsn-picture svg").first).to_be_visible()
    yield page
    page.close()


@pytest.fixture(scope="module")
def rounds(is_whole: bool) -> int:
    return ALL if is_whole else SOME


def ask(page: Page, what: str, asked: list) -> list:
    """What the sheet's own code answers to each of the calls."""
    call = f"(sheet, all) => all.map((one) => sheet.gsnSheet.{what}(...one))"
    return page.locator(".gsn-sheet").evaluate(call, asked)


def as_text(values: list) -> list:
    return [[str(v) for v in value] if isinstance(value, list) else str(value) for value in values]


@pytest.mark.sampled
def test_the_demo_program_gives_the_same_whole_numbers(sheet: Page, rounds: int):
    random = Random(1)
    places = [[random.choice(dial.positions) for dial in DIALS.values()] for _ in range(rounds)]
    asked = [[dict(zip(DIALS, place, strict=True))] for place in places]
    assert ask(sheet, "evaluate", asked) == [as_text(values_at(place)) for place in places]


def random_program(random: Random, dials: list[Dial]) -> Builder:
    """A program with every kind of node, and numbers far beyond what a double can hold."""
    make = Builder()
    nodes = [make.const(random.randint(-(10**17), 10**17)) for _ in range(3)]
    for place, dial in enumerate(dials):
        entries = [random.randint(-(10**9), 10**9) for _ in dial.positions]
        nodes += [make.lever(place), make.moved(place), make.table(place, entries)]
    for _ in range(6):
        one, two = random.choice(nodes), random.choice(nodes)
        factors = [random.randint(-(10**10), 10**10) for _ in range(2)]
        nodes += [
            make.times(one, two),
            make.divide(one, random.choice((1, 2, 3, 7, 100, 10**6))),
            make.most(one, two),
            make.sum((factors[0], one), (factors[1], two)),
        ]
    weights = [make.const(random.randint(-50, 5000)) for _ in range(4)] + [make.const(100_000)]
    nodes += make.split(random.choice(nodes), weights)
    return make


@pytest.mark.sampled
def test_any_program_gives_the_same_whole_numbers(sheet: Page, rounds: int):
    random = Random(2)
    dials = [Dial(range(-20, 21), 0), Dial((0, 1), None), Dial((2021, 2023, 2022), 2022)]
    levers = [
        {"positions": [-20, 20, 1], "resting": 0},
        {"positions": [0, 1, 1], "resting": None},
        {"positions": {"values": [2021, 2023, 2022]}, "resting": 2022},
    ]
    asked, expected = [], []
    for _ in range(rounds // 20):
        program = random_program(random, dials).nodes
        for _ in range(10):
            positions = [random.choice(dial.positions) for dial in dials]
            asked.append([sendable(program), levers, positions])
            expected.append(as_text(evaluate(program, dials, positions)))
    assert ask(sheet, "run", asked) == expected


def sendable(node: object) -> object:
    """The program with its numbers as text: playwright would round the greatest of them."""
    if isinstance(node, tuple | list):
        return [sendable(inner) for inner in node]
    return str(node) if isinstance(node, int) and abs(node) > 2**53 else node


def random_number(random: Random) -> Number:
    form = random.choice(FORMS)
    of = random.choice((None, 1))
    return Number(0, form, random.choice((1, 100, 10_000)), of, random.randint(0, 3))


def random_values(random: Random) -> list[int]:
    """Mostly where roundings turn: halves, and what is nearly nothing."""
    steps = random.choice((1, 5, 50, 500_000, 5_000_000, 50_000_000, 123_456_789))
    value = random.randint(-3000, 3000) * steps + random.choice((0, 0, 1, -1))
    return [value, random.choice((-7, 1, 3, 400, 130_000_000, 10**18 + 1)), random.randint(0, 2)]


@pytest.mark.sampled
def test_numbers_are_written_the_same(sheet: Page, rounds: int):
    random = Random(3)
    asked, expected = [], []
    for _ in range(2 * rounds):
        number, values = random_number(random), random_values(random)
        asked.append([as_json((number,)), [str(value) for value in values]])
        expected.append(render((number,), values))
    assert ask(sheet, "render", asked) == expected
    assert any("\u2212" in text for text in expected) and any("\u00a0" in t for t in expected)


@pytest.mark.sampled
def test_texts_choose_and_join_the_same(sheet: Page, rounds: int):
    random = Random(4)
    asked, expected = [], []
    for _ in range(rounds):
        number, other = random_number(random), random_number(random)
        choice = BySign(number, ("mer: ", other), ("lika",), ("mindre: ", number))
        words = (Joined("; ", (("netto ", choice), (), (Pick(2, ("a", "", "c")),))), ".")
        values = random_values(random)
        asked.append([as_json(words), [str(value) for value in values]])
        expected.append(render(words, values))
    assert ask(sheet, "render", asked) == expected


def test_the_domains_own_answer_is_compared_at_every_settling(page: Page, sheets: str):
    open_sheet(page, sheets)
    logged: list[str] = []
    page.on("console", lambda said: logged.append(said.text) if said.type == "error" else None)
    for at in (101, 102):
        slider(page, "Så mycket av avvikelsen går åt").press("ArrowRight")
        expect_told(page, used=at)
    wait_settled(page)
    expect(page.locator(".gsn-sheet")).not_to_have_attribute("data-differs", "")
    assert logged == []
    page.get_by_role("button", name="Svara fel").click()
    expect(page.locator(".gsn-sheet")).to_have_attribute("data-differs", "")
    assert any("the domain" in text for text in logged)
