// Tables on their way to a spreadsheet.

/**
 * Has the browser save a table as CSV.
 * @param {string} filename
 * @param {Table} rows
 */
function save(filename, rows) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", csvText(rows)], { type: "text/csv;charset=utf-8" }));
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
  const shown = value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
  const text = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const safe = typeof value === "string" && /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
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
  return [["", ...Array.from(x)], ...cells.map((row, r) => [y[r], ...row])];
}

/**
 * @param {Trace} trace
 * @returns {Table} a row a point
 */
function tableOfPoints({ name = "", x, y, customdata, text }) {
  return Array.from(x, (value, i) => {
    const label = customdata?.[i]; // a text there, which is as it was typed, names the place better than a number
    return [name, typeof label === "string" ? label : value, y[i], Array.isArray(text) ? text[i] : ""];
  });
}
