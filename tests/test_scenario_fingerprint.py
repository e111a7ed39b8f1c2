"""A fingerprint is the same for the same figures, in whatever order, and for no others."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import read_papers

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.investing import portfolio
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
    rows = ("populations", "claims", "projects", "activities", "collaborations", "restated")
    shuffled = {name: random.sample(getattr(papers, name), len(getattr(papers, name)))
                for name in rows}  # fmt: skip
    other = replace(
        papers,
        operating=_shuffled(random, papers.operating),
        investments=_shuffled(random, papers.investments),
        contributions=_shuffled(random, papers.contributions),
        allocation_keys=_shuffled(random, papers.allocation_keys),
        totals=_shuffled(random, papers.totals),
        municipalities=_shuffled(random, papers.municipalities),
        **{name: tuple(found) for name, found in shuffled.items()},
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
        key: f
        if f.is_unknown
        else replace(f, amount=Money(f.money.kr.quantize(Decimal("0.0001"))))
        for key, f in papers.operating.items()
    }
    projects = tuple(replace(project, name="annat") for project in papers.projects)
    claims = tuple(replace(claim, printed="annat") for claim in papers.claims)
    other = replace(
        papers,
        operating=figures,
        projects=projects,
        claims=claims,
        batch=papers.batch + 7,
        cells=(),
    )
    assert fingerprint(other) == fingerprint(papers)


def test_what_the_rules_read_in_the_text_of_the_papers_counts(papers):
    """A project that cannot start is forecast at zero, and that stands in the text alone."""
    others = tuple(c for c in papers.claims if not c.ref.endswith(":not_started"))
    without = replace(papers, claims=others)
    assert len(others) < len(papers.claims)
    given = [{row.project.key: row.forecast.amount for row in portfolio(each).rows}
             for each in (papers, without)]  # fmt: skip
    assert given[0] != given[1]
    assert fingerprint(without) != fingerprint(papers)
    turned = tuple(
        replace(c, value=not c.value) if c.kind == "flag" else c for c in papers.claims
    )
    assert fingerprint(replace(papers, claims=turned)) != fingerprint(papers)


@pytest.mark.parametrize("changes", [{"printed": ",6"}, {"precision": Decimal(7)}])
@pytest.mark.parametrize("part", ["operating", "investments", "totals"])
def test_how_a_figure_is_printed_counts(papers, part, changes):
    figures = getattr(papers, part)
    for key, figure in figures.items():
        changed = {**figures, key: replace(figure, **changes)}
        assert fingerprint(replace(papers, **{part: changed})) != fingerprint(papers)


def test_what_the_figures_are_of_counts(papers):
    first, *others = papers.projects
    changed = [
        replace(first, is_rest=not first.is_rest),
        replace(first, is_group=not first.is_group),
        replace(first, codes=(*first.codes, "9999")),
    ]
    snapshots = [replace(papers, projects=(each, *others)) for each in changed]
    activity, *rest = papers.activities
    joined = replace(activity, members=(*activity.members, "099"))
    snapshots += [
        replace(papers, activities=(joined, *rest)),
        replace(papers, restated=()),
        replace(papers, collaborations=papers.collaborations[1:]),
    ]
    marks = {fingerprint(each) for each in (papers, *snapshots)}
    assert len(marks) == 1 + len(snapshots)


def test_another_period_is_another_fingerprint(papers):
    occasion = replace(papers.occasion, period_end=date(2023, 8, 31))
    assert fingerprint(replace(papers, occasion=occasion)) != fingerprint(papers)
