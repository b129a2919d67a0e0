// Arrays as they come from the server: numbers in base64, a symmetric matrix as its upper triangle.
const DTYPES = { f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array };

// plotly.js can read {dtype, bdata, shape} itself, but would do so again at every move: once is enough.
function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  if ("triangle" in value) return symmetric(value);
  if (!("bdata" in value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decoded(v)]));
  const bytes = Uint8Array.from(atob(value.bdata), (c) => c.charCodeAt(0));
  const flat = new DTYPES[value.dtype](bytes.buffer);
  if (!value.shape) return flat;
  const [rows, columns] = value.shape.split(",").map(Number);
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns));
}

function merged(base, patch) {
  const result = { ...base };
  for (const [key, value] of Object.entries(patch ?? {})) {
    const plain = value !== null && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value);
    result[key] = plain ? merged(base[key] ?? {}, value) : value;
  }
  return result;
}


function symmetric({ triangle, size }) {
  const flat = decoded(triangle);
  const rows = Array.from({ length: size }, () => new Float32Array(size).fill(1));
  let at = 0;
  for (let r = 0; r < size; r += 1) for (let c = r + 1; c < size; c += 1) rows[r][c] = rows[c][r] = flat[at++];
  return rows;
}
