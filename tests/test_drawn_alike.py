"""Our drawings look as Plotly's do of the same figures: each mark and text is at its place."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_kinds import KINDS
from playwright.sync_api import BrowserContext, Page

from gsn_dash.charts.draw import draw
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.web.site import STATIC_DIR

PLOTLY = Path(__file__).parent / "vendor" / "plotly-basic.min.js"
# Both draw a layout at so many times its least width.
WIDER = (1, 1.6)

# Plotly beside ours, at the same width.
PUT = """([figures, wider]) => Promise.all(figures.map(({ name, html, data, layout, least }) => {
  const width = Math.round(least * wider);
  const place = document.createElement("section");
  place.id = name;
  place.style.width = `${width}px`;
  place.innerHTML = `<div>${html}</div><div></div>`;
  const figure = place.querySelector("figure");
  figure.dataset.shown = name.split(" ")[1];
  document.body.append(place);
  const config = { staticPlot: true, displayModeBar: false, responsive: false };
  const plain = { ...layout, width, autosize: false };
  return window.Plotly.react(place.lastChild, data, plain, config);
}))"""

# What each of the two has drawn, with where it lies in pixels and how it looks. What Plotly draws
# in two nodes, one that fills and one that edges, is one; what has neither is none.
READ = """(name) => {
  const place = document.getElementById(name);
  const stage = [...place.querySelectorAll(".gsn-picture-stage")].find((n) => n.checkVisibility());
  const ours = { boxes: "svg > g:not(:last-of-type) rect", points: "circle, ellipse",
    lines: "line, polyline, polygon" };
  const shapes = ".shapelayer path";
  const theirs = { boxes: `.barlayer path, ${shapes}`, points: `.scatterlayer .point, ${shapes}`,
    lines: `.js-line, .js-fill, ${shapes}` };
  const kindOf = (node) => {
    const path = node.getAttribute("d") ?? "";
    if (/ellipse|circle/.test(node.tagName) || /[aA]/.test(path)) return "points";
    const isBox = node.tagName === "rect" || (/[zZ]$/.test(path) && !node.matches(".js-fill"));
    return isBox ? "boxes" : "lines";
  };
  const read = (root, selectors) => {
    const from = root.getBoundingClientRect();
    const placed = (node) => {
      const { x, y, width, height } = node.getBoundingClientRect();
      return { x: x - from.x, y: y - from.y, w: width, h: height };
    };
    const look = (node) => {
      const style = getComputedStyle(node);
      const { stroke, strokeWidth, strokeDasharray: dashes, strokeOpacity } = style;
      const isEdged = stroke !== "none" && parseFloat(strokeWidth) && strokeOpacity !== "0";
      const isLine = node.matches("line, polyline, .js-line") || /^M[^MLH]*[LH][^LHV]*$/.test(
        node.getAttribute("d") ?? "");
      const isFilled = style.fillOpacity !== "0" && style.fill !== "none" && !isLine;
      const dash = dashes.match(/[0-9.]+/g)?.join() ?? "";
      return { edge: isEdged ? `${stroke} ${parseFloat(strokeWidth)} ${dash}` : "",
        fill: !isFilled ? "" : style.fill.startsWith("url") ? "hatched" : style.fill };
    };
    const near = (p, q) => ["x", "y", "w", "h"].every((k) => Math.abs(p[k] - q[k]) < 0.8);
    const marks = (kind) => {
      const found = [];
      for (const node of root.querySelectorAll(selectors[kind])) {
        const mark = { ...placed(node), ...look(node) };
        const twin = found.find((other) => near(other, mark) && !(other.edge && mark.edge));
        if (kindOf(node) !== kind || !(mark.edge || mark.fill)) continue;
        if (twin) [twin.edge, twin.fill] = [twin.edge || mark.edge, twin.fill || mark.fill];
        else found.push(mark);
      }
      return found;
    };
    const texts = [...root.querySelectorAll("text")].filter((node) => node.textContent.trim());
    return { boxes: marks("boxes"), points: marks("points"), lines: marks("lines"),
      texts: texts.map((node) => ({ ...placed(node), say: node.textContent,
        size: getComputedStyle(node).fontSize })) };
  };
  return [read(stage, ours), read(place.lastChild, theirs)];
}"""


@pytest.fixture(scope="module", params=WIDER)
def drawn(visits: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Every kind in both layouts, by us and by Plotly."""
    page = visits.new_page()
    page.set_content("<!doctype html><body></body>")
    page.add_style_tag(content=(STATIC_DIR / "pictures.css").read_text(encoding="utf-8"))
    page.add_script_tag(path=PLOTLY)
    page.evaluate(PUT, [list(_figures()), request.param])
    yield page
    page.close()


def _figures() -> Iterator[dict]:
    for kind, chart in KINDS.items():
        picture = draw(chart)
        for layout, drawing in (("wide", picture.wide), ("narrow", picture.narrow)):
            yield {
                "name": f"{kind} {layout}",
                "html": picture_html(picture),
                "least": drawing.min_width,
                **json.loads(json.dumps(drawing.figure)),
            }


@pytest.mark.parametrize("layout", ("wide", "narrow"))
@pytest.mark.parametrize("kind", KINDS)
def test_each_mark_and_text_is_where_and_as_plotly_draws_it(drawn: Page, kind: str, layout: str):
    ours, theirs = drawn.evaluate(READ, f"{kind} {layout}")
    assert sum(len(ours[each]) for each in ("boxes", "points", "lines")) > 3
    for each, away in (("boxes", 1), ("points", 1), ("lines", 1), ("texts", 2)):
        _compare(ours[each], theirs[each], away)


def _compare(ours: list[dict], theirs: list[dict], away: float) -> None:
    """Each of ours has one of theirs that looks alike, within `away` pixels; none is left."""
    left = list(theirs)
    for own in ours:
        near = [other for other in left if _looks(other) == _looks(own) and _meet(own, other, away)]
        assert near, (own, [other for other in left if _looks(other) == _looks(own)] or left)
        left.remove(near[0])
    assert left == []


def _looks(one: dict) -> tuple:
    return tuple(one.get(name) for name in ("say", "size", "fill", "edge"))


def _meet(one: dict, other: dict, away: float) -> bool:
    return all(abs(one[side] - other[side]) <= away for side in "xywh")
