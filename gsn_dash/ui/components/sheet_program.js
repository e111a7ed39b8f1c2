// The scenario's program: whole numbers only, so that its answers are the domain's to the last
// digit. The rules are those of gsn_dash/domain/scenario/program.py.

const NODES = {
  const: ([number]) => BigInt(number),
  lever: ([lever], _, at) => BigInt(at.positions[lever]),
  moved: ([lever], _, at) => (isMoved(at.levers[lever], at.positions[lever]) ? 1n : 0n),
  table: ([lever, entries], _, at) => BigInt(entries[placeOf(at.levers[lever], at.positions[lever])]),
  sum: ([terms], values) =>
    terms.reduce((total, [factor, node]) => total + BigInt(factor) * values[node], 0n),
  times: ([first, second], values) => values[first] * values[second],
  divide: ([node, by], values) => divide(values[node], BigInt(by)),
  most: ([first, second], values) =>
    values[first] > values[second] ? values[first] : values[second],
  split: ([whole, weights], values) => split(values[whole], weights.map((node) => values[node])),
  part: ([node, place], values) => values[node][place],
};

// The value of every node where the levers stand at `positions`, one for each of `levers`.
function evaluate(program, levers, positions) {
  const at = { levers, positions };
  const values = [];
  for (const [kind, ...inside] of program) values.push(NODES[kind](inside, values, at));
  return values;
}

function isMoved(lever, position) {
  return position !== lever.resting;
}

// Positions are [lowest, highest, step], or listed.
const isListed = ({ positions }) => !Array.isArray(positions);

// Which of its lever's positions a position is, counted from 0.
function placeOf(lever, position) {
  if (isListed(lever)) return lever.positions.values.indexOf(position);
  const [low, , step] = lever.positions;
  return (position - low) / step;
}

const size = (number) => (number < 0n ? -number : number);

// number ÷ by (> 0), half away from zero.
function divide(number, by) {
  const whole = (2n * size(number) + by) / (2n * by);
  return number < 0n ? -whole : whole;
}

function floorDivide(number, by) {
  const whole = number / by;
  return whole * by > number ? whole - 1n : whole;
}

// A whole by weights: what the parts' floors leave over goes, one each, to the largest remainders.
function split(whole, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => floorDivide(whole * weight, total));
  const rests = weights.map((weight, place) => whole * weight - parts[place] * total);
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  const order = [...parts.keys()].sort((one, two) =>
    rests[one] === rests[two] ? one - two : rests[one] > rests[two] ? -1 : 1,
  );
  for (const place of order.slice(0, left)) parts[place] += 1n;
  return parts;
}
