// What the hand does to the levers, and what Python is told of it.
//
// `sheet.moved` has the levers whose move Python has not taken up: by id the turn in which it was
// told, or UNTOLD. All of them are told each time, since of two tellings that wait for Python it
// sees the last one alone.

// After a key the hand may still be on its way.
const PAUSE = 250;
const UNTOLD = Infinity;
// A hold may end without its pointerup: by a menu, a key, or another window.
const LETS_GO = ["pointerup", "pointercancel", "lostpointercapture", "contextmenu", "keydown"];

// Returns what ends the watching.
function watchHand(sheet) {
  // A finger that turns out to scroll the page had already moved the slider it came down on.
  const letGo = ({ type }) => (type === "pointercancel" ? takeBack(sheet) : release(sheet));
  for (const name of LETS_GO) window.addEventListener(name, letGo, true);
  // Not on its way down: then it would be any element's, such as the one that had focus before.
  window.addEventListener("blur", letGo);
  return () => {
    for (const name of LETS_GO) window.removeEventListener(name, letGo, true);
    window.removeEventListener("blur", letGo);
    forgetPause(sheet);
  };
}

function moveLever(sheet, lever, position) {
  for (const id of lever.leads ?? [lever.id]) {
    const led = sheet.levers.get(id)?.lever;
    if (!led) continue;
    sheet.positions[id] = nearest(led, position);
    sheet.moved.set(id, UNTOLD);
  }
  if (lever.leads) sheet.positions[lever.id] = position;
  keepInPlace(sheet.levers.get(lever.id), () => update(sheet));
  if (sheet.held === null) settleLater(sheet, lever);
}

function settleLater(sheet, lever) {
  forgetPause(sheet);
  if (sheet.held !== null) return;
  if (lever.widget === "range") sheet.timer = setTimeout(() => settle(sheet), PAUSE);
  else settle(sheet);
}

function forgetPause(sheet) {
  clearTimeout(sheet.timer);
  sheet.timer = 0;
}

function hold(sheet, lever) {
  sheet.held = lever.id;
  sheet.before = { positions: { ...sheet.positions }, moved: new Map(sheet.moved) };
}

function takeBack(sheet) {
  if (sheet.held === null) return;
  sheet.held = null;
  const { positions, moved } = sheet.before;
  for (const id in sheet.positions) sheet.positions[id] = positions[id] ?? sheet.positions[id];
  sheet.moved = moved;
  update(sheet);
}

function release(sheet) {
  if (sheet.held === null) return;
  sheet.held = null;
  settle(sheet);
}

function leave(sheet) {
  if (sheet.timer) settle(sheet);
  else release(sheet);
}

function settle(sheet) {
  forgetPause(sheet);
  if (![...sheet.moved.values()].includes(UNTOLD)) return;
  announce(sheet.head);
  tellMoved(sheet);
}

// The turn makes the same positions another state than last, as after a reset between them.
function tellMoved(sheet) {
  sheet.turn += 1;
  const at = {};
  for (const [id, turn] of sheet.moved) {
    at[id] = sheet.positions[id];
    if (turn === UNTOLD) sheet.moved.set(id, sheet.turn);
  }
  const { about, revision } = sheet.data;
  sheet.tell.setStateValue("positions", { about, turn: sheet.turn, revision, at });
}

// Levers of the same names, about something else: the hand has not touched them.
function forgetMoves(sheet) {
  forgetPause(sheet);
  sheet.moved.clear();
  sheet.held = null;
}

// Python has taken up what was told until `data.turn`, and a lever that has gone cannot move.
function forgetTaken(sheet) {
  const taken = sheet.data.turn;
  sheet.turn = Math.max(sheet.turn, taken);
  const ids = new Set(sheet.order.map(({ id }) => id));
  for (const [id, turn] of sheet.moved)
    if (turn <= taken || !ids.has(id)) sheet.moved.delete(id);
  if (!ids.has(sheet.held)) sheet.held = null;
}

function remove(sheet, lever) {
  sheet.moved.delete(lever.id);
  settle(sheet);
  sheet.tell.setTriggerValue("remove", { about: sheet.data.about, lever: lever.id });
}

// What was told before and is still on its way must not be taken up after the reset.
function reset(sheet) {
  forgetPause(sheet);
  const isOnItsWay = sheet.moved.size > 0;
  sheet.moved.clear();
  if (isOnItsWay) tellMoved(sheet);
  sheet.tell.setTriggerValue("reset", { about: sheet.data.about });
}
