// Follows links between the pages without loading everything anew, and finds the place on a
// page that an address names (#…), which the browser cannot do while the page is being drawn.
//
// Components may call window.gsnGo("/kallor?…#…"), which does what a click on a link does.
(() => {
  "use strict";

  const PLACE_WITHIN = 8000;

  const go = (address) => {
    const target = new URL(address, location.href);
    const samePage = target.pathname === location.pathname && target.search === location.search;
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

  const isElsewhere = (link) =>
    link.origin !== location.origin || (link.target && link.target !== "_self") ||
    /^\/(_stcore|media|static|gsn-static|api|healthz)\b/.test(link.pathname);

  // On a phone the drawer covers the page that was just chosen.
  const closeDrawer = () => {
    if (!matchMedia("(max-width: 767.98px)").matches) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };

  window.gsnGo = go;
  document.addEventListener("click", onClick);
  if (location.hash) seek(location.hash);
})();
