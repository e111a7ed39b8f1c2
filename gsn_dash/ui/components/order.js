// A list of what is shown and in which order. The hand's own order stands at once; Python is told
// of each change and answers with the same list. Another `data.turn` says that Python has put the
// list anew, and what the hand did before that is over.

const lists = new WeakMap();

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const fill = (words, name, place, of) =>
  words.replace("{name}", name).replace("{place}", place).replace("{of}", of);

function buildList(parent) {
  const root = make("div", "gsn-order");
  const rows = make("ol", "");
  const reset = make("button", "gsn-order-reset");
  reset.type = "button";
  const said = make("p", "gsn-hidden");
  said.setAttribute("role", "status");
  root.append(rows, reset, said);
  parent.append(root);
  const list = { root, rows, reset, said, views: new Map(), tell: () => {} };
  reset.addEventListener("click", () => restore(list));
  return list;
}

function buildRow(list, view) {
  const node = make("li", "");
  node.dataset.key = view.key;
  const label = make("label", "");
  const box = make("input", "");
  box.type = "checkbox";
  box.addEventListener("change", () => told(list, ""));
  label.append(box, make("span", "", view.name));
  const [up, down] = [[-1, "↑", "up"], [1, "↓", "down"]].map(([by, sign, words]) => {
    const button = make("button", "");
    button.type = "button";
    button.append(make("span", "", sign));
    button.firstChild.setAttribute("aria-hidden", "true");
    button.setAttribute("aria-label", fill(list.data.words[words], view.name));
    button.addEventListener("click", () => move(list, view.key, by));
    return button;
  });
  node.append(label, up, down);
  return { node, box, up, down, name: view.name };
}

const keysOf = (list) => [...list.rows.children].map((node) => node.dataset.key);

function move(list, key, by) {
  const { node, name } = list.views.get(key);
  const keys = keysOf(list);
  const place = keys.indexOf(key) + by;
  if (place < 0 || place >= keys.length) return;
  const held = document.activeElement;
  if (by < 0) node.previousSibling.before(node);
  else node.nextSibling.after(node);
  held?.focus();
  told(list, fill(list.data.words.moved, name, place + 1, keys.length));
}

function restore(list) {
  list.data.usual.forEach((key) => list.rows.append(list.views.get(key).node));
  told(list, list.data.words.restored);
}

function told(list, words) {
  list.said.textContent = words;
  followRows(list);
  const order = keysOf(list);
  const hidden = order.filter((key) => !list.views.get(key).box.checked);
  list.tell({ turn: list.data.turn, order, hidden });
}

// The ends of the list stay reachable, so that the focus is not lost there.
function followRows(list) {
  const keys = keysOf(list);
  keys.forEach((key, place) => {
    const { node, box, up, down } = list.views.get(key);
    node.classList.toggle("gsn-order-off", !box.checked);
    up.setAttribute("aria-disabled", String(place === 0));
    down.setAttribute("aria-disabled", String(place === keys.length - 1));
  });
  list.reset.hidden = String(keys) === String(list.data.usual);
}

function take(list, data) {
  const isNew = list.data?.turn !== data.turn;
  list.data = data;
  if (!isNew) return;
  list.root.setAttribute("role", "group");
  list.root.setAttribute("aria-label", data.label);
  list.reset.textContent = data.words.restore;
  list.views = new Map(data.views.map((view) => [view.key, buildRow(list, view)]));
  data.views.forEach(({ key, shown }) => (list.views.get(key).box.checked = shown));
  list.rows.replaceChildren(...data.views.map(({ key }) => list.views.get(key).node));
  followRows(list);
}

export default function mount({ data: [data], parentElement, setStateValue }) {
  let list = lists.get(parentElement);
  if (!list) {
    list = buildList(parentElement);
    lists.set(parentElement, list);
  }
  list.tell = (choice) => setStateValue("choice", choice);
  take(list, data);
  return () => {
    list.root.remove();
    lists.delete(parentElement);
  };
}
