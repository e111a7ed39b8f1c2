"""/: the three questions that the board has, answered."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import overview

snapshot = open_page("Översikt")
overview.show_answers(snapshot)
overview.show_trust()
overview.show_paper(snapshot)
