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
  // What is scrolled sideways where it is too wide.
  const WIDE = ".gsn-scroll, .gsn-picture-stage";
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

  // ---------- What the reader has done so far ----------

  // Each looks at the first view, and returns what does the same to the page.
  const topOf = (node) => node.getBoundingClientRect().top;

  // The sight nearest the top of what is seen is to stand where it stood.
  const keepPlace = () => {
    const sights = [...first.querySelectorAll(SIGHTS)];
    const far = sights.map((sight) => Math.abs(topOf(sight) - BAR));
    const nth = far.indexOf(Math.min(...far));
    if (scrollY === 0 || nth < 0) return () => {};
    const top = topOf(sights[nth]);
    return (main) => {
      const sight = main.querySelectorAll(SIGHTS)[nth];
      if (sight) main.scrollTop += topOf(sight) - top;
    };
  };

  const keepSideways = () => {
    const lefts = [...first.querySelectorAll(WIDE)].map((part) => part.scrollLeft);
    return (main) => {
      for (const [nth, part] of main.querySelectorAll(WIDE).entries())
        if (lefts[nth]) part.scrollLeft = lefts[nth];
    };
  };

  // A link is known by where it leads, what is scrolled by its name.
  const nameOf = (node) => node.href ?? node.getAttribute("aria-label");
  const alike = (within, name) =>
    [...within.querySelectorAll("a[href], [tabindex]")].filter((node) => nameOf(node) === name);
  const keepFocus = () => {
    const focused = document.activeElement;
    if (!first.contains(focused)) return () => {};
    const name = nameOf(focused);
    const nth = alike(first, name).indexOf(focused);
    return (main) => {
      alike(root, name)[nth]?.focus({ preventScroll: true });
      // The page may have it in a menu that is closed: nowhere, or beside the window.
      const stands = document.activeElement;
      if (!root.contains(stands) || stands.getBoundingClientRect().right <= 0)
        main.focus({ preventScroll: true });
    };
  };

  const textsOf = (within) => {
    const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    return found;
  };
  // A text is found again by what it says and how many before it say the same.
  const keepMarked = () => {
    if (getSelection().isCollapsed) return () => {};
    const view = textsOf(first.querySelector("main"));
    const range = getSelection().getRangeAt(0);
    const marked = view.filter((text) => text.data.trim() && range.intersectsNode(text));
    if (!marked.length) return () => {};
    const [start, end] = [marked[0], marked.at(-1)];
    const from = start === range.startContainer ? range.startOffset : 0;
    const to = end === range.endContainer ? range.endOffset : end.length;
    const nthOf = (text) => view.filter(({ data }) => data === text.data).indexOf(text);
    const places = [start, end].map((text) => [text.data, nthOf(text)]);
    return (main) => {
      const page = textsOf(main);
      const [a, b] = places.map(([said, nth]) => page.filter(({ data }) => data === said)[nth]);
      if (a && b) getSelection().setBaseAndExtent(a, from, b, to);
    };
  };

  const takeOver = () => {
    stop();
    const kept = [keepPlace, keepSideways, keepFocus, keepMarked].map((keep) => keep());
    first.remove();
    root.classList.remove("gsn-waiting");
    const main = root.querySelector('[data-testid="stMain"]');
    kept.forEach((takeUp) => takeUp(main));
  };

  // A link that is pressed is not taken away before it is let go of.
  let isPressed = false;
  const look = () => {
    if (first.isConnected && !isPressed && isDrawn()) takeOver();
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
  // Where the browser's own menu opens, it also gets the release of the button.
  for (const name of ["pointerup", "pointercancel", "dragend", "contextmenu"])
    window.addEventListener(name, letGo, heard);
  watcher.observe(root, {
    subtree: true, childList: true, attributes: true, attributeFilter: TOLD,
  });
})();
