// What the levers move: large pairs, tables, notes and pictures, in the HTML of ui/tables.py.
//
// Each part binds its moving texts to nodes as it is built, in the order of its templates. The
// same part with other templates, as after a new compilation, keeps its nodes.

const ASSUMED = "Tänk om";
const MOVING = new Set(["template", "assumed"]);

// What a part is but for its templates.
const shapeOf = (part) => JSON.stringify(part, (key, value) => (MOVING.has(key) ? 0 : value));

function templatesOf(part, found = []) {
  if (Array.isArray(part)) part.forEach((inner) => templatesOf(inner, found));
  else if (part && typeof part === "object")
    for (const key in part) {
      if (MOVING.has(key)) found.push(part[key]);
      else templatesOf(part[key], found);
    }
  return found;
}

// A place on the page for one part: built by `build(part, bind)`, which returns its node.
function makeSlot(parent, build) {
  const node = make("div", "gsn-sheet-part");
  parent.append(node);
  return { node, build, shape: "", bound: [] };
}

function fillSlot(slot, part) {
  const shape = shapeOf(part);
  if (shape !== slot.shape) {
    slot.shape = shape;
    slot.bound = [];
    const bind = (show) => slot.bound.push({ show });
    slot.node.replaceChildren(slot.build(part, bind));
  }
  templatesOf(part).forEach((template, place) => aim(slot.bound[place], template));
}

// Lets a bound text follow a template; `show` gets each text that differs from the last.
function aim(bound, template) {
  bound.template = template;
  bound.nodes = [...nodesOf(template)];
  bound.isNew = true;
}

function showBound(bound, values, changed) {
  if (!bound.isNew && !bound.nodes.some((node) => changed[node])) return;
  bound.isNew = false;
  const text = render(bound.template, values);
  if (text === bound.text) return;
  bound.text = text;
  bound.show(text);
}

function showWords(node) {
  return (text) => (node.textContent = text);
}

function link({ text, href }) {
  const anchor = make("a", "gsn-src", text);
  anchor.href = href;
  return anchor;
}

function buildPairs(pairs, bind) {
  const list = make("dl", "gsn-figures");
  for (const { name, reported } of pairs) {
    const papers = make("div", "gsn-reported");
    const said = make("dd");
    said.append(reported.href ? link(reported) : reported.text);
    papers.append(make("dt", "", name), said);
    const ours = make("div", "gsn-assumed");
    const moving = make("dd");
    bind(showWords(moving));
    ours.append(make("dt", "", ASSUMED), moving);
    list.append(papers, ours);
  }
  return list;
}

function cellNode(name, role, className = "") {
  const node = make(name, className);
  node.setAttribute("role", role);
  return node;
}

function buildTable(table, bind) {
  const frame = make("div", "gsn-scroll");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", table.caption);
  const node = cellNode("table", "table", "gsn-table gsn-cards");
  const head = cellNode("thead", "rowgroup");
  head.append(headingRow(table));
  const body = cellNode("tbody", "rowgroup");
  body.append(...table.rows.map((row) => tableRow(row, table.headings, bind)));
  node.append(make("caption", "", table.caption), head, body);
  frame.append(node);
  return frame;
}

function headingRow({ headings }) {
  const row = cellNode("tr", "row");
  headings.forEach((text, place) => {
    const cell = text
      ? cellNode("th", "columnheader", place > 0 ? "gsn-num" : "")
      : cellNode("td", "cell");
    if (text) cell.scope = "col";
    cell.textContent = text;
    row.append(cell);
  });
  return row;
}

function tableRow({ heading, total, cells }, headings, bind) {
  const row = cellNode("tr", "row", total ? "gsn-total" : "");
  const first = cellNode("th", "rowheader");
  first.scope = "row";
  first.textContent = heading;
  row.append(first);
  cells.forEach((cell, place) => {
    const node = cellNode("td", "cell", "gsn-num");
    if (headings[place + 1]) node.dataset.label = headings[place + 1];
    fillCell(node, cell, bind);
    row.append(node);
  });
  return row;
}

// The mark stands first, so that the digits of a column stay under each other.
function fillCell(node, cell, bind) {
  const isUnknown = cell.mark === "okänd";
  if (cell.mark && !isUnknown) node.append(make("span", "gsn-derived", cell.mark), " ");
  const place = isUnknown ? node.appendChild(make("span", "gsn-unknown")) : node;
  if (cell.template !== undefined) {
    const words = place.appendChild(document.createTextNode(""));
    bind((text) => (words.data = text));
  } else place.append(cell.href ? link(cell) : cell.text);
}

// Notes are hidden while they have nothing to say.
function buildNotes(notes, bind) {
  const box = make("div", "gsn-sheet-notes");
  for (const { warning } of notes) {
    const note = make("div", warning ? "gsn-note gsn-note-warning" : "gsn-note");
    const words = make("p");
    note.append(words);
    note.hidden = true;
    bind((text) => {
      words.textContent = text;
      note.hidden = !text;
    });
    box.append(note);
  }
  return box;
}
