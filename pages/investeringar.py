"""/investeringar: the investment money, project by project."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import investments

figures = open_page("Investeringar")
snapshot = figures.snapshot
show_message(investments.message(snapshot))
investments.show_projects(snapshot)
investments.show_same_code(figures)
investments.show_lost_digits(snapshot)
investments.show_appropriation(snapshot)
investments.show_terms(snapshot)
