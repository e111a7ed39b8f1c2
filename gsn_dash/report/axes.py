"""Where in the pixels of a drawing its values lie: the axes of a Plotly layout, reckoned by us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """The plot of a layout drawn `width` pixels wide, below `head` pixels of title.

    An x or y in a layout is a value on an axis ("x", "x2", "y") or a share of the plot ("paper").
    """

    layout: dict
    width: float
    head: float = 0.0

    @property
    def height(self) -> float:
        """The pixels of the whole drawing, its title included."""
        return self.layout["height"] + self.head

    def across(self, value: float, ref: str = "x") -> float:
        """The pixels from the left edge of the drawing."""
        margin = self.layout["margin"]
        plot = self.width - margin["l"] - margin["r"]
        return margin["l"] + plot * self._share(value, ref)

    def down(self, value: float, ref: str = "y") -> float:
        """The pixels from the top edge of the drawing."""
        margin = self.layout["margin"]
        plot = self.layout["height"] - margin["t"] - margin["b"]
        return self.head + margin["t"] + plot * (1 - self._share(value, ref))

    def _share(self, value: float, ref: str) -> float:
        if ref == "paper":
            return value
        axis = self.layout[ref.replace("x", "xaxis").replace("y", "yaxis")]
        low, high = axis["range"]
        begin, end = axis.get("domain", (0, 1))
        return begin + (end - begin) * (value - low) / (high - low)

    def box(self, shape: dict) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a shape; lengths in pixels count from its anchor."""
        x_ref, y_ref = shape.get("xref", "x"), shape.get("yref", "y")
        if shape.get("xsizemode") == "pixel":
            anchor = self.across(shape["xanchor"], x_ref)
            left, right = anchor + shape["x0"], anchor + shape["x1"]
        else:
            left, right = self.across(shape["x0"], x_ref), self.across(shape["x1"], x_ref)
        if shape.get("ysizemode") == "pixel":
            anchor = self.down(shape["yanchor"], y_ref)
            top, bottom = anchor - shape["y0"], anchor - shape["y1"]
        else:
            top, bottom = self.down(shape["y0"], y_ref), self.down(shape["y1"], y_ref)
        return left, top, right, bottom
