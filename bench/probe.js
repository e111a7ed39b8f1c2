// Tells from inside a page how long a step takes until all of it is painted. The same in every
// page that is compared.
//
// A step begins with the time that the browser gave its keydown. It has been painted in the first
// frame after the last change that it led to of what is seen: texts, and drawings, inputs and
// inline style. What is only heard, and Streamlit's own notes on its elements, do not count.
// It is told for what follows the hand (the first change of it, and the last), and for the page
// with what the server answers once the hand rests. A step is over when nothing has changed for QUIET milliseconds.
(() => {
  const QUIET = 500;
  const UNSEEN = ".gsn-hidden, [role=status], script, style";
  const DRAWN = "svg, svg *, input";
  const step = { start: 0, follows: "html", painted: null, done: null, timer: 0 };
  const drag = { results: "", changed: false, frames: 0 };

  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  function isSeen({ type, target, attributeName, oldValue }) {
    const node = elementOf(target);
    if (!node || node.closest(UNSEEN)) return false;
    if (type !== "attributes") return true;
    if (node.getAttribute(attributeName) === oldValue) return false;
    return node.matches(DRAWN) || attributeName === "style";
  }

  // A message that is posted in a frame's callback arrives when the frame has been painted.
  function afterPaint(tell) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(performance.now());
      port2.postMessage(0);
    });
  }

  function note(records) {
    const seen = records.filter(isSeen);
    if (!seen.length) return;
    if (seen.some(({ target }) => elementOf(target).closest(drag.results || "html")))
      drag.changed = true;
    if (!step.start) return;
    const { start, painted } = step;
    const follows = seen.some(({ target }) => elementOf(target).closest(step.follows));
    afterPaint((now) => {
      painted.all = now - start;
      if (!follows) return;
      painted.first ??= now - start;
      painted.hand = now - start;
    });
    waitForQuiet();
  }

  function waitForQuiet() {
    clearTimeout(step.timer);
    step.timer = setTimeout(() => {
      step.done?.(step.painted);
      step.start = 0;
    }, QUIET);
  }

  new MutationObserver(note).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
  });
  document.addEventListener("keydown", (event) => {
    step.start = event.timeStamp;
    step.painted = { first: null, hand: null, all: null };
    waitForQuiet();
  }, true);

  window.gsnProbe = {
    // Call before the key is pressed; `follows` names where on the page the hand is followed.
    nextStep: (follows) => {
      step.follows = follows;
      step.result = new Promise((done) => (step.done = done));
    },
    // When nothing has changed for a while.
    quiet: () => {
      window.gsnProbe.nextStep("html");
      step.start = performance.now();
      step.painted = {};
      waitForQuiet();
      return step.result;
    },
    // Milliseconds from the key to painted, null where nothing changed.
    result: () => step.result,
    // From now on, in how many frames what `results` names has changed.
    watchFrames: (results) => {
      Object.assign(drag, { results, changed: false, frames: 0, on: true });
      const look = () => {
        drag.frames += drag.changed ? 1 : 0;
        drag.changed = false;
        if (drag.on) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    framesMoved: () => { drag.on = false; return drag.frames; },
  };
})();
