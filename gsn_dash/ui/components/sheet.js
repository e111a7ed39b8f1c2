// The sheet of Tänk om …?: levers that are moved, and all that follows them in the same moment.
//
// Python is told when the hand rests, and answers with a program and texts for what then holds.
// A lever stands where Python says, unless the hand has moved it and Python has not said yet that
// it has taken that up.

const ALIVE = "gsn-moves";
const sheets = new WeakMap();

function buildSheet(parent) {
  const root = make("div", "gsn-sheet");
  parent.append(root);
  const sheet = {
    root, levers: new Map(), sections: new Map(), positions: {}, values: [], order: [],
    held: null, timer: 0, moved: new Map(), turn: 0, tell: {},
  };
  sheet.head = buildHead(root, () => reset(sheet));
  sheet.hand = {
    moved: (lever, position) => moveLever(sheet, lever, position),
    settled: (lever) => settleLater(sheet, lever),
    held: (lever) => hold(sheet, lever),
    left: () => leave(sheet),
    removed: (lever) => remove(sheet, lever),
  };
  const stopWatching = watchHand(sheet);
  sheet.stop = () => {
    stopWatching();
    sheet.sections.forEach(dropSection);
    root.remove();
  };
  root.gsnSheet = hookOf(sheet);
  return sheet;
}

// What tests ask: the answers and texts of this very code, for any positions and numbers.
function hookOf(sheet) {
  const plain = (value) => (Array.isArray(value) ? value.map(String) : String(value));
  return {
    run: (program, levers, positions) => evaluate(program, levers, positions).map(plain),
    evaluate: (positions) =>
      evaluate(
        sheet.data.program,
        sheet.order,
        sheet.order.map(({ id }) => positions[id] ?? sheet.positions[id]),
      ).map(plain),
    render: (template, numbers) =>
      render(template, numbers ? numbers.map(BigInt) : sheet.values),
  };
}

// ---- What follows ----

function update(sheet, isAllNew = false) {
  const { data, order, positions } = sheet;
  for (const lever of order)
    if (lever.leads) positions[lever.id] = masterPosition(lever, positions).position;
  const before = sheet.values;
  sheet.values = evaluate(data.program, order, order.map(({ id }) => positions[id]));
  const changed = sheet.values.map((value, node) => isAllNew || value !== before[node]);
  for (const lever of order) followLever(sheet, lever);
  const isAny = order.some((lever) => !lever.leads && isOffRest(sheet, lever));
  moveHead(sheet.head, sheet.values, changed, isAny);
  sheet.sections.forEach((view) => moveSection(view, sheet.values, changed));
}

const isOffRest = (sheet, lever) => isMoved(lever, sheet.positions[lever.id]);

function followLever(sheet, lever) {
  const position = sheet.positions[lever.id];
  const isMixed = lever.leads && masterPosition(lever, sheet.positions).isMixed;
  const words = isMixed ? lever.mixed : render(lever.say, sheet.values);
  const isOff = lever.leads
    ? lever.leads.some((id) => sheet.levers.has(id) && isOffRest(sheet, sheet.levers.get(id).lever))
    : isOffRest(sheet, lever);
  showLever(sheet.levers.get(lever.id), position, words, isOff);
}

// ---- What Python says ----

function take(sheet, data) {
  if (sheet.data?.about !== data.about) forgetMoves(sheet);
  sheet.data = data;
  sheet.order = data.levers;
  takePositions(sheet);
  takeSections(sheet);
  takeLevers(sheet);
  equipHead(sheet.head, data);
  makeRoom(sheet);
  update(sheet, true);
  compareSettled(sheet);
}

// What the levers say at rest is often the longest that they say.
function makeRoom({ data, order, levers }) {
  const rest = order.map(({ resting, value }) => resting ?? value);
  const values = evaluate(data.program, order, rest);
  for (const lever of order) keepRoom(levers.get(lever.id), render(lever.say, values));
}

// The levers stand where Python says, but for those that the hand has moved since.
function takePositions(sheet) {
  const before = sheet.positions;
  forgetTaken(sheet);
  sheet.positions = {};
  for (const lever of sheet.order) {
    const own = before[lever.id];
    const isHeld = lever.id === sheet.held && !lever.leads;
    if (isHeld && own !== lever.value) sheet.moved.set(lever.id, UNTOLD);
    if (!hasPosition(lever, own)) sheet.moved.delete(lever.id);
    sheet.positions[lever.id] = sheet.moved.has(lever.id) ? own : lever.value;
  }
}

function takeSections(sheet) {
  const keys = new Set(sheet.data.sections.map((section) => section.key));
  for (const [key, view] of sheet.sections)
    if (!keys.has(key)) {
      dropSection(view);
      sheet.sections.delete(key);
    }
  for (const section of sheet.data.sections) {
    if (!sheet.sections.has(section.key)) {
      const view = buildSection(section, { ...PAGE_SCREEN, rules: sheet.data.rules });
      sheet.sections.set(section.key, view);
      sheet.root.append(view.node);
    }
    equipSection(sheet.sections.get(section.key), section);
  }
}

// Views are kept by the lever's id and moved only where they stand out of order.
function takeLevers(sheet) {
  const widgets = new Map(sheet.order.map((lever) => [lever.id, lever.widget]));
  for (const [id, view] of sheet.levers)
    if (widgets.get(id) !== view.lever.widget) {
      view.node.remove();
      sheet.levers.delete(id);
    }
  for (const section of sheet.sections.values()) section.place = section.levers.firstChild;
  const groups = {};
  for (const lever of sheet.order) {
    const view = sheet.levers.get(lever.id) ?? buildLever(lever, sheet.hand);
    sheet.levers.set(lever.id, view);
    equipLever(view, lever, sheet.hand);
    const section = sheet.sections.get(lever.section);
    if (lever.group && groups[lever.section] !== lever.group) putGroup(view, section, lever.group);
    else dropGroup(view);
    groups[lever.section] = lever.group;
    putNext(section, view.node);
  }
}

function putNext(section, node) {
  if (section.place === node) section.place = node.nextSibling;
  else section.levers.insertBefore(node, section.place);
}

function putGroup(view, section, words) {
  view.group ??= make("h3", "gsn-lever-group");
  setWords(view.group, words);
  if (view.node.firstChild !== view.group) view.node.prepend(view.group);
}

function dropGroup(view) {
  view.group?.remove();
  view.group = null;
}

// The domain's own answer: another one here would be a fault of ours. What is shown is compared,
// unless the hand has moved on from where the domain answered.
function compareSettled(sheet) {
  const { settled, program, levers } = sheet.data;
  if (!settled) return;
  const isShown = sheet.moved.size === 0;
  const own = isShown ? sheet.values : evaluate(program, levers, levers.map(({ value }) => value));
  const wrong = settled.values.filter(([node, value]) => String(own[node]) !== value);
  sheet.root.toggleAttribute("data-differs", wrong.length > 0);
  for (const [node, value] of wrong)
    console.error(`The sheet has ${own[node]} at node ${node}, the domain ${value}`);
}

export default function mount({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  let sheet = sheets.get(parentElement);
  if (!sheet) {
    sheet = buildSheet(parentElement);
    sheets.set(parentElement, sheet);
  }
  sheet.tell = { setStateValue, setTriggerValue };
  const sent = JSON.stringify(data);
  if (sheet.taken !== sent) {
    sheet.taken = sent;
    take(sheet, data);
  }
  document.documentElement.classList.add(ALIVE);
  return () => {
    document.documentElement.classList.remove(ALIVE);
    sheet.stop();
    sheets.delete(parentElement);
  };
}
