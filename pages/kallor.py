"""/kallor: where each figure is from; `?figur=` shows one of them first."""

from gsn_dash.ui.page import open_page
from gsn_dash.ui.views import naming_papers, source_box, sources

figures = open_page("Källor")
snapshot = figures.snapshot
source_box.show_asked(snapshot)
sources.show_ways()
words = sources.ask_for_words()
sources.show_lists(snapshot, words)
sources.show_populations(snapshot)
sources.show_replaced(snapshot)
sources.show_documents(snapshot)
naming_papers.show_naming(snapshot)
sources.show_imports(figures.batches)
