"""/granskning: the papers held against their own figures."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import controls

snapshot = open_page("Kontroll av siffrorna")
show_message(controls.message())
controls.show_counts()
controls.show_controls(snapshot)
