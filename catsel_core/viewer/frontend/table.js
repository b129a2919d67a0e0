// Tables on their way to a spreadsheet.

/**
 * Has the browser save a table as CSV.
 * @param {string} filename
 * @param {Table} rows
 */
function save(filename, rows) {
  saveFile(filename, new Blob(["\ufeff", csvText(rows)], { type: "text/csv;charset=utf-8" }));
}

/**
 * Has the browser save a file.
 * @param {string} filename
 * @param {Blob} content
 */
function saveFile(filename, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * @param {Table} rows
 * @returns {string}
 */
function csvText(rows) {
  return `${rows.map((row) => row.map(csvCell).join(",")).join("\n")}\n`;
}

/**
 * Spreadsheets would run a text that begins like a formula, so it gets an apostrophe; numbers stay numbers.
 * @param {Cell} value
 * @returns {string}
 */
function csvCell(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const CHARACTERS = new Map([["&amp;", "&"], ["&lt;", "<"], ["&gt;", ">"]]);

/**
 * A text as it was typed: figures escape words and names, since plotly reads a little HTML (`shown` in
 * catsel_core/figures/texts.py), and set those apart that are written from right to left. Every character is looked at
 * once.
 * @template {Cell} C
 * @param {C} value
 * @returns {C | string}
 */
function typed(value) {
  if (typeof value !== "string") return value;
  return value.replace(/[\u2068\u2069]/g, "").replace(/&(?:amp|lt|gt);/g, (name) => CHARACTERS.get(name) ?? name);
}

/**
 * The data that a chart shows.
 * @param {Trace[]} traces
 * @returns {Table}
 */
function tableOf(traces) {
  const heat = traces.find(({ type }) => type === "heatmap");
  if (heat) return tableOfMatrix(heat);
  const seen = traces.filter(({ hoverinfo }) => hoverinfo !== "skip");
  return [["series", "x", "y", "label"], ...seen.flatMap(tableOfPoints)];
}

/**
 * @param {Trace} trace
 * @returns {Table} a row a row
 */
function tableOfMatrix({ x, y, z = [], meta }) {
  const cells = z.map((row) => Array.from(row, (value) => (meta ? meta[value] : value)));
  return [["", ...Array.from(x, typed)], ...cells.map((row, r) => [typed(y[r]), ...row])];
}

/**
 * @param {Trace} trace
 * @returns {Table} a row a point
 */
function tableOfPoints({ name = "", x, y, customdata, text }) {
  return Array.from(x, (value, i) => {
    const label = customdata?.[i]; // a text there, which is as it was typed, names the place better than a number
    return [typed(name), typeof label === "string" ? label : typed(value), y[i], Array.isArray(text) ? text[i] : ""];
  });
}
