"""The open slot of what is not known: it has its room, also where its bar is the longest."""

from decimal import Decimal

import pytest
from test_charts import bridge_of, mark_of

from gsn_dash.charts.data import Row, RowsChart, Style
from gsn_dash.charts.draw import draw


@pytest.mark.parametrize("value", ("9", "-9"))
@pytest.mark.parametrize("narrow", (False, True))
def test_the_open_slot_of_the_longest_bar_is_not_cut(value, narrow):
    """A shape on an axis is cut where the axis ends, and the longest bar ends there."""
    long = mark_of(Style.TOTAL, Decimal(value), at_least=True)
    rows = (Row("Summa", (long,)), Row("Del", (mark_of(Style.TOTAL, Decimal(value) / 3),)))
    picture = draw(RowsChart("t", "a", rows, "Mkr"))
    drawing = picture.narrow if narrow else picture.wide
    layout = drawing.figure["layout"]
    (slot,) = [s for s in layout["shapes"] if s["line"].get("dash") == "5px,4px"]
    assert (slot["xref"], slot["xsizemode"]) == ("paper", "pixel")
    margin = layout["margin"]
    plot = drawing.min_width - margin["l"] - margin["r"]
    end = margin["l"] + plot * slot["xanchor"]
    assert 0 <= end + slot["x0"] < end + slot["x1"] <= drawing.min_width
    bar = layout["xaxis"]["range"]
    share = (float(value) - bar[0]) / (bar[1] - bar[0])
    assert slot["xanchor"] == pytest.approx(share)


def test_the_open_slot_on_the_highest_column_is_not_cut():
    chart = bridge_of(("level", "2.0"), ("change", None), ("level", "1.0"))
    layout = draw(chart).wide.figure["layout"]
    (slot,) = [s for s in layout["shapes"] if s["line"].get("dash") == "5px,4px"]
    low, high = layout["yaxis"]["range"]
    assert (slot["yref"], slot["ysizemode"]) == ("paper", "pixel")
    assert slot["yanchor"] == pytest.approx((2.0 - low) / (high - low))
    assert slot["y1"] <= layout["margin"]["t"]
