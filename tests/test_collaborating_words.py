"""What the page of collaborations says stays true when the papers say something else."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from papers import kr, read_papers

from gsn_dash.domain.collaborating import (
    key_split,
    key_steps,
    restatements,
    share_of_payers,
    stated_ratio,
)
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.present.collaborating import (
    describe_bill,
    describe_bills,
    describe_published,
    describe_restatement,
    describe_unknown,
    describe_years,
    genitive,
)
from gsn_dash.present.collaborating_tables import bill_table
from gsn_dash.present.sharing import describe_comparison, describe_implied, describe_steps

LUDVIKA, SMEDJEBACKEN = "2085", "2061"


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def plain(text):
    return text.replace("\u00a0", " ")


def paying(snapshot, collaboration, municipality, amount, year=None):
    """The snapshot with another amount, and year, for one contribution."""
    key = ContributionKey(collaboration, municipality)
    old = snapshot.contributions[key]
    new = replace(old, figure=replace(old.figure, amount=kr(amount)), year=year or old.year)
    return replace(snapshot, contributions={**snapshot.contributions, key: new})


def test_equal_part_and_part_by_inhabitants_make_each_share_and_all_shares_the_whole(papers):
    split = key_split(papers, "e-dala")
    steps = key_steps(split)
    assert all(
        m.equal + m.by_inhabitants == m.share == split.shares[m.municipality] for m in steps.members
    )
    assert sum(member.share for member in steps.members) == 1
    assert sum(m.of_payers for m in steps.members if m.of_payers is not None) == 1
    assert steps.everybody == 176314
    assert steps.equal_part + steps.inhabitants_part == 1
    assert [m.municipality for m in steps.members][0] == LUDVIKA


def test_a_share_of_an_unknown_whole_is_unknown(papers):
    rows = papers.contributions
    assert share_of_payers(papers, rows[ContributionKey("e-arkiv", LUDVIKA)]) is None
    found = share_of_payers(papers, rows[ContributionKey("telefoni", LUDVIKA)])
    assert round(found, 4) == Decimal("0.6667")


def test_with_every_amount_known_nothing_is_said_to_be_missing(papers):
    known = paying(papers, "e-arkiv", SMEDJEBACKEN, "10000")
    assert plain(describe_bills(known)) == (
        "Ludvika betalar 740 300 kr om året för samarbetena; Smedjebacken betalar 130 000 kr."
        " Beloppen är från olika år."
    )
    assert describe_unknown(known, SMEDJEBACKEN) == ""
    assert plain(describe_bill(papers, SMEDJEBACKEN)).endswith("; 1 uppgift saknas (E-arkiv).")


def test_a_printed_sum_that_agrees_is_not_remarked_on(papers):
    assert "740 000 kr" in plain(describe_published(papers, LUDVIKA))
    assert describe_published(paying(papers, "skolskjuts", LUDVIKA, "18000"), LUDVIKA) == ""


@pytest.mark.parametrize(("printed", "shown"), [("?", "?"), ("", "tom ruta")])
def test_a_printed_sum_that_is_unknown_is_shown_as_it_stands(papers, printed, shown):
    ref = ContributionKey("total", "2061").ref
    unknown = replace(papers.totals[ref], printed=printed)
    changed = replace(papers, totals={**papers.totals, ref: unknown})
    assert bill_table(changed, "2061").rows[-1].cells[0].text == shown


def test_a_second_place_is_rounded_only_where_rounding_explains_it(papers):
    (rounded,) = restatements(papers)
    assert "avrundat till 18 000 kr" in plain(describe_restatement(papers, rounded))
    other = paying(papers, "skolskjuts", LUDVIKA, "25000")
    (differs,) = restatements(other)
    assert not differs.is_rounded
    assert "i stället 18 000 kr" in plain(describe_restatement(other, differs))
    assert restatements(paying(papers, "skolskjuts", LUDVIKA, "18000")) == ()


def test_years_are_remarked_on_only_where_they_are_mixed(papers):
    same = papers
    for collaboration in ("e-dala", "skolskjuts", "telefoni", "e-arkiv"):
        same = paying(same, collaboration, LUDVIKA, "1", year=2023)
    assert describe_years(same, LUDVIKA) == ""
    assert describe_years(papers, LUDVIKA).endswith(
        "från 2022 och 2023 med uppgifter där året inte anges."
    )


def test_a_relation_that_some_weight_gives_is_not_said_to_be_impossible(papers):
    split = key_split(papers, "e-dala")
    assert stated_ratio(split, LUDVIKA, SMEDJEBACKEN) == Fraction(37, 9)
    assert "Ingen vikt" in describe_comparison(papers, split)
    possible = paying(papers, "e-dala", SMEDJEBACKEN, "100000")
    sentence = describe_comparison(possible, key_split(possible, "e-dala"))
    assert "Ingen vikt" not in sentence
    assert "1,9 gånger så mycket" in sentence


def test_with_no_stated_amounts_the_key_is_told_without_kronor(papers):
    nothing = replace(papers, contributions={})
    split = key_split(nothing, "e-dala")
    steps = key_steps(split)
    assert not any("kr" in step.split() for step in describe_steps(nothing, split, steps))
    assert describe_comparison(nothing, split) == ""
    assert describe_implied(nothing, split, steps) == ""


@pytest.mark.parametrize(("name", "owner"), [("Ludvika", "Ludvikas"), ("Hofors", "Hofors")])
def test_genitive(name, owner):
    assert genitive(name) == owner
