// The rows of a table or list that can be highlighted.

const rowsIn = (body) => [...body.querySelectorAll("[data-row]")];
const namesIn = (body) => rowsIn(body).map((row) => row.dataset.row);

// Marks the row; `isNews` says that it has not been marked until now, and is brought into sight.
function markRow(body, name, isNews) {
  for (const row of rowsIn(body)) {
    const isMarked = name !== "" && row.dataset.row === name;
    if (row.classList.contains("gsn-marked") === isMarked) continue;
    row.classList.toggle("gsn-marked", isMarked);
    if (isMarked) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    if (isMarked && isNews) row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
