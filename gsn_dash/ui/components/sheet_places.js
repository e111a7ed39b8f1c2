// Where a mark's bar, slot, number and link lie, in pixels: charts/strokes.py and columns.py.

// A bar thinner than this would not be drawn at all, not even its edge.
const LEAST = 0.5;

const across = (drawn, axis, value) =>
  drawn.layout.left + drawn.plot * shareOf(axis, value);
const shareOf = ({ low, high, begin, end }, value) =>
  begin + ((end - begin) * (value - low)) / (high - low);
const downTo = ({ layout }, axis, value) =>
  layout.top + layout.tall * ((axis.high - value) / (axis.high - axis.low));

// A bar of nothing is a sliver of its edge's colour.
function paintBar(nodes, box, amount, mark, drawn) {
  const { edge, ...paint } = drawn.looks[mark.look];
  const sliver = { fill: edge, stroke: "none", "stroke-width": null, "stroke-dasharray": null };
  setAll(nodes.bar, { ...box, ...(amount === 0 ? sliver : paint) });
}

function placeLane(drawn, axes, stand, rules) {
  const { layout } = drawn;
  const { mark, number, words, nodes, amount, start } = stand;
  const lane = layout.places[number];
  const axis = axes[lane.panel];
  const middle = layout.top + lane.middle;
  const end = amount === null ? start : start + amount;
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const side = (amount === null ? lane.leftward : amount < 0) ? -1 : 1;
  const tip = across(drawn, axis, end);
  const box = { y: middle - layout.bar / 2, height: layout.bar };
  const [left, right] = [across(drawn, axis, low), across(drawn, axis, high)];
  if (nodes.bar) {
    const span = amount === 0 ? { x: tip - 1.5, width: 3 } : { x: left, width: Math.max(right - left, LEAST) };
    paintBar(nodes, { ...box, ...span }, amount, mark, drawn);
  }
  const hasSlot = Boolean(nodes.slot);
  if (hasSlot) placeSlot(nodes, { ...box, ...slotSpan(tip, side, rules) }, layout, rules);
  const slot = hasSlot ? rules.slot : 0;
  const lines = numberLines(words.label, words.note, layout.type, rules);
  const anchor = side < 0 ? "end" : "start";
  const at = { x: tip + side * (slot + rules.near), y: middle, anchor };
  setLines(nodes.number, lines, { ...at, size: layout.type.number, line: rules.line });
  const reach = slot + rules.near + lane.reach + 2;
  const before = side < 0 ? reach : 4;
  const height = Math.max(rules.leastTarget, lane.tall);
  const link = [
    ["left", left - before],
    ["width", right - left + reach + 4],
    ["top", middle - height / 2],
    ["height", height],
  ];
  return { mark, isKnown: amount !== null, box: link };
}

function slotSpan(tip, side, rules) {
  return { x: side < 0 ? tip - rules.slot : tip + 2, width: rules.slot - 2 };
}

function placeSlot({ slot, question }, box, layout, rules) {
  setAll(slot, box);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, anchor: "middle" };
  const look = { size: layout.type.number, line: rules.line };
  setLines(question, [[{ text: "?", bold: true }]], { ...at, ...look });
}

function placeColumn(drawn, [axis], stand, rules) {
  const { layout, plot } = drawn;
  const { mark, number, words, nodes, amount, start } = stand;
  const room = plot / layout.places.length;
  const half = room * rules.columnHalf;
  const middle = layout.left + room * (number + 0.5);
  const end = amount === null ? start : start + amount;
  const top = downTo(drawn, axis, Math.max(start, end));
  const bottom = downTo(drawn, axis, Math.min(start, end));
  const box = { x: middle - half, width: 2 * half };
  if (nodes.bar) {
    const span = amount === 0 ? { y: top - 1.5, height: 3 } : { y: top, height: Math.max(bottom - top, LEAST) };
    paintBar(nodes, { ...box, ...span }, amount, mark, drawn);
  }
  const slot = nodes.slot ? rules.slot : 0;
  if (slot) setAll(nodes.question, haloOf(rules));
  if (slot) placeSlot(nodes, { ...box, y: top - slot, height: slot }, layout, rules);
  const hangs = amount !== null && amount < 0;
  const lines = numberLines(words.label, words.note, layout.type, rules);
  const tall = lines.length * layout.type.number * rules.line;
  const near = rules.columnNear + tall / 2;
  const y = hangs ? bottom + near : top - slot - near;
  setAll(nodes.number, haloOf(rules));
  const look = { size: layout.type.number, line: rules.line };
  setLines(nodes.number, lines, { x: middle, y, anchor: "middle", ...look });
  const reach = slot + layout.places[number].tall + rules.columnNear;
  const link = [
    ["left", middle - half],
    ["width", 2 * half],
    ["top", hangs ? top : top - reach],
    ["height", bottom - top + reach],
  ];
  return { mark, isKnown: amount !== null, box: link };
}

// From the end of each bar to where the next begins; none where that is not known.
function placeLinks(drawn, [axis], stands, half) {
  const { layout, plot } = drawn;
  drawn.links.forEach((link, place) => {
    const { end } = stands[place];
    if (end === null) return setOne(link, "d", "");
    const line = layout.kind === "columns" ? columnLink : laneLink;
    setOne(link, "d", line(drawn, axis, end, place, plot / layout.places.length, half));
  });
}

function columnLink(drawn, axis, end, place, room, half) {
  const y = downTo(drawn, axis, end).toFixed(2);
  const x = drawn.layout.left + room * (place + 0.5);
  return `M${(x + room * half).toFixed(2)},${y}H${(x + room * (1 - half)).toFixed(2)}`;
}

function laneLink(drawn, axis, end, place) {
  const [above, below] = drawn.layout.places.slice(place, place + 2);
  const { top } = drawn.layout;
  return `M${across(drawn, axis, end).toFixed(2)},${top + above.middle}V${top + below.middle}`;
}

function placeZeros(drawn, axes, rules) {
  const { layout } = drawn;
  axes.forEach((axis, panel) => {
    if (layout.kind === "columns") {
      const y = downTo(drawn, axis, 0);
      setOne(drawn.zeros[0], "d", `M${layout.left},${y.toFixed(2)}h${drawn.plot}`);
      const at = { x: layout.left - 6, y, anchor: "end", size: layout.type.small };
      setLines(drawn.zeroText, [[{ text: "0" }]], { ...at, line: rules.line });
      return;
    }
    const own = layout.places.filter((lane) => lane.panel === panel);
    const top = Math.min(...own.map((lane) => lane.middle - lane.height / 2)) + layout.top;
    const bottom = Math.max(...own.map((lane) => lane.middle + lane.height / 2)) + layout.top;
    setOne(drawn.zeros[panel], "d", `M${across(drawn, axis, 0).toFixed(2)},${top}V${bottom}`);
  });
}
