"""A bare page with plotly.js: a slider, and pictures of what if that are drawn anew as it moves."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from gsn_dash.charts.data import Mark, Row, RowsChart, Style
from gsn_dash.charts.draw import draw
from gsn_dash.settings import PROJECT

# No page of ours has it any longer: the tests hold our drawings and Plotly's together.
_PLOTLY = PROJECT / "tests" / "vendor" / "plotly-basic.min.js"
# The bars of what if are those with a reference: on a step they get another length and number.
_PAGE = """<!doctype html><html lang="sv"><title>Plotly</title>
<p><label>Reglage <input type="range" min="0" max="200" value="100" style="width:40rem"></label>
<output>100</output></p>%(places)s
<script src="/%(script)s"></script><script>
const figures = %(figures)s;
const config = { staticPlot: true, displayModeBar: false, responsive: false };
function show(value) {
  document.querySelector("output").textContent = value;
  figures.forEach((figure, number) => {
    const { data, layout } = structuredClone(figure);
    for (const trace of data)
      trace.x = trace.x.map((x, n) => (trace.customdata[n] ? (x * value) / 100 : x));
    const told = (value / 10).toFixed(1).replace(".", ",");
    for (const note of layout.annotations) note.text = note.text.replace("9,9", told);
    Plotly.react("plot" + number, data, { ...layout, width: 900, autosize: false }, config);
  });
}
document.querySelector("input").addEventListener("input", (event) => show(event.target.value));
show(100);
</script></html>"""


def _chart() -> RowsChart:
    rows = tuple(
        Row(
            name,
            (
                Mark(Style.FORECAST, Decimal(at), at.replace(".", ","), "", "Prognosen"),
                Mark(Style.WHATIF, Decimal(at), "9,9", name, "Tänk om"),
            ),
        )
        for name, at in (("Intäkter", "0.4"), ("Kostnader", "2.6"), ("Netto", "2.2"))
    )
    scale = Decimal(0), Decimal(6)
    return RowsChart("Avvikelse vid årets slut", "Avvikelser.", rows, "Mkr", scale=scale)


def plotly_page(pictures: int) -> str:
    """The page's HTML, with that many pictures."""
    figure = draw(_chart()).wide.figure
    return _PAGE % {
        "places": "".join(f'<div id="plot{number}"></div>' for number in range(pictures)),
        "script": _PLOTLY.name,
        "figures": json.dumps([figure] * pictures),
    }


class _Handler(SimpleHTTPRequestHandler):
    """Plotly's script from the tests' files, the page for every other address."""

    def __init__(self, page: str, *arguments: object) -> None:
        self._page = page.encode()
        super().__init__(*arguments, directory=str(_PLOTLY.parent))

    def do_GET(self) -> None:
        if self.path == f"/{_PLOTLY.name}":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self._page)

    def log_message(self, *_: object) -> None:
        """The bench prints its own."""


@contextmanager
def served_plotly(pictures: int) -> Iterator[str]:
    """The address of the page while inside."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, plotly_page(pictures)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
