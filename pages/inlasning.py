"""/inlasning: a file in, after a look at what it would change; and every import there has been."""

from gsn_dash.ui.page import open_page, show_message
from gsn_dash.ui.views import history, importing, ledger_map

figures = open_page("Inläsning", may_be_empty=True)
show_message(importing.MESSAGE)
if importing.may_import():
    importing.show_import(figures)
    ledger_map.show_ledger_map()
    history.show_withdrawing(figures)
history.show_history(figures)
