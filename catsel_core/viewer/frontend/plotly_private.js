// Everything that the viewer knows of plotly's insides. No release promises to keep it, so it is used here alone, where
// a new version is easily compared; the linter refuses it elsewhere. Read in plotly.js 4.1.1.

/**
 * @typedef {object} DrawnAxis
 * @property {number} _offset pixels from the picture's left or top edge to the axis
 * @property {number} _length in pixels
 * @property {(linear: number) => number} [l2p] from a place on the axis to pixels from its beginning; a category's
 *   place is its number
 * @property {(calculated: number) => number} c2p the same for a number of `calcdata`
 */

/**
 * A computed point: plotly draws, zooms and finds what is hovered over by these.
 * @typedef {object} DrawnPoint
 * @property {number} x
 * @property {number} y
 * @property {{ type: string, visible: boolean | string }} trace of every trace's first point: what it belongs to
 * @property {Marks} node3 of every trace's first point: the d3 selection of its group
 */

/**
 * @typedef {object} Marks
 * @property {(selector: string) => { attr(name: string, value: Attribute): void }} selectAll
 */

/**
 * Of all marks of a selection, or of each by its number.
 * @typedef {string | ((_: unknown, index: number) => string)} Attribute
 */

/**
 * @typedef {object} Drawn
 * @property {DrawnPoint[][]} [calcdata] (trace, point)
 * @property {{ xaxis: DrawnAxis, yaxis: DrawnAxis, legend?: { _height?: number } }} [_fullLayout]
 */

/**
 * Where a block of a matrix lies in its picture; null before it is drawn.
 * @param {PlotElement & Drawn} plot
 * @param {[number, number]} rows first and last
 * @param {[number, number]} columns
 * @returns {{ left: number, top: number, width: number, height: number } | null} in pixels
 */
function drawnBox(plot, rows, columns) {
  const { xaxis, yaxis } = plot._fullLayout ?? {};
  if (!xaxis?.l2p || !yaxis?.l2p) return null;
  const [left, right] = [xaxis.l2p(columns[0] - 0.5), xaxis.l2p(columns[1] + 0.5)];
  const [one, other] = [yaxis.l2p(rows[0] - 0.5), yaxis.l2p(rows[1] + 0.5)];
  const top = Math.min(one, other); // rows may count upwards
  return {
    left: xaxis._offset + left, top: yaxis._offset + top,
    width: right - left, height: Math.max(one, other) - top,
  };
}

/**
 * How much room plotly has given to the picture and to its legend: known only when they are drawn.
 * @param {PlotElement & Drawn} plot
 * @returns {{ side: number, legendHeight: number }} in pixels, 0 for what there is not
 */
function drawnSizes(plot) {
  const { yaxis, legend } = plot._fullLayout ?? {};
  return { side: yaxis?._length ?? 0, legendHeight: legend?._height ?? 0 };
}

/**
 * The points of a scatter trace, to be read and written: none if its curve was hidden in the legend, null if the trace
 * is of another kind or not drawn.
 * @param {PlotElement & Drawn} plot
 * @param {number} trace
 * @returns {DrawnPoint[] | null}
 */
function drawnPoints({ calcdata }, trace) {
  const points = calcdata?.[trace];
  if (points?.[0].trace.type !== "scatter") return null;
  return points[0].trace.visible === true ? points : [];
}

/**
 * Puts the marks, their words and the straight line of a drawn scatter trace where its points are now; axes stay.
 * @param {PlotElement & Drawn} plot
 * @param {DrawnPoint[]} points
 */
function placeMarks({ _fullLayout }, points) {
  if (!_fullLayout) return;
  const { xaxis, yaxis } = _fullLayout;
  const pixels = points.map(({ x, y }) => [xaxis.c2p(x), yaxis.c2p(y)].join());
  const { node3 } = points[0];
  node3.selectAll(".points > path").attr("transform", (_, index) => `translate(${pixels[index]})`);
  const words = node3.selectAll(".textpoint > text");
  words.attr("x", (_, index) => pixels[index].split(",")[0]);
  words.attr("y", (_, index) => pixels[index].split(",")[1]);
  node3.selectAll(".js-line").attr("d", `M${pixels.join("L")}`);
}
