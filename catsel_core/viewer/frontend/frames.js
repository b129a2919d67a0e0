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
 * Whether a layer changes nothing but the cells of a matrix; words that change places are drawn anew.
 * @param {Frame} frame
 * @returns {boolean}
 */
function ofCells({ data, layout }) { return data.some(({ z }) => z) && !layout?.xaxis; }

/**
 * The figure at a layer.
 * @param {Spec} spec
 * @param {Frame} [frame] of the layer
 * @returns {{ data: Trace[], layout: Layout }}
 */
function atFrame({ data, layout }, frame) {
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
