"""The one layout that every drawing starts from: bare axes, our type, nothing moving."""

from __future__ import annotations

import plotly.graph_objects as go

from gsn_dash.charts.lettering import WIDE
from gsn_dash.charts.notation import INK, PAPER, ZERO_LINE

FONT = '"Source Sans", "Source Sans 3", Arial, sans-serif'
SEPARATORS = ",\u00a0"

_BARE_AXIS = {
    "visible": False,
    "fixedrange": True,
    "showgrid": False,
    "zeroline": False,
}

_LAYOUT = {
    "font": {"family": FONT, "size": WIDE.text, "color": INK},
    "paper_bgcolor": PAPER,
    "plot_bgcolor": PAPER,
    "separators": SEPARATORS,
    "showlegend": False,
    "hovermode": False,
    "dragmode": False,
    "barmode": "overlay",
    "xaxis": _BARE_AXIS,
    "yaxis": _BARE_AXIS,
    "annotationdefaults": {"showarrow": False, "borderpad": 0},
}

TEMPLATE = go.layout.Template(layout=_LAYOUT)


def zero_line(**place: object) -> dict:
    """The line that bars stand on."""
    return {"type": "line", "line": {"color": INK, "width": ZERO_LINE}, "layer": "above", **place}


def to_json(figure: go.Figure) -> dict:
    """The figure as plain lists and dicts, ready for JSON."""
    return _plain(figure.to_plotly_json())


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
