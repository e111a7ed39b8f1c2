"""A small app that shows pictures, for the tests of the component in a real browser."""

from decimal import Decimal

import streamlit as st

from gsn_dash.charts.data import BridgeChart, Mark, Row, RowsChart, Step, Style
from gsn_dash.charts.draw import draw
from gsn_dash.ui.component import join_parts
from gsn_dash.ui.picture import show_picture

# What the documents of the site have besides.
_dress = st.components.v2.component(
    "dress",
    css=join_parts("pictures.css"),
    js=f"{join_parts('pictures.js')}\nexport default () => {{}};",
    isolate_styles=False,
)


def mark(style: Style, value: str | None, name: str, note: str = "") -> Mark:
    """A mark whose reference is its name."""
    label = "okänt" if value is None else value.replace(".", ",").replace("-", "−")
    return Mark(style, Decimal(value) if value else None, label, name, name, note)


def rows_with(what_if: int) -> RowsChart:
    projects = "Nätverksprojekten (0003, 0005, 0020)"
    rows = (
        Row(projects, (mark(Style.BUDGET, "6.4", "Anslag"), mark(Style.OUTCOME, None, "Utfall"))),
        Row("Kostnader", (mark(Style.OUTCOME, "-21.5", "Utfall januari–april"),)),
        Row("Netto", (mark(Style.WHATIF, f"{what_if}.5", "Tänk om", "kan bli"),)),
    )
    gains = tuple(Row(row.label, (mark(Style.DEVIATION_GOOD, "3.2", "Avvikelse"),)) for row in rows)
    return RowsChart("GSN 2023", "Anslaget är 6,4 Mkr.", rows, "Mkr", gains)


BRIDGE = BridgeChart(
    "Från budget till utfall",
    "Netto går från −4,3 till −0,3.",
    (
        Step("Budgeterat netto", "level", mark(Style.BUDGET, "-4.3", "Budget")),
        Step("Övriga verksamhetskostnader", "change", mark(Style.DEVIATION_GOOD, "5.2", "Bättre")),
        Step("Alla övriga", "change", mark(Style.DEVIATION_BAD, "-1.2", "Sämre", "härledd")),
        Step("Utfall netto", "level", mark(Style.OUTCOME, "-0.3", "Utfall")),
    ),
    "Mkr",
)


@st.fragment
def show_what_if() -> None:
    what_if = st.slider("Steg", 0, 20, 5)
    show_picture(draw(rows_with(what_if)), "rows", lambda ref: f"#{ref}")


def main() -> None:
    st.set_page_config(page_title="Bilder", layout="wide")
    _dress(key="dress")
    show_what_if()
    show_picture(draw(BRIDGE), "bridge")


if __name__ == "__main__":
    main()
