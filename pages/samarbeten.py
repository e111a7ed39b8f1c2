"""/samarbeten: what the collaborations cost each municipality, and what the key would give."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import collaborations

snapshot = open_page("Samarbeten").snapshot
chosen = collaborations.choose_municipality(snapshot)
if chosen:
    collaborations.show_bill(snapshot, chosen)
else:
    collaborations.show_summary(snapshot)
collaborations.show_keys(snapshot)
collaborations.show_result_note(snapshot)
