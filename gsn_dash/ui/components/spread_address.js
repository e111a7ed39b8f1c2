// Lets the address say what the spread assumes, in place and beside whatever else it says: a step
// back in the browser leaves the page, and does not undo one step of a slider after another.
const written = (window.gsnSpreadAddress ??= { session: "" });

export default function ({ data, setTriggerValue }) {
  if (!location.pathname.endsWith(`/${data.page}`)) return; // the visitor has already gone on
  const query = new URLSearchParams(location.search);
  data.names.forEach((name) => query.delete(name));
  data.chosen.forEach(([name, value]) => query.append(name, value));
  const search = query.size ? `?${query}` : "";
  const isServerNew = written.session !== "" && written.session !== data.session;
  written.session = data.session;
  if (search === location.search) return;
  if (isServerNew) {
    // The new server was told of the address that the page was opened with; this one knows better.
    setTriggerValue("address", location.search);
    return;
  }
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}
