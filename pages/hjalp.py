"""/hjalp: how to read the pages, and what the words mean."""

from gsn_dash.ui.views import help

help.show_guide()
