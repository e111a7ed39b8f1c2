// Where the marks of a picture stand in its unit, and the axes that hold them.

// Each mark's value now, and where its bar begins and ends; null where that is not known.
function standMarks(plan, values) {
  const amounts = plan.marks.map(({ node, value }) =>
    node ? Number(values[node[0]]) / node[1] : value,
  );
  if (plan.kinds) return hangSteps(plan.kinds, amounts);
  return amounts.map((amount) => ({ amount, start: 0, end: amount }));
}

// As charts/running.py: a level stands on zero, a change hangs where the last step ended, and
// after an unknown one nothing has a place until the next level.
function hangSteps(kinds, amounts) {
  let level = 0;
  let known = true;
  return amounts.map((amount, place) => {
    const start = kinds[place] === "level" ? 0 : level;
    known = amount !== null && (known || kinds[place] === "level");
    if (known) level = start + amount;
    return { amount: known ? amount : null, start, end: known ? level : null };
  });
}

// The panels' axes. What stands still is drawn as it was laid out; what moves gets axes that end
// on a round number, all grown by as much, so that a krona stays equally long in each.
function standAxes(plan, layout, bars, rules) {
  const spans = layout.panels.map(({ low, high }) => ({ low, high }));
  if (plan.moves) growSpans(spans, layout, bars, rules);
  return layout.panels.map((panel, place) => {
    const { low, high } = spans[place];
    const hair = (high - low) * rules.hair;
    return {
      ...panel,
      low: low < 0 ? low - hair : low,
      high: high > 0 ? high + hair : high,
    };
  });
}

function growSpans(spans, layout, bars, rules) {
  const most = Math.max(...spans.map(({ low, high }) => Math.max(-low, high)));
  let needed = 1;
  bars.forEach(({ start, end }, place) => {
    const span = spans[layout.places[place].panel ?? 0];
    for (const value of [start, end ?? start]) {
      const side = value < 0 ? -span.low : span.high;
      if (side > 0) needed = Math.max(needed, Math.abs(value) / side);
    }
  });
  const growth = roundEnd(most * needed, rules.stops) / most;
  for (const span of spans) {
    span.low *= growth;
    span.high *= growth;
  }
  bars.forEach(({ start, end }, place) => {
    const span = spans[layout.places[place].panel ?? 0];
    for (const value of [start, end ?? start]) openSide(span, value, rules.stops);
  });
}

// A side that was laid out empty and is needed after all.
function openSide(span, value, stops) {
  if (value < span.low && span.low === 0) span.low = -roundEnd(-value, stops);
  if (value > span.high && span.high === 0) span.high = roundEnd(value, stops);
}

// The least round number that is not below `size`, but for what a division loses.
function roundEnd(size, stops) {
  const power = 10 ** Math.floor(Math.log10(size));
  return stops.find((stop) => stop * power >= size * (1 - 1e-9)) * power;
}
