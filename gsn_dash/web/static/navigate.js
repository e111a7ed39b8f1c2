// Follows links between the pages without loading everything anew, finds the place on a page
// that an address names (#…), which the browser cannot do while the page is being drawn, and
// takes a reader who goes back to where the page was left. Loads a page anew that has fallen.
//
// Components may call window.gsnGo("/kallor?…#…"), which does what a click on a link does.
(() => {
  "use strict";

  const PLACE_WITHIN = 8000;
  const STANDS_AFTER = 1000;
  const ASK_AGAIN = 1000;
  const READERS_OWN = ["wheel", "touchstart", "pointerdown", "keydown"];

  const go = (address) => {
    const target = new URL(address, location.href);
    const samePage = target.pathname === location.pathname && target.search === location.search;
    stopRestoring();
    history.pushState({}, "", target);
    // Streamlit draws the page of the address when told that the address has changed.
    if (!samePage) window.dispatchEvent(new PopStateEvent("popstate"));
    if (target.hash) seek(target.hash);
  };

  // Shows and focuses the place with the given name as soon as it is drawn.
  const seek = (hash) => {
    const name = decodeURIComponent(hash.slice(1));
    const found = () => {
      const place = document.getElementById(name);
      if (!place) return false;
      place.scrollIntoView({ block: "center" });
      if (!place.matches("a, button, input, [tabindex]")) place.tabIndex = -1;
      place.focus({ preventScroll: true });
      return true;
    };
    if (found()) return;
    const watcher = new MutationObserver(() => found() && watcher.disconnect());
    watcher.observe(document.documentElement, { subtree: true, childList: true });
    setTimeout(() => watcher.disconnect(), PLACE_WITHIN);
  };

  const isPlain = (event) =>
    event.button === 0 && !event.defaultPrevented &&
    !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const onClick = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    if (link.matches('[data-testid="stSidebarNavLink"]')) closeDrawer();
    if (!isPlain(event) || link.hasAttribute("download")) return;
    if (!link.closest('[data-testid="stHtml"], [data-testid="stMarkdownContainer"], .gsn-picture'))
      return;
    // The links of the navigation hold Markdown themselves, but are Streamlit's own.
    if (link.matches('[data-testid]') || isElsewhere(link)) return;
    event.preventDefault();
    go(link.href);
  };

  // What is below /mote/ is no page of Streamlit's: the meeting has a document of its own, and so
  // have logging in and what the law wants said.
  const DOCUMENTS = ["_stcore", "media", "static", "gsn-static", "api", "healthz", "las-upp", "hamta",
    "oppna-data", "logga-in", "inloggning", "tillganglighet", "integritet"];
  const OTHERS = new RegExp(`^/((${DOCUMENTS.join("|")})\\b|mote/)`);
  // Nor can a page that is on its way be led on: what stands for it leads as any document does.
  const isElsewhere = (link) =>
    link.origin !== location.origin || link.closest("#gsn-first") || (link.target && link.target !== "_self") ||
    OTHERS.test(link.pathname);

  // On a phone the drawer covers the page that was just chosen.
  const closeDrawer = () => {
    if (!matchMedia("(max-width: 767.98px)").matches) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };

  // ---------- The way back ----------

  const scroller = () => document.querySelector('[data-testid="stMain"]');
  const heading = () => document.querySelector("h1")?.textContent;
  const alike = (href) =>
    [...document.querySelectorAll("a[href]")].filter((link) => link.href === href);

  // Keeps with the page that is left how far down it is read, and by which link it is left.
  // Before Streamlit, whose own links change the address as they are clicked.
  const remember = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !isPlain(event) || isElsewhere(link)) return;
    const left = {
      heading: heading(),
      top: scroller()?.scrollTop ?? 0,
      href: link.href,
      nth: alike(link.href).indexOf(link),
    };
    history.replaceState({ ...history.state, left }, "");
  };

  // Scrolls the page to where it was left, if it is drawn as far; returns whether it is.
  const takeBack = (left) => {
    const main = scroller();
    const link = alike(left.href)[left.nth];
    if (!main || !link || heading() !== left.heading) return false;
    if (main.scrollHeight - main.clientHeight < Math.floor(left.top)) return false;
    if (document.activeElement !== link) link.focus({ preventScroll: true });
    main.scrollTop = left.top;
    return true;
  };

  let stopRestoring = () => {};

  // Pages are drawn bit by bit, and the last page stands until then: the place is sought at
  // every change until it has stood for a while, or until the reader does something.
  const restore = (left) => {
    let asked = 0;
    let standing = 0;
    const seekAgain = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        clearTimeout(standing);
        if (takeBack(left)) standing = setTimeout(stopRestoring, STANDS_AFTER);
      });
    };
    const drawn = new MutationObserver(seekAgain);
    const grown = new ResizeObserver(seekAgain);
    const reader = new AbortController();
    const givenUp = setTimeout(() => stopRestoring(), PLACE_WITHIN);
    stopRestoring = () => {
      [drawn, grown].forEach((observer) => observer.disconnect());
      [standing, givenUp].forEach(clearTimeout);
      cancelAnimationFrame(asked);
      reader.abort();
    };
    const heard = { capture: true, signal: reader.signal };
    READERS_OWN.forEach((name) => window.addEventListener(name, stopRestoring, heard));
    drawn.observe(document.documentElement, { subtree: true, childList: true });
    grown.observe(scroller().firstElementChild);
    seekAgain();
  };

  const onPopState = (event) => {
    if (!event.isTrusted) return; // our own, which leads on
    stopRestoring();
    if (event.state?.left && scroller()) restore(event.state.left);
  };

  // ---------- A page that has fallen ----------

  // Streamlit takes away all that it has drawn where something in it throws: when the connection
  // is lost just before it first draws, for one. Not while nobody answers, and not twice in a row.
  const loadAnew = async () => {
    const answers = await fetch("/_stcore/health").then(({ ok }) => ok, () => false);
    if (answers) location.reload();
    else setTimeout(loadAnew, ASK_AGAIN);
  };
  const root = document.getElementById("root");
  const fallen = new MutationObserver(() => {
    if (root.hasChildNodes()) return;
    fallen.disconnect();
    loadAnew();
  });
  if (performance.getEntriesByType("navigation")[0]?.type !== "reload")
    fallen.observe(root, { childList: true });

  window.gsnGo = go;
  document.addEventListener("click", remember, true);
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", onPopState);
  if (location.hash) seek(location.hash);
})();
