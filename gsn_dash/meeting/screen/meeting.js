// The screen of one meeting: puts together what is shown, heard, and done.

const PREVIEW = "forhandsvisning";
const TELL_AFTER = 600;
const RELOADED = "gsnReloaded";
const VIEW_HEADING = "Mötet hämtas …";

function openMeeting(code) {
  const meeting = {
    code, deck: null, message: null, place: NOWHERE, isAway: false, link: "", isRead: true,
    isWaiting: false, wait: "", news: "", newsTimer: 0, stop: null, telling: 0, told: "",
    isLeft: false, leftTimer: 0,
  };
  meeting.hand = handOf(meeting);
  meeting.shown = buildScreen(document.body, meeting.hand);
  meeting.bar = buildBar(meeting.shown.root, meeting.hand);
  Object.assign(meeting.shown, { foot: meeting.bar.foot, source: meeting.bar.source });
  meeting.paint = () => paint(meeting);
  meeting.hear = (message) => hear(meeting, message);
  meeting.showMissing = (message) => showMissing(meeting, message);
  meeting.read = makeReader(code, (deck) => takeDeck(meeting, deck));
  meeting.sender = makeSender(code, {
    taken: () => {
      wait(meeting, false);
      catchUp(meeting);
    },
    waits: (sentence) => wait(meeting, true, sentence),
    refused: (status, sentence) => {
      wait(meeting, false);
      if (modeOf(meeting) === "presenter") refuse(meeting, status, sentence);
    },
  });
  setWords(meeting.shown.message, VIEW_HEADING);
  listenToHand(meeting.shown, meeting.hand);
  // Before anything has come: what could not be done yet is not offered.
  paint(meeting);
  window.gsnStream.onLink((link) => {
    meeting.link = link;
    if (link === "open") hurrySending(meeting.sender);
    paint(meeting);
  });
  // A server that has never reached its database has nothing to tell of the meeting.
  window.gsnStream.figures(({ ok, screen }) => {
    meeting.isRead = ok;
    noteVersion(screen);
    paint(meeting);
  });
  listen(meeting);
  return meeting;
}

// The site has been updated since the screen was opened: what draws here is of then, and what is
// told is not. Nothing is written on a screen that could be lost: it is loaded anew, once for each
// version, but not while it fills the whole display, which it would leave.
function noteVersion(told) {
  if (!told || told === document.body.dataset.version) return;
  if (document.fullscreenElement) {
    document.addEventListener("fullscreenchange", () => noteVersion(told), { once: true });
    return;
  }
  try {
    if (sessionStorage.getItem(RELOADED) === told) return;
    sessionStorage.setItem(RELOADED, told);
  } catch {
    return; // nothing may be kept here, and it could be loaded anew without end
  }
  location.reload();
}

function wait(meeting, isWaiting, sentence = "") {
  if (meeting.isWaiting === isWaiting && meeting.wait === sentence) return;
  Object.assign(meeting, { isWaiting, wait: sentence });
  paint(meeting);
}

// ---- What is shown ----

// A place whose deck is still on its way waits: what is shown stays.
function shownKey({ deck, place, shown }) {
  return [place.view, shown.key].find((key) => viewOf(deck, key)) ?? deck.views[0].key;
}

function paint(meeting) {
  const { deck, place, shown, bar, message, link, isRead, isWaiting, news, code, hand } = meeting;
  const mode = modeOf(meeting);
  const view = deck && viewOf(deck, shownKey(meeting));
  if (view) {
    const canMove = mode !== "follower";
    const row = place.view === view.key ? place.row : "";
    const leadsOut = mode === "presenter";
    showView(shown, { deck, view, row, canMove, leadsOut, ...standOf(deck, place) });
    document.title = `${view.name} – ${code === PREVIEW ? "Övning" : `Möte ${code}`}`;
    tellLater(meeting);
  }
  shown.root.dataset.mode = mode;
  const isOthers = mode === "follower" || mode === "away";
  showBar(bar, {
    mode, deck, view, message, link, isRead, isWaiting, wait: meeting.wait, news, code, hand,
    isLeft: meeting.isLeft && isOthers, canRetake: isOthers && heldAs(meeting) !== "",
  });
}

function standOf({ sheet }, { levers }) {
  if (!sheet) return { positions: {}, values: [] };
  const positions = positionsAt(sheet.levers, levers);
  const order = sheet.levers.map(({ id }) => positions[id]);
  return { positions, values: evaluate(sheet.program, sheet.levers, order) };
}

// A sentence for each step of a lever would never be heard to its end.
function tellLater(meeting) {
  const { shown } = meeting;
  const words = shown.key + shown.message.textContent;
  if (meeting.told === words) return;
  meeting.told = words;
  clearTimeout(meeting.telling);
  meeting.telling = setTimeout(() => tellView(shown), TELL_AFTER);
}

// With a sentence where there is a meeting and nothing of it can be shown.
function showMissing(meeting, { missing: isMissing = false, sentence }) {
  if (!isMissing) {
    meeting.missing?.remove();
    meeting.missing = null;
  } else if (!meeting.missing) {
    const way = make("a", "", "Till mötessidan");
    way.href = "/mote";
    const words = `Det finns inget möte med koden ${meeting.code}. Kontrollera koden.`;
    meeting.missing = make("div", "gsn-meeting-missing");
    meeting.missing.append(way);
    setWords(meeting.shown.message, sentence ?? words);
    meeting.shown.body.append(meeting.missing);
  }
  meeting.shown.root.classList.toggle("gsn-is-missing", isMissing);
}

// ---- What is done ----

// Where the hand has put the screen: at once here, and for all where one presents.
function moveTo(meeting, change) {
  if (!meeting.deck) return;
  leave(meeting);
  meeting.place = { ...meeting.place, ...change };
  const mode = modeOf(meeting);
  if (mode === "presenter") sendPlace(meeting.sender, meeting.place);
  if (mode === "alone") history.replaceState(null, "", `#${meeting.place.view}`);
  paint(meeting);
}

function goTo(meeting, key) {
  if (key !== shownKey(meeting)) moveTo(meeting, { view: key, row: "" });
  else lookAlone(meeting);
}

function lookAlone(meeting) {
  leave(meeting);
  paint(meeting);
}

// Returns whether the row could be marked.
function mark(meeting, row) {
  if (modeOf(meeting) === "follower" || !meeting.deck) return false;
  if (row === meeting.place.row) return row !== "";
  moveTo(meeting, { view: shownKey(meeting), row });
  return true;
}

function handOf(meeting) {
  const { code } = meeting;
  const say = async (asked) => {
    const why = await asked;
    if (!why) return;
    tellNews(meeting, why);
    paint(meeting);
  };
  return {
    ...leverHandOf(meeting),
    step: (by) => meeting.deck && goTo(meeting, keyFrom(meeting.deck, shownKey(meeting), by)),
    edge: (place) => meeting.deck && goTo(meeting, meeting.deck.views.at(place).key),
    row: (by) => {
      const next = rowFrom(namesIn(meeting.shown.body), meeting.place.row, by);
      return next !== "" && mark(meeting, next);
    },
    mark: (row) => mark(meeting, row),
    presents: () => modeOf(meeting) === "presenter",
    views: () => openViews(meeting.deck, shownKey(meeting), (key) => goTo(meeting, key)),
    back: () => comeBack(meeting),
    leave: () => lookAlone(meeting),
    code: () => openCode(code),
    ask: () => (meeting.message.asked ? say(act(code, "angra")) : openAsk(code)),
    give: (id) => say(act(code, "lamna-over", { id })),
    dismiss: (id) => say(act(code, "avvisa", { id })),
    retake: () => say(act(code, "ta-tillbaka", { name: heldAs(meeting) })),
    end: () => openEnd(code),
    fullScreen: toggleFullScreen,
  };
}

function leverHandOf(meeting) {
  let before = null;
  // A finger that turns out to scroll had already moved the slider it came down on.
  addEventListener("pointercancel", () => before && moveTo(meeting, { levers: before }), true);
  addEventListener("pointerup", () => (before = null), true);
  return {
    moved: (lever, position) => {
      const { levers } = meeting.deck.sheet;
      moveTo(meeting, { levers: withMoved(levers, meeting.place.levers, lever, position) });
    },
    held: () => (before = meeting.place.levers),
    isMoved: () => Object.keys(meeting.place.levers).length > 0,
    restored: () => moveTo(meeting, { levers: {} }),
  };
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

openMeeting(document.body.dataset.code);
