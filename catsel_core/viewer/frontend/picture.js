// A chart as a picture to take along: with the words that say what it shows, in a font that goes with it.
const PICTURE_SCALE = 2; // pixels of a PNG for one on the screen
const EDGE = 12; // pixels left free around the words
const LINE = 1.4; // height of a line over the size of its type

/**
 * A line of words in a picture.
 * @typedef {{ text: string, size: number, weight: number }} Words
 */

/**
 * What a picture says, and how large its chart is.
 * @typedef {object} Said
 * @property {number} width in pixels, as it is laid out
 * @property {number} height of the chart alone, likewise
 * @property {number} scale pixels of a PNG for one that is laid out
 * @property {number} [whole] height of the whole picture in pixels of a PNG, where that is given
 * @property {string} [print] width on paper
 * @property {string} title
 * @property {string[]} lines below the title
 * @property {string} reading below the chart
 * @property {Theme} theme
 */

/**
 * @param {DrawnChart} chart whose buttons save it
 */
function offerDownloads(chart) {
  offerSheets(chart.root);
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (chart.root.querySelectorAll("[data-format]"))) {
    button.onclick = ({ shiftKey }) => downloadChart(chart, button.dataset.format ?? "", shiftKey);
  }
}

/**
 * Has the browser save a chart at the layer that is looked at, without curves that are hidden in the legend.
 * @param {DrawnChart} chart
 * @param {string} format
 * @param {boolean} [asSeen] in the colours of the page; otherwise on a light ground
 */
async function downloadChart(chart, format, asSeen = false) {
  chart.settle();
  const { plotly, frame, traces, data: { name, list, readings } } = chart;
  const layer = readings.length > 1 && frame ? frame.name : "";
  const stem = ["catsel", name, list, layer].filter(Boolean).join("-");
  if (format !== "csv" && plotly) {
    const size = part(chart.root, ".sheet", HTMLSelectElement).value;
    const [figure, said] = await pictured(chart, plotly, asSeen, SHEETS[size]);
    await savePicture(plotly, figure, said, `${[stem, size].filter(Boolean).join("-")}.${format}`);
  } else if (traces) save(`${stem}.csv`, tableOf(traces));
}

/**
 * @param {DrawnChart} chart
 * @param {Plotly} plotly
 * @param {boolean} asSeen in the colours of the page; otherwise on a light ground
 * @param {Sheet} [sheet] what it is for; as on the screen without
 * @returns {Promise<[object, Said]>} the figure, and what its picture says
 */
async function pictured(chart, plotly, asSeen, sheet) {
  const { plot, width, caption, frame, data: { title, about = [], readings, height: ratio } } = chart;
  const theme = { ...themeOf(chart.root), ...(asSeen ? {} : LIGHT) };
  const lines = [...about, ...layerOf(frame, readings.length > 1)];
  const words = { title, lines, reading: caption.textContent ?? "", theme };
  const { layout } = chart.current();
  const data = plot.data ?? [];
  if (sheet) return onSheet(plotly, { data, layout }, { ...words, width, height: width * ratio, scale: 1 }, sheet);
  const figure = { data, layout: chart.fitted(layout, theme), config: CONFIG };
  return [figure, { ...words, width, height: plot.clientHeight, scale: PICTURE_SCALE }];
}

/**
 * The line that names the layer that a picture shows, or marks, if there is one.
 * @param {Frame | undefined} frame
 * @param {boolean} shows
 * @returns {string[]}
 */
function layerOf(frame, shows) {
  if (!frame) return [];
  return [shows ? tr("Layer: {layer}", { layer: frame.name }) : tr("Marked layer: {layer}", { layer: frame.name })];
}

/**
 * Has the browser save a figure with what it says, as SVG or PNG.
 * @param {Plotly} plotly
 * @param {object} figure
 * @param {Said} said
 * @param {string} filename ends in the format
 */
async function savePicture(plotly, figure, said, filename) {
  const { width, height } = said;
  const chart = await plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
  const picture = await pictureOf(chart, said);
  const svg = () => new Blob([picture.svg], { type: "image/svg+xml" });
  saveFile(filename, filename.endsWith(".png") ? await rasterized(picture) : svg());
}

/**
 * The words above a chart.
 * @param {Said} said
 * @param {number} width of the picture
 * @returns {Words[]}
 */
function headOf({ title, lines, theme: { family } }, width) {
  const small = lines.flatMap((text) => wrapped({ text, size: 13, weight: 400 }, width, family));
  return [...wrapped({ text: title, size: 18, weight: 600 }, width, family), ...small];
}

/**
 * The words below it.
 * @param {Said} said
 * @param {number} width of the picture
 * @returns {Words[]}
 */
function footOf({ reading, theme: { family } }, width) {
  return wrapped({ text: reading, size: 13, weight: 400 }, width, family);
}

/**
 * How wide and how high an SVG says it is.
 * @param {Said} said
 * @param {number} high as it is laid out
 * @returns {string} attributes
 */
function sizeOf({ width, whole, scale, print }, high) {
  if (print) return `width="${print}" height="${(Number.parseFloat(print) * high / width).toFixed(2)}mm"`;
  return whole ? `width="${Math.round(width * scale)}" height="${whole}"` : `width="${width}" height="${high}"`;
}

/**
 * The whole picture as SVG, and how large it is as a PNG.
 * @param {string} chart SVG of the chart alone
 * @param {Said} said
 * @returns {Promise<{ svg: string, width: number, height: number }>}
 */
async function pictureOf(chart, said) {
  const { width, height, theme, scale, whole } = said;
  const [head, foot] = [headOf(said, width), footOf(said, width)];
  const top = heightOfWords(head);
  const high = whole ? whole / scale : Math.ceil(top + height + heightOfWords(foot));
  const face = await fontFace(theme.family);
  const family = quoted(theme.family);
  return {
    width: Math.round(width * scale),
    height: Math.round(high * scale),
    svg: `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(said, high)} viewBox="0 0 ${width} ${high}">`
      + `<style>${face}</style><rect width="${width}" height="${high}" fill="${quoted(theme.paper)}"/>`
      + `<g fill="${quoted(theme.text)}" font-family="${family}">${drawnWords(head, 0)}`
      + `${drawnWords(foot, top + height)}</g>${chart.replace("<svg ", `<svg x="0" y="${top}" `)}</svg>`,
  };
}

/**
 * Words in as many lines as they need.
 * @param {Words} words
 * @param {number} width of the picture
 * @param {string} family
 * @returns {Words[]}
 */
function wrapped({ text, size, weight }, width, family) {
  const pen = made("canvas", {}).getContext("2d");
  if (pen) pen.font = `${weight} ${size}px ${family}`;
  const fits = (/** @type {string} */ line) => !pen || pen.measureText(line).width <= width - 2 * EDGE;
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, size, weight }));
}

/**
 * @param {Words[]} words
 * @returns {number} pixels
 */
function heightOfWords(words) {
  return words.length ? words.reduce((sum, { size }) => sum + LINE * size, 2 * EDGE) : 0;
}

/**
 * @param {Words[]} words
 * @param {number} top
 * @returns {string} SVG
 */
function drawnWords(words, top) {
  let y = top + EDGE;
  return words.map(({ text, size, weight }) => {
    y += LINE * size;
    const place = `x="${EDGE}" y="${(y - 0.3 * size).toFixed(1)}"`;
    return `<text ${place} font-size="${size}" font-weight="${weight}">${quoted(text)}</text>`;
  }).join("");
}

/**
 * @param {string} text
 * @returns {string} the same within XML
 */
function quoted(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/**
 * The rule that brings the font along, so that words take the same room on every machine; empty for fonts that are a
 * machine's own.
 * @param {string} family
 * @returns {Promise<string>}
 */
async function fontFace(family) {
  const name = unquoted(family.split(",")[0]);
  const rule = fontRules().find(({ style }) => unquoted(style.fontFamily) === name && style.fontStyle !== "italic");
  const [, address] = /url\(["']?([^"')]+)/.exec(rule?.style.getPropertyValue("src") ?? "") ?? [];
  if (!rule || !address) return "";
  try {
    const file = await (await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI))).blob();
    const weights = rule.style.fontWeight || "normal";
    return `@font-face{font-family:"${name}";font-weight:${weights};src:url(${await dataUrl(file)}) format("woff2")}`;
  } catch { return ""; } // the picture then has the fonts of whoever looks at it
}

/** @returns {CSSFontFaceRule[]} of the page */
function fontRules() {
  return [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule); } catch { return []; }
  });
}

/**
 * @param {string} name
 * @returns {string}
 */
function unquoted(name) { return name.trim().replace(/^["']|["']$/g, ""); }

/**
 * @param {Blob} file
 * @returns {Promise<string>}
 */
function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/**
 * @param {{ svg: string, width: number, height: number }} picture
 * @returns {Promise<Blob>} as PNG
 */
async function rasterized({ svg, width, height }) {
  const image = new Image();
  image.src = await dataUrl(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = made("canvas", { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error("no PNG")); }, "image/png");
  });
}
