"""Över tid in words: one time, none and many are told as a reader would say it."""

from papers import mkr

from gsn_dash.domain.history import PastForecast
from gsn_dash.present.over_time import say_window
from gsn_dash.present.past_forecasts import hits_message


def test_one_time_and_none_are_told_in_other_words_than_many():
    def past(*outcomes: str) -> list[PastForecast]:
        return [PastForecast(2022, n, 4, mkr("-70"), mkr(o)) for n, o in enumerate(outcomes, 2)]

    assert hits_message(past("-71")) == (
        "Kostnaderna blev högre än prognosen. Den slog fel med 1,0\u00a0Mkr"
        " (tillfälle\u00a02, 2022)."
    )
    assert "inte högre än prognosen någon av 2 gånger." in hits_message(past("-69", "-70"))
    assert "högre än prognosen alla 3 gångerna." in hits_message(past("-71", "-72", "-73"))
    assert "högre än prognosen 1 av 2 gånger." in hits_message(past("-71", "-69"))


def test_twelve_occasions_are_drawn_and_the_rest_is_told():
    assert say_window(12, 100) == "De 12 senaste av 100 tillfällen visas."
    assert say_window(5, 5) == ""
