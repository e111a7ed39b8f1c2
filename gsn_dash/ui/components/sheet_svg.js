// Nodes of a drawing that are made once and then only changed where they differ.

const SVG = "http://www.w3.org/2000/svg";
let patterns = 0;

function draw(parent, name, attributes = {}) {
  const node = document.createElementNS(SVG, name);
  setAll(node, attributes);
  parent.appendChild(node);
  return node;
}

function setAll(node, attributes) {
  for (const name in attributes) setOne(node, name, attributes[name]);
}

// null takes the attribute away; hundredths of a pixel are enough.
function setOne(node, name, value) {
  const kept = (node.gsnKept ??= {});
  const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
  if (kept[name] === text) return;
  kept[name] = text;
  if (text === null) node.removeAttribute(name);
  else node.setAttribute(name, text);
}

// The hatchings of Plotly, stroke for stroke.
function drawPattern(defs, look, rules) {
  const id = `gsn-hatch-${++patterns}`;
  const step = rules.patternSizes[look.pattern];
  const side = look.pattern === "/" ? step * Math.SQRT2 : step;
  const pattern = draw(defs, "pattern", {
    id, width: `${side}px`, height: `${side}px`, patternUnits: "userSpaceOnUse",
  });
  draw(pattern, "rect", { width: `${side}px`, height: `${side}px`, fill: look.fill });
  if (look.pattern === ".") {
    const r = Math.sqrt((rules.solidity * step * step) / Math.PI);
    draw(pattern, "circle", { cx: step / 2, cy: step / 2, r, fill: look.ink });
  } else {
    const [q, h] = [side / 4, side / 2];
    const d = `M-${q},${q}l${h},-${h}M0,${side}L${side},0M${q * 3},${q * 5}l${h},-${h}`;
    draw(pattern, "path", { d, stroke: look.ink, "stroke-width": rules.solidity * step });
  }
  return `url(#${id})`;
}

// Lines of spans about the middle `y`; the nodes are kept while the lines have as many spans.
function setLines(text, lines, { x, y, anchor, size, line }) {
  const shape = lines.map((spans) => spans.length).join();
  if (text.gsnShape !== shape) {
    text.gsnShape = shape;
    text.replaceChildren();
    lines.flat().forEach(() => draw(text, "tspan"));
  }
  setAll(text, { "text-anchor": anchor, "font-size": size });
  let place = 0;
  lines.forEach((spans, number) => {
    // The middle of capital letters and digits lies 0.35 of their size above the line they stand on.
    const base = y + (number - (lines.length - 1) / 2) * size * line + size * 0.35;
    spans.forEach((span, inLine) => {
      const node = text.children[place++];
      setAll(node, inLine ? {} : { x, y: base });
      setAll(node, { "font-weight": span.bold ? "bold" : null, "font-size": span.size || null });
      setWords(node, inLine < spans.length - 1 ? `${span.text} ` : span.text);
    });
  });
}

function setWords(node, words) {
  if (node.gsnWords === words) return;
  node.gsnWords = words;
  node.textContent = words;
}
