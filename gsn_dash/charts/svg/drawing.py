"""A drawing's marks and words, laid as Plotly lays them, on any stage."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from gsn_dash.charts.data import Drawing
from gsn_dash.charts.svg.marks import Hatchings, draw_shape, draw_trace
from gsn_dash.charts.svg.nodes import add
from gsn_dash.charts.svg.stage import Stage
from gsn_dash.charts.svg.words import write_annotation


def draw_marks(root: Element, drawing: Drawing, stage: Stage, hatchings: Hatchings) -> None:
    """What lies below, the traces, the shapes above, the words."""
    shapes = drawing.figure["layout"].get("shapes", [])
    below, marks, above, words = (add(root, "g") for _ in range(4))
    for shape in shapes:
        draw_shape(below if shape.get("layer") == "below" else above, shape, stage)
    for trace in drawing.figure["data"]:
        draw_trace(marks, trace, stage, hatchings)
    for note in drawing.figure["layout"].get("annotations", []):
        write_annotation(words, note, stage)
