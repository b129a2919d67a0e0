// A figure carries all layers: its frames say what each one changes.

/**
 * A base with a patch laid over it, part by part; arrays are replaced whole. Neither of the two is changed.
 * @template {object} Base
 * @param {Base} base
 * @param {object} [patch]
 * @returns {Base}
 */
function merged(base, patch) {
  /** @type {Record<string, any>} */
  const result = { ...base };
  for (const [key, value] of Object.entries(patch ?? {})) {
    const plain = value !== null && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value);
    result[key] = plain ? merged(result[key] ?? {}, value) : value;
  }
  return /** @type {Base} */ (result);
}

/**
 * The figure at a layer.
 * @param {Spec} spec
 * @param {number} index
 * @returns {{ data: Trace[], layout: Layout }}
 */
function atLayer({ data, layout, frames }, index) {
  const frame = frames?.[index];
  if (!frame) return { data, layout };
  const traces = [...data];
  frame.data.forEach((patch, at) => { const target = frame.traces[at]; traces[target] = merged(data[target], patch); });
  return { data: traces, layout: merged(layout, frame.layout) };
}

/**
 * Of a frame's layout, as plotly's fast way to new axes takes them: nothing but ranges.
 * @param {NonNullable<Frame["layout"]>} layout
 * @returns {Record<string, number[]>}
 */
function ranges(layout) {
  return Object.fromEntries(Object.entries(layout).map(([axis, { range }]) => [`${axis}.range`, [...(range ?? [])]]));
}
