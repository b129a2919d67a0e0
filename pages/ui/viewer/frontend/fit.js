// A figure in the width and the colours of the page.
const ONE_LINE = 30; // height of a legend of one line

/**
 * @param {Layout} layout
 * @returns {[string, Axis][]} the axes by their names
 */
function axesOf(layout) {
  return /** @type {[string, Axis][]} */ (Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name)));
}

/**
 * @param {Element} root
 * @returns {{ text: string, grid: string, paper: string, family: string }} colours and font of the page's theme
 */
function themeOf(root) {
  const style = getComputedStyle(root);
  /** @type {(name: string, other: string) => string} */
  const get = (name, other) => style.getPropertyValue(name).trim() || other;
  return {
    text: get("--st-text-color", "#222"),
    grid: get("--st-border-color", "#ddd"),
    paper: get("--st-background-color", "#fff"),
    family: get("--st-font", "sans-serif"),
  };
}

/**
 * A layout with the theme's colours, and sizes for the width there is. The picture keeps its height whatever its legend
 * takes.
 * @param {Layout} layout
 * @param {Element} root
 * @param {object} sizes
 * @param {number} sizes.width in pixels
 * @param {number} sizes.ratio height over width
 * @param {number} [sizes.side] height of the picture when it was last drawn
 * @param {number} [sizes.legendHeight] likewise
 */
function fitted(layout, root, { width, ratio, side, legendHeight = ONE_LINE }) {
  const { text, grid, paper, family } = themeOf(root);
  const height = Math.round(Math.max(250, Math.min(width * ratio, ratio > 0.8 ? 680 : 400)));
  const length = side ?? Math.max(1, Math.min(width, height) - 120);
  const axes = axesOf(layout).map(([name, axis]) => {
    const words = wordy(axis) ? spaced(axis, length, layout.meta?.first) : {};
    return [name, { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...axis, ...words }];
  });
  const { xaxis, annotations } = layout;
  const notes = annotations && xaxis && wordy(xaxis) ? { annotations: keyed(annotations, roomOf(xaxis, length)) } : {};
  return {
    ...layout, ...Object.fromEntries(axes), ...notes,
    width, height: height + Math.max(0, legendHeight - ONE_LINE), paper_bgcolor: paper, plot_bgcolor: paper,
    legend: { ...layout.legend, maxheight: 10_000 }, // never a scroll bar
    font: { family, size: 13, color: text },
    hoverlabel: { font: { family } },
  };
}

/** What plotly took for a chart's picture and legend when it was last drawn, as far as it matters. */
class Taken {
  /** @type {number | undefined} */
  side;
  /** @type {number | undefined} */
  legendHeight;

  /**
   * Legend and labels take what they need, which is only known when they are drawn: does it change what goes on the
   * page?
   * @param {PlotElement} plot
   * @param {Layout} layout
   * @returns {boolean}
   */
  changed(plot, layout) {
    const { side, legendHeight } = drawnSizes(plot);
    const words = side > 0 && axesOf(layout).some(([, axis]) => wordy(axis)) && Math.abs(side - (this.side ?? 0)) > 8;
    const lines = Math.abs(legendHeight - (this.legendHeight ?? ONE_LINE)) > 4;
    if (words) this.side = side;
    if (lines) this.legendHeight = legendHeight;
    return words || lines;
  }
}

/**
 * Room for the longest reading: a caption that grew by a line would make the browser lay out the whole page anew.
 * @param {HTMLElement} caption
 * @param {string[]} readings
 */
function reserve(caption, readings) {
  const probe = /** @type {HTMLElement} */ (caption.cloneNode());
  probe.style.cssText = `position: absolute; visibility: hidden; min-height: 0; width: ${caption.clientWidth}px`;
  caption.parentElement?.append(probe);
  const heights = readings.map((reading) => { probe.textContent = reading; return probe.offsetHeight; });
  probe.remove();
  caption.style.minHeight = `${Math.max(...heights)}px`;
}
