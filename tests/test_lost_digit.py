"""A lost first digit is solved from the totals where they allow one, and never guessed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import CABLES, LAMPS, REST, investments_with, mkr, read_papers

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.figures import sources_of
from gsn_dash.domain.investing import NO_OVERRUN, portfolio
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.present.investing import FAULTS, describe_lost_digit

moneys = st.integers(0, 500).map(lambda tenths: mkr(str(Decimal(tenths) / 10)))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_the_lost_digit_is_the_only_one_of_ten_that_the_totals_allow(papers):
    (lost,) = portfolio(papers).lost
    assert lost.project.codes == ("0024",)
    assert lost.printed.printed == ",5"
    assert [c.appropriation for c in lost.candidates] == [mkr(f"{d}.5") for d in range(10)]
    assert [c.fault for c in lost.candidates] == ["", "overrun"] + ["negative"] * 8
    assert lost.solution.digit == 0
    assert [c.rest_appropriation for c in lost.candidates[:3]] == [
        mkr("1.6"), mkr("0.6"), mkr("-0.4"),
    ]  # fmt: skip
    assert {c.rest_forecast for c in lost.candidates} == {mkr("1.6")}


def test_the_solved_digit_is_derived_and_says_on_what_condition(papers):
    rows = {row.project.key: row for row in portfolio(papers).rows}
    row = rows["basfunktionalitet"]
    assert row.appropriation.origin.condition == NO_OVERRUN
    assert row.appropriation.origin.inputs[0].printed == ",5"
    rest = rows["ovriga"]
    assert rest.appropriation.origin.condition == NO_OVERRUN
    assert sources_of(rest.appropriation)


@pytest.mark.parametrize("forecast", ["7.7", "7.8", "7.9"])
def test_a_total_that_is_rounded_the_other_way_gives_the_same_digit(papers, forecast):
    """1.6 printed as the rest may be 1.5 to 1.7; a whole digit more is never rounding."""
    key = InvestmentKey(TOTAL, "forecast")
    figure = replace(papers.investments[key], amount=mkr(forecast))
    rounded = replace(papers, investments={**papers.investments, key: figure})
    (lost,) = portfolio(rounded).lost
    assert [c.fault for c in lost.candidates] == ["", "overrun"] + ["negative"] * 8
    assert lost.solution.digit == 0
    said = " ".join(describe_lost_digit(lost))
    assert ("efter avrundning" in said) is (forecast == "7.9")


def test_a_coarse_step_leaves_more_open_than_a_fine_one(papers):
    """With a total forecast of 7.5 the digit 1 is rounding, for "1" can be 1.5 and "1,0" cannot."""
    key, left = InvestmentKey(TOTAL, "forecast"), InvestmentKey("natverk", "left")
    figures = {**papers.investments, key: replace(papers.investments[key], amount=mkr("7.5"))}
    coarse = replace(papers, investments=figures)
    assert portfolio(coarse).lost[0].solution is None
    fine = replace(figures[left], precision=figures[key].precision)
    exact = replace(papers, investments={**figures, left: fine})
    assert portfolio(exact).lost[0].solution.digit == 0


@pytest.mark.parametrize(("whole", "digit"), [("0.5", 0), ("0.6", 0), ("2.5", 2)])
def test_without_unnamed_projects_all_money_belongs_to_the_named(whole, digit):
    cells = {
        (TOTAL, "original"): mkr(whole),
        (TOTAL, "forecast"): ZERO,
        ("lamps", "forecast"): ZERO,
    }
    (lost,) = portfolio(investments_with(cells, (LAMPS,), lost=[("lamps", ",5")])).lost
    assert lost.solution.digit == digit
    before, after = lost.candidates[:digit], lost.candidates[digit + 1 :]
    assert {c.fault for c in before} <= {"unclaimed"}
    assert {c.fault for c in after} == {"negative"}
    said = " ".join(describe_lost_digit(lost))
    assert ("inte höra till något projekt" in said) is bool(before)
    assert "övriga projekt" not in said
    assert {c.fault for c in lost.candidates} <= set(FAULTS)


def _with_lost_digit(printed, total, forecast, **parts):
    return investments_with(
        {
            (TOTAL, "original"): mkr(total),
            (TOTAL, "forecast"): mkr(forecast),
            ("cables", "appropriation"): mkr("6.4"),
            ("cables", "forecast"): mkr("5.4"),
            ("lamps", "forecast"): ZERO,
        },
        (LAMPS, CABLES, REST),
        lost=[("lamps", printed)],
        **parts,
    )


def test_a_digit_that_several_totals_allow_stays_unknown():
    found = portfolio(_with_lost_digit(",5", total="13.0", forecast="7.8"))
    (lost,) = found.lost
    assert len([c for c in lost.candidates if not c.fault]) > 1
    assert lost.solution is None
    lamps, _, rest = found.rows
    assert lamps.appropriation.is_unknown
    assert lamps.appropriation.printed == ",5"
    assert lamps.left.is_unknown
    assert rest.appropriation.is_unknown
    assert rest.forecast.money == mkr("2.4")


def test_a_digit_that_no_total_allows_stays_unknown():
    found = portfolio(_with_lost_digit(",5", total="6.6", forecast="5.4"))
    assert {c.fault for c in found.lost[0].candidates} == {"negative"}
    assert found.lost[0].solution is None
    assert "Ingen siffra stämmer" in " ".join(describe_lost_digit(found.lost[0]))
    assert found.rows[0].appropriation.is_unknown


def test_two_lost_digits_cannot_both_be_solved_from_one_total():
    cells = {
        (TOTAL, "original"): mkr("9.0"),
        (TOTAL, "forecast"): mkr("8.0"),
        ("lamps", "forecast"): ZERO,
        ("cables", "forecast"): mkr("8.0"),
    }
    found = portfolio(
        investments_with(cells, (LAMPS, CABLES, REST), lost=[("lamps", ",5"), ("cables", ",5")])
    )
    assert found.lost == ()
    assert [row.appropriation.is_unknown for row in found.rows] == [True, True, True]


@pytest.mark.parametrize(
    "missing", [(TOTAL, "original"), (TOTAL, "forecast"), ("lamps", "forecast")]
)
def test_without_a_total_or_a_forecast_no_digit_is_guessed(missing):
    cells = {
        (TOTAL, "original"): mkr("7.0"),
        (TOTAL, "forecast"): mkr("0.0"),
        ("lamps", "forecast"): ZERO,
    }
    del cells[missing]
    found = portfolio(investments_with(cells, (LAMPS, REST), lost=[("lamps", ",5")]))
    assert found.lost == ()
    assert found.rows[0].appropriation.is_unknown


def test_a_printed_text_is_solved_as_it_stands_and_not_passed_over_for_other_figures():
    cells = {
        (TOTAL, "original"): mkr("0.5"),
        (TOTAL, "forecast"): ZERO,
        ("lamps", "forecast"): ZERO,
        ("lamps", "left"): mkr("0.5"),
    }
    (row,) = portfolio(investments_with(cells, (LAMPS,), lost=[("lamps", ",5")])).rows
    assert row.appropriation.money == mkr("0.5")
    assert row.appropriation.origin.rule == "lost_digit"


@pytest.mark.parametrize("printed", ["?", ""])
def test_only_a_lost_digit_is_tried(printed):
    found = portfolio(_with_lost_digit(printed, total="8.0", forecast="5.4"))
    assert found.lost == ()


def test_a_paper_that_states_every_appropriation_has_nothing_to_solve():
    cells = {
        (TOTAL, "original"): mkr("7.0"),
        (TOTAL, "forecast"): mkr("6.0"),
        ("lamps", "appropriation"): mkr("0.5"),
        ("lamps", "forecast"): ZERO,
        ("cables", "appropriation"): mkr("6.4"),
        ("cables", "forecast"): mkr("5.9"),
    }
    found = portfolio(investments_with(cells, (LAMPS, CABLES, REST)))
    assert found.lost == ()
    lamps, _, rest = found.rows
    assert not lamps.appropriation.is_derived
    assert rest.appropriation.money == mkr("0.1")
    assert rest.appropriation.origin.condition == ""


@given(digit=st.integers(0, 9), rest=moneys, decimals=st.integers(0, 9))
def test_the_true_digit_is_always_among_the_possible(digit, rest, decimals):
    """Whatever was printed, a paper whose unnamed projects keep within theirs is never denied."""
    true = mkr(f"{digit}.{decimals}")
    cells = {
        (TOTAL, "original"): true + rest,
        (TOTAL, "forecast"): rest,
        ("lamps", "forecast"): ZERO,
    }
    found = portfolio(investments_with(cells, (LAMPS, REST), lost=[("lamps", f",{decimals}")]))
    possible = [c.digit for c in found.lost[0].candidates if not c.fault]
    assert digit in possible
    if found.lost[0].solution:
        assert found.rows[0].appropriation.money == true
