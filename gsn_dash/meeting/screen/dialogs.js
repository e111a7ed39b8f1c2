// What opens over the view: the list of views, the code, and the questions that are asked.

function button(words, act, className = "gsn-meeting-button") {
  const node = make("button", className, words);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

// A dialog with a title and a way out, gone from the page when it is closed.
function openDialog(title, className, ...content) {
  const dialog = make("dialog", `gsn-meeting-dialog ${className}`);
  const heading = make("h2", "", title);
  heading.id = `${className}-title`;
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = button("Stäng", () => dialog.close(), "gsn-meeting-button gsn-meeting-close");
  dialog.append(heading, ...content, close);
  dialog.addEventListener("close", () => dialog.remove());
  // On what lies round it.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  document.getElementById("root").append(dialog);
  dialog.showModal();
  return dialog;
}

function openViews(deck, key, choose) {
  const lists = groupsOf(deck).flatMap(({ title, views }) => {
    const list = make("ul", "gsn-meeting-views");
    list.append(...views.map((view) => viewChoice(view, view.key === key)));
    return title ? [make("h3", "", title), list] : [list];
  });
  const dialog = openDialog("Välj vy", "gsn-meeting-choose", ...lists);
  dialog.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-view]");
    if (!chosen) return;
    dialog.close();
    choose(chosen.dataset.view);
  });
  dialog.querySelector("[aria-current]")?.focus();
}

// The views under their items, in the order of the views.
function groupsOf(deck) {
  const groups = [];
  for (const view of deck.views) {
    const item = deck.items.find(({ number }) => number === view.item);
    const title = item ? `${item.number ? `Ärende ${item.number} · ` : ""}${item.title}` : "";
    if (groups.at(-1)?.title !== title) groups.push({ title, views: [] });
    groups.at(-1).views.push(view);
  }
  return groups;
}

function viewChoice({ key, name }, isCurrent) {
  const choice = make("li");
  const way = button(name, () => {}, "gsn-meeting-choice");
  way.dataset.view = key;
  if (isCurrent) way.setAttribute("aria-current", "true");
  choice.append(way);
  return choice;
}

// Large enough to be read, and to be caught by a phone, across a room.
function openCode(code) {
  // The address by which others come here; one's own may be this machine's name for itself.
  const address = document.body.dataset.link || `${location.origin}/mote/${code}`;
  const picture = make("img");
  picture.src = `${apiOf(code)}/qr.svg`;
  picture.alt = `QR-kod till ${address}`;
  const link = make("p", "gsn-meeting-address", address.replace(/^https?:\/\//, ""));
  const words = make("div");
  const say = make("p", "", "Följ mötet på din egen skärm:");
  words.append(say, link, make("p", "", "Koden är"), make("p", "gsn-meeting-code", code));
  const both = make("div", "gsn-meeting-code-both");
  both.append(words, picture);
  openDialog("Följ mötet", "gsn-meeting-show-code", both);
}

// `act` answers with the sentence that says why not, or "".
function openQuestion(title, className, { content, yes, act }) {
  const form = make("form");
  // What is lacking is said in Swedish, by the server; the browser would say it in its own language.
  form.noValidate = true;
  const fault = make("p", "gsn-meeting-fault");
  fault.setAttribute("role", "alert");
  const go = make("button", "gsn-meeting-button gsn-meeting-yes", yes);
  form.append(...content, fault, go);
  const dialog = openDialog(title, className, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    const why = await act();
    go.disabled = false;
    if (!why) return dialog.close();
    fault.textContent = why;
    form.querySelector("input")?.focus();
  });
}

function openEnd(code) {
  const words =
    "Alla som följer får veta att mötet är slut. Det som visades sparas, med samma siffror, och " +
    "kan ses igen på samma adress.";
  openQuestion("Avsluta mötet?", "gsn-meeting-end", {
    content: [make("p", "", words)], yes: "Avsluta mötet", act: () => act(code, "avsluta"),
  });
}

function openAsk(code) {
  const label = make("label", "", "Ditt namn");
  const input = make("input");
  input.id = "gsn-meeting-name";
  label.htmlFor = input.id;
  Object.assign(input, { required: true, maxLength: 60, autocomplete: "name", type: "text" });
  const words = "Den som visar nu ser att du frågar och kan lämna över.";
  openQuestion("Be att få visa", "gsn-meeting-ask", {
    content: [make("p", "", words), label, input],
    yes: "Fråga",
    act: () => act(code, "be-om", { name: input.value.trim() }),
  });
}
