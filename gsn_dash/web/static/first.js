// Lets the page take the place of its first view, which stands in the document until Streamlit
// has drawn all of the page: in one go, so that nothing on the screen moves or is painted twice.
(() => {
  "use strict";

  const AWAY_AFTER = 20000;
  const PAINTED_WITHIN = 1000;
  const DRAWN =
    '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]';
  const UNFINISHED = '[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]';
  const TOLD = ["data-test-script-state", "data-test-connection-state", "data-stale"];
  // What a reader looks at: each is in the page as often, and in the same order.
  const SIGHTS = "h1, h2, h3, figure.gsn-picture, table";
  const BAR = 68;

  const first = document.getElementById("gsn-first");
  const root = document.getElementById("root");
  if (!first || !root) return;
  root.classList.add("gsn-waiting");

  // Streamlit's scripts keep the browser busy for long: they are run when this has been painted,
  // or at once where nobody looks; and soon, also by a browser that has nowhere to paint.
  let hasBegun = false;
  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    const script = document.createElement("script");
    Object.assign(script, { type: "module", crossOrigin: "", src: root.dataset.script });
    document.head.append(script);
  };
  document.addEventListener("visibilitychange", begin, { once: true });
  if (document.hidden) begin();
  else requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, PAINTED_WITHIN);

  const keys = [...first.querySelectorAll("[data-key]")].map((part) => part.dataset.key);
  // A picture that the page does not have is not waited for: it may be of newer figures.
  const hasPicture = (key) => {
    const place = root.querySelector(`.st-key-${CSS.escape(key)}`);
    return !place || place.querySelector(".gsn-picture");
  };
  const isDrawn = () =>
    root.querySelector(DRAWN) && root.querySelector("h1, .gsn-banner") &&
    !root.querySelector(UNFINISHED) && keys.every(hasPicture);

  const topOf = (node) => node.getBoundingClientRect().top;

  // The sight nearest the top of what is seen, and where it is to stand in the page, too.
  const findPlace = () => {
    const sights = [...first.querySelectorAll(SIGHTS)];
    const far = sights.map((sight) => Math.abs(topOf(sight) - BAR));
    const nth = far.indexOf(Math.min(...far));
    return scrollY > 0 && nth >= 0 ? { nth, top: topOf(sights[nth]) } : null;
  };
  const takeUpPlace = (place, main) => {
    const sight = place && root.querySelectorAll(`[data-testid="stMain"] :is(${SIGHTS})`)[place.nth];
    if (sight) main.scrollTop += topOf(sight) - place.top;
  };

  const alike = (within, href) =>
    [...within.querySelectorAll("a[href]")].filter((link) => link.href === href);
  const findFocus = () => {
    const link = document.activeElement;
    if (!first.contains(link)) return null;
    return { href: link.href, nth: link.href ? alike(first, link.href).indexOf(link) : -1 };
  };
  const takeUpFocus = (focus, main) => {
    if (focus) (alike(root, focus.href)[focus.nth] ?? main).focus({ preventScroll: true });
  };

  const takeOver = () => {
    stop();
    const [place, focus] = [findPlace(), findFocus()];
    first.remove();
    root.classList.remove("gsn-waiting");
    const main = root.querySelector('[data-testid="stMain"]');
    takeUpPlace(place, main);
    takeUpFocus(focus, main);
  };

  // A link that is pressed is not taken away before it is let go of.
  let isPressed = false;
  const look = () => {
    if (!isPressed && isDrawn()) takeOver();
  };
  const press = () => (isPressed = true);
  const letGo = () => {
    isPressed = false;
    setTimeout(look); // the click comes first
  };

  const watcher = new MutationObserver(look);
  const away = setTimeout(() => {
    first.querySelector(".gsn-first-away p").hidden = false;
  }, AWAY_AFTER);
  const ended = new AbortController();
  const heard = { capture: true, signal: ended.signal };
  const stop = () => {
    watcher.disconnect();
    clearTimeout(away);
    ended.abort();
  };

  first.addEventListener("pointerdown", press, heard);
  for (const name of ["pointerup", "pointercancel", "dragend"])
    window.addEventListener(name, letGo, heard);
  watcher.observe(root, {
    subtree: true, childList: true, attributes: true, attributeFilter: TOLD,
  });
})();
