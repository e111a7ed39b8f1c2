// Above the sections: the message, what is assumed, and the way back.

function buildHead(root, onReset) {
  const head = make("div", "gsn-sheet-head");
  const message = make("p", "gsn-message");
  const box = make("div", "gsn-sheet-assumed");
  const nothing = make("p");
  const assumed = make("div", "gsn-assumed");
  // It may hold more than it has room for: then it scrolls, also by the keys.
  assumed.tabIndex = 0;
  assumed.setAttribute("role", "region");
  assumed.setAttribute("aria-label", "Det som är antaget");
  const said = make("p");
  const words = document.createTextNode("");
  said.append(make("strong", "", "Antaget:"), " ", words, ".");
  const consequences = make("p");
  // What comes of it stands first: it is what must be seen where there is no room for all.
  assumed.append(consequences, said);
  const reset = make("button", "gsn-sheet-reset");
  reset.type = "button";
  reset.addEventListener("click", onReset);
  box.append(nothing, assumed, reset);
  // Told once the hand has stopped: a sentence for each step would never be heard to its end.
  const told = make("p", "gsn-hidden");
  told.setAttribute("role", "status");
  head.append(message, box, told);
  root.append(head);
  const bound = [
    { show: showWords(message) },
    { show: (text) => (words.data = text) },
    { show: (text) => { consequences.textContent = text; consequences.hidden = !text; } },
  ];
  return { message, nothing, assumed, reset, told, bound };
}

function equipHead(head, sheet) {
  setWords(head.nothing, sheet.nothing);
  setWords(head.reset, sheet.reset);
  const templates = [sheet.message, sheet.assumed, sheet.consequences];
  templates.forEach((template, place) => aim(head.bound[place], template ?? ""));
}

function moveHead(head, values, changed, isMoved) {
  for (const bound of head.bound) showBound(bound, values, changed);
  if (head.isMoved === isMoved) return;
  head.isMoved = isMoved;
  head.nothing.hidden = isMoved;
  head.assumed.hidden = !isMoved;
  head.reset.hidden = !isMoved;
}

function announce(head) {
  setWords(head.told, head.message.textContent);
}
