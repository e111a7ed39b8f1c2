"""Pictures that move look like those that stand still: the same boxes, colours, edges and texts."""

from collections.abc import Iterator

import pytest
from harness import wait_settled
from playwright.sync_api import BrowserContext, Page, expect

# Every box and text of the two figures with a title: that of the sheet, then that which stands
# still. A box that is drawn twice, once filled and once edged, is one box.
BOTH = """(title) => {
  const near = (one, two) => ["x", "y", "w", "h"].every((k) => Math.abs(one[k] - two[k]) < 0.5);
  const inked = (node) => {
    const { fill, stroke } = getComputedStyle(node);
    const hatch = /url\\(["']?[^#]*#([^"')]+)/.exec(fill);
    if (!hatch) return { fill, stroke };
    const marks = [...document.getElementById(hatch[1]).children];
    const look = (mark) => {
      const style = getComputedStyle(mark);
      const width = mark.tagName === "path" ? parseFloat(style.strokeWidth).toFixed(2) : "";
      const round = (text) => text?.replace(/\\d+(\\.\\d+)?/g, (n) => Number(n).toFixed(3));
      const shape = round(mark.getAttribute("d")) ?? round(mark.getAttribute("r"));
      const ink = mark.tagName === "path" ? style.stroke : style.fill;
      return [mark.tagName, shape ?? "", ink, width].join();
    };
    return { fill: marks.map(look).join(";"), stroke };
  };
  return ["sheet", "still"].map((kind) => {
    const figures = [...document.querySelectorAll(".gsn-picture")].filter((figure) =>
      figure.querySelector("figcaption").textContent.startsWith(title)
      && (kind === "sheet") === Boolean(figure.closest(".gsn-sheet")));
    const shown = [...figures[0].querySelectorAll(".gsn-picture-stage")]
      .find((one) => one.checkVisibility());
    const stage = shown.getBoundingClientRect();
    const place = ({ x, y, width, height }) =>
      ({ x: x - stage.x, y: y - stage.y, w: width, h: height });
    const boxes = [];
    for (const node of shown.querySelectorAll("svg > g:not(:last-of-type) > rect")) {
      const at = node.getScreenCTM();
      const own = node.getBBox();
      const box = place({ x: own.x * at.a + at.e, y: own.y * at.d + at.f,
        width: own.width * at.a, height: own.height * at.d });
      const style = getComputedStyle(node);
      const width = parseFloat(style.strokeWidth);
      const edge = style.stroke === "none" || !width || style.strokeOpacity === "0" ? null
        : [style.stroke, width, style.strokeDasharray.replace(/px/g, "").replace(/ /g, "")];
      const fill = style.fillOpacity === "0" ? "none" : inked(node).fill;
      if (box.w < 1 || box.h < 1) continue;
      const twin = boxes.find((other) => near(other, box));
      if (twin) { twin.edge ??= edge; if (twin.fill === "none") twin.fill = fill; }
      else boxes.push({ ...box, fill, edge });
    }
    const texts = [...shown.querySelectorAll("text")].filter((n) => n.textContent).map((n) => {
      const spans = [...n.querySelectorAll("tspan")].filter((s) => !s.children.length);
      const last = getComputedStyle(spans.at(-1) ?? n);
      return { ...place(n.getBoundingClientRect()), say: n.textContent,
        size: getComputedStyle(n).fontSize, last: [last.fontSize, last.fontFamily] };
    });
    const order = (one, two) => Math.round(one.y - two.y) || one.x - two.x;
    return { boxes: boxes.sort(order), texts: texts.sort((a, b) => a.say < b.say ? -1 : 1),
      height: stage.height };
  });
}"""


# Every picture fills the room that it has.
FITTED = """(width) => [...document.querySelectorAll(".gsn-picture-sheet")]
  .filter((sheet) => sheet.checkVisibility())
  .every((sheet) => Math.abs(sheet.getBoundingClientRect().width - width) < 1)"""


@pytest.fixture(scope="module")
def both(visits: BrowserContext, sheets: str) -> Iterator[Page]:
    page = visits.new_page()
    page.goto(f"{sheets}?still=1")
    expect(page.locator(".gsn-picture[data-shown] svg:visible")).to_have_count(2)
    expect(page.locator(".gsn-sheet .gsn-picture svg")).to_have_count(5)
    wait_settled(page)
    yield page
    page.close()


@pytest.fixture(scope="module", params=[1000, 360])
def width(request: pytest.FixtureRequest, both: Page) -> int:
    """Every picture has the same room, and fills it."""
    both.add_style_tag(content=f"#root .gsn-picture {{ width: {request.param}px !important; }}")
    both.wait_for_function(FITTED, arg=request.param)
    return request.param


@pytest.mark.sampled(2)
@pytest.mark.parametrize("title", ["Alla utseenden", "Från budget till utfall"])
def test_boxes_are_where_and_as_those_that_stand_still(both: Page, width: int, title: str):
    ours, theirs = both.evaluate(BOTH, title)
    assert len(ours["boxes"]) == len(theirs["boxes"]) > 4
    assert ours["height"] == pytest.approx(theirs["height"], abs=1)
    for own, other in zip(ours["boxes"], theirs["boxes"], strict=True):
        for side in "xywh":
            assert own[side] == pytest.approx(other[side], abs=1.5), (side, own, other)
        assert own["fill"] == other["fill"]
        assert own["edge"] == other["edge"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("title", ["Alla utseenden", "Från budget till utfall"])
def test_texts_are_where_and_as_those_that_stand_still(both: Page, width: int, title: str):
    ours, theirs = both.evaluate(BOTH, title)
    assert [text["say"] for text in ours["texts"]] == [text["say"] for text in theirs["texts"]]
    for own, other in zip(ours["texts"], theirs["texts"], strict=True):
        assert own["last"] == other["last"], own
        for side in "xy":
            assert own[side] == pytest.approx(other[side], abs=3), (side, own, other)
