// Notes when what an element shows has been painted anew, and when a key was pressed: in
// milliseconds of the machine's clock, so that pages of several browsers can be compared.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  window.gsnPainted = [];
  window.gsnPressed = 0;

  // A message that is posted in a frame's callback arrives when the frame has been painted.
  function afterPaint(tell) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(now());
      port2.postMessage(0);
    });
  }

  addEventListener(
    "keydown",
    ({ timeStamp }) => (window.gsnPressed = performance.timeOrigin + timeStamp),
    true,
  );

  // What is watched may come later than this script: the whole page is, for what is in `selector`.
  window.gsnWatch = (selector) => {
    const isIn = ({ target }) =>
      (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(selector);
    new MutationObserver((records) => {
      if (records.some(isIn)) afterPaint((moment) => window.gsnPainted.push(moment));
    }).observe(document, { childList: true, subtree: true, characterData: true });
  };
})();
