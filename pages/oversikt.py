"""/: the three questions that the board has, answered."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import overview

figures = open_page("Översikt")
overview.show_answers(figures.snapshot)
overview.show_trust(figures.findings)
overview.show_paper(figures.snapshot)
