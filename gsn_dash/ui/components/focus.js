// Puts the hand where something is to be written, or has been said: once for each `turn`, since the
// page is drawn again while somebody is already on the way from there.

const turns = (window.gsnFocused ??= {});
const WRITABLE = "input:not([type=hidden]), textarea, [tabindex]";
const TRIES = 40;

// The place may come to the page after this does.
function find(key, left) {
  const place = document.querySelector(`.st-key-${CSS.escape(key)}`);
  const found = place?.querySelector(WRITABLE);
  if (found) {
    found.focus();
    found.scrollIntoView({ block: "center" });
  } else if (left) {
    requestAnimationFrame(() => find(key, left - 1));
  }
}

export default function ({ data: [data] }) {
  if (turns[data.key] === data.turn) return;
  turns[data.key] = data.turn;
  requestAnimationFrame(() => find(data.key, TRIES));
}
