"""/tank-om: what if … levers, and the year-end they would give."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import what_if

snapshot = open_page("Tänk om …?").snapshot
what_if.open_levers(snapshot)
what_if.show_what_if(snapshot)
what_if.show_limits(snapshot)
