"""A small app whose page fails half-way, for the test of what is then shown."""

import os

import streamlit as st

from gsn_dash.access.visitors import Gate
from gsn_dash.settings import read_settings
from gsn_dash.ui import frame, rights
from gsn_dash.ui.data import Figures


def main() -> None:
    frame.show_frame_top(Figures(), "driftbudget")
    st.title("Driftbudget", anchor=False)
    raise RuntimeError("a secret of the program")


if __name__ == "__main__":
    main()
else:
    rights.settle(Gate(read_settings(os.environ), lambda: None))
    app = st.App(__file__, on_script_error=frame.show_fault)
