// One view on the screen: its message, and under it numbers, a picture, words, or levers.

const PARTS = ["numbers", "trial", "trialBox", "picture", "pictureBox", "html", "notes"];
const FIT_AFTER = 300;
const RULES_OF_SCREEN = { plainWidth: 1280, mostScale: 3, sharedWidth: Infinity };

function buildScreen(parent, hand) {
  const root = make("div", "gsn-meeting-screen");
  root.id = "root";
  const top = make("header", "gsn-meeting-top");
  const heading = make("p", "gsn-meeting-heading");
  const badge = make("span", "gsn-badge");
  top.append(heading, badge);
  const main = make("main", "gsn-meeting-main");
  const message = make("h1", "gsn-meeting-message");
  const body = make("div", "gsn-meeting-body");
  const told = make("p", "gsn-hidden");
  told.setAttribute("role", "status");
  main.append(message, body);
  root.append(top, main, told);
  parent.append(root);
  const drawing = { ...RULES_OF_SCREEN, height: 0, leastType: LEAST_TYPE };
  const shown = { root, heading, badge, main, message, body, told, drawing, hand, key: "" };
  const fit = () => fitView(shown);
  new ResizeObserver(() => shown.view && fit()).observe(main);
  document.fonts?.ready.then(() => shown.view && fit());
  return shown;
}

// `state` is { deck, view, positions, values, row, canMove, leadsOut }. The same view is kept and
// only what differs is changed; another one is built.
function showView(shown, state) {
  const { deck, view } = state;
  shown.drawing.rules = deck.rules;
  const sent = shown.view === view ? shown.sent : JSON.stringify(view);
  const isOther = shown.key !== view.key;
  const isNew = isOther || shown.sent !== sent;
  if (isOther) clearView(shown);
  Object.assign(shown, { key: view.key, view, sent, kind: kindOf(view) });
  if (isNew) equipView(shown, state);
  moveView(shown, state);
  if (isNew) fitView(shown);
  else if (shown.fitted !== shown.message.textContent) fitSoon(shown);
  const marked = `${view.key} ${state.row}`;
  markRow(shown.body, state.row, shown.marked !== marked);
  shown.marked = marked;
  shown.root.classList.toggle("gsn-can-mark", state.canMove && rowsIn(shown.body).length > 0);
  aimLinks(shown.body, state.leadsOut);
}

// When the levers rest: as they move, the room for what they move is not to change with each step.
function fitSoon(shown) {
  clearTimeout(shown.fitting);
  shown.fitting = setTimeout(() => fitView(shown), FIT_AFTER);
}

// What a view is most of: it decides how the room is shared.
function kindOf({ levers, picture, html, numbers }) {
  if (levers.length) return "trial";
  if (picture) return "picture";
  if (html) return "html";
  return numbers.length ? "numbers" : "alone";
}

function clearView(shown) {
  shown.picture?.stop();
  for (const name of PARTS) shown[name] = null;
  shown.body.replaceChildren();
  shown.main.scrollTop = 0;
  shown.body.style.removeProperty("--type");
}

function equipView(shown, { deck, view }) {
  setWords(shown.heading, view.heading);
  setWords(shown.badge, view.badge);
  shown.badge.hidden = !view.badge;
  shown.body.dataset.kind = shown.kind;
  part(shown, "numbers", view.numbers.length, () => make("dl", "gsn-meeting-numbers"));
  if (view.levers.length && deck.sheet) equipTrial(shown);
  else dropTrial(shown);
  equipPicture(shown, view.picture);
  part(shown, "html", view.html, () => make("div", "gsn-meeting-html stHtml"));
  if (shown.html) fillHtml(shown.html, view.html);
  part(shown, "notes", view.notes.length, () => make("div", "gsn-meeting-notes"));
}

// A part of the view is there or not; one that stays keeps its node.
function part(shown, name, isThere, build) {
  if (!isThere) {
    shown[name]?.remove();
    shown[name] = null;
  } else if (!shown[name]) {
    shown[name] = build();
    shown.body.append(shown[name]);
  }
}

function dropTrial(shown) {
  part(shown, "trialBox", false);
  shown.trial = null;
}

function equipTrial(shown) {
  if (shown.trial) return;
  shown.trialBox = make("div", "gsn-meeting-trial");
  shown.body.append(shown.trialBox);
  shown.trial = buildTrial(shown.trialBox, shown.hand);
}

function equipPicture(shown, plan) {
  if (!plan) {
    shown.picture?.stop();
    shown.picture = null;
    return part(shown, "pictureBox", false);
  }
  if (!shown.picture) {
    shown.pictureBox = make("div", "gsn-meeting-picture");
    shown.body.append(shown.pictureBox);
    shown.picture = buildPicture(shown.pictureBox, plan, shown.drawing);
  } else if (shown.drawnPlan !== JSON.stringify(plan)) replacePlan(shown.picture, plan);
  shown.drawnPlan = JSON.stringify(plan);
  setWords(shown.picture.caption, plan.title);
}

// Other words in the same place: what was scrolled to and what had the focus stay.
function fillHtml(box, html) {
  if (box.gsnHtml === html) return;
  box.gsnHtml = html;
  const boxes = () => [box, ...box.querySelectorAll(".gsn-scroll")];
  const links = () => [...box.querySelectorAll("a, [tabindex]")];
  const places = boxes().map(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]);
  const focused = links().indexOf(document.activeElement);
  box.innerHTML = html;
  boxes().forEach((one, number) => {
    [one.scrollTop, one.scrollLeft] = places[number] ?? [0, 0];
  });
  links()[focused]?.focus({ preventScroll: true });
}

function moveView(shown, { deck, view, positions, values, canMove }) {
  setWords(shown.message, render(view.message, values));
  if (shown.numbers) fillNumbers(shown.numbers, view.numbers, values);
  if (shown.notes) fillNotes(shown.notes, view.notes, values);
  if (shown.trial) moveTrial(shown.trial, { sheet: deck.sheet, view, positions, values, canMove });
  if (!shown.picture) return;
  // Laid out in the room that there turns out to be, once all parts have theirs.
  if (shown.picture.fitted) movePicture(shown.picture, values);
  else shown.picture.values = values;
  setAttribute(shown.picture.plot, "aria-label", render(view.picture.alt, values));
}

const columnsOf = ({ length }) => (length === 4 ? 2 : Math.min(length, 3));

function fillNumbers(list, numbers, values) {
  list.style.setProperty("--columns", columnsOf(numbers));
  while (list.children.length > numbers.length) list.lastChild.remove();
  numbers.forEach(({ name, text, href }, place) => {
    const pair = list.children[place] ?? list.appendChild(make("div"));
    if (!pair.children.length) pair.append(make("dt"), make("dd"));
    setWords(pair.firstChild, name);
    const words = render(text, values);
    let anchor = pair.lastChild.querySelector("a");
    if (Boolean(href) !== Boolean(anchor)) {
      pair.lastChild.replaceChildren(...(href ? [make("a", "gsn-src")] : []));
      pair.lastChild.gsnWords = undefined;
      anchor = pair.lastChild.querySelector("a");
    }
    if (anchor) setAttribute(anchor, "href", href);
    setWords(anchor ?? pair.lastChild, words);
  });
}

// Notes with nothing to say are not shown.
function fillNotes(box, notes, values) {
  while (box.children.length > notes.length) box.lastChild.remove();
  notes.forEach((note, place) => {
    const line = box.children[place] ?? box.appendChild(make("p"));
    setWords(line, render(note, values));
    line.hidden = !line.textContent;
  });
}

// Who presents does not leave the meeting by a click: what is followed opens beside it.
function aimLinks(body, leadsOut) {
  for (const anchor of body.querySelectorAll("a[href]")) {
    if (leadsOut) anchor.target = "_blank";
    else anchor.removeAttribute("target");
  }
}

// What is heard of a view: its heading and message, once it stands still.
function tellView({ told, heading, message }) {
  setWords(told, `${heading.textContent}. ${message.textContent}`);
}
