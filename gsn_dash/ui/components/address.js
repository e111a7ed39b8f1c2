// Writes what the visitor has chosen into the address, in place: a step back in the browser
// leaves the page, and does not undo one step of a slider after another.
//
// Several may write, each the names that are its own: `data.owner` tells them apart.
const sessions = (window.gsnAddresses ??= {});

// What is left of the address without what its owner says there.
const without = ({ names, stems }) => {
  const isOurs = (name) => names.includes(name) || stems.some((stem) => name.startsWith(stem));
  const query = [...new URLSearchParams(location.search)];
  return new URLSearchParams(query.filter(([name]) => !isOurs(name)));
};

// Names of figures keep their colons, as in the links that lead to them.
const say = (query) => (query.size ? `?${String(query).replaceAll("%3A", ":")}` : "");

export default function ({ data, setTriggerValue }) {
  if (!location.pathname.endsWith(`/${data.page}`)) return; // the visitor has already gone on
  const query = without(data);
  data.chosen.forEach(([name, value]) => query.append(name, value));
  const search = say(query);
  const before = sessions[data.owner];
  const isServerNew = before !== undefined && before !== data.session;
  sessions[data.owner] = data.session;
  if (search === say(new URLSearchParams(location.search))) return;
  if (isServerNew) {
    // Streamlit told the new server of the address that the page was opened with.
    setTriggerValue("address", location.search);
    return;
  }
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}
