// Labels where there is room for them: words on an axis, keys on the bars of categories.
const KEY = "category key"; // name of the annotations that are keys: matrix_frame.py

/**
 * Which of many labels can stand without overlapping: the first ones before all others, and these in order.
 * @param {number[]} places in pixels
 * @param {number} closest that two may be
 * @param {number[]} [first] numbers of those that must not be missing if any can be kept
 * @returns {number[]} numbers, ascending
 */
function kept(places, closest, first = []) {
  /** @type {number[]} */
  const taken = [];
  for (const at of [...first, ...places.keys()]) {
    if (taken.every((other) => Math.abs(places[other] - places[at]) > closest - 0.01)) taken.push(at);
  }
  return taken.sort((a, b) => a - b);
}

/**
 * Whether an axis has words on it, which must come or go as there is room for them.
 * @param {Axis} axis
 * @returns {axis is Worded}
 */
function wordy(axis) { return axis?.type === "category" && Boolean(axis.tickvals); }

/**
 * @param {Worded} axis
 * @param {number} length of the axis in pixels
 * @returns {number} pixels a cell
 */
function roomOf({ range, tickvals }, length) {
  return length / (range ? Math.abs(range[1] - range[0]) : tickvals.length);
}

/**
 * Words are left out before they overlap.
 * @param {Worded} axis
 * @param {number} length in pixels
 * @param {string[]} [first] names of the places whose words are left out last
 * @param {number} [largest] size of type
 * @returns {Axis}
 */
function spaced(axis, length, first = [], largest = 12) {
  const smallest = 0.75 * largest;
  const names = Array.from(axis.tickvals);
  const cells = names.map((name) => (axis.categoryarray ? axis.categoryarray.indexOf(String(name)) : Number(name)));
  const places = cells.map((cell) => cell * roomOf(axis, length));
  const numbers = kept(places, smallest + 1, first.map((name) => names.indexOf(name)).filter((at) => at >= 0));
  const gaps = numbers.slice(1).map((number, at) => places[number] - places[numbers[at]]);
  const gap = gaps.length ? Math.min(...gaps) : smallest + 1;
  return {
    tickvals: numbers.map((at) => names[at]),
    ticktext: numbers.map((at) => axis.ticktext[at]),
    tickfont: { ...axis.tickfont, size: Math.max(smallest, Math.min(largest, gap - 1)) },
  };
}

/**
 * Annotations without the keys that would overlap, on the bar above a matrix and on that beside it.
 * @param {Note[]} notes
 * @param {number} room pixels a cell
 * @returns {Note[]}
 */
function keyed(notes, room) {
  const keys = notes.filter(({ name }) => name === KEY);
  const across = keys.filter(({ y }) => y < 0);
  const down = keys.filter(({ x }) => x < 0);
  const wide = Math.max(0, ...keys.map(({ text, font }) => font.size * Math.max(1, 0.3 + 0.7 * text.length)));
  const chosen = new Set([
    ...kept(across.map(({ x }) => x * room), wide).map((at) => across[at]),
    ...kept(down.map(({ y }) => y * room), Math.max(0, ...keys.map(({ font }) => font.size))).map((at) => down[at]),
  ]);
  return notes.filter((note) => note.name !== KEY || chosen.has(note));
}

/**
 * @param {Worded} axis with words of one line
 * @param {string} family of its type
 * @returns {number} pixels that its longest word takes, 0 if the words do not show
 */
function longest({ ticktext, tickfont, showticklabels = true }, family) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen || !showticklabels) return 0;
  pen.font = `${tickfont?.size ?? 12}px ${family}`;
  const plain = Array.from(ticktext, (text) => text.replace(/&(amp|lt|gt);/g, "&")); // as wide, within a pixel or two
  return Math.ceil(Math.max(0, ...plain.map((text) => pen.measureText(text).width)));
}
