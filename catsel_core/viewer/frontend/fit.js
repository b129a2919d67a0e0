// A figure in the width, the height and the colours of the page.
const LEAST = 250; // height of a picture that is still read
const LEAST_MATRIX = 300;
const STAGE = 1.3; // times larger type on a screen of its own
const BELOW = 12; // pixels left free below a chart
const BESIDE = 6; // and between a matrix and its words

/**
 * Size of type in pixels: for eyes before a laptop, and from 1920 pixels on for those at the back of a classroom.
 * @param {number} width of the window
 * @returns {number}
 */
function typeSize(width) {
  if (onPaper()) return 12;
  return Math.round(10 * Math.max(13, Math.min(22, 13 + (width - 1366) * 0.0098))) / 10;
}

/**
 * The same layout with every size of type that it names itself enlarged.
 * @param {unknown} part of a layout
 * @param {number} times
 * @returns {any}
 */
function enlarged(part, times) {
  if (times === 1 || part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) return typeof part[0] === "object" ? part.map((one) => enlarged(one, times)) : part;
  const entries = Object.entries(part).map(([key, value]) => {
    const font = /font$/.test(key) && value?.size ? { ...value, size: value.size * times } : undefined;
    return [key, font ?? enlarged(value, times)];
  });
  return Object.fromEntries(entries);
}

/**
 * Margins in which larger labels have room.
 * @param {Record<string, number>} [margin]
 * @param {number} [times]
 * @returns {Record<string, number>}
 */
function widened(margin = {}, times = 1) {
  return Object.fromEntries(Object.entries(margin).map(([side, pixels]) => [side, Math.round(pixels * times)]));
}

/**
 * Pixels between a picture's upper edge and the end of the window, with its reading in sight too: of a chart on the
 * first screen as the page opens, of others when they are scrolled up to the bar that stays on top. What is unfolded
 * above does not count, or charts would change while a visitor types.
 * @param {HTMLElement} plot
 * @param {HTMLElement} caption
 * @returns {number}
 */
function roomBelow(plot, caption) {
  if (onPaper()) return PAPER_ROOM;
  if (plot.closest(".presented")) {
    return innerHeight - plot.getBoundingClientRect().top - caption.offsetHeight - hintHeight(plot) - BELOW;
  }
  const page = plot.closest(".stMain") ?? document.documentElement;
  const unfolded = page.querySelector(".st-key-fold details[open] [data-testid='stExpanderDetails']");
  const top = plot.getBoundingClientRect().top + page.scrollTop - (unfolded?.clientHeight ?? 0);
  const heading = plot.offsetTop - (plot.parentElement?.offsetTop ?? 0);
  const first = top < innerHeight / 2 && !page.querySelector(".catsel-layers"); // a report is scrolled anyway
  const start = first ? top : underBar(page) + heading;
  return innerHeight - start - caption.offsetHeight - hintHeight(plot) - BELOW;
}

/**
 * @param {HTMLElement} plot
 * @returns {number} pixels of the line below a reading that opens to the texts behind a cell, where there is one
 */
function hintHeight(plot) {
  const line = plot.parentElement?.querySelector(".passages summary")?.clientHeight;
  return line ? line + 2 * BELOW : 0;
}

/**
 * @param {Element} page
 * @returns {number} pixels from the window's upper edge to the lower one of the bar that stays on top
 */
function underBar(page) {
  const bar = page.querySelector(".st-key-layers, .catsel-layers");
  if (!bar?.parentElement) return 0;
  return (Number.parseFloat(getComputedStyle(bar.parentElement).top) || 0) + bar.clientHeight;
}

/**
 * @param {number} width of the picture
 * @param {number} ratio its height over its width, where there is room
 * @param {number} [room] height that is free
 * @returns {number}
 */
function heightOf(width, ratio, room = innerHeight) {
  const matrix = ratio > 0.8;
  const most = matrix ? room : Math.min(room, onPaper() ? PAPER_LINES : Math.max(400, 0.45 * innerHeight));
  return Math.round(Math.max(LEAST, Math.min(width * ratio, Math.max(most, matrix ? LEAST_MATRIX : LEAST))));
}

/**
 * @param {Layout} layout
 * @returns {[string, Axis][]} the axes by their names
 */
function axesOf(layout) {
  return /** @type {[string, Axis][]} */ (Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name)));
}

/** Colours on a light ground, as on paper. */
const LIGHT = { text: "#1E1F29", grid: "#DCDDE8", paper: "#FFFFFF" };

/**
 * @param {Element} root
 * @returns {Theme} of the page
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
 * A layout with a theme's colours, and sizes for the width there is. The picture keeps its height whatever its legend
 * takes, but that a matrix shrinks until both are in sight.
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {object} sizes
 * @param {number} sizes.width in pixels
 * @param {number} sizes.ratio height over width
 * @param {number} [sizes.side] height of the picture when it was last drawn
 * @param {number} [sizes.legendHeight] likewise
 * @param {number} [sizes.room] height that is free for it
 * @param {boolean} [sizes.large] in type for the back of a room
 * @param {number} [sizes.exact] height that it has with its legend, whatever room there is
 * @param {number} [sizes.type] size of type, that of the page if not given
 */
function fitted(layout, { text, grid, paper, family }, sizes) {
  const { width, side, legendHeight = ONE_LINE, large: presented } = sizes;
  const size = sizes.type ?? typeSize(innerWidth) * (presented ? STAGE : 1);
  const extra = Math.max(0, legendHeight - ONE_LINE);
  const height = heightWithout(sizes, extra);
  const length = side ?? Math.max(1, Math.min(width, height) - 120);
  const times = size / 13;
  const large = enlarged(layout, times);
  const axes = axesOf(large).map(([name, axis]) => {
    const words = wordy(axis) ? spaced(axis, length, layout.meta?.first, 12 * times) : {};
    return [name, { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...axis, ...words }];
  });
  const { xaxis, annotations } = large;
  const notes = annotations && xaxis && wordy(xaxis) ? { annotations: keyed(annotations, roomOf(xaxis, length)) } : {};
  const spacious = { ...large, ...Object.fromEntries(axes), margin: widened(layout.margin, times) };
  return {
    ...withMargins(spacious, family, legendHeight), ...notes,
    width, height: height + extra, paper_bgcolor: paper, plot_bgcolor: paper,
    legend: { ...lifted(large, length), maxheight: 10_000 }, // never a scroll bar
    font: { family, size, color: text },
    hoverlabel: { font: { family, size } },
  };
}

/**
 * Height of a picture without the lines of its legend beyond the first.
 * @param {{ width: number, ratio: number, room?: number, exact?: number }} sizes as of a layout
 * @param {number} extra pixels of these lines
 * @returns {number}
 */
function heightWithout({ width, ratio, room, exact }, extra) {
  return exact ? exact - extra : heightOf(width, ratio, room && ratio > 0.8 ? room - extra : room);
}

/**
 * A matrix with margins for its words, which stand left of it and upright below, and for a legend below these. Those
 * that plotly finds follow from where the words are drawn: but the square moves within its margins, so that on some
 * widths the two never agree.
 * @param {Layout} layout
 * @param {string} family of its type
 * @param {number} legendHeight
 * @returns {Layout}
 */
function withMargins(layout, family, legendHeight) {
  const { xaxis, yaxis, legend, margin } = layout;
  if (!xaxis || !yaxis?.scaleanchor || !wordy(xaxis) || !wordy(yaxis)) return layout;
  const { l, b, ...others } = { l: 0, b: 0, ...margin };
  const below = b + (legend?.yref === "container" ? legendHeight : 0);
  return {
    ...layout,
    xaxis: { ...xaxis, automargin: false }, yaxis: { ...yaxis, automargin: false },
    margin: { ...others, l: l + longest(yaxis, family) + BESIDE, b: below + longest(xaxis, family) + BESIDE },
  };
}

/**
 * A legend above the picture, so high that a note right above the picture has room below it.
 * @param {Layout} layout
 * @param {number} length of the picture in pixels
 * @returns {object | undefined}
 */
function lifted({ legend, annotations = [] }, length) {
  const above = annotations.filter(({ yref, y }) => yref === "paper" && y === 1);
  if (!legend?.y || legend.y < 1 || !above.length) return legend;
  return { ...legend, y: Math.max(legend.y, 1 + Math.max(...above.map(({ font }) => 1.6 * font.size)) / length) };
}

/**
 * Room for the longest reading: a caption that grew by a line would make the browser lay out the whole page anew.
 * @param {HTMLElement} caption
 * @param {string[]} readings
 */
function reserve(caption, readings) {
  const probe = /** @type {HTMLElement} */ (caption.cloneNode());
  probe.ariaLive = "off"; // what is only measured is not read aloud
  probe.style.cssText = `position: absolute; visibility: hidden; min-height: 0; width: ${caption.clientWidth}px`;
  caption.parentElement?.append(probe);
  const heights = readings.map((reading) => { probe.textContent = reading; return probe.offsetHeight; });
  probe.remove();
  caption.style.minHeight = `${Math.max(...heights)}px`;
}

/**
 * A layout with which a curve that was hidden in the legend stays hidden, for as long as the curves are the same ones.
 * @param {Trace[]} data
 * @param {Layout} layout
 * @returns {Layout}
 */
function remembering(data, layout) {
  return { ...layout, legend: { ...layout.legend, uirevision: data.map(({ name }) => name).join("\n") } };
}
