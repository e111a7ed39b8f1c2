"""A fingerprint is the same for the same figures, in whatever order, and for no others."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import read_papers

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.fingerprint import fingerprint


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _shuffled(random, mapping):
    items = list(mapping.items())
    random.shuffle(items)
    return dict(items)


@given(st.randoms())
def test_the_order_of_rows_does_not_count(papers, random):
    populations = list(papers.populations)
    random.shuffle(populations)
    other = replace(
        papers,
        operating=_shuffled(random, papers.operating),
        investments=_shuffled(random, papers.investments),
        contributions=_shuffled(random, papers.contributions),
        allocation_keys=_shuffled(random, papers.allocation_keys),
        totals=_shuffled(random, papers.totals),
        populations=tuple(populations),
    )
    assert fingerprint(other) == fingerprint(papers)
    assert len(fingerprint(papers)) == 64


@pytest.mark.parametrize("part", ["operating", "investments", "totals"])
def test_each_figure_counts_to_the_ore(papers, part):
    before = fingerprint(papers)
    figures = getattr(papers, part)
    known = {key: f for key, f in figures.items() if not f.is_unknown}
    assert known
    for key, figure in known.items():
        for amount in (figure.money + Money(Decimal("0.01")), Unknown("okänt")):
            changed = replace(figure, amount=amount)
            assert fingerprint(replace(papers, **{part: {**figures, key: changed}})) != before


def test_contributions_keys_and_inhabitants_count(papers):
    before = fingerprint(papers)
    for key, contribution in papers.contributions.items():
        amount = Money(Decimal(1)) if contribution.figure.is_unknown else Unknown("okänt")
        changed = replace(contribution, figure=replace(contribution.figure, amount=amount))
        contributions = {**papers.contributions, key: changed}
        assert fingerprint(replace(papers, contributions=contributions)) != before
    for name, key in papers.allocation_keys.items():
        for changed in (
            replace(key, equal_part=key.equal_part + Decimal("0.001")),
            replace(key, members=key.members[1:]),
        ):
            assert fingerprint(replace(papers, allocation_keys={name: changed})) != before
    first, *rest = papers.populations
    changed = (replace(first, count=first.count + 1), *rest)
    assert fingerprint(replace(papers, populations=changed)) != before


def test_zero_is_not_unknown_and_no_row_is_neither(papers):
    key = ContributionKey("e-arkiv", "2061")
    contribution = papers.contributions[key]
    assert contribution.figure.is_unknown
    zero = replace(contribution, figure=replace(contribution.figure, amount=Money(Decimal(0))))
    without = {k: c for k, c in papers.contributions.items() if k != key}
    marks = {
        fingerprint(replace(papers, contributions=each))
        for each in (papers.contributions, {**papers.contributions, key: zero}, without)
    }
    assert len(marks) == 3


def test_what_no_result_depends_on_does_not_count(papers):
    figures = {
        key: replace(f, printed="annat", precision=Decimal(1))
        if f.is_unknown
        else replace(f, printed="annat", amount=Money(f.money.kr.quantize(Decimal("0.0001"))))
        for key, f in papers.operating.items()
    }
    other = replace(papers, operating=figures, batch=papers.batch + 7, claims=(), cells=())
    assert fingerprint(other) == fingerprint(papers)


def test_another_period_is_another_fingerprint(papers):
    occasion = replace(papers.occasion, period_end=date(2023, 8, 31))
    assert fingerprint(replace(papers, occasion=occasion)) != fingerprint(papers)
