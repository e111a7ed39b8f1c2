"""A printed figure is read exactly, can be printed again, and rubbish is refused in Swedish."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import FOLDER, rows_in

from gsn_dash.domain.amounts import ZERO, Money, Unknown
from gsn_dash.ingest.printed import (
    SCALES,
    UnreadableError,
    parse_percent,
    parse_printed,
)
from gsn_dash.present.numbers import format_number

FILES = ("operating.csv", "investments.csv", "contributions.csv", "totals.csv", "claims.csv")
NO_BREAK, MINUS = "\u00a0", "\u2212"


def _printed_in_the_papers() -> list[tuple[str, str]]:
    """Every printed text in data/ that is counted in a unit of money, with its unit."""
    rows = [row for name in FILES for row in rows_in(FOLDER, name)]
    found = {(row["printed"], row["scale"]) for row in rows if row["scale"] in SCALES}
    cells = [row for row in rows_in(FOLDER, "printed_cells.csv") if row["ref"]]
    return sorted(found | {(cell["text"], "Mkr") for cell in cells})


def _print(money: Money, scale_kr: Decimal, decimals: int) -> str:
    """An amount as a paper prints it, counted in `scale_kr` kr."""
    return format_number(money.in_unit(scale_kr), decimals)


PRINTED = _printed_in_the_papers()
NOT_AMOUNTS = {"", "?", ",5"}
READABLE = [(text, scale) for text, scale in PRINTED if text not in NOT_AMOUNTS]


def test_the_papers_have_figures_in_all_three_units_and_some_that_nobody_can_read():
    assert {scale for _, scale in READABLE} == {"Mkr", "tkr", "kr"}
    assert {text for text, _ in PRINTED} >= NOT_AMOUNTS


@pytest.mark.parametrize(("text", "scale"), READABLE)
def test_every_readable_figure_of_the_papers_prints_as_it_was(text, scale):
    parsed = parse_printed(text, scale)
    assert isinstance(parsed.amount, Money)
    swedish = text.removesuffix(":-").replace("-", MINUS).replace(" ", NO_BREAK)
    decimals = len(text.partition(",")[2])
    assert _print(parsed.amount, SCALES[scale], decimals) == swedish


@pytest.mark.parametrize(
    ("text", "scale", "kr", "step"),
    [
        ("-24,7", "Mkr", "-24700000", "100000"),
        ("0,0", "Mkr", "0", "100000"),
        ("1", "Mkr", "1000000", "1000000"),
        ("230", "tkr", "230000", "1000"),
        ("18 300", "kr", "18300", "1"),
        ("740 000", "kr", "740000", "1"),
        ("0:-", "kr", "0", "1"),
        ("12,50", "kr", "12.50", "0.01"),
    ],
)
def test_a_figure_gives_exact_kronor_and_the_step_it_is_printed_in(text, scale, kr, step):
    parsed = parse_printed(text, scale)
    assert parsed.amount == Money(Decimal(kr))
    assert parsed.precision == Decimal(step)


@pytest.mark.parametrize(
    "text",
    ["-24,7", "\u221224,7", "\u201324,7", "\u201024,7", "- 24,7", "\u2212\u00a024,7", " -24,7 "],
)
def test_every_minus_is_a_minus(text):
    assert parse_printed(text, "Mkr").amount == Money(Decimal(-24_700_000))


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\u202f", "\u2009", "\t"])
def test_every_space_between_thousands_is_the_same(space):
    assert parse_printed(f"1{space}418{space}300", "kr").amount == Money(Decimal(1_418_300))


@pytest.mark.parametrize("text", ["-0,0", "\u22120", "0,0", "0:-"])
def test_a_printed_zero_has_no_sign(text):
    parsed = parse_printed(text, "Mkr")
    assert parsed.amount == ZERO
    assert not parsed.amount.kr.is_signed()


@pytest.mark.parametrize(
    ("text", "word"), [("?", "frågetecken"), ("", "tom"), ("  ", "tom"), (",5", "decimalkommat")]
)
def test_what_cannot_be_read_is_unknown_and_says_why(text, word):
    parsed = parse_printed(text, "Mkr")
    assert isinstance(parsed.amount, Unknown)
    assert word in parsed.amount.reason


def test_a_lost_digit_keeps_the_step_of_the_decimals_that_are_left():
    assert parse_printed(",5", "Mkr").precision == Decimal(100_000)
    assert parse_printed(",25", "tkr").precision == Decimal(10)


@pytest.mark.parametrize(
    "text",
    [
        "ca 5", "1.5", "1,", "1,2,3", "--5", "5-", "-", ":-", "12 34", "1 2345", "x", "-?",
        "1e5", "NaN", "½", "\u0661\u0662", "0,001", "5 %", "1 000 000 000 000 000 000",
    ],
)  # fmt: skip
def test_rubbish_is_refused_with_what_stood_there(text):
    with pytest.raises(UnreadableError) as refused:
        parse_printed(text, "kr")
    assert f"”{text}”" in str(refused.value)


def test_parts_of_an_ore_are_refused_since_no_account_holds_them():
    assert parse_printed("0,00000001", "Mkr").amount == Money(Decimal("0.01"))
    with pytest.raises(UnreadableError, match="öre"):
        parse_printed("0,000000001", "Mkr")


@pytest.mark.parametrize("scale", ["", "mkr", "MSEK", "procent"])
def test_an_unknown_scale_is_refused_and_the_three_are_named(scale):
    with pytest.raises(UnreadableError, match="Mkr, tkr eller kr"):
        parse_printed("5", scale)


@given(st.text(), st.sampled_from(["Mkr", "tkr", "kr"]))
def test_any_text_is_an_amount_or_unknown_or_refused(text, scale):
    try:
        parsed = parse_printed(text, scale)
    except UnreadableError as refused:
        assert "går inte att läsa" in str(refused)
    else:
        assert isinstance(parsed.amount, Money | Unknown)


@given(st.text(alphabet="0123456789,-\u2212 \u00a0?:%.", max_size=60))
def test_almost_figures_are_read_or_refused_and_nothing_else(text):
    for read in (lambda: parse_printed(text, "kr"), lambda: parse_percent(text)):
        try:
            read()
        except UnreadableError as refused:
            assert text in str(refused)


@given(
    st.integers(min_value=-(10**9) + 1, max_value=10**9 - 1),
    st.integers(min_value=0, max_value=2),
    st.sampled_from(["Mkr", "tkr", "kr"]),
)
def test_what_is_printed_is_read_back_to_the_same_amount(steps, decimals, scale):
    unit = SCALES[scale]
    money = Money(Decimal(steps).scaleb(-decimals) * unit)
    text = _print(money, unit, decimals)
    parsed = parse_printed(text, scale)
    assert parsed.amount == money
    assert parsed.precision == unit.scaleb(-decimals)
    assert _print(parsed.amount, unit, decimals) == text


@given(st.integers(min_value=0, max_value=10**11), st.integers(min_value=0, max_value=2))
def test_printed_figures_are_swedish(steps, decimals):
    text = _print(Money(Decimal(-steps).scaleb(-decimals)), Decimal(1), decimals)
    whole, _, fraction = text.removeprefix(MINUS).partition(",")
    assert text.startswith(MINUS) is (steps > 0)
    assert len(fraction) == decimals
    groups = whole.split(NO_BREAK)
    assert 1 <= len(groups[0]) <= 3
    assert all(len(group) == 3 for group in groups[1:])
    assert "".join(groups).isdigit()


@pytest.mark.parametrize(
    ("text", "ratio", "step"),
    [("60", "0.60", "0.01"), ("100 %", "1.00", "0.01"), ("12,5 %", "0.125", "0.001")],
)
def test_percent_are_read_as_a_ratio_with_its_step(text, ratio, step):
    assert parse_percent(text) == (Decimal(ratio), Decimal(step))


@pytest.mark.parametrize("text", ["", "x", "-5", "60 % %", "1,23456", "100 000 000"])
def test_percent_that_the_store_cannot_hold_or_nobody_can_read_are_refused(text):
    with pytest.raises(UnreadableError, match="går inte att läsa"):
        parse_percent(text)
