// Where a meeting is and how one goes from there: nothing here knows the page or the server.
//
// A place is { view, row, levers }: the key of a view, the name of a row in it or "", and by
// their ids the positions of the levers that stand elsewhere than the deck has them.

const NOWHERE = { view: "", row: "", levers: {} };

const viewOf = (deck, key) => deck.views.find((view) => view.key === key);
const numberOf = (deck, key) => deck.views.findIndex((view) => view.key === key);

// The key of the view that is `by` steps on; at the ends one stays.
function keyFrom(deck, key, by) {
  const wanted = Math.max(0, numberOf(deck, key)) + by;
  return deck.views[Math.min(Math.max(wanted, 0), deck.views.length - 1)].key;
}

// The view that is shown for `key`: where it is gone, the next one of those that stood around it
// when it was last there, or the one before, or the first.
function nearestView(deck, key, before = []) {
  const place = before.indexOf(key);
  const around = [key, ...before.slice(place + 1), ...before.slice(0, place).reverse()];
  const found = place < 0 ? [key] : around;
  return found.find((one) => viewOf(deck, one)) ?? deck.views[0].key;
}

// Where every lever of the deck stands, for what has been moved; a position that a lever no
// longer has is not taken.
function positionsAt(levers, moved) {
  const positions = {};
  for (const lever of levers)
    if (!lever.leads)
      positions[lever.id] = hasPosition(lever, moved[lever.id]) ? moved[lever.id] : lever.value;
  for (const lever of levers)
    if (lever.leads) positions[lever.id] = masterPosition(lever, positions).position;
  return positions;
}

// The levers where one of them has been put at `position`; a master moves those that it leads.
function withMoved(levers, moved, lever, position) {
  const after = { ...moved };
  for (const id of lever.leads ?? [lever.id]) {
    const led = levers.find((one) => one.id === id);
    if (!led) continue;
    after[id] = nearest(led, position);
    if (after[id] === led.value) delete after[id];
  }
  return after;
}

const isAway = (lever, positions) =>
  lever.resting !== null && positions[lever.id] !== lever.resting;

// The next row by the keys; from none the first or the last.
function rowFrom(rows, row, by) {
  if (!rows.length) return "";
  const place = rows.indexOf(row);
  if (place < 0) return by > 0 ? rows[0] : rows.at(-1);
  return rows[Math.min(Math.max(place + by, 0), rows.length - 1)];
}

// What has changed from one deck to another, in the words of the meeting; "" for what nobody sees.
function describeChange(before, after, now) {
  if (!before) return "";
  if (before.figures !== after.figures) return `Nya siffror visas sedan kl. ${clockOf(now)}.`;
  return JSON.stringify(before) === JSON.stringify(after) ? "" : "Dagordningen har ändrats.";
}

// In the board's own zone, as all other times on the screen, wherever the reader's clock is set.
function clockOf(moment) {
  const look = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" };
  return moment.toLocaleTimeString("sv-SE", look);
}

// "Ärende 3: Balans vid årets slut", for a way there.
function sayView({ item, name }) {
  return item ? `Ärende ${item}: ${name}` : name;
}
