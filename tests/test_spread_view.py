"""The view of the spread as a visitor meets it: what it says, and that a link shows the same."""

from dataclasses import replace

import pytest
from papers import WHOLE_YEAR, mkr, not_known, read_papers, snapshot_with
from streamlit.testing.v1 import AppTest

from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.refs import OperatingKey

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def show(snapshot, assumed, history, is_assumed):
    from gsn_dash.ui.views.spread import show_spread

    show_spread(snapshot, assumed, history, is_assumed)


def show_or_not(snapshot):
    import streamlit as st

    from gsn_dash.ui.views.spread import show_spread

    if st.checkbox("Visa", value=True):
        show_spread(snapshot, snapshot, (), False)


def opened(snapshot, history=(), assumed=None, **address: str) -> AppTest:
    base = snapshot if assumed is None else assumed
    app = AppTest.from_function(show, args=(snapshot, base, history, assumed is not None))
    for name, value in address.items():
        app.query_params[name.replace("_", "-")] = value
    app.run(timeout=30)
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """All texts of the page, with ordinary spaces."""
    return " ".join(element.proto.body for element in app.get("html")).replace(NBSP, " ")


def labels(app: AppTest) -> list[str]:
    return [slider.label for slider in app.select_slider]


def test_the_papers_spread_says_what_it_rests_on(papers):
    app = opened(papers)
    text = said(app)
    assert "mer än 1 Mkr sämre än budget i 8 av 20 tänkbara årsslut" in text
    assert "inget bevis" in text and "inga egna årsslut" in text
    assert [slider.value for slider in app.select_slider] == [9, 0, 50, 20]
    assert not app.button


def test_a_link_shows_the_same_assumptions(papers):
    app = opened(papers, s_k="3", s_inv="70")
    assert [slider.value for slider in app.select_slider] == [3, 0, 70, 20]
    assert [button.label for button in app.button] == ["Återställ antagandena"]


@pytest.mark.parametrize("value", ("31", "-1", "9,5", "x", "", "012", "١٢"))
def test_an_address_that_says_nothing_a_slider_can_is_left_aside(papers, value):
    assert opened(papers, s_k=value).select_slider[0].value == 9


def test_a_slider_moves_the_words_and_the_button_puts_it_back(papers):
    app = opened(papers)
    before = said(app)
    app.select_slider[0].set_value(2).run()
    assert said(app) != before
    app.button[0].click().run()
    assert said(app) == before and not app.button


def test_what_was_left_is_found_again_though_the_address_was_read_before(papers):
    app = AppTest.from_function(show_or_not, args=(papers,))
    app.query_params["s-k"] = "3"
    app.run(timeout=30)
    app.select_slider[0].set_value(5).run()
    app.checkbox[0].uncheck().run()
    assert not app.select_slider
    app.checkbox[0].check().run()
    assert app.select_slider[0].value == 5


def test_without_any_width_the_forecast_is_all_there_is(papers):
    text = said(opened(papers, s_k="0", s_invb="0"))
    assert "alla 20 årsslut blir just så" in text and "1 av 10" not in text


def test_own_history_takes_the_slider_of_cost_away(papers):
    history = tuple(
        PastForecast(2010 + year, 2, 4, mkr("-100"), mkr(outcome))
        for year, outcome in enumerate(("-101", "-98", "-103", "-96", "-104", "-99"))
    )
    app = opened(papers, history, s_k="30")
    assert "bygger på 6 egna tillfällen" in said(app) and "± 4 %" in said(app)
    assert len(labels(app)) == 3
    few = opened(papers, history[:4])
    assert "Det finns 4 egna tillfällen" in said(few) and len(labels(few)) == 4


def test_an_assumed_year_end_is_called_so(papers):
    key = OperatingKey("total", "net", "year", "deviation")
    figure = replace(papers.totals[key.ref], amount=mkr("-2.0"))
    assumed = replace(papers, totals={**papers.totals, key.ref: figure})
    text = said(opened(papers, assumed=assumed))
    assert "Med antagandena i Tänk om slutar året 2,0 Mkr sämre än budget." in text
    assert "Med antagandena" not in said(opened(papers, assumed=papers))


def test_what_is_unknown_is_named_and_the_rest_is_shown(papers):
    key = OperatingKey("total", "cost", "period", "outcome")
    unknown = replace(papers, operating={**papers.operating, key: not_known(key.ref)})
    app = opened(unknown)
    assert "går inte att räkna på" in said(app) and "Kostnader, utfall" in said(app)
    assert "Hälften av årssluten" not in said(app) and "I hälften används" in said(app)
    assert len(labels(app)) == 2


def test_a_year_that_is_over_and_one_that_nothing_is_known_of_say_so(papers):
    over = said(opened(replace(papers, occasion=WHOLE_YEAR)))
    assert "Perioden är hela året" in over and "av 20" not in over
    assert "går inte att räkna på" in said(opened(snapshot_with()))
