"""/granskning: the papers held against their own figures; what does not hold is explained."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import answering, controls

figures = open_page("Kontroll av siffrorna")
answering.show_answering(figures)
show_message(controls.message(figures.findings))
controls.show_counts(figures.findings)
answering.show_answered(figures)
controls.show_controls(figures)
