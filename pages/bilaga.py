"""/bilaga: the board paper's appendix, as a draft to fetch and as it has been issued."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import appendix

figures = open_page("Bilaga")
show_message(appendix.message(figures))
chosen = appendix.choose(figures)
appendix.show_content(figures, chosen)
appendix.show_drafts(figures, chosen)
appendix.show_issuing(figures, chosen)
appendix.show_issued(figures)
