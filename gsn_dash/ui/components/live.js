// Asks the server every few seconds which figures are in force and whether the database
// answers. When that differs from what the page was drawn with, Streamlit draws it again.
// One asker per browser tab: it lives on window, since Streamlit may load this module anew.

const EVERY = 3000;
const SLOWEST = 6000;
// The same difference is told again only after this, so that a page that cannot be drawn
// with the new figures does not run without end.
const AGAIN = 15000;

const live = (window.gsnLive ??= {
  timer: 0, wait: EVERY, drawn: "", told: "", toldAt: 0, tell: null, address: "",
});

const schedule = () => {
  clearTimeout(live.timer);
  live.timer = live.tell ? setTimeout(ask, live.wait) : 0;
};

async function ask() {
  if (document.hidden || !live.tell) return;
  try {
    const answer = await fetch(live.address, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    compare(await answer.json());
    live.wait = EVERY;
  } catch {
    // The server is away or restarting: Streamlit says so itself, ask more seldom.
    live.wait = Math.min(live.wait * 2, SLOWEST);
  }
  schedule();
}

function compare({ version, ok }) {
  const seen = `${version} ${ok}`;
  if (seen === live.drawn || !live.tell) return;
  if (seen === live.told && Date.now() - live.toldAt < AGAIN) return;
  live.told = seen;
  live.toldAt = Date.now();
  live.tell(seen);
}

live.onVisible ??= () => {
  if (!document.hidden && live.tell) {
    live.wait = EVERY;
    live.ask();
  }
};
live.ask = ask;

export default function ({ data, setTriggerValue }) {
  const tell = (seen) => setTriggerValue("changed", seen);
  live.drawn = `${data.version} ${data.ok}`;
  live.address = data.address;
  live.tell = tell;
  document.addEventListener("visibilitychange", live.onVisible);
  if (!live.timer) schedule();
  return () => {
    if (live.tell !== tell) return;
    live.tell = null;
    clearTimeout(live.timer);
    live.timer = 0;
  };
}
