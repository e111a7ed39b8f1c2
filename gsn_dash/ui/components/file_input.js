// Where a file is chosen, or dropped: the browser posts it whole, and then tells the page of it,
// once. A file that is too large is never sent. The input is the browser's own, under a label in Swedish,
// since what the browser writes beside it follows the browser's language.

const inputs = new WeakMap();
// The server waits two minutes at most.
const LONGEST_MS = 150_000;

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const megabytes = (bytes) =>
  (bytes / 1_000_000).toFixed(1).replace(".", ",");

function build(parent, id) {
  const root = make("div", "gsn-file");
  const input = make("input", "gsn-hidden");
  input.type = "file";
  input.id = `gsn-file-${id}`;
  const label = make("label", "gsn-file-label");
  label.htmlFor = input.id;
  const hint = make("p", "gsn-quiet gsn-file-hint");
  hint.id = `${input.id}-hint`;
  input.setAttribute("aria-describedby", hint.id);
  const said = make("p", "gsn-file-said");
  said.setAttribute("role", "status");
  root.append(input, label, hint, said);
  parent.append(root);
  const held = { root, input, label, hint, said, data: null, tell: () => {} };
  input.addEventListener("change", () => take(held, input.files));
  hearDrops(held);
  return held;
}

function hearDrops(held) {
  const over = (is) => held.root.classList.toggle("gsn-file-over", is);
  held.root.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  held.root.addEventListener("dragleave", () => over(false));
  held.root.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(held, event.dataTransfer.files);
  });
}

const say = (held, sentence, isWrong = false) => {
  held.said.textContent = sentence;
  held.said.classList.toggle("gsn-file-wrong", isWrong);
};

function take(held, files) {
  const { words, largest } = held.data;
  const file = files[0];
  if (!file) return;
  if (files.length > 1) return say(held, words.many, true);
  if (file.size > largest) {
    const sizes = words.large.replace("{size}", megabytes(file.size));
    return say(held, sizes.replace("{name}", file.name), true);
  }
  // The same file may be chosen again.
  held.input.value = "";
  say(held, words.reading.replace("{name}", file.name));
  hand(held, file, (held.chosen = {}));
}

// Of two files, one after the other, only the last counts: `chosen` is it as long as no other is.
async function hand(held, file, chosen) {
  const { words, address } = held.data;
  const told = await post(file, address, words);
  if (held.chosen !== chosen) return;
  if (told.sentence) return say(held, told.sentence.replace("{name}", file.name), true);
  held.sent = file.name;
  say(held, words.sent.replace("{name}", file.name));
  held.tell({ name: file.name, file: told.file });
}

// What the server calls the file, or the sentence that says why it has none.
async function post(file, address, words) {
  let body;
  try {
    body = await file.arrayBuffer();
  } catch {
    return { sentence: words.unread };
  }
  try {
    const headers = { "Content-Type": "application/octet-stream" };
    const signal = AbortSignal.timeout(LONGEST_MS);
    const answer = await fetch(address, { method: "POST", body, headers, signal });
    const told = await answer.json();
    return answer.ok || told.sentence ? told : { sentence: words.broken };
  } catch {
    return { sentence: words.broken };
  }
}

// What was sent to a server that has gone since, and not kept there, the one in its place lacks.
function followServer(held, { turn, session, words }) {
  const isNew = held.session !== undefined && held.session !== session;
  if (isNew && held.sent) say(held, words.lost.replace("{name}", held.sent), true);
  else if (turn !== held.turn) say(held, "");
  if (isNew || (turn === 0 && held.turn > 0)) held.sent = "";
  Object.assign(held, { turn, session });
}

export default function mount({ data: [data], parentElement, setTriggerValue }) {
  let held = inputs.get(parentElement);
  if (!held) {
    held = build(parentElement, data.id);
    inputs.set(parentElement, held);
  }
  held.tell = (file) => setTriggerValue("file", file);
  held.data = data;
  held.input.accept = data.accept;
  held.label.textContent = data.words.label;
  held.hint.textContent = data.words.hint;
  followServer(held, data);
  return () => {
    held.chosen = null;
    held.root.remove();
    inputs.delete(parentElement);
  };
}
