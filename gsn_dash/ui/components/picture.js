// One picture: draws the layout that its own width has room for, and lays a link over every mark
// that has a source. The same nodes are kept from draw to draw, so nothing blinks or moves.

const CONFIG = { staticPlot: true, displayModeBar: false, responsive: false, locale: "sv" };
const states = new WeakMap();

function loadPlotly(address) {
  window.gsnPlotly ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => (window.Plotly ? done(window.Plotly) : fail(new Error(address)));
    script.onerror = () => {
      window.gsnPlotly = undefined; // the next picture may try again
      script.remove();
      fail(new Error(address));
    };
    document.head.appendChild(script);
  });
  return window.gsnPlotly;
}

function build(parent) {
  const figure = document.createElement("figure");
  figure.className = "gsn-picture";
  figure.innerHTML =
    '<figcaption></figcaption><div class="gsn-picture-stage"><div class="gsn-picture-sheet">' +
    '<div class="gsn-picture-plot" role="img"></div>' +
    '<div class="gsn-picture-sources" role="group"></div></div></div>';
  parent.appendChild(figure);
  return {
    figure,
    caption: figure.querySelector("figcaption"),
    stage: figure.querySelector(".gsn-picture-stage"),
    sheet: figure.querySelector(".gsn-picture-sheet"),
    plot: figure.querySelector(".gsn-picture-plot"),
    sources: figure.querySelector(".gsn-picture-sources"),
    drawn: "",
  };
}

function sayBroken(state) {
  const text = document.createElement("p");
  text.className = "gsn-picture-broken";
  text.textContent = `Bilden kunde inte ritas. Så här ser den ut i ord: ${state.data.alt}`;
  state.stage.style.height = "auto";
  state.stage.replaceChildren(text);
}

// Texts and the reserved height do not wait for Plotly, so the page below never moves.
function reserve(state, { layout: drawing, scale, width }) {
  const { caption, plot, stage, sheet, data } = state;
  caption.textContent = data.title;
  caption.style.fontSize = `${1.0625 * Math.max(1, scale)}rem`;
  plot.setAttribute("aria-label", data.alt);
  stage.style.height = `${Math.ceil(drawing.height * scale)}px`;
  sheet.style.width = `${width}px`;
  sheet.style.transform = scale === 1 ? "none" : `scale(${scale})`;
}

function draw(state, available) {
  const choice = chooseLayout(state.data, available, state.data);
  reserve(state, choice);
  const { layout: drawing, width } = choice;
  const drawn = JSON.stringify([drawing, width]);
  if (!window.Plotly || state.drawn === drawn) return;
  state.drawn = drawn;
  const { data, layout } = structuredClone(drawing.figure);
  window.Plotly.react(state.plot, data, { ...layout, width, autosize: false }, CONFIG);
  state.plot.dataset.drawn = String(Number(state.plot.dataset.drawn ?? 0) + 1);
  layTargets(state, drawing, width);
}

// Links are reused in order, so that focus stays on a mark while its value changes.
function layTargets(state, drawing, width) {
  const { sources } = state;
  sources.hidden = drawing.targets.length === 0;
  sources.setAttribute("aria-label", `Källor till ${state.data.title}`);
  while (sources.children.length > drawing.targets.length) sources.lastChild.remove();
  drawing.targets.forEach((target, index) => {
    const link = sources.children[index] ?? addLink(state);
    const across = ([percent, pixels]) => `${(percent / 100) * width + pixels}px`;
    link.href = target.href;
    link.title = target.name;
    link.setAttribute("aria-label", `${target.name}. Visa källan`);
    Object.assign(link.style, {
      left: across(target.left),
      width: across(target.width),
      top: `${target.top}px`,
      height: `${target.height}px`,
    });
  });
}

function addLink(state) {
  const link = document.createElement("a");
  link.className = "gsn-picture-source";
  state.sources.appendChild(link);
  return link;
}

function fit(state) {
  if (state.figure.clientWidth) draw(state, roomOf(state.figure));
}

// Follows the figure's width, and the paper's while the page is printed.
function watch(state) {
  const observer = new ResizeObserver(() => fit(state));
  const print = () => fit(state);
  observer.observe(state.figure);
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", print);
  return () => {
    observer.disconnect();
    window.removeEventListener("beforeprint", print);
    window.removeEventListener("afterprint", print);
    window.Plotly?.purge(state.plot);
  };
}

export default function picture({ data, parentElement }) {
  let state = states.get(parentElement);
  if (!state) {
    state = build(parentElement);
    states.set(parentElement, state);
    state.stop = watch(state);
  }
  state.data = data;
  fit(state);
  loadPlotly(data.script).then(
    () => fit(state),
    () => sayBroken(state),
  );
  return () => {
    state.stop();
    state.figure.remove();
    states.delete(parentElement);
  };
}
