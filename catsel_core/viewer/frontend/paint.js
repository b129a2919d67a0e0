// While the layer moves, a matrix is painted over plotly's own: redrawing axes with many words would take ten times as
// long.
const SHADES = 256;

/**
 * A matrix as pixels, in the colours that plotly would give its cells. What is not a number stays clear, and so does
 * the diagonal where rows and columns are the same: what is drawn there is that of every layer.
 * @param {Matrix} z
 * @param {ColorAxis} colors
 * @returns {ImageData} a pixel a cell
 */
function pixels(z, { cmin, cmax, colorscale }) {
  const table = shades(colorscale);
  const image = new ImageData(z[0].length, z.length);
  const pairs = z.length === z[0].length;
  let at = 0;
  for (const [number, row] of z.entries()) {
    for (let column = 0; column < row.length; column += 1) {
      const shade = Math.round((SHADES - 1) * Math.max(0, Math.min(1, (row[column] - cmin) / (cmax - cmin))));
      if (!Number.isNaN(shade) && !(pairs && column === number)) image.data.set(table[shade], at);
      at += 4;
    }
  }
  return image;
}

/**
 * @param {ColorAxis["colorscale"]} colorscale
 * @returns {number[][]} (shade, channel) red, green, blue and how opaque, up to 255
 */
function shades(colorscale) {
  const stops = colorscale.map(([at, hex]) => {
    return { at, rgb: [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16)) };
  });
  return Array.from({ length: SHADES }, (_, step) => {
    const part = step / (SHADES - 1);
    const upper = Math.max(1, stops.findIndex(({ at }) => at >= part));
    const [low, high] = [stops[upper - 1], stops[upper]];
    const mix = (part - low.at) / (high.at - low.at);
    return [...low.rgb.map((channel, index) => channel + mix * (high.rgb[index] - channel)), 255];
  });
}

/** The canvas that lies over a chart's cells while the layer moves. */
class Cells {
  /** @param {PlotElement} plot */
  constructor(plot) {
    this.plot = plot;
    this.canvas = made("canvas", { className: "cells", hidden: true });
  }

  get hidden() { return this.canvas.hidden; }

  hide() { this.canvas.hidden = true; }

  /**
   * False where there is no picture yet that could be painted over.
   * @param {Matrix} z
   * @param {ColorAxis} colors
   * @returns {boolean}
   */
  paint(z, colors) {
    const [rows, columns] = [z.length, z[0].length];
    if (!lay(this.canvas, this.plot, [0, rows - 1], [0, columns - 1])) return false;
    Object.assign(this.canvas, { width: columns, height: rows, hidden: false });
    this.canvas.getContext("2d")?.putImageData(pixels(z, colors), 0, 0);
    return true;
  }
}

/**
 * Lays an element over a block of a drawn matrix. False if nothing is drawn yet.
 * @param {HTMLElement} element
 * @param {PlotElement} plot
 * @param {[number, number]} rows first and last
 * @param {[number, number]} columns
 * @returns {boolean}
 */
function lay(element, plot, rows, columns) {
  const box = drawnBox(plot, rows, columns);
  if (!box) return false;
  for (const side of /** @type {const} */ (["left", "top", "width", "height"])) element.style[side] = `${box[side]}px`;
  if (element.parentElement !== plot) plot.append(element);
  return true;
}
