// Notes when the pictures of a page are painted, in milliseconds since the browser set out for it:
// the first of them, all of them, and all of them in Streamlit's own page with none before it.
// Beside it the browser's own note of when it painted a text of a picture (element timing).
// The same for every page that is compared; what a picture is, and what in it is its data, is said.
window.gsnOpening = ({ picture, mark, marks }) => {
  const APP = '[data-testid="stApp"]';
  const seen = { first: null, all: null, own: null };

  const isShown = (node) => {
    const { width, height } = node.getBoundingClientRect();
    const how = { opacityProperty: true, visibilityProperty: true };
    return width > 0 && height > 0 && node.checkVisibility(how);
  };
  const isDrawn = (place, number) =>
    isShown(place) &&
    [...place.querySelectorAll(mark)].filter(isShown).length >= (marks[number] ?? 1);

  // The second of two frames begins when the first has been painted.
  const note = (name) =>
    requestAnimationFrame(() => requestAnimationFrame(() => (seen[name] ??= performance.now())));

  let painted = null;
  new PerformanceObserver((list) => (painted ??= list.getEntries()[0].renderTime)).observe({
    type: "element",
  });
  // Before the frame that is to paint them.
  const watch = () =>
    document
      .querySelectorAll(`${picture} svg text:not([elementtiming])`)
      .forEach((text) => text.setAttribute("elementtiming", "picture"));

  const found = { first: false, all: false, own: false };
  function look() {
    if (painted === null) watch();
    const shown = [...document.querySelectorAll(picture)].filter(isShown);
    const own = shown.filter((node) => node.closest(APP));
    const isAll = (places) => places.length === marks.length && places.every(isDrawn);
    const now = {
      first: shown.some(isDrawn),
      all: isAll(own) || isAll(shown.filter((node) => !own.includes(node))),
      own: isAll(own) && shown.length === own.length,
    };
    for (const name in now) {
      if (now[name] && !found[name]) note(name);
      found[name] ||= now[name];
    }
    if (!found.own) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  window.gsnOpened = () => ({
    ...seen,
    painted,
    // When the last script had come.
    script: Math.max(
      ...performance
        .getEntriesByType("resource")
        .filter(({ name }) => /\.m?js(\?|$)/.test(name))
        .map(({ responseEnd }) => responseEnd),
    ),
  });
};
