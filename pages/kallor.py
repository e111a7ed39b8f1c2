"""/kallor: where each figure is from; `?figur=` shows one of them first."""

from gsn_dash.ui.page import EMPTY, open_page, show_note
from gsn_dash.ui.views import naming_papers, source_box, sources

figures = open_page("Källor", may_be_empty=True)
snapshot = figures.snapshot
if snapshot is None:
    show_note(EMPTY, True)
else:
    source_box.show_asked(snapshot)
    sources.show_ways()
    words = sources.ask_for_words()
    sources.show_lists(snapshot, words)
    sources.show_populations(snapshot)
    sources.show_replaced(snapshot)
    sources.show_documents(snapshot)
    naming_papers.show_naming(snapshot)
sources.show_imports(figures.batches)
