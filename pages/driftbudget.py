"""/driftbudget: how the operating budget stands, why, and what the forecast demands."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import months, operating

snapshot = open_page("Driftbudget").snapshot
show_message(operating.message(snapshot))
operating.show_lines(snapshot)
operating.show_bridge(snapshot)
operating.show_by_activity(snapshot)
operating.show_demand(snapshot)
months.show_months(snapshot)
operating.show_activities(snapshot)
