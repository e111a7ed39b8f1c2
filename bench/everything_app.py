"""Our live sheet with one lever that moves all there is: four pictures, four tables, all texts."""

import streamlit as st
from sheet_demo import sheet
from sheet_pictures import bridge, investments, operating
from sheet_program import DIALS, RESTING

from gsn_dash.charts.moving import move
from gsn_dash.ui.sheet import show_sheet
from gsn_dash.web.site import STATIC_DIR

# The site's own style sheets, which its shell would link.
_dress = st.components.v2.component(
    "styles",
    css="\n".join(
        (STATIC_DIR / name).read_text(encoding="utf-8")
        for name in ("gsn.css", "blocks.css", "adapted.css")
    ),
    isolate_styles=False,
)
# A step of ten changes each number as it is rounded.
_MASTER = {
    "id": "everything",
    "label": "Allt",
    "leads": ["used", "network", "price"],
    "mixed": "olika",
    "resting": None,
    "value": 0,
    "positions": [0, 100, 10],
    "section": "drift",
}


def _everything() -> dict:
    """The demo sheet without what stands still, its master after the levers of its program."""
    shown = sheet(st.session_state.positions, 1)
    levers = shown["levers"][: len(DIALS)]
    drift, projects, bills = shown["sections"]
    drift["pictures"] = [move(operating())]
    projects["pictures"] = [move(investments())]
    bills["pictures"] = [move(bridge()), move(operating())]
    bills["tables"] += drift["tables"]
    return {**shown, "levers": [*levers, {**levers[0], **_MASTER}]}


@st.fragment
def _show() -> None:
    show_sheet(
        _everything(),
        "sheet",
        on_moved=st.session_state.positions.update,
        on_remove=st.session_state.positions.pop,
        on_reset=st.session_state.positions.clear,
    )


st.set_page_config(layout="wide")
_dress(key="styles")
if "positions" not in st.session_state:
    st.session_state.positions = dict(zip(DIALS, RESTING, strict=True))
_show()
