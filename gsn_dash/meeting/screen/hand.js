// What the keys, a finger and the pointer ask of the screen.

const SWIPE = 60;
const SWIPE_WITHIN = 900;
const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
const EDGES = { Home: 0, End: -1 };
const ROWS = { ArrowDown: 1, ArrowUp: -1 };
// What has a use of its own for the keys.
const TYPED = "input:not([type=checkbox]), select, textarea, dialog";
// Who does not present may want to read on in what the focus is in.
const SCROLLS = new Set([" ", "PageDown", "PageUp", "Home", "End", ...Object.keys(ROWS)]);
const PRESSED = "button, a, summary, input, select, textarea";

function listenToHand(shown, on) {
  document.addEventListener("keydown", (event) => hearKey(event, on));
  shown.body.addEventListener("click", (event) => hearClick(event, on));
  hearSwipes(shown.root, on);
}

function hearKey(event, on) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const at = target instanceof Element ? target : document.body;
  if (at.closest(TYPED) && key !== "Escape") return;
  if (key === " " && at.closest(PRESSED)) return;
  if (SCROLLS.has(key) && !on.presents() && at.closest("[tabindex='0']")) return;
  if (keyMeans(key, on)) event.preventDefault();
}

// Whether the key means anything here.
function keyMeans(key, on) {
  if (key in STEPS) on.step(STEPS[key]);
  else if (key in EDGES) on.edge(EDGES[key]);
  else if (key in ROWS) return on.row(ROWS[key]);
  else if (key === "Escape") return on.mark("");
  else if (key === "f" || key === "F") on.fullScreen();
  else return false;
  return true;
}

function hearClick(event, on) {
  const row = event.target.closest("[data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isLink = Boolean(event.target.closest("a"));
  if (isLink && !on.presents()) return;
  const isMarked = row.classList.contains("gsn-marked");
  if (on.mark(isMarked ? "" : row.dataset.row) && isLink) event.preventDefault();
}

// One finger, quickly, across: not on a slider, and not in what scrolls that way itself.
function hearSwipes(root, on) {
  let from = null;
  root.addEventListener("touchstart", ({ touches, target, timeStamp }) => {
    const [{ clientX: x, clientY: y }] = touches;
    from = touches.length === 1 && canSwipe(target) ? { x, y, timeStamp } : null;
  }, { passive: true });
  root.addEventListener("touchend", ({ changedTouches, timeStamp }) => {
    if (!from) return;
    const across = changedTouches[0].clientX - from.x;
    const along = Math.abs(changedTouches[0].clientY - from.y);
    const isSwipe = Math.abs(across) >= SWIPE && Math.abs(across) > 2 * along;
    if (isSwipe && timeStamp - from.timeStamp < SWIPE_WITHIN) on.step(across < 0 ? 1 : -1);
    from = null;
  }, { passive: true });
  root.addEventListener("touchcancel", () => (from = null), { passive: true });
}

function canSwipe(target) {
  if (target.closest(`${TYPED}, .gsn-lever`) || (visualViewport?.scale ?? 1) > 1.05) return false;
  for (let box = target; box; box = box.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX);
    if (scrolls && box.scrollWidth > box.clientWidth + 1) return false;
  }
  return true;
}
