// Points and lines move without the whole figure being computed anew: new numbers go into those that plotly has drawn.

/**
 * New numbers for scatter traces; those that are hidden get theirs when they are drawn again. False, and nothing done,
 * if a point comes or goes: that takes plotly's own computation of the whole figure.
 * @param {PlotElement} plot
 * @param {Frame} frame
 * @returns {boolean}
 */
function renumber(plot, { data, traces }) {
  const drawn = traces.map((trace) => drawnPoints(plot, trace));
  if (!drawn.every((points, at) => points && (!points.length || samePoints(points, data[at])))) return false;
  drawn.forEach((points, at) => points?.forEach((point, index) => {
    point.x = data[at].x?.[index] ?? point.x;
    point.y = data[at].y[index];
  }));
  return true;
}

/**
 * Whether every point stays one that can be seen.
 * @param {{ x: number, y: number }[]} points
 * @param {Patch} patch
 * @returns {boolean}
 */
function samePoints(points, { x, y }) {
  return points.length === y.length && points.every((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
    && y.every(Number.isFinite) && (!x || x.every(Number.isFinite));
}

/**
 * Puts the renumbered traces where their numbers are now.
 * @param {PlotElement} plot
 * @param {number[]} traces
 */
function place(plot, traces) {
  for (const trace of traces) {
    const points = drawnPoints(plot, trace);
    if (points?.length) placeMarks(plot, points);
  }
}
