// Tables on their way to a spreadsheet.
function save(filename, rows) {
  const text = csvText(rows);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function csvText(rows) {
  const cell = (v) => {
    const shown = v === null || v === undefined || Number.isNaN(v) ? "" : String(v);
    const text = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    // a leading = + - @ would be run as a formula by spreadsheets; numbers stay numbers
    const safe = typeof v === "string" && /^[=+\-@]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

// The data that a chart shows.
function tableOf(traces) {
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
  return rows;
}
