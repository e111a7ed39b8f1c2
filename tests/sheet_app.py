"""A small app with the live sheet of `sheet_demo` and the same pictures standing still."""

import json

import streamlit as st
from sheet_demo import sheet
from sheet_pictures import still, still_bridge
from sheet_program import DIALS, RESTING
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from gsn_dash.charts.draw import draw
from gsn_dash.ui.picture import show_picture
from gsn_dash.ui.sheet import show_sheet
from gsn_dash.web.site import STATIC_DIR, STATIC_URL

STYLES = ("gsn.css", "blocks.css", "adapted.css")
LEAD = "#{}".format
# The site's own style sheets, which its shell would link.
_dress = st.components.v2.component(
    "styles",
    css="\n".join((STATIC_DIR / name).read_text(encoding="utf-8") for name in STYLES),
    isolate_styles=False,
)


def _moved(positions: dict[str, int]) -> None:
    st.session_state.positions |= positions
    st.session_state.moves = [*st.session_state.get("moves", []), positions]
    st.session_state.told = [*st.session_state.get("told", []), {**st.session_state.positions}]


def _put(**positions: int) -> None:
    st.session_state.positions = {**st.session_state.positions, **positions}
    st.session_state.revision += 1


def _put_unsaid(**positions: int) -> None:
    st.session_state.positions = {**st.session_state.positions, **positions}


def _reset() -> None:
    _put(**dict(zip(DIALS, RESTING, strict=True)))


def _choose_another() -> None:
    st.session_state.about = "two"
    _put(**{**dict(zip(DIALS, RESTING, strict=True)), "price": 50})


def _start_over() -> None:
    turn = st.session_state.turn
    st.session_state.clear()
    st.session_state.turn = turn + 1


def _show_still() -> None:
    for chart in (still(), still_bridge()):
        show_picture(draw(chart), f"still_{chart.title}", LEAD)


@st.fragment
def _show_sheet() -> None:
    turn = st.session_state.turn
    about = st.session_state.get("about", "one")
    shown = sheet(st.session_state.positions, st.session_state.revision, about)
    if st.session_state.get("errs"):
        node, value = shown["settled"]["values"][-1]
        shown["settled"]["values"][-1] = [node, str(int(value) + 1)]
    show_sheet(
        shown,
        f"sheet {turn}",  # by another name it is another sheet, as on a page just opened
        on_moved=_moved,
        on_remove=lambda lever: st.session_state.update(removed=lever),
        on_reset=_reset,
    )
    told = {name: st.session_state.get(name) for name in ("told", "moves", "removed")}
    st.html(f'<p id="told" data-turn="{turn}">{json.dumps(told)}</p>')


def main() -> None:
    st.set_page_config(page_title="Bladet", layout="wide")
    _dress(key="styles")
    if "positions" not in st.session_state:
        st.session_state.positions = dict(zip(DIALS, RESTING, strict=True))
        st.session_state.revision = 1
    st.session_state.setdefault("turn", 0)
    st.title("Tänk om …?")
    st.html('<div class="gsn-unmoved"><p>Utan rörelse: −2,2 Mkr.</p></div>')
    _show_sheet()
    st.button("Öppna", on_click=_put, kwargs={"used": 150, "price": 50})
    st.button("Ställ utan att säga till", on_click=_put_unsaid, kwargs={"used": 140})
    st.button("Svara fel", on_click=st.session_state.update, kwargs={"errs": True})
    st.button("Byt tillfälle", on_click=_choose_another)
    st.button("Börja om", on_click=_start_over)
    if "still" in st.query_params:
        _show_still()


if __name__ == "__main__":
    main()
else:
    served = [Mount(STATIC_URL, StaticFiles(directory=STATIC_DIR))]
    app = st.App(__file__, routes=served)
