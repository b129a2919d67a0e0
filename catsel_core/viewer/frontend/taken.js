// What a figure takes of its room is only known when it is drawn.
const ONE_LINE = 30; // height of a legend of one line
const MORE_LINE = 20; // and of every further one

/** What plotly took for a chart's picture and legend when it was last drawn, as far as it matters. */
class Taken {
  /** @type {number | undefined} */
  side;
  /** @type {number | undefined} */
  legendHeight;
  entries = 0;

  /**
   * Whether a picture of this height has room for other labels; later drawings must differ by more.
   * @param {number} side
   * @param {boolean} once
   */
  isOther(side, once) {
    const before = this.side ?? 0;
    return side > 0 && Math.abs(side - before) > (once ? 0.25 * side : 8);
  }

  /**
   * Before another legend below a picture is drawn nobody knows its lines: with one for every entry the picture has
   * room.
   * @param {Layout} layout
   * @param {number} entries at most
   */
  expected({ legend }, entries) {
    if (entries === this.entries) return;
    this.entries = entries;
    if (legend?.yref === "container") this.legendHeight = ONE_LINE + MORE_LINE * (entries - 1);
  }

  /**
   * A legend takes about as many more lines as the chart has become narrower. Plotly fails if that leaves the picture
   * no height at all; how many lines there are is seen once it is drawn.
   * @param {number} times
   */
  narrowed(times) {
    if (this.legendHeight) this.legendHeight *= 1.2 * times;
  }

  /**
   * Legend and labels take what they need, which is only known when they are drawn: does it change what goes on the
   * page? A legend that then takes less is let be: it might take more again, and so on for ever.
   * @param {PlotElement} plot
   * @param {Layout} layout
   * @param {boolean} [once] whether it has been drawn again already
   * @returns {boolean}
   */
  changed(plot, layout, once = false) {
    const { side, legendHeight } = drawnSizes(plot);
    const words = axesOf(layout).some(([, axis]) => wordy(axis)) && this.isOther(side, once);
    const more = legendHeight - (this.legendHeight ?? ONE_LINE);
    const lines = more > 4 || (more < -4 && !once);
    if (words) this.side = side;
    if (lines) this.legendHeight = legendHeight;
    return words || lines;
  }
}
