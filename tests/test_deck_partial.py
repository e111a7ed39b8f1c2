"""The deck of papers that lack this and that: it can be shown, and nothing unknown is zero."""

import random
import re
from dataclasses import replace

import pytest
from assumed import scenarios
from decks import (
    MOST_BYTES,
    assert_leads_to_sources,
    assert_settled,
    sources_of,
    told,
    view_of,
    written,
)
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, not_known, read_papers, snapshot_with
from test_scenario_partial import LACKS, lacking, thinned, without

from gsn_dash.domain.meeting.agenda import Agenda, AgendaItem, make_agenda
from gsn_dash.domain.refs import ContributionKey, InvestmentKey
from gsn_dash.meeting.deck.compose import compose_deck


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_papers_of_nothing_have_an_opening(papers):
    nothing = compose_deck(sources_of(snapshot_with(), read_at=None))
    assert [view["key"] for view in nothing["views"]] == ["opening"]
    assert (nothing["items"], nothing["sheet"], nothing["read"]) == ([], None, "")


def test_figures_of_no_item_have_a_heading_of_their_own(papers):
    item = AgendaItem("", "Papperens siffror", "", ("investments",))
    views = tuple(
        replace(view, item="")
        for view in make_agenda(papers).views
        if view.subject == "investments"
    )
    found = compose_deck(sources_of(papers, agenda=Agenda((item,), views)))
    assert {view["heading"] for view in found["views"]} == {"Papperens siffror"}


def test_a_forecast_that_nobody_knows_is_not_told_as_zero(papers):
    keys = [InvestmentKey("total", "forecast")]
    lost = {**papers.investments, **{key: not_known(key.ref) for key in keys}}
    snapshot = replace(papers, investments=lost)
    view = view_of(compose_deck(sources_of(snapshot)), "investments:message")
    assert [n["text"] for n in view["numbers"] if "Prognos" in n["name"]] == ["okänt"]
    assert "okänt" in view["message"]


def test_a_bill_that_nobody_knows_is_not_told_as_zero(papers):
    lost = {
        key: replace(row, figure=not_known(key.ref)) if key.municipality == "2061" else row
        for key, row in papers.contributions.items()
    }
    snapshot = replace(papers, contributions=lost, totals={})
    view = view_of(compose_deck(sources_of(snapshot)), "collaborations:message")
    assert "Smedjebacken ett okänt belopp" in view["message"]
    assert ContributionKey("e-arkiv", "2061") in snapshot.contributions


def test_when_the_year_is_over_nothing_is_demanded_of_the_rest_of_it(papers):
    over = compose_deck(sources_of(replace(papers, occasion=WHOLE_YEAR)))
    keys = {view["key"] for view in over["views"]}
    assert not keys & {"operating:demand", "investments:demand"}
    assert "collaborations:demand" in keys


@given(lacking(LACKS), scenarios, st.integers(0, 2**32))
def test_any_papers_have_a_deck_that_can_be_shown(papers, what, scenario, seed):
    base = thinned(without(papers, *what), random.Random(seed))
    found = compose_deck(sources_of(base, scenario=scenario))
    assert_leads_to_sources(base, found)
    assert len(written(found)) <= MOST_BYTES
    for view in found["views"]:
        said = told(view)
        assert not re.search(r"\bNone\b|Unknown|Money|Decimal", said), view["key"]
        assert view["message"]
        shows = view["picture"] or view["html"] or view["numbers"]
        assert shows or view["kind"] in ("opening", "controls"), view["key"]
    if found["sheet"]:
        assert_settled(found["sheet"])
