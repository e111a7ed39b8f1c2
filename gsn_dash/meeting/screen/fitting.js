// How large a view is drawn: all of it in the window, in the largest type that there is room for.

// Where there is less room than this, the view flows downwards and the page is scrolled.
const LEAST_WIDTH = 700;
const LEAST_HEIGHT = 480;
const LEAST_TYPE = 16;
// In a low window that of a picture which is then seen whole: a screen near the eyes.
const LEAST_WHOLE = 14;
const LOW = 800;
// In rem.
const MOST_TYPE = 2.6;
const LEAST_MESSAGE = 24;
const LESS = 3;
const TIGHT = ".gsn-meeting-html, .gsn-scroll";
const SCROLLERS =
  ".gsn-meeting-picture, .gsn-meeting-levers, .gsn-meeting-html, .gsn-meeting-assumed";
// How much of the height the message may have, beside what is under it.
const SHARES = { picture: 0.26, html: 0.26, trial: 0.2, numbers: 0.55, alone: 0.9 };

const flows = () => innerWidth < LEAST_WIDTH || innerHeight < LEAST_HEIGHT;

// The largest whole size of those from `least` to `most` that `fits`, else the least.
function largest(least, most, fits) {
  let [low, high] = [least, Math.max(least, Math.floor(most))];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fitView(shown) {
  const { main, message, body } = shown;
  const { root, foot, source } = shown;
  clearTimeout(shown.fitting);
  shown.fitted = message.textContent;
  root.classList.toggle("gsn-flows", flows());
  // Where room is scarce it is what one scrolls down to.
  const home = flows() ? main : foot;
  if (source.parentNode !== home) home[flows() ? "append" : "prepend"](source);
  if (flows()) {
    message.style.fontSize = "";
    body.style.removeProperty("--type");
    shown.drawing.height = 0;
  } else {
    fitAll(shown, fitMessage(shown));
  }
  if (shown.picture) fitPicture(shown.picture);
  letScroll([main, body, ...body.querySelectorAll(SCROLLERS)]);
}

function fitMessage({ main, message, body, kind }) {
  const room = main.clientHeight * SHARES[kind];
  const most = Math.min(innerWidth * 0.034, innerHeight * 0.075, 80) * (kind === "alone" ? 1.2 : 1);
  const fits = (size) => {
    message.style.fontSize = `${size}px`;
    return message.offsetHeight <= room;
  };
  const size = largest(LEAST_MESSAGE, Math.max(most, LEAST_MESSAGE), fits);
  fits(size);
  return size;
}

// The rest in what the message leaves. Where it leaves too little it becomes smaller, and then the
// picture's type.
function fitAll(shown, size) {
  shown.drawing.leastType = LEAST_TYPE;
  for (let less = size; ; less -= LESS) {
    const isEnough = fitWords(shown);
    shown.drawing.height = pictureRoom(shown);
    if (isEnough && !isCut(shown)) return;
    if (less - LESS < LEAST_MESSAGE) break;
    shown.message.style.fontSize = `${less - LESS}px`;
  }
  if (innerHeight > LOW) return;
  shown.drawing.leastType = LEAST_WHOLE;
  if (isCut(shown)) shown.drawing.leastType = LEAST_TYPE;
}

function isCut({ picture, drawing }) {
  if (!picture) return false;
  const { layout, scale } = chooseLayout(picture.plan, roomOf(picture.figure), drawing);
  return layout.height * scale > drawing.height + 1;
}

// What a rem is: it grows with the screen, as the room before it does.
const plainType = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

// Tables, lists and numbers, all measured in --type. Returns whether there is room for them.
function fitWords({ body, kind }) {
  const fits = (size) => {
    body.style.setProperty("--type", `${size}px`);
    const boxes = [body, ...body.querySelectorAll(TIGHT)];
    const numbers = [...body.querySelectorAll(".gsn-meeting-numbers dd")];
    return !boxes.some(hasMore) && !numbers.some(isWider);
  };
  const most = kind === "numbers" || kind === "html" ? MOST_TYPE * plainType() : innerHeight / 40;
  return fits(largest(plainType(), most, fits));
}

// What is left for the drawing itself when its caption has had its part.
function pictureRoom({ picture, body }) {
  if (!picture) return 0;
  const box = body.querySelector(".gsn-meeting-picture");
  return Math.max(1, box.clientHeight - picture.stage.offsetTop - 2);
}

const isWider = (box) => box.scrollWidth > box.clientWidth + 1;
const hasMore = (box) => box.scrollHeight > box.clientHeight + 1 || isWider(box);

// What has more than it shows is reached by the keys too.
function letScroll(boxes) {
  for (const box of boxes) {
    if (hasMore(box)) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
