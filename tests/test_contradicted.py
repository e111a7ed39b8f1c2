"""What leads a page says in the same place that a total's own parts give something else."""

from dataclasses import replace

import pytest
from decks import sources_of
from papers import kr, mkr, read_papers, stated

from gsn_dash.domain.refs import ContributionKey, OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.operating import tell_message, tell_picture, tell_table
from gsn_dash.present.collaborating import describe_bills
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
        f"{DOUBT}”Nettokostnad, avvikelse januari–april 2023” står som +4,0 Mkr, men delarna ger"
        " −2,5 Mkr. "
    )
    assert "4,0 Mkr lägre än budget" in said.partition("Mkr. ")[2]


@pytest.mark.parametrize("view", [tell_message, tell_picture, tell_table])
def test_a_meeting_is_told_as_well(papers, view):
    sources = sources_of(with_cost(papers, "-28"))
    assert view(sources).message.startswith(DOUBT)


def test_a_part_that_is_changed_within_rounding_is_told_without_a_contradiction(papers):
    changed = with_cost(papers, "-21.6")
    assert plain(operating_message(changed)).startswith(
        "”Nettokostnad, avvikelse januari–april 2023” står kvar som +4,0 Mkr, fast en uppgift bakom"
        " är ändrad: delarna ger nu +3,9 Mkr. Till och med april "
    )
    # As it was read in, the same is the rounding of print.
    assert operating_message(replace(changed, replaced=())) == operating_message(papers)


def test_projects_that_are_more_than_the_whole_are_told_before_it(papers):
    key = next(k for k in papers.investments if k.measure == "forecast" and k.project != "total")
    more = {**papers.investments, key: replace(papers.investments[key], amount=mkr("50"))}
    said = plain(investments_message(replace(papers, investments=more)))
    assert said.startswith(f"{DOUBT}”Investeringar, alla projekt: prognos")
    assert "men redan de nämnda projekten ger 5" in said


def test_a_printed_bill_that_its_parts_do_not_give_is_told(papers):
    ref = ContributionKey("total", "2085").ref
    other = replace(papers, totals={**papers.totals, ref: stated(ref, kr("900000"))})
    said = plain(say_contradicted(other, "collaboration", describe_bills(other)))
    assert said.startswith(
        f"{DOUBT}”Summa för Ludvika” står som 900 000 kr, men delarna ger 740 300 kr. "
    )
