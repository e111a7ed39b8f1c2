// How wide a number is and where it is broken: charts/lettering.py and charts/words.py.

const isCapital = (letter) => letter !== letter.toLowerCase() && letter === letter.toUpperCase();

function textWidth(text, size, bold, rules) {
  let ems = 0;
  for (const letter of text) {
    const kind = rules.letters.find(([letters]) => letters.includes(letter));
    ems += kind ? kind[1] : isCapital(letter) ? rules.capital : rules.other;
  }
  return ems * size * (bold ? rules.bolder : 1);
}

function wrapText(text, size, room, bold, rules) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, bold, rules) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// The number in bold, its note after it or, where there is no room for both, under it.
function numberLines(label, note, { number, small, room }, rules) {
  const aside = { text: note, size: small };
  if (note) {
    const wide = textWidth(`${label} `, number, true, rules) + textWidth(note, small, false, rules);
    if (wide <= room) return [[{ text: label, bold: true }, aside]];
  }
  const lines = wrapText(label, number, room, true, rules).map((text) => [{ text, bold: true }]);
  if (!note) return lines;
  const notes = wrapText(note, small, room, false, rules).map((text) => [{ text, size: small }]);
  return [...lines, ...notes];
}
