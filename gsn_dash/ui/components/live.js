// Hears from the server, by the browser's one stream, which figures are in force, whether the
// database answers, and which processes serve. When that is not what the page was drawn with,
// Streamlit draws it again. A visitor who has gone from a meeting to look round sees the way back.
// One watcher per browser tab: it lives on window, since Streamlit may load this module anew.

// The same difference is told again only after this, so that a page that cannot be drawn
// with the new figures does not run without end.
const AGAIN = 15000;
const KEPT = "gsnMeeting";

const live = (window.gsnLive ??= {
  message: null, drawn: "", app: "", path: "", told: "", toldAt: 0, again: 0, tell: null, stops: null,
});

function loadStream(address) {
  window.gsnStreamLoads ??= new Promise((done, fail) => {
    if (window.gsnStream) return done();
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => {
      window.gsnStreamLoads = undefined; // the next run of the page may try again
      script.remove();
      fail(new Error(address));
    };
    document.head.append(script);
  });
  return window.gsnStreamLoads;
}

const seenIn = ({ version, ok }) => `${version} ${ok}`;

// A page that was drawn by a process that is no more is drawn again by one that is.
function isOtherwise({ drawn, app }, message) {
  const apps = message.apps ?? [];
  return seenIn(message) !== drawn || (apps.length > 0 && app !== "" && !apps.includes(app));
}

function compare() {
  const { message } = live;
  if (!message || !live.tell || document.hidden || !isOtherwise(live, message)) return;
  const seen = `${seenIn(message)} ${live.app}`;
  clearTimeout(live.again);
  // Never longer than that: the clock may have been set back since.
  const wait = seen === live.told ? Math.min(AGAIN, live.toldAt + AGAIN - Date.now()) : 0;
  if (wait > 0) {
    live.again = setTimeout(compare, wait);
    return;
  }
  live.told = seen;
  live.toldAt = Date.now();
  live.again = setTimeout(compare, AGAIN);
  live.tell(seen);
}

// A connection that was lost may lead to another process now, which knows nothing of the page
// until it has drawn it: what the visitor presses next would come to a stranger. A link that was
// followed meanwhile has reached nobody: the address says one page, and another one stands there.
function findAgain() {
  if (location.pathname === live.path) live.tell?.("found again");
  else window.dispatchEvent(new PopStateEvent("popstate"));
}

function watchConnection() {
  const app = document.querySelector('[data-testid="stApp"]');
  const isThere = () => app.dataset.testConnectionState === "CONNECTED";
  let was = isThere();
  const watcher = new MutationObserver(() => {
    const is = isThere();
    if (is && !was) findAgain();
    was = is;
  });
  watcher.observe(app, { attributeFilter: ["data-test-connection-state"] });
  return () => watcher.disconnect();
}

// ---- A page that was opened before the site was updated ----

// Some of its parts are of then. The reader says when it is loaded anew: what he has begun to
// write would be gone.
function tellUpdated(site) {
  const opened = document.querySelector('meta[name="gsn-site"]')?.content;
  if (!opened || opened === site || document.querySelector(".gsn-updated")) return;
  const bar = document.createElement("div");
  bar.className = "gsn-meeting-way gsn-updated";
  bar.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "Webbplatsen har uppdaterats sedan sidan öppnades. Ladda om den när det passar.";
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Ladda om";
  again.addEventListener("click", () => location.reload());
  bar.append(words, again);
  document.body.append(bar);
}

// ---- The way back to a meeting ----

function keptMeeting() {
  try {
    return JSON.parse(localStorage.getItem(KEPT))?.code ?? "";
  } catch {
    return ""; // nothing may be kept here
  }
}

function forgetMeeting() {
  localStorage.removeItem(KEPT);
  showMeeting();
}

function showMeeting() {
  const code = keptMeeting();
  if (live.meeting?.code === code) return;
  live.meeting?.stop();
  live.meeting?.bar.remove();
  document.documentElement.classList.toggle("gsn-has-meeting", code !== "");
  live.meeting = code ? { code, bar: buildBar(code), stop: watchMeeting(code) } : null;
}

function watchMeeting(code) {
  return window.gsnStream.watch(code, (message) => {
    if (message.missing || message.ended) forgetMeeting();
  });
}

function buildBar(code) {
  const bar = document.createElement("aside");
  bar.className = "gsn-meeting-way";
  bar.setAttribute("aria-label", "Mötet som pågår");
  const words = document.createElement("p");
  words.textContent = `Mötet ${code} pågår.`;
  const back = document.createElement("a");
  back.href = `/mote/${encodeURIComponent(code)}`;
  back.textContent = "Tillbaka till mötet";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Dölj";
  close.addEventListener("click", forgetMeeting);
  bar.append(words, back, close);
  document.body.append(bar);
  return bar;
}

function listen() {
  const hear = (message) => {
    live.message = message;
    compare();
  };
  document.addEventListener("visibilitychange", compare);
  window.addEventListener("storage", showMeeting);
  showMeeting();
  return [
    window.gsnStream.figures(hear),
    () => document.removeEventListener("visibilitychange", compare),
    () => window.removeEventListener("storage", showMeeting),
    watchConnection(),
  ];
}

export default function ({ data, setTriggerValue }) {
  const tell = (seen) => setTriggerValue("changed", seen);
  live.drawn = seenIn(data);
  live.app = data.app;
  live.path = `/${data.page}`;
  live.tell = tell;
  tellUpdated(data.site);
  loadStream(data.stream).then(
    () => {
      if (live.tell) live.stops ??= listen();
      compare();
    },
    (fault) => console.warn(`No news of new figures: ${fault.message}`),
  );
  return () => {
    if (live.tell !== tell) return;
    live.tell = null;
    clearTimeout(live.again);
    live.stops?.forEach((stop) => stop());
    live.stops = null;
  };
}
