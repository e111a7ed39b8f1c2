// What the server says of the meeting, and what becomes of it here.

const KEPT_MEETING = "gsnMeeting";
const HELD = "gsnHeld";
const ENDED = "Mötet är avslutat. Du kan bläddra i det som visades.";
const LEFT_AFTER = 10000;
const NOW_YOURS = "Du visar nu. Alla som följer ser det du visar.";

// "presenter", "follower", "away" (looks alone while the meeting goes on), "alone".
function modeOf({ message, isAway }) {
  if (!message || message.role === "alone") return "alone";
  if (message.role === "presenter") return "presenter";
  return isAway ? "away" : "follower";
}

function hear(meeting, message) {
  const before = meeting.message;
  meeting.showMissing(message);
  if (message.missing) return keepMeeting(meeting, false);
  meeting.message = message;
  noteRole(meeting, before, message);
  if (!before && message.role === "presenter") keepHeld(meeting);
  noteHolder(meeting);
  takePlace(meeting, before);
  keepMeeting(meeting, message.role !== "alone");
  meeting.read(message.deck);
  meeting.paint();
}

function noteRole(meeting, before, { role, ended, presenter }) {
  if (role !== "follower") stay(meeting);
  if (role !== "presenter") forgetPlace(meeting.sender);
  if (!before) return;
  if (ended && !before.ended) tellNews(meeting, ENDED);
  else if (role === "presenter" && before.role !== "presenter") tellNews(meeting, NOW_YOURS);
  else if (role === "follower" && presenter !== before.presenter)
    tellNews(meeting, `${presenter} visar nu.`);
}

// Who presents may only be changing networks: it is said when nothing is heard for a while.
function noteHolder(meeting) {
  const { held, ended, database } = meeting.message;
  if (held !== false || ended || !database) {
    clearTimeout(meeting.leftTimer);
    Object.assign(meeting, { leftTimer: 0, isLeft: false });
  } else if (!meeting.leftTimer)
    meeting.leftTimer = setTimeout(() => {
      meeting.isLeft = true;
      meeting.paint();
    }, LEFT_AFTER);
}

// Who follows stands where the meeting does. So does who presents, but for what is on its way
// from here: another tab of the same browser may have moved the meeting. A sequence that goes back
// says that the database has lost steps: the last one is then sent again.
function takePlace(meeting, before) {
  const { message, sender } = meeting;
  const mode = modeOf(meeting);
  if (mode === "follower") meeting.place = message.place;
  else if (mode === "presenter") {
    if (isBusy(sender)) return;
    const wasOurs = before?.role === "presenter";
    if (wasOurs && message.sequence < before.sequence) sendAgain(sender, meeting.place);
    else if (!wasOurs || message.sequence > sender.told) meeting.place = message.place;
  } else if (mode === "alone" && !before) {
    // What has ended is looked through from its beginning, with the levers as they were left.
    const { levers } = message.place;
    const view = location.hash.slice(1);
    meeting.place = { ...(message.ended ? { ...NOWHERE, levers } : message.place), ...(view && { view }) };
  }
}

// A step from here was taken; what another tab of ours was told of meanwhile was passed over.
function catchUp(meeting) {
  const { message, sender } = meeting;
  if (modeOf(meeting) !== "presenter" || isBusy(sender) || message.sequence <= sender.told) return;
  meeting.place = message.place;
  meeting.paint();
}

function listen(meeting) {
  const stop = meeting.stop;
  const how = meeting.isAway ? "watch" : "follow";
  meeting.stop = window.gsnStream[how](meeting.code, meeting.hear);
  stop?.();
}

function leave(meeting) {
  if (modeOf(meeting) !== "follower") return;
  meeting.isAway = true;
  listen(meeting);
}

function stay(meeting) {
  if (!meeting.isAway) return;
  meeting.isAway = false;
  listen(meeting);
}

function comeBack(meeting) {
  stay(meeting);
  takePlace(meeting, meeting.message);
  meeting.paint();
}

// Another deck in the place of the one that is shown: nobody loses where he stands.
function takeDeck(meeting, deck) {
  const before = meeting.deck;
  meeting.deck = deck;
  if (!meeting.message.ended) {
    const news = describeChange(before, deck, new Date());
    if (news) tellNews(meeting, news);
  }
  const { place } = meeting;
  if (!viewOf(deck, place.view)) {
    const view = nearestView(deck, place.view, before?.views.map(({ key }) => key));
    meeting.place = { ...place, view, row: "" };
    if (before && modeOf(meeting) === "presenter") sendPlace(meeting.sender, meeting.place);
  }
  meeting.paint();
}

// 403: somebody else presents. What was not let through is not shown here either.
function refuse(meeting, status, sentence) {
  if (status === 403) meeting.message = { ...meeting.message, role: "follower" };
  meeting.place = meeting.message.place;
  tellNews(meeting, sentence || "Det du visade togs inte emot.");
  meeting.paint();
}

const NEWS_FOR = 60000;

function tellNews(meeting, words) {
  clearTimeout(meeting.newsTimer);
  meeting.news = words;
  meeting.newsTimer = setTimeout(() => {
    meeting.news = "";
    meeting.paint();
  }, NEWS_FOR);
}

// Who came here to present, and was not handed it here, may take it back: as whom.
function keepHeld({ code, message }) {
  try {
    sessionStorage.setItem(HELD, JSON.stringify({ code, name: message.presenter }));
  } catch {
    // Nothing may be kept here: there is still the way by the page where meetings are started.
  }
}

function heldAs({ code }) {
  try {
    const held = JSON.parse(sessionStorage.getItem(HELD) ?? "null");
    return held?.code === code ? held.name : "";
  } catch {
    return "";
  }
}

// So that the other pages can say that a meeting goes on, and lead back to it.
function keepMeeting({ code }, isLive) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_MEETING) ?? "null")?.code;
    if (isLive && kept !== code)
      localStorage.setItem(KEPT_MEETING, JSON.stringify({ code, at: Date.now() }));
    if (!isLive && kept === code) localStorage.removeItem(KEPT_MEETING);
  } catch {
    // Nothing may be kept here: then there is no way back but the address.
  }
}
