// Sizes that a picture may have beside that on the screen: it is then laid out anew, where nobody sees it.
const SHEET_TYPE = 13; // pixels of type, as it is laid out
const PICTURE_PART = 0.4; // of a sheet's height that is left between the axes; words get smaller before it is less
const SMALLER = 1.2; // times, at each try
const MOST_TRIES = 6;
const MOST_FITTINGS = 3; // that a figure is drawn again until its legend and its labels have the room that they take

/**
 * @typedef {object} Sheet
 * @property {number} width in pixels of what it is for
 * @property {number} [height] likewise; as high as the chart wants without
 * @property {number} laid pixels that its width is laid out in
 * @property {string} [print] its width on paper, for programs that place pictures
 */

/** @type {Record<string, Sheet>} by the value of the select that chooses one; 1890 pixels are 160 mm at 300 dpi */
const SHEETS = {
  slide: { width: 1920, height: 1080, laid: 960 },
  a4: { width: 1890, laid: 605, print: "160mm" },
  square: { width: 1200, height: 1200, laid: 600 },
};

/**
 * Has all charts of the tab offer the size that was chosen at one of them.
 * @param {HTMLElement} root of a chart
 */
function offerSheets(root) {
  const choice = part(root, ".sheet", HTMLSelectElement);
  choose(choice, window.catselSheet ?? "");
  choice.onchange = () => {
    window.catselSheet = choice.value;
    for (const other of document.querySelectorAll(".catsel-chart .sheet")) {
      if (other instanceof HTMLSelectElement) choose(other, choice.value);
    }
  };
}

/**
 * A size that is not the screen's is named where it is chosen.
 * @param {HTMLSelectElement} choice
 * @param {string} size
 */
function choose(choice, size) {
  choice.value = size;
  const name = choice.previousElementSibling;
  if (name) name.textContent = `${size ? `${choice.selectedOptions[0].text} ` : ""}▼`;
}

/**
 * A figure and what its picture says, laid out for a sheet: on a larger one, with smaller words, where they would leave
 * too little for the picture itself.
 * @param {Plotly} plotly
 * @param {{ data: Trace[], layout: Layout }} figure
 * @param {Said} said with the width and the height that the chart would like to have
 * @param {Sheet} sheet
 * @returns {Promise<[object, Said]>}
 */
async function onSheet(plotly, figure, said, sheet) {
  for (let wide = sheet.laid, tries = MOST_TRIES; ; wide = Math.round(wide * SMALLER), tries -= 1) {
    const own = sized(said, sheet, wide);
    const { fit, side } = await laidOut(plotly, figure, own);
    const enough = !sheet.height || side >= PICTURE_PART * sheet.height * wide / sheet.width;
    if (enough || tries === 1) return [{ data: figure.data, layout: fit, config: CONFIG }, own];
  }
}

/**
 * @param {Said} said
 * @param {Sheet} sheet
 * @param {number} wide pixels that its width is laid out in
 * @returns {Said} with the room that its words leave for the chart
 */
function sized(said, { width, height, print }, wide) {
  const words = heightOfWords(headOf(said, wide)) + heightOfWords(footOf(said, wide));
  const chart = height ? Math.floor(height * wide / width - words) : Math.round(wide * said.height / said.width);
  return { ...said, width: wide, height: Math.max(LEAST, chart), scale: width / wide, whole: height, print };
}

/**
 * A layout in the size that a picture has room for: drawn out of sight until its legend and its words have the room
 * that they take, which plotly knows only then.
 * @param {Plotly} plotly
 * @param {{ data: Trace[], layout: Layout }} figure
 * @param {Said} said
 * @returns {Promise<{ fit: object, side: number }>} and the height that is left between its axes
 */
async function laidOut(plotly, { data, layout }, { theme, width, height }) {
  const plot = /** @type {PlotElement} */ (made("div", {}));
  plot.style.cssText = `position: fixed; left: -10000px; top: 0; width: ${width}px; height: ${height}px`;
  document.body.append(plot);
  const sizes = { width, ratio: height / width, exact: height, type: SHEET_TYPE };
  const taken = new Taken();
  taken.expected(layout, data.length);
  try {
    for (let again = MOST_FITTINGS; ; again -= 1) {
      const fit = fitted(layout, theme, { ...sizes, side: taken.side, legendHeight: taken.legendHeight });
      const drawn = await plotly.react(plot, data.map((trace) => ({ ...trace })), fit, CONFIG).catch(() => null);
      const changed = taken.changed(plot, layout, again < MOST_FITTINGS);
      if (!again || !changed) return { fit, side: drawn ? drawnSizes(plot).side : 0 };
    }
  } finally {
    plotly.purge(plot);
    plot.remove();
  }
}
