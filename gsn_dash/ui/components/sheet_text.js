// Texts with numbers that follow the levers, written as gsn_dash/present/numbers.py writes them.

const MINUS = "\u2212";
const SPACE = "\u00a0";
const KR_PER_MKR = 1000000n;

// A template is a list of parts: words, numbers, a choice by a number's sign or by a node, or a
// list joined.
function render(template, values) {
  if (typeof template === "string") return template;
  let text = "";
  for (const part of template) {
    if (typeof part === "string") text += part;
    else if (part.by) text += render(part[signOf(part.by, values)] ?? [], values);
    else if (part.texts) text += part.texts[Number(values[part.pick])];
    else if (part.items) text += renderList(part, values);
    else text += write(part, values);
  }
  return text;
}

function renderList({ join, items }, values) {
  return items
    .map((item) => render(item, values))
    .filter((text) => text)
    .join(join);
}

function write(part, values) {
  const { rounded, decimals, kind } = roundAsShown(part, values);
  const digits = withDecimals(size(rounded), decimals);
  if (kind === "0" || rounded === 0n) return digits;
  if (rounded < 0n) return MINUS + digits;
  return kind === "+" ? `+${digits}` : digits;
}

function signOf(part, values) {
  const { rounded } = roundAsShown(part, values);
  return rounded === 0n ? "0" : rounded > 0n ? "+" : "-";
}

// The number in units of its last decimal; `kind` is "" , "+" (with sign) or "0" (size only).
function roundAsShown(part, values) {
  const [form, kind] = formOf(part.as);
  const decimals = form === "mkr" ? 1 : form === "kr" ? 0 : (part.decimals ?? 0);
  const [above, below] = fractionOf(form, part, values);
  const scaled = above * 10n ** BigInt(decimals);
  const rounded = below < 0n ? divide(-scaled, -below) : divide(scaled, below);
  return { rounded, decimals, kind };
}

// "mkr+" is the form "mkr" of the kind "+".
function formOf(as) {
  const last = as.at(-1);
  return last === "+" || last === "0" ? [as.slice(0, -1), last] : [as, ""];
}

function fractionOf(form, part, values) {
  const below = part.of === undefined ? BigInt(part.per ?? 1) : values[part.of];
  if (form === "mkr") return [values[part.n], below * KR_PER_MKR];
  return [form === "percent" ? values[part.n] * 100n : values[part.n], below];
}

// 183005 with one decimal is "18 300,5".
function withDecimals(number, decimals) {
  const digits = number.toString().padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  let whole = "";
  for (let end = cut; end > 0; end -= 3)
    whole = digits.slice(Math.max(0, end - 3), end) + (whole && SPACE + whole);
  return decimals ? `${whole},${digits.slice(cut)}` : whole;
}

// Which nodes a template's text hangs on.
function nodesOf(template, found = new Set()) {
  if (typeof template === "string") return found;
  for (const part of template) {
    if (typeof part === "string") continue;
    const number = part.by ?? part;
    for (const node of [number.n, number.of, number.pick])
      if (node !== undefined) found.add(node);
    for (const inner of part.items ?? [part["+"], part["0"], part["-"]])
      if (inner) nodesOf(inner, found);
  }
  return found;
}
