// What the screen asks of the server: a deck by its hash, and what the presenter does.

const SEND_GAP = 50;
const SEND_WITHIN = 6000;
const SEND_AGAIN = [300, 700, 1500, 2500];
const READ_AGAIN = [200, 400, 800, 1500, 3000];
const AWAY = "Servern svarar inte just nu. Försök igen.";

const apiOf = (code) => `/api/mote/${encodeURIComponent(code)}`;
const atMost = (waits, tries) => waits[Math.min(tries, waits.length - 1)];

// Answers with { status, body }; status 0 where nothing came back.
async function post(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(SEND_WITHIN),
    });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

// Does what is asked once; answers with the sentence that says why not, or "".
async function act(code, what, body = {}) {
  const { status, body: answer } = await post(`${apiOf(code)}/${what}`, body);
  return status >= 200 && status < 300 ? "" : (answer.sentence ?? AWAY);
}

// ---- The deck ----

// A server that has just come up, or another one behind the address, may not have it yet.
function makeReader(code, onDeck) {
  const reader = { wanted: "", timer: 0 };
  async function read(hash, tries) {
    const deck = await fetchDeck(`${apiOf(code)}/vyer/${encodeURIComponent(hash)}`);
    if (reader.wanted !== hash) return;
    if (deck) onDeck(deck, hash);
    else reader.timer = setTimeout(() => read(hash, tries + 1), atMost(READ_AGAIN, tries));
  }
  return (hash) => {
    if (!hash || reader.wanted === hash) return;
    clearTimeout(reader.timer);
    reader.wanted = hash;
    read(hash, 0);
  };
}

async function fetchDeck(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// ---- The presenter's place ----

// Sends the newest place, one at a time and never in a rush; what is not let through is tried
// again, with what is newest by then. `on` has taken(), refused(status, sentence), waits(sentence).
function makeSender(code, on) {
  // `told` is the sequence of the last place that was taken: what is told of earlier ones is old.
  // `turn` is of the last one sent: one that went astray is known by it when it turns up late.
  return { code, on, next: null, isSending: false, told: 0, turn: 0, tries: 0, timer: 0, last: 0 };
}

const isBusy = (sender) => sender.isSending || sender.next !== null;

function sendPlace(sender, place) {
  sender.next = place;
  if (!sender.isSending && !sender.tries) sendAfter(sender, gapOf(sender));
}

// Never longer than the gap: the clock may have been set back since.
const gapOf = ({ last }) => Math.min(SEND_GAP, Math.max(0, last + SEND_GAP - Date.now()));

function sendAfter(sender, wait) {
  clearTimeout(sender.timer);
  sender.timer = setTimeout(() => sendNext(sender), wait);
}

async function sendNext(sender) {
  if (sender.isSending || !sender.next) return;
  const place = sender.next;
  const now = Date.now();
  const turn = Math.max(now, sender.turn + 1);
  Object.assign(sender, { next: null, isSending: true, last: now, turn });
  const answer = await post(`${apiOf(sender.code)}/plats`, { place, turn });
  sender.isSending = false;
  settleSent(sender, place, answer);
}

function settleSent(sender, place, { status, body }) {
  if (status === 200) {
    sender.told = Math.max(sender.told, body.sequence);
    sender.tries = 0;
    sender.on.taken();
  } else if (status === 409) {
    // The meeting has gone on from there, by another tab of ours.
    sender.tries = 0;
    sender.on.taken();
  } else if (status >= 400 && status < 500) {
    forgetPlace(sender);
    sender.on.refused(status, body.sentence ?? "");
  } else {
    sender.next ??= place;
    sender.on.waits(body.sentence ?? "");
    sendAfter(sender, atMost(SEND_AGAIN, sender.tries++));
    return;
  }
  if (sender.next) sendAfter(sender, gapOf(sender));
}

// What was taken has been lost.
function sendAgain(sender, place) {
  sender.told = 0;
  sendPlace(sender, place);
}

// The server can be reached again: nobody waits for the next try.
function hurrySending(sender) {
  if (sender.next && !sender.isSending) sendAfter(sender, 0);
}

function forgetPlace(sender) {
  clearTimeout(sender.timer);
  Object.assign(sender, { next: null, tries: 0 });
}
