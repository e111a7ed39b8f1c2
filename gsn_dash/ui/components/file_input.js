// Where a file is chosen, or dropped: the browser reads it and hands it over whole, once. A file
// that is too large is never sent. The input is the browser's own, under a label in Swedish,
// since what the browser writes beside it follows the browser's language.

const inputs = new WeakMap();

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
  say(held, words.reading.replace("{name}", file.name));
  const reader = new FileReader();
  reader.addEventListener("load", () => send(held, file.name, reader.result));
  reader.addEventListener("error", () => {
    held.input.value = "";
    say(held, words.unread.replace("{name}", file.name), true);
  });
  reader.readAsDataURL(file);
}

// The same file may be chosen again, so the input forgets it; an empty file has no comma at all.
function send(held, name, address) {
  held.input.value = "";
  held.sent = name;
  say(held, held.data.words.sent.replace("{name}", name));
  held.tell({ name, content: address.split(",")[1] ?? "" });
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
    held.root.remove();
    inputs.delete(parentElement);
  };
}
