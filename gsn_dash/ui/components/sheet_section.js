// One section of the sheet: its heading, large pairs, the levers and beside them their results.

function buildSection(section, screen) {
  const node = make("section", "gsn-sheet-section");
  node.dataset.section = section.key;
  const heading = make("h2");
  const sides = make("div", "gsn-sheet-sides");
  const levers = make("div", "gsn-sheet-levers");
  const results = make("div", "gsn-sheet-results");
  const view = { node, heading, levers, screen, pictures: [], slots: [] };
  node.append(heading);
  view.pairs = makeSlot(node, buildPairs);
  sides.append(levers, results);
  node.append(sides);
  view.warnings = makeSlot(results, buildNotes);
  view.tables = makeSlot(results, buildTables);
  view.drawn = results.appendChild(make("div", "gsn-sheet-pictures"));
  view.notes = makeSlot(results, buildNotes);
  return view;
}

function buildTables(tables, bind) {
  const box = make("div", "gsn-sheet-tables");
  box.append(...tables.map((table) => buildTable(table, bind)));
  return box;
}

const listOf = (list) => list ?? [];

function equipSection(view, section) {
  setWords(view.heading, section.heading);
  view.heading.hidden = !section.heading;
  fillPart(view.pairs, listOf(section.pairs));
  fillPart(view.tables, listOf(section.tables));
  const notes = listOf(section.notes).map(({ text, warning }) => ({ template: text, warning }));
  fillPart(view.warnings, notes.filter((note) => note.warning));
  fillPart(view.notes, notes.filter((note) => !note.warning));
  equipPictures(view, listOf(section.pictures));
}

function fillPart(slot, parts) {
  slot.node.hidden = parts.length === 0;
  fillSlot(slot, parts);
}

function equipPictures(view, plans) {
  while (view.pictures.length > plans.length) dropPicture(view.pictures.pop());
  plans.forEach((plan, place) => {
    const picture = view.pictures[place];
    const sent = JSON.stringify(plan);
    if (!picture) view.pictures[place] = buildPicture(view.drawn, plan, view.screen);
    else if (picture.sent !== sent) replacePlan(picture, plan);
    view.pictures[place].sent = sent;
    setWords(view.pictures[place].caption, plan.title);
  });
}

function dropPicture(picture) {
  picture.stop();
  picture.figure.remove();
}

function moveSection(view, values, changed) {
  for (const slot of [view.pairs, view.warnings, view.tables, view.notes])
    for (const bound of slot.bound) showBound(bound, values, changed);
  for (const picture of view.pictures)
    if (!picture.fitted || hangsOn(picture, changed)) movePicture(picture, values);
}

// Whether any of the nodes that a picture follows has another value than last.
function hangsOn(picture, changed) {
  if (picture.nodesOf !== picture.plan) {
    picture.nodesOf = picture.plan;
    picture.nodes = followed(picture.plan);
  }
  return picture.nodes.some((node) => changed[node]);
}

function followed({ alt, marks }) {
  const found = nodesOf(alt);
  for (const { node, label, note } of marks) {
    if (node) found.add(node[0]);
    nodesOf(label, found);
    nodesOf(note, found);
  }
  return [...found];
}

function dropSection(view) {
  view.pictures.forEach(dropPicture);
  view.node.remove();
}
