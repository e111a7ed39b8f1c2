"""/over-tid: what has changed from occasion to occasion, and how right forecasts were."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import over_time

figures = open_page("Över tid")
if over_time.has_several(figures):
    over_time.show_main(figures)
    over_time.show_lines(figures)
    over_time.show_changes(figures)
    over_time.show_hits(figures)
else:
    over_time.show_only_one(figures)
