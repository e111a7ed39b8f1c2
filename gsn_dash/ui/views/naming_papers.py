"""Källor: what a file's paper is called is put right; no figure changes with it."""

from __future__ import annotations

import streamlit as st

from gsn_dash.domain.figures import Document
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.importing.flow import keep_drafts
from gsn_dash.importing.titles import LONGEST_TITLE, rename_drafts
from gsn_dash.store.record import Recorded
from gsn_dash.ui import data
from gsn_dash.ui.changing import try_change
from gsn_dash.ui.rights import Deed, may
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import opened
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.views.importing_preview import LONGEST_AUTHOR, tell_of
from gsn_dash.ui.views.told import lacks_name, show_told

_PART = "naming"
_NO_TITLE = "Skriv vad papperet ska heta."
_NOTE = "Papperet heter nu "


def show_naming(snapshot: Snapshot) -> None:
    """A form that renames one of the papers that were read in as files."""
    # Files of one paper have one name, and get the new one together.
    titles = list(dict.fromkeys(paper.title for paper in _of_files(snapshot)))
    if not titles or not may(Deed.CHANGE_FIGURES):
        return
    is_told = bool(state.told(_PART).sentence)
    with st.expander("Byt namn på ett papper som är inläst ur en fil", expanded=is_told):
        with st.form("naming", border=False, enter_to_submit=False):
            chosen = st.selectbox("Papper", titles, key="naming_paper", width=640)
            title = st.text_input(
                "Nytt namn", max_chars=LONGEST_TITLE, key="naming_title", width=640
            )
            author = st.text_input(
                "Ditt namn", opened.author(), max_chars=LONGEST_AUTHOR, key="naming_who", width=320
            )
            pressed = st.form_submit_button("Byt namn")
        show_told(_PART)
    if pressed:
        opened.remember_author(author.strip())
        lacking = None if title.strip() else Told(_NO_TITLE, True, "naming_title")
        lacking = lacking or lacks_name(author, "naming_who")
        asked = chosen, title, author
        told = lacking or try_change(
            Deed.CHANGE_FIGURES, lambda engine: _rename(engine, snapshot, *asked)
        )
        state.tell(told, _PART)
        st.rerun()


def _of_files(snapshot: Snapshot) -> list[Document]:
    return [paper for paper in snapshot.documents.values() if paper.kind == "fil"]


def _rename(engine: data.Engine, snapshot: Snapshot, old: str, title: str, author: str) -> Told:
    papers = [paper for paper in _of_files(snapshot) if paper.title == old]
    drafts = rename_drafts(papers, title)
    found = keep_drafts(engine, drafts, author, f"{_NOTE}”{title.strip()}”", snapshot.batch)
    return Told("Namnet är bytt.") if isinstance(found, Recorded) else tell_of(found)
