// The levers of the what-if views: one trial, of which each view shows its part.

function buildTrial(parent, hand) {
  const panel = make("div", "gsn-meeting-levers");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Reglage");
  const assumed = make("div", "gsn-meeting-assumed");
  const words = make("p");
  const consequences = make("p");
  const back = make("button", "gsn-meeting-button", "Återställ reglagen");
  back.type = "button";
  back.addEventListener("click", () => hand.restored());
  assumed.append(words, consequences, back);
  parent.append(assumed, panel);
  const trial = { panel, assumed, words, consequences, back, hand, views: new Map() };
  trial.lever = {
    moved: (lever, position) =>
      keepInPlace(trial.views.get(lever.id), () => hand.moved(lever, position)),
    settled: () => {},
    held: () => hand.held(),
    left: () => {},
    removed: () => {},
  };
  return trial;
}

// Which levers are shown: those of the view, and what else is assumed. One that has come stays
// as long as the view does, so that none goes away from under the hand.
function shownLevers(trial, sheet, view, positions) {
  return sheet.levers.filter(
    (lever) =>
      view.levers.includes(lever.id) ||
      (!lever.leads && isAway(lever, positions)) ||
      (trial.views.has(lever.id) && trial.of === view.key),
  );
}

function moveTrial(trial, { sheet, view, positions, values, canMove }) {
  const shown = shownLevers(trial, sheet, view, positions);
  trial.of = view.key;
  putLevers(trial, shown);
  let isAny = false;
  for (const lever of sheet.levers) isAny ||= !lever.leads && isAway(lever, positions);
  for (const lever of shown) {
    const own = trial.views.get(lever.id);
    const isMixed = lever.leads && masterPosition(lever, positions).isMixed;
    const words = isMixed ? lever.mixed : render(lever.say, values);
    const led = lever.leads ? sheet.levers.filter(({ id }) => lever.leads.includes(id)) : [lever];
    showLever(own, positions[lever.id], words, led.some((one) => isAway(one, positions)));
    if (own.input.disabled === canMove) own.input.disabled = !canMove;
  }
  setWords(trial.words, isAny ? `Antaget: ${render(sheet.assumed, values)}.` : sheet.nothing);
  // The messages of the other subjects say theirs themselves.
  const isTold = isAny && view.key.startsWith("operating:");
  setWords(trial.consequences, isTold ? render(sheet.consequences, values) : "");
  trial.consequences.hidden = !trial.consequences.textContent;
  trial.assumed.classList.toggle("gsn-meeting-is-assumed", isAny);
  trial.back.hidden = !(canMove && trial.hand.isMoved());
}

// Views of levers keep their inputs, and with them the focus, when a deck is drawn anew.
function putLevers(trial, shown) {
  const widgets = new Map(shown.map((lever) => [lever.id, lever.widget]));
  for (const [id, { node, lever }] of trial.views)
    if (widgets.get(id) !== lever.widget) {
      node.remove();
      trial.views.delete(id);
    }
  let place = trial.panel.firstChild;
  let group = "";
  for (const given of shown) {
    const lever = { ...given, remove: "" };
    const own = trial.views.get(lever.id) ?? buildLever(lever, trial.lever);
    trial.views.set(lever.id, own);
    equipLever(own, lever, trial.lever);
    headLever(own, lever.group && lever.group !== group ? lever.group : "");
    group = lever.group;
    if (own.node === place) place = place.nextSibling;
    else trial.panel.insertBefore(own.node, place);
  }
}

// The name of a group stands above its first lever.
function headLever(own, words) {
  if (words && !own.group) own.node.prepend((own.group = make("h2", "gsn-lever-group")));
  if (words) setWords(own.group, words);
  else own.group = own.group?.remove() ?? null;
}
