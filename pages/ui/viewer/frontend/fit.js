const ONE_LINE = 30; // height of a legend of one line


// Whether an axis has words on it, which must come or go as there is room for them.
function wordy(layout) { return Object.values(layout).some((part) => part?.type === "category" && part.tickvals); }


// Words are left out before they overlap: each one gets `room` pixels.
function spaced(axis, room) {
  const step = Math.ceil(10 / room);
  const size = Math.max(9, Math.min(12, step * room - 1));
  const some = (values) => values.filter((_, i) => i % step === 0);
  return { tickvals: some(axis.tickvals), ticktext: some(axis.ticktext), tickfont: { ...axis.tickfont, size } };
}


// Colours of the page's theme, and sizes for the width there is. The figure keeps its height whatever its legend takes.
function fitted(layout, root, { width, ratio, side, legendHeight = ONE_LINE }) {
  const style = getComputedStyle(root);
  const get = (name, other) => style.getPropertyValue(name).trim() || other;
  const text = get("--st-text-color", "#222");
  const grid = get("--st-border-color", "#ddd");
  const paper = get("--st-background-color", "#fff");
  const font = get("--st-font", "sans-serif");
  const height = Math.round(Math.max(250, Math.min(width * ratio, ratio > 0.8 ? 680 : 400)));
  const axes = {};
  for (const key of Object.keys(layout).filter((k) => /^[xy]axis/.test(k))) {
    const axis = layout[key];
    const length = side ?? Math.max(1, Math.min(width, height) - 120);
    axes[key] = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...axis };
    if (wordy({ axis })) Object.assign(axes[key], spaced(axis, length / axis.tickvals.length));
  }
  return {
    ...layout, ...axes, width, height: height + Math.max(0, legendHeight - ONE_LINE), paper_bgcolor: paper, plot_bgcolor: paper,
    legend: { ...layout.legend, maxheight: 10_000 }, // never a scroll bar
    font: { family: font, size: 13, color: text },
    hoverlabel: { font: { family: font } },
  };
}
