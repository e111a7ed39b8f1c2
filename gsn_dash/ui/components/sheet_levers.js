// The levers: native inputs with a label, the position in words, and a mark at its rest.

let leverNumber = 0;

function make(name, className = "", words = "") {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (words) node.textContent = words;
  return node;
}

// The view of a lever; `hand` is told of what is done to it: moved, settled, held, removed.
function buildLever(lever, hand) {
  const id = `gsn-lever-${++leverNumber}`;
  const node = make("div", `gsn-lever gsn-lever-${lever.widget}`);
  const label = make("label");
  label.htmlFor = id;
  const say = make("span", "gsn-lever-say");
  say.setAttribute("aria-hidden", "true");
  const input = INPUTS[lever.widget]();
  input.id = id;
  input.dataset.lever = lever.id;
  const track = make("span", "gsn-lever-track");
  track.append(input);
  node.append(label, say, track);
  const view = { node, label, say, track, input, lever: null };
  listenTo(view, hand);
  equipLever(view, lever, hand);
  return view;
}

const INPUTS = {
  range: () => inputOf("range"),
  toggle: () => inputOf("checkbox"),
  choice: () => make("select"),
};

function inputOf(type) {
  const input = make("input");
  input.type = type;
  return input;
}

function listenTo(view, hand) {
  const { input } = view;
  input.addEventListener("input", () => hand.moved(view.lever, readLever(view)));
  input.addEventListener("change", () => hand.settled(view.lever));
  input.addEventListener("blur", () => hand.left());
  // Only a slider is held: what a choice opens may keep the release to itself.
  if (input.type === "range")
    input.addEventListener("pointerdown", ({ button, isPrimary }) => {
      if (button === 0 && isPrimary) hand.held(view.lever);
    });
}

// Gives the view what the server says of its lever now; its input keeps its place and focus.
function equipLever(view, lever, hand) {
  const before = view.lever;
  view.lever = lever;
  setWords(view.label, lever.label);
  if (JSON.stringify(before?.positions) !== JSON.stringify(lever.positions)) equipInput(view);
  if (!view.rest && lever.widget === "range" && lever.resting !== null) {
    view.rest = make("span", "gsn-lever-rest");
    view.track.prepend(view.rest);
  }
  if (view.rest) placeRest(view);
  equipRemove(view, hand);
}

function equipInput({ input, lever }) {
  if (lever.widget === "range") {
    [input.min, input.max, input.step] = lever.positions;
  } else if (lever.widget === "choice") {
    const { values, names } = lever.positions;
    input.replaceChildren(...values.map((value, place) => new Option(names[place], value)));
  }
}

// The knob's middle lies half a knob from each end of the track.
function placeRest({ rest, lever }) {
  rest.hidden = lever.resting === null;
  const [low, high] = lever.positions;
  rest.style.setProperty("--at", high > low ? (lever.resting - low) / (high - low) : 0);
}

function equipRemove(view, hand) {
  if (!view.lever.remove) {
    view.button?.remove();
    view.button = null;
    return;
  }
  if (!view.button) {
    view.button = make("button", "gsn-lever-remove");
    view.button.type = "button";
    view.button.addEventListener("click", () => hand.removed(view.lever));
    view.node.append(view.button);
  }
  setWords(view.button, view.lever.remove);
  setAttribute(view.button, "aria-label", `${view.lever.remove}: ${view.lever.label}`);
}

// What is told above a lever may grow or shrink as it is moved: the page is then scrolled as
// much, so that the lever stays under the hand.
function keepInPlace(view, change) {
  const before = view.input.getBoundingClientRect().top;
  change();
  const moved = view.input.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) scrollerOf(view.node).scrollTop += moved;
}

function scrollerOf(node) {
  for (let box = node.parentElement; box; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  return document.scrollingElement;
}

function readLever({ input, lever }) {
  return lever.widget === "toggle" ? Number(input.checked) : Number(input.value);
}

// The words beside a label have room for the longest that have stood there: were they to give
// room back, the label could become a line shorter, and the slider move away under the hand.
function keepRoom(view, words) {
  if (words.length <= (view.room ?? 0)) return;
  view.room = words.length;
  view.say.dataset.room = words;
}

// Shows where a lever stands; what is already so is not touched, least of all under the hand.
function showLever(view, position, words, isOff) {
  const { input, lever, node } = view;
  if (lever.widget === "toggle") {
    if (input.checked !== (position === 1)) input.checked = position === 1;
  } else if (Number(input.value) !== position) input.value = position;
  keepRoom(view, words);
  setWords(view.say, words);
  if (lever.widget === "range") {
    setAttribute(input, "aria-valuetext", words);
    const [low, high] = lever.positions;
    const share = high > low ? (position - low) / (high - low) : 0;
    if (view.share !== share) view.track.style.setProperty("--share", (view.share = share));
  }
  node.classList.toggle("gsn-lever-moved", isOff);
}

function hasPosition(lever, position) {
  if (position === undefined) return false;
  const { positions } = lever;
  if (isListed(lever)) return positions.values.includes(position);
  const [low, high, step] = positions;
  return position >= low && position <= high && (position - low) % step === 0;
}

// ---- A master: it is in no program, and moves those that it leads ----

// The nearest of the lever's positions.
function nearest(lever, wanted) {
  if (isListed(lever)) {
    return lever.positions.values.reduce((best, value) =>
      Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best,
    );
  }
  const [low, high, step] = lever.positions;
  const steps = Math.round((Math.min(Math.max(wanted, low), high) - low) / step);
  return Math.min(low + steps * step, low + Math.floor((high - low) / step) * step);
}

// Where a master stands: with those it leads or, where they differ, at their mean.
function masterPosition(lever, positions) {
  const led = lever.leads.map((id) => positions[id]).filter((value) => value !== undefined);
  if (!led.length) return { position: lever.resting ?? lever.value, isMixed: false };
  const isMixed = led.some((value) => value !== led[0]);
  const mean = led.reduce((sum, value) => sum + value, 0) / led.length;
  return { position: nearest(lever, isMixed ? mean : led[0]), isMixed };
}
