"""The spread of the year-end, simulated: the one place besides Plotly's edge with float."""
