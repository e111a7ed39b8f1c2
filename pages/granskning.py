"""/granskning: the papers held against their own figures."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import controls

figures = open_page("Kontroll av siffrorna")
show_message(controls.message(figures.findings))
controls.show_counts(figures.findings)
controls.show_controls(figures)
