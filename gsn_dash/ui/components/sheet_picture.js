// One picture that moves: the DOM of one layout of a picture that stands still, drawn here.

function buildPicture(parent, plan, screen) {
  const figure = document.createElement("figure");
  figure.className = "gsn-picture";
  figure.innerHTML =
    '<figcaption></figcaption><div class="gsn-picture-stage"><div class="gsn-picture-sheet">' +
    '<div class="gsn-picture-plot" role="img"></div>' +
    '<div class="gsn-picture-sources" role="group"></div></div></div>';
  parent.appendChild(figure);
  const find = (name) => figure.querySelector(name);
  const picture = {
    plan,
    screen,
    figure,
    caption: find("figcaption"),
    stage: find(".gsn-picture-stage"),
    sheet: find(".gsn-picture-sheet"),
    plot: find(".gsn-picture-plot"),
    sources: find(".gsn-picture-sources"),
  };
  picture.stop = watchRoom(picture);
  return picture;
}

// Follows the figure's width, and the paper's while the page is printed.
function watchRoom(picture) {
  const fit = () => fitPicture(picture);
  const observer = new ResizeObserver(fit);
  observer.observe(picture.figure);
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", fit);
  return () => {
    observer.disconnect();
    window.removeEventListener("beforeprint", fit);
    window.removeEventListener("afterprint", fit);
  };
}

function fitPicture(picture) {
  const room = roomOf(picture.figure);
  if (!room || !picture.values) return;
  const { name, layout, scale, width } = chooseLayout(picture.plan, room, picture.screen);
  const fitted = JSON.stringify([name, scale, width]);
  if (picture.fitted === fitted) return;
  picture.fitted = fitted;
  picture.caption.style.fontSize = `${1.0625 * Math.max(1, scale)}rem`;
  picture.stage.style.height = `${Math.ceil(layout.height * scale)}px`;
  picture.sheet.style.width = `${width}px`;
  picture.sheet.style.transform = scale === 1 ? "none" : `scale(${scale})`;
  letPictureScroll(picture, width * scale > room + 1);
  layOut(picture, layout, width);
}

// What must be scrolled can be with the keyboard too; what need not does not take the focus.
function letPictureScroll({ stage, plan }, isWider) {
  const names = { tabindex: "0", role: "region", "aria-label": plan.title };
  for (const [name, value] of Object.entries(names))
    if (isWider) stage.setAttribute(name, value);
    else stage.removeAttribute(name);
}

// A new plan in the same figure: links and focus stay where they are.
function replacePlan(picture, plan) {
  picture.plan = plan;
  picture.fitted = "";
}

// Draws what stands still in a layout, and the nodes of what moves.
function layOut(picture, layout, width) {
  const { plan, screen } = picture;
  const { rules } = screen;
  const svg = document.createElementNS(SVG, "svg");
  setAll(svg, { width, height: layout.height, "font-family": rules.font, fill: rules.ink });
  svg.setAttribute("aria-hidden", "true");
  const defs = draw(svg, "defs");
  const looks = plan.looks.map((look) => paintOf(defs, look, rules));
  const layers = ["links", "bars", "slots", "zeros", "words"].map(() => draw(svg, "g"));
  const [links, bars, slots, zeros, words] = layers;
  const drawn = { layout, width, looks, plot: width - layout.left - layout.right };
  drawn.marks = plan.marks.map((mark) => markNodes(mark, { bars, slots, words }, rules));
  drawn.links = plan.kinds ? plan.marks.slice(1).map(() => connector(links, rules)) : [];
  drawn.zeros = layout.panels.map(() => draw(zeros, "path", zeroLook(rules)));
  layout.texts.forEach((text) => writeFixed(words, text, drawn, rules));
  if (layout.kind === "columns") drawn.zeroText = draw(words, "text");
  picture.plot.replaceChildren(svg);
  picture.drawn = drawn;
  placePicture(picture);
}

function zeroLook(rules) {
  return { stroke: rules.ink, "stroke-width": rules.zeroLine };
}

// How a bar is filled and edged, as charts/notation.py says.
function paintOf(defs, look, rules) {
  return {
    fill: look.pattern ? drawPattern(defs, look, rules) : look.fill,
    stroke: look.edge,
    "stroke-width": look.dashed ? rules.assumedEdge : rules.edge,
    "stroke-dasharray": look.dashed ? rules.assumedDash : null,
    edge: look.edge,
  };
}

function markNodes(mark, { bars, slots, words }, rules) {
  const number = draw(words, "text");
  if (mark.node === null && mark.value === null) return { number, ...slotNodes(slots, words, rules) };
  const bar = draw(bars, "rect");
  return mark.atLeast ? { number, bar, ...slotNodes(slots, words, rules) } : { number, bar };
}

function slotNodes(slots, words, rules) {
  const slot = draw(slots, "rect", {
    fill: rules.paper,
    stroke: rules.ink,
    "stroke-width": rules.slotEdge,
    "stroke-dasharray": rules.slotDash,
  });
  return { slot, question: draw(words, "text") };
}

function connector(links, rules) {
  return draw(links, "path", {
    stroke: rules.softInk, "stroke-width": 1.2, "stroke-dasharray": "3,3",
  });
}

function writeFixed(words, text, drawn, rules) {
  const node = draw(words, "text", haloOf(rules));
  const x = drawn.layout.left + text.share * drawn.plot + text.shift;
  const y = drawn.layout.top + text.middle;
  setLines(node, text.lines, { x, y, anchor: text.anchor, size: text.size, line: rules.line });
}

// The ground of words that lie on a line.
function haloOf(rules) {
  return {
    stroke: rules.paper, "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke",
  };
}

// Puts everything that moves where it belongs now. This is what every step of a lever does.
function movePicture(picture, values) {
  picture.values = values;
  setAttribute(picture.plot, "aria-label", render(picture.plan.alt, values));
  if (!picture.fitted) fitPicture(picture);
  else placePicture(picture);
}

function setAttribute(node, name, text) {
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

function placePicture(picture) {
  const { plan, drawn, values, screen } = picture;
  const { layout } = drawn;
  const stands = standMarks(plan, values);
  const axes = standAxes(plan, layout, stands, screen.rules);
  const place = layout.kind === "columns" ? placeColumn : placeLane;
  const boxes = plan.marks.map((mark, number) => {
    const words = { label: render(mark.label, values), note: render(mark.note, values) };
    const stand = { ...stands[number], mark, number, words, nodes: drawn.marks[number] };
    return { ...place(drawn, axes, stand, screen.rules), words };
  });
  placeLinks(drawn, axes, stands, screen.rules.columnHalf);
  placeZeros(drawn, axes, screen.rules);
  placeSources(picture, boxes);
}

function spokenAmount({ label, note }, isKnown, unit) {
  const amount = isKnown && unit && !label.endsWith(unit) ? `${label} ${unit}` : label;
  return note ? `${amount}, ${note}` : amount;
}

// Links are reused in order, so that focus stays on a mark while its place changes.
function placeSources({ plan, sources }, boxes) {
  const marked = boxes.filter((box, number) => plan.marks[number].href);
  sources.hidden = marked.length === 0;
  setAttribute(sources, "aria-label", `Källor till ${plan.title}`);
  while (sources.children.length > marked.length) sources.lastChild.remove();
  marked.forEach(({ mark, words, isKnown, box }, place) => {
    const link = sources.children[place] ?? addSource(sources);
    const name = `${mark.name}: ${spokenAmount(words, isKnown, plan.unit)}`;
    setAttribute(link, "href", mark.href);
    setAttribute(link, "title", name);
    setAttribute(link, "aria-label", `${name}. Visa källan`);
    setAttribute(link, "style", box.map(([side, size]) => `${side}:${size.toFixed(2)}px`).join(";"));
  });
}

function addSource(sources) {
  const link = document.createElement("a");
  link.className = "gsn-picture-source";
  sources.appendChild(link);
  return link;
}
