// Which layout of a picture its width has room for, and how large it is drawn.
//
// The file is two things. In a document it fits the pictures that the server has drawn: at once
// those that stand before it, so that they are never painted otherwise. Joined to other files it
// gives its rules to the pictures that move (the live sheet, the meeting).

const PAGE_SCREEN = {
  plainWidth: 1280, // from this width in pixels on a picture's type grows with its width
  mostScale: 1.3,
  sharedWidth: 1600, // a window of this width is a screen that is shared: all type is large
};

// The width of what is printed (adapted.css), less a little for what is rounded.
const PAPER_WIDTH = 680;
// Type on paper is smaller than on a screen, in the pictures as around them.
const PAPER_SCALE = 0.8;
const PAGE = '[data-testid="stMainBlockContainer"], #gsn-first main';

// Also a picture that is put up while the page is printed is drawn for the paper.
let onPaper = false;
window.addEventListener("beforeprint", () => (onPaper = true));
window.addEventListener("afterprint", () => (onPaper = false));

// On a screen that is shared all type is large, also where a picture has a part of the width.
function chooseLayout(plan, available, screen) {
  if (screen.height && !onPaper) return fillBox(plan, available, screen);
  const isShared = !onPaper && innerWidth >= screen.sharedWidth;
  const least = onPaper ? PAPER_SCALE : 1;
  const wanted = isShared ? screen.mostScale : available / screen.plainWidth;
  const roomy = isShared ? screen.mostScale : least;
  const name = available >= plan.wide.minWidth * roomy ? "wide" : "narrow";
  const layout = plan[name];
  const most = Math.min(screen.mostScale, available / layout.minWidth);
  const scale = Math.max(least, Math.min(wanted, most));
  return { name, layout, scale, width: Math.max(available / scale, layout.minWidth) };
}

// In a box of `screen.height` pixels: the layout whose type becomes largest, as large as the box
// holds it. Type is never smaller than `screen.leastType`; what is then too tall is scrolled.
function fillBox(plan, available, screen) {
  const [wide, narrow] = ["wide", "narrow"].map((name) => {
    const layout = plan[name];
    const across = available / layout.minWidth;
    const room = Math.min(screen.mostScale, across, screen.height / layout.height);
    const scale = Math.max(screen.leastType / layout.type.small, room);
    const width = Math.max(available / scale, layout.minWidth);
    return { name, layout, scale, width, fits: scale <= across, type: room * layout.type.small };
  });
  return wide.fits && wide.type >= narrow.type ? wide : narrow;
}

function roomOf(figure) {
  return onPaper ? roomOnPaper(figure) : figure.clientWidth;
}

// What is printed is laid out after we are asked to draw for it: columns then lie one below the
// other, so that a picture has all of the paper but for the edges of the boxes that it lies in.
function roomOnPaper(figure) {
  let width = PAPER_WIDTH;
  for (let box = figure.parentElement; box && !box.matches(PAGE); box = box.parentElement) {
    const style = getComputedStyle(box);
    for (const side of ["Left", "Right"])
      width -= parseFloat(style[`padding${side}`]) + parseFloat(style[`border${side}Width`]);
  }
  return width;
}

const FIGURES = "figure.gsn-picture[data-from]";

// Both layouts are there, drawn for any width: one of them is shown, as wide as it is to be.
function fitFigure(figure) {
  if (!figure.clientWidth) return;
  const plan = {};
  for (const stage of figure.querySelectorAll(":scope > [data-layout]")) {
    const { layout, least, height } = stage.dataset;
    plan[layout] = { stage, minWidth: Number(least), height: Number(height) };
  }
  const { name, layout, scale, width } = chooseLayout(plan, roomOf(figure), PAGE_SCREEN);
  const sheet = layout.stage.firstElementChild;
  figure.dataset.shown = name;
  figure.querySelector("figcaption").style.fontSize = `${1.0625 * Math.max(1, scale)}rem`;
  layout.stage.style.height = `${Math.ceil(layout.height * scale)}px`;
  sheet.style.width = `${width}px`;
  sheet.style.transform = scale === 1 ? "none" : `scale(${scale})`;
}

// `gsnFit` fits a figure now, and whenever its width changes or the page is printed.
window.gsnFit ??= (() => {
  const observer = new ResizeObserver((all) => all.forEach(({ target }) => fitFigure(target)));
  const fitAll = () => document.querySelectorAll(FIGURES).forEach(fitFigure);
  addEventListener("beforeprint", fitAll);
  addEventListener("afterprint", fitAll);
  const fit = (figure) => {
    fitFigure(figure);
    observer.observe(figure);
  };
  document.querySelectorAll(FIGURES).forEach(fit);
  return fit;
})();
