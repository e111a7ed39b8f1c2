"""What the collaborations cost: bills that say what is missing, and splits beside the rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import kr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import (
    ORE,
    Money,
    Total,
    Unknown,
    round_fraction,
    round_half_away,
    total_of,
)
from gsn_dash.domain.collaborating import (
    bill,
    bill_figure,
    collaboration_figure,
    key_split,
    payers,
    ratio_range,
)
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.sharing import shares_of
from gsn_dash.domain.snapshot import Collaboration, Contribution

LUDVIKA, SMEDJEBACKEN, BORLANGE, FALUN = "2085", "2061", "2081", "2080"
HUNDREDTH = Decimal("0.01")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def e_dala(papers):
    return key_split(papers, "e-dala")


def _contribution(collaboration, municipality, amount, year=None):
    key = ContributionKey(collaboration, municipality)
    figure = not_known(key.ref, "?") if amount is None else stated(key.ref, amount, step="1")
    return key, Contribution(key, figure, year)


def test_the_payers_stand_as_the_paper_has_them(papers):
    assert payers(papers) == (LUDVIKA, SMEDJEBACKEN)


def test_ludvikas_bill_has_the_finer_figure_beside_the_rounded_sum_that_is_printed(papers):
    found = bill(papers, LUDVIKA)
    assert found.total == Total(kr("740300"), missing=0)
    assert found.published.money == kr("740000")
    amounts = {row.key.collaboration: row.figure.money for row in found.rows}
    assert amounts == {
        "e-dala": kr("185000"),
        "skolskjuts": kr("18300"),
        "telefoni": kr("120000"),
        "e-arkiv": kr("417000"),
    }


def test_smedjebackens_bill_is_at_least_120_000_and_one_figure_is_missing(papers):
    found = bill(papers, SMEDJEBACKEN)
    assert found.total == Total(kr("120000"), missing=1)
    assert isinstance(found.total.amount, Unknown)
    assert found.published.is_unknown
    assert bill_figure(papers, SMEDJEBACKEN).is_unknown


def test_a_bill_of_mixed_years_says_so(papers):
    assert bill(papers, LUDVIKA).years == (2022, 2023, None)


def test_the_rounded_figure_is_kept_and_says_where_it_stands(papers):
    restated = [c.figure for c in papers.restated if c.key.ref == "collaboration:skolskjuts:2085"]
    (rounded,) = restated
    assert (rounded.money, rounded.precision) == (kr("18000"), Decimal(1000))
    assert rounded.origin.section.startswith("2.")


def test_e_dalas_payers_sum_to_what_the_board_is_billed(papers):
    assert collaboration_figure(papers, "e-dala").money == kr("230000")
    assert papers.totals["collaboration:e-dala:total"].money == kr("230000")
    assert collaboration_figure(papers, "e-arkiv").is_unknown


def test_all_of_dalarna_but_borlange_and_falun_are_members_of_e_dala(papers, e_dala):
    assert set(e_dala.shares) == set(papers.municipalities) - {BORLANGE, FALUN}
    assert len(e_dala.shares) == 13
    assert sum(e_dala.shares.values()) == 1


def test_the_key_says_which_day_stands_in_for_the_agreements(e_dala):
    assert e_dala.key.counted_on == "1 november året före"
    assert e_dala.counted_on == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("municipality", "percent", "amount"),
    [(LUDVIKA, "11.319", "142555"), (SMEDJEBACKEN, "6.943", "87445")],
)
def test_the_rules_shares_and_what_they_make_of_230_000(e_dala, municipality, percent, amount):
    share = round_fraction(e_dala.shares[municipality] * 100, Decimal("0.001"))
    assert share == Decimal(percent)
    assert round(e_dala.by_rule[municipality].money.kr) == Decimal(amount)


def test_the_rules_amounts_sum_to_the_stated_to_the_ore(e_dala):
    ruled = total_of(figure.amount for figure in e_dala.by_rule.values())
    assert ruled.known == kr("230000")
    assert all(figure.is_derived for figure in e_dala.by_rule.values())


def test_no_weight_of_the_equal_part_gives_the_stated_relation(papers, e_dala):
    by_rule = e_dala.shares[LUDVIKA] / e_dala.shares[SMEDJEBACKEN]
    assert round_fraction(by_rule, Decimal("0.1")) == Decimal("1.6")
    least, greatest = ratio_range(papers, e_dala, LUDVIKA, SMEDJEBACKEN)
    assert least == 1
    assert round_fraction(greatest, HUNDREDTH) == Decimal("2.41")
    stated_ratio = e_dala.stated[LUDVIKA].money.kr / e_dala.stated[SMEDJEBACKEN].money.kr
    assert round(stated_ratio, 2) == Decimal("4.11")
    assert stated_ratio > greatest


def test_the_implied_whole_of_e_dala_is_derived(e_dala):
    whole = e_dala.implied_total
    assert whole.is_derived
    assert round_half_away(whole.money.kr / 1_000_000, HUNDREDTH) == Decimal("1.26")


@given(st.decimals(min_value=0, max_value=1, places=4))
def test_every_weight_lies_within_the_range(papers, e_dala, weight):
    shares = shares_of(papers, e_dala.key, e_dala.counted_on, weight)
    least, greatest = ratio_range(papers, e_dala, LUDVIKA, SMEDJEBACKEN)
    assert least <= shares[LUDVIKA] / shares[SMEDJEBACKEN] <= greatest


def test_between_2021_and_2023_no_share_moves_more_than_five_hundredths_of_a_point(papers, e_dala):
    days = [date(year, 12, 31) for year in (2021, 2022, 2023)]
    for code in e_dala.shares:
        held = [key_split(papers, "e-dala", day).shares[code] * 100 for day in days]
        assert max(held) - min(held) <= Decimal("0.05"), code


def test_a_collaboration_without_a_key_has_no_split(papers):
    assert key_split(papers, "telefoni") is None
    assert key_split(papers, "e-dala", date(1999, 12, 31)) is None


def test_with_an_unknown_part_the_rule_gives_percent_but_no_kronor(papers):
    key, unknown = _contribution("e-dala", SMEDJEBACKEN, None)
    split = key_split(
        replace(papers, contributions={**papers.contributions, key: unknown}), "e-dala"
    )
    assert split.by_rule == {}
    assert split.implied_total is None
    assert sum(split.shares.values()) == 1


def test_without_any_stated_part_the_rule_gives_percent_but_no_kronor(papers):
    split = key_split(replace(papers, contributions={}), "e-dala")
    assert (split.by_rule, split.implied_total, dict(split.stated)) == ({}, None, {})
    assert sum(split.shares.values()) == 1


@given(st.lists(st.none() | st.integers(0, 10**9).map(lambda ore: Money(ore * ORE)), max_size=6))
def test_a_bill_adds_what_is_known_and_counts_what_is_not(amounts):
    names = [f"samarbete-{number}" for number in range(len(amounts))]
    contributions = dict(
        _contribution(name, LUDVIKA, amount) for name, amount in zip(names, amounts, strict=True)
    )
    contributions |= dict([_contribution("samarbete-0", SMEDJEBACKEN, kr("1"))])
    snapshot = snapshot_with(
        collaborations=tuple(Collaboration(name, name) for name in names),
        contributions=contributions,
    )
    found = bill(snapshot, LUDVIKA)
    assert len(found.rows) == len(amounts)
    assert found.total.missing == amounts.count(None)
    assert found.total.known.kr == sum(amount.kr for amount in amounts if amount is not None)
    assert found.published is None
