"""A small app whose page fails half-way, for the test of what is then shown."""

import streamlit as st

from gsn_dash.ui import frame
from gsn_dash.ui.data import Figures


def main() -> None:
    frame.show_frame_top(Figures())
    st.title("Driftbudget", anchor=False)
    raise RuntimeError("a secret of the program")


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, on_script_error=frame.show_fault)
