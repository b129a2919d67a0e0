// The shown data as CSV.
function csvOf(traces) {
  const cell = (v) => {
    const shown = v === null || v === undefined || Number.isNaN(v) ? "" : String(v);
    const text = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    // a leading = + - @ would be run as a formula by spreadsheets; numbers stay numbers
    const safe = typeof v === "string" && /^[=+\-@]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const heat = traces.filter((t) => t.type === "heatmap");
  const rows = [];
  if (heat.length) {
    const [{ x, y, z, meta }] = heat; // meta: what the numbers of a mask stand for
    rows.push(["", ...x]);
    y.forEach((label, r) => rows.push([label, ...Array.from(z[r], (value) => (meta ? meta[value] : value))]));
  } else {
    rows.push(["series", "x", "y", "label"]);
    for (const t of traces.filter((t) => t.hoverinfo !== "skip"))
      Array.from(t.x).forEach((x, i) => rows.push([t.name ?? "", typeof t.customdata?.[i] === "string" ? t.customdata[i] : x, t.y[i], Array.isArray(t.text) ? t.text[i] : ""]));
  }
  return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
}
