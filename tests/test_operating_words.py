"""The operating budget where the papers' figures do not add up by themselves, and what is said."""

from dataclasses import replace

import pytest
from papers import mkr, read_papers, stated

from gsn_dash.domain.amounts import total_of
from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.operating import is_left_uncovered
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.present.bridge import (
    bridge_message,
    describe_remainder,
    name_step,
)
from gsn_dash.present.derivations import describe_rule
from gsn_dash.present.names import name_quantity
from gsn_dash.present.operating import (
    describe_activity,
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.mark.parametrize(
    ("published", "item", "amount"), [("-0.2", "rounding", "0.1"), ("-1.3", "mismatch", "-1.0")]
)
def test_the_bridge_foots_also_where_the_published_net_does_not(papers, published, item, amount):
    key = OperatingKey(TOTAL, "net", "period", "outcome")
    totals = {**papers.totals, key.ref: stated(key.ref, mkr(published))}
    other = replace(papers, totals=totals)
    found = bridge(other)
    steps = total_of(step.figure.amount for step in found.steps)
    assert found.start.money + steps.known == found.end.money == mkr(published)
    *rest, last = found.steps
    assert (last.subject, last.item, last.figure.money) == (TOTAL, item, mkr(amount))
    assert [step.item for step in rest] == ["revenue", "other_cost", "rest_cost"]
    assert in_force(other, last.figure.ref) == last.figure
    assert name_quantity(other, last.figure.ref).startswith(name_step(other, last))
    assert describe_remainder(other, last).startswith(name_step(other, last))
    assert describe_rule(last.figure.origin)
    assert name_step(other, last) not in bridge_message(other, found)


def test_of_a_shortage_that_nothing_evens_out_it_is_said_that_no_paper_says_what_does(papers):
    key = OperatingKey("031", "net", "year", "deviation")
    assert is_left_uncovered(papers, key)
    sentence = describe_activity(papers, key, papers.operating[key])
    assert sentence.endswith("Papperen säger inte vad som ska täcka det.")
    total = OperatingKey(TOTAL, "net", "year", "deviation").ref
    short = replace(papers, totals={**papers.totals, total: stated(total, mkr("-0.1"))})
    other = OperatingKey("032", "net", "year", "deviation")
    more = {**papers.operating, other: stated(other.ref, mkr("0.1"))}
    for covered in (short, replace(papers, operating=more)):
        assert not is_left_uncovered(covered, key)
        assert describe_activity(covered, key, papers.operating[key]).endswith("vid årets slut.")
