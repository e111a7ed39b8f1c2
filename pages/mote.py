"""/mote: before the meeting, what is to be shown at it and decided; and the ways into it."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import agenda, agenda_decisions, meetings

figures = open_page("Möte")
snapshot = figures.snapshot
kept = agenda.read_kept(snapshot)
show_message(agenda.message(snapshot, kept))
meetings.show_ways_in(figures, kept.meetings)
own = agenda.follow_kept(snapshot, kept)
agenda.show_agenda(snapshot, kept)
agenda_decisions.show_decisions(figures, own, kept)
meetings.show_earlier(figures, kept.meetings)
