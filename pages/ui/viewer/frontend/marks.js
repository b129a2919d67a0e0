// New numbers for scatter traces that plotly has drawn: `calcdata` is what it draws from, at hover and zoom as well.
// False if a point comes or goes, which takes plotly's own computation of the whole figure.
function renumber({ calcdata }, { data, traces }) {
  const drawn = traces.map((trace) => calcdata?.[trace]);
  const fits = drawn.every((points, at) => points?.[0].trace.type === "scatter" && points.length === data[at].y.length
    && [points.map(({ x }) => x), points.map(({ y }) => y), data[at].x ?? [], data[at].y].every((all) => all.every(Number.isFinite)));
  if (!fits) return false;
  drawn.forEach((points, at) => points.forEach((point, index) => {
    point.x = data[at].x?.[index] ?? point.x;
    point.y = data[at].y[index];
  }));
  return true;
}

// Puts points and straight lines where their numbers are now, on axes that stay.
function place({ calcdata, _fullLayout: { xaxis, yaxis } }, traces) {
  for (const points of traces.map((trace) => calcdata[trace])) {
    const pixels = points.map(({ x, y }) => [xaxis.c2p(x), yaxis.c2p(y)].join());
    const { node3 } = points[0];
    node3.selectAll(".points > path").attr("transform", (_, index) => `translate(${pixels[index]})`);
    node3.selectAll(".js-line").attr("d", `M${pixels.join("L")}`);
  }
}

// Of a frame's layout, as plotly's fast way to new axes takes them: nothing but ranges.
function ranges(layout) {
  return Object.fromEntries(Object.entries(layout).map(([axis, { range }]) => [`${axis}.range`, [...range]]));
}
