"""/tank-om: what if … levers, and the year-end they would give."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import what_if

figures = open_page("Tänk om …?")
what_if.open_scenario(figures.snapshot)
what_if.show_chosen(figures)
