// Arrays as they come from the server: numbers in base64, a symmetric matrix as its upper triangle.
const DTYPES = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

/**
 * The same with all arrays unpacked, however deep they lie. plotly.js can read {dtype, bdata, shape} itself, but would
 * do so again at every move: once is enough.
 * @param {any} value anything that JSON can hold
 * @returns {any}
 */
function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  if ("triangle" in value) return symmetric(value);
  if ("bdata" in value) return unpacked(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decoded(part)]));
}

/**
 * One typed array, flat or, with a shape, one a row.
 * @param {Packed} packed
 */
function unpacked({ dtype, bdata, shape }) {
  const flat = unpackedFlat({ dtype, bdata });
  if (!shape) return flat;
  const [rows, columns] = shape.split(",").map(Number);
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns));
}

/** @param {Packed} packed */
function unpackedFlat({ dtype, bdata }) {
  const bytes = Uint8Array.from(atob(bdata), (character) => character.charCodeAt(0));
  return new DTYPES[dtype](bytes.buffer);
}

/**
 * @param {Triangle} value
 * @returns {Float32Array[]} (row, column), both halves and ones between them
 */
function symmetric({ triangle, size }) {
  const flat = unpackedFlat(triangle);
  const rows = Array.from({ length: size }, () => new Float32Array(size).fill(1));
  let at = 0;
  for (let r = 0; r < size; r += 1) for (let c = r + 1; c < size; c += 1) rows[r][c] = rows[c][r] = flat[at++];
  return rows;
}
