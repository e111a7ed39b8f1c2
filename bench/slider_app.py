"""The least that Streamlit has to offer: a slider and a number that follows it."""

import streamlit as st

st.metric("Avvikelse, tkr", 37 * st.slider("Reglage", 0, 200, 100))
