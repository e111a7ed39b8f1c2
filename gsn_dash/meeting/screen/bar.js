// At the foot: what is shown and how one stands to the meeting; below it what can be done.

const WAITS = "Söker kontakt …";
const NO_DATABASE = "Databasen svarar inte just nu";
const SENT_LATER = "Det du visar skickas så snart det går.";

function buildBar(parent, hand) {
  const foot = make("footer", "gsn-meeting-foot");
  const source = make("p", "gsn-meeting-source");
  const news = make("p", "gsn-meeting-news");
  news.setAttribute("role", "status");
  const state = make("p", "gsn-meeting-state");
  foot.append(source, news, state);
  const nav = make("nav", "gsn-meeting-bar");
  nav.setAttribute("aria-label", "Mötet");
  const who = make("p", "gsn-meeting-who");
  const steps = buildSteps(hand);
  const asks = make("ul", "gsn-meeting-asks");
  const bar = { foot, source, news, state, nav, who, ...steps, asks, asked: "" };
  bar.back = button("", hand.back, "gsn-meeting-button gsn-meeting-yes");
  bar.look = button("Titta själv", hand.leave);
  bar.following = make("p", "gsn-meeting-following");
  bar.code = button("", hand.code);
  bar.ask = button("", hand.ask);
  bar.full = button("Helskärm", hand.fullScreen, "gsn-meeting-button gsn-meeting-full");
  bar.full.title = "Tangent F";
  bar.pages = make("a", "gsn-meeting-pages", "Alla sidor");
  bar.pages.href = "/";
  // Only who may present gets further there; for everybody else it says what it takes.
  bar.over = make("a", "gsn-meeting-pages", "Ta över");
  bar.over.href = "/mote/starta";
  bar.retake = button("Ta tillbaka visningen", hand.retake);
  bar.end = button("Avsluta mötet", hand.end);
  const { back, look, following, code, ask, full, pages, over, retake, end } = bar;
  nav.append(who, over, retake, pages, back, bar.steps, look, following, code, asks, ask, full, end);
  parent.append(foot, nav);
  return bar;
}

function buildSteps(hand) {
  const steps = make("div", "gsn-meeting-steps");
  const before = button("◀", () => hand.step(-1));
  before.setAttribute("aria-label", "Föregående vy");
  const count = button("", hand.views);
  const next = button("▶", () => hand.step(1));
  next.setAttribute("aria-label", "Nästa vy");
  steps.append(before, count, next);
  return { steps, before, count, next };
}

// `at` is { mode, deck, view, message, link, isRead, isWaiting, wait, news, code, hand, isLeft,
// canRetake }.
function showBar(bar, at) {
  const { mode, deck, view, message } = at;
  const source = deck ? [deck.title, view.source, deck.read] : [];
  setWords(bar.source, source.filter(Boolean).join(" · "));
  setWords(bar.news, at.news);
  const state = stateOf(at);
  setWords(bar.state, state.words);
  bar.state.dataset.is = state.is;
  setWords(bar.who, whoOf(at));
  const hidden = {
    steps: !deck || mode === "follower", back: mode !== "away", look: mode !== "follower",
    following: mode !== "presenter", code: mode !== "presenter", end: mode !== "presenter",
    asks: mode !== "presenter", ask: mode !== "follower" || at.canRetake,
    over: !at.isLeft || at.canRetake, retake: !at.canRetake,
    full: !document.fullscreenEnabled, pages: mode === "presenter",
  };
  for (const name in hidden) if (bar[name].hidden !== hidden[name]) bar[name].hidden = hidden[name];
  setWords(bar.code, `Visa kod ${at.code}`);
  if (deck) showSteps(bar, deck, view);
  if (!message) return;
  setWords(bar.following, sayFollowing(message.following));
  setWords(bar.ask, message.asked ? "Ta tillbaka frågan" : "Be att få visa");
  setWords(bar.back, wayBack(deck, message));
  showAsks(bar, message.asks ?? [], at);
}

function showSteps(bar, deck, view) {
  const number = numberOf(deck, view.key) + 1;
  setWords(bar.count, `${number} av ${deck.views.length}`);
  setAttribute(bar.count, "aria-label", `${number} av ${deck.views.length}: välj vy`);
  // Still to be focused at the ends, so that the focus is not lost there.
  setAttribute(bar.before, "aria-disabled", String(number === 1));
  setAttribute(bar.next, "aria-disabled", String(number === deck.views.length));
}

const sayFollowing = (count) => (count === 0 ? "Ingen följer än" : `${count} följer`);

function wayBack(deck, { place }) {
  const view = deck && viewOf(deck, place.view);
  return view ? `Tillbaka till mötet (${sayView(view)})` : "Tillbaka till mötet";
}

function whoOf({ mode, deck, message, code, isLeft }) {
  if (mode === "presenter") return "Du visar";
  if (isLeft) return `${message.presenter} har ingen kontakt med mötet just nu`;
  if (mode === "away") return "Du tittar själv";
  if (mode === "follower")
    return message.presenter ? `Du följer · ${message.presenter} visar` : "Du följer";
  if (!message) return "";
  if (message.ended) return deck?.archived || "Mötet är avslutat. Bläddra som du vill.";
  return code === PREVIEW ? "Övning. Ingen följer." : "";
}

// What the dot says.
function stateOf({ mode, link, message, isWaiting, wait, isRead }) {
  const isSending = mode === "presenter" && isWaiting;
  const later = isSending ? ` ${wait || SENT_LATER}` : "";
  const isAway = !isRead || message?.database === false;
  if (isAway) return { is: "lost", words: `${NO_DATABASE}.${later}` };
  if (link === "lost" || isSending) return { is: "lost", words: WAITS + later };
  const words = { presenter: "Du visar", follower: "Du följer mötet", away: "Mötet pågår" };
  return { is: words[mode] ? "open" : "", words: words[mode] ?? "" };
}

function showAsks(bar, asks, { hand }) {
  const sent = JSON.stringify(asks);
  if (bar.asked === sent) return;
  bar.asked = sent;
  bar.asks.replaceChildren(
    ...asks.map(({ id, name }) => {
      const line = make("li");
      const give = button("Lämna över", () => hand.give(id), "gsn-meeting-button gsn-meeting-yes");
      give.setAttribute("aria-label", `Lämna över till ${name}`);
      const no = button("Nej tack", () => hand.dismiss(id));
      no.setAttribute("aria-label", `Nej tack till ${name}`);
      line.append(make("span", "", `${name} vill visa`), give, no);
      return line;
    }),
  );
}
