// Writes what the visitor has chosen into the address, in place: a step back in the browser
// leaves the page, and does not undo one step of a slider after another.
//
// Several may write, each the names that are its own: `data.owner` tells them apart. Of each is
// kept which of the server's sessions it heard from last, and what that had it write.
const heard = (window.gsnAddresses ??= {});

// What is left of the address without what its owner says there.
const without = ({ names, stems }) => {
  const isOurs = (name) => names.includes(name) || stems.some((stem) => name.startsWith(stem));
  const query = [...new URLSearchParams(location.search)];
  return new URLSearchParams(query.filter(([name]) => !isOurs(name)));
};

// Names of figures keep their colons, as in the links that lead to them.
const say = (query) => (query.size ? `?${String(query).replaceAll("%3A", ":")}` : "");

// After the server has been away, or in the place of another: what was chosen here. Streamlit told
// it of the address that the page was opened with; and a link may have led on to a page whose
// address says nothing, where the server that has gone would have known.
function choiceHere(data, chosen) {
  const query = without(data);
  const here = new URLSearchParams(location.search);
  if (here.size > query.size) return here;
  chosen.forEach(([name, value]) => query.append(name, value));
  return query;
}

export default function ({ data: [data], setTriggerValue }) {
  if (!location.pathname.endsWith(`/${data.page}`)) return; // the visitor has already gone on
  const query = without(data);
  data.chosen.forEach(([name, value]) => query.append(name, value));
  const { session = data.session, chosen } = heard[data.owner] ?? {};
  heard[data.owner] = { session: data.session, chosen: data.chosen };
  if (session !== data.session) {
    const told = choiceHere(data, chosen);
    if (say(told) === say(query)) return;
    setTriggerValue("address", say(told));
    return;
  }
  if (say(query) === say(new URLSearchParams(location.search))) return;
  history.replaceState(history.state, "", location.pathname + say(query) + location.hash);
}
