"""The floor of loading: st.plotly_chart, of the figures in the file that BENCH_FIGURES names."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

for number, figure in enumerate(json.loads(Path(os.environ["BENCH_FIGURES"]).read_text())):
    st.plotly_chart(go.Figure(figure), key=str(number))
