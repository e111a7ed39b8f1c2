"""What leads a page says in the same place that a total's own parts give something else."""

from dataclasses import replace

import pytest
from decks import sources_of
from papers import mkr, read_papers

from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.operating import tell_message, tell_table
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.investing import investments_message
from gsn_dash.present.operating import answer_budget, operating_message

COST = OperatingKey("total", "cost", "period", "outcome")
DOUBT = "Siffrorna säger emot varandra: "


@pytest.fixture(scope="module")
def papers(server_url, loaded_template) -> Snapshot:
    return read_papers(server_url, loaded_template)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def with_cost(papers: Snapshot, amount: str) -> Snapshot:
    """The cost's outcome is another, as after an import that changes it alone."""
    figure = papers.operating[COST]
    changed = {**papers.operating, COST: replace(figure, amount=mkr(amount))}
    return replace(papers, operating=changed, replaced=(*papers.replaced, figure))


def test_papers_whose_totals_are_their_parts_are_not_doubted(papers):
    messages = [message(papers) for message in (operating_message, answer_budget)]
    messages += [investments_message(papers), say_contradicted(papers, "collaboration", "Så.")]
    assert not any("säger emot" in said or "står kvar" in said for said in messages)


@pytest.mark.parametrize("message", [operating_message, answer_budget])
def test_a_cost_that_the_printed_deviation_lacks_is_told_before_it(papers, message):
    said = plain(message(with_cost(papers, "-28")))
    assert said.startswith(
        f"{DOUBT}”Nettokostnad, avvikelse januari–april 2023” står som +4,0 Mkr, men"
        " delarna ger −2,5 Mkr. "
    ), said
    assert "Till och med april är nettokostnaden 4,0 Mkr lägre än budget." in said


def test_what_rounding_explains_is_told_only_where_a_part_has_been_changed_since(papers):
    figure = papers.operating[COST]
    near = {**papers.operating, COST: replace(figure, amount=mkr("-21.55"))}
    same, moved = replace(papers, operating=near), with_cost(papers, "-21.55")
    assert operating_message(same) == operating_message(papers)
    assert "står kvar som" in operating_message(moved)


def test_projects_that_are_more_than_all_together_are_told(papers):
    key = next(k for k in papers.investments if k.measure == "forecast" and k.project != "total")
    more = replace(papers.investments[key], amount=mkr("50"))
    changed = replace(papers, investments={**papers.investments, key: more})
    assert DOUBT in investments_message(changed)


def test_a_meeting_is_told_it_too(papers):
    sources = sources_of(with_cost(papers, "-28"))
    for view in (tell_message, tell_table):
        assert view(sources).message.startswith(DOUBT)
