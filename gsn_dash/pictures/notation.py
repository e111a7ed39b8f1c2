"""The drawn key of the help: each look of the pictures, drawn as the pictures draw it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from gsn_dash.charts.data import Mark, Picture, Row, RowsChart, Style
from gsn_dash.charts.draw import draw

_LONG, _SHORT = Decimal(10), Decimal(3)
_SIGNS = (
    ("Budget eller anslag", Style.BUDGET, _LONG, "bara en kontur"),
    ("Utfall", Style.OUTCOME, _LONG, "fylld"),
    ("Prognos", Style.FORECAST, _LONG, "snedstreckad"),
    ("Härlett", Style.DERIVED, _LONG, "prickad"),
    ("Varken bra eller dåligt", Style.NEUTRAL, _LONG, "grå"),
    ("Bättre än budget", Style.DEVIATION_GOOD, _SHORT, "blå, med plus"),
    ("Sämre än budget", Style.DEVIATION_BAD, -_SHORT, "orange, med minus"),
    ("Okänt", Style.OUTCOME, None, "tom ruta"),
    ("Tänk om …?", Style.WHATIF, _LONG, "lila, streckad kant"),
)


@cache
def notation_picture() -> Picture:
    """Every look with its meaning; the lengths are only examples."""
    rows = tuple(
        Row(meaning, (Mark(style, value, look, "", meaning),))
        for meaning, style, value, look in _SIGNS
    )
    at_least = Mark(
        Style.TOTAL, _SHORT, "fylld, med en ruta efter", "", "Minst så mycket", at_least=True
    )
    alt = ". ".join(f"{meaning}: {look}" for meaning, _, _, look in _SIGNS)
    return draw(
        RowsChart(
            "Teckenförklaring: längderna är bara exempel",
            f"{alt}. Minst så mycket: en fylld stapel med en tom ruta efter.",
            (*rows, Row("Minst så mycket", (at_least,))),
            "",
        )
    )
