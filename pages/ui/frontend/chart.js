const DTYPES = { f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array };

// plotly.js can read {dtype, bdata, shape} itself, but would do so again at every move: once is enough.
function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  if (!("bdata" in value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decoded(v)]));
  const bytes = Uint8Array.from(atob(value.bdata), (c) => c.charCodeAt(0));
  const flat = new DTYPES[value.dtype](bytes.buffer);
  if (!value.shape) return flat;
  const [rows, columns] = value.shape.split(",").map(Number);
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns));
}

function merged(base, patch) {
  const result = { ...base };
  for (const [key, value] of Object.entries(patch ?? {})) {
    const plain = value !== null && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value);
    result[key] = plain ? merged(base[key] ?? {}, value) : value;
  }
  return result;
}

function loadPlotly(url) {
  window.catselPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { window.catselPlotly = undefined; reject(new Error(url)); };
    document.head.append(script);
  });
  return window.catselPlotly;
}

const REST_MILLISECONDS = 250;

function pixels(z, { cmin, cmax, colorscale }) {
  const stops = colorscale.map(([at, hex]) => [at, ...[1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16))]);
  const table = Array.from({ length: 256 }, (_, step) => {
    const part = step / 255;
    const upper = Math.max(1, stops.findIndex(([at]) => at >= part));
    const [low, high] = [stops[upper - 1], stops[upper]];
    const mix = (part - low[0]) / (high[0] - low[0]);
    return [1, 2, 3].map((channel) => low[channel] + mix * (high[channel] - low[channel]));
  });
  const image = new ImageData(z[0].length, z.length);
  z.forEach((row, r) => row.forEach((value, c) => {
    const step = Math.round(255 * Math.max(0, Math.min(1, (value - cmin) / (cmax - cmin))));
    image.data.set([...table[step], 255], 4 * (r * row.length + c));
  }));
  return image;
}

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
    const { x, y } = heat[0];
    rows.push(["", ...x]);
    y.forEach((label, r) => rows.push([label, ...x.map((_, c) => {
      const hit = heat.find((t) => !Number.isNaN(t.z[r][c]));
      return hit ? (heat.length > 1 ? hit.name : hit.z[r][c]) : "";
    })]));
  } else {
    rows.push(["series", "x", "y", "label"]);
    for (const t of traces.filter((t) => t.hoverinfo !== "skip"))
      Array.from(t.x).forEach((x, i) => rows.push([t.name ?? "", typeof t.customdata?.[i] === "string" ? t.customdata[i] : x, t.y[i], Array.isArray(t.text) ? t.text[i] : ""]));
  }
  return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

class ChartView {
  constructor(root) {
    this.root = root;
    this.plot = root.querySelector(".plot");
    this.caption = root.querySelector("figcaption");
    this.heading = root.querySelector(".title");
    root.querySelectorAll("button").forEach((button) => { button.onclick = () => this.download(button.dataset.format); });
    this.leave = layerBus.subscribe(() => { if (this.spec?.frames?.length) this.follow(); });
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.follow(); });
    this.seen.observe(root);
    this.resized = new ResizeObserver(() => { if (this.plot.clientWidth !== this.width) this.draw(); });
    this.resized.observe(this.plot);
  }

  async show(data) {
    const fresh = data.spec !== this.data?.spec;
    this.data = data;
    if (fresh) this.spec = decoded(JSON.parse(data.spec));
    this.heading.textContent = data.title;
    this.root.classList.toggle("bare", !data.title);
    try {
      this.plotly = await loadPlotly(data.plotly);
      this.draw();
    } catch (error) {
      this.plot.textContent = "This chart could not be drawn. Reload the page; if it stays so, run make run again.";
      console.error("catsel chart", error);
    }
  }

  get index() { return layerBus.of(this.spec?.frames?.length || 1); }

  get reading() { return this.data.readings[Math.min(this.index, this.data.readings.length - 1)]; }

  current() {
    const { data, layout, frames } = this.spec;
    const frame = frames?.[this.index];
    if (!frame) return { data, layout };
    const traces = [...data];
    frame.data.forEach((patch, at) => { const target = frame.traces[at]; traces[target] = merged(data[target], patch); });
    return { data: traces, layout: merged(layout, frame.layout) };
  }

  // Off the screen a chart waits: only what is seen is redrawn at every move.
  follow() {
    if (!this.visible || !this.traces || this.plot.dataset.layer === String(this.index)) return;
    if (this.traces.some((trace) => trace.type === "heatmap")) this.paint();
    else this.move(this.spec.frames[this.index]);
  }

  // While the layer moves, a heat map's cells are painted over plotly's own; plotly draws them, the colour bar and
  // the hover values once the layer rests. Redrawing axes with many words at every move would take ten times as long.
  paint() {
    const { data, layout } = this.current();
    const { xaxis, yaxis } = this.plot._fullLayout ?? {};
    const { z } = data[0];
    if (!xaxis?.l2p || !layout.coloraxis) return this.draw(false);
    this.cells ??= Object.assign(document.createElement("canvas"), { className: "cells" });
    const [rows, columns] = [z.length, z[0].length];
    Object.assign(this.cells, { width: columns, height: rows, hidden: false });
    const [left, top] = [xaxis.l2p(-0.5), yaxis.l2p(-0.5)];
    Object.assign(this.cells.style, {
      left: `${xaxis._offset + left}px`, top: `${yaxis._offset + top}px`,
      width: `${xaxis.l2p(columns - 0.5) - left}px`, height: `${yaxis.l2p(rows - 0.5) - top}px`,
    });
    this.cells.getContext("2d").putImageData(pixels(z, layout.coloraxis), 0, 0);
    if (this.cells.parentElement !== this.plot) this.plot.append(this.cells);
    this.traces = data;
    this.say();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.settle(), REST_MILLISECONDS);
  }

  settle() {
    clearTimeout(this.rest);
    if (!this.cells || this.cells.hidden) return;
    this.draw(false);
    this.cells.hidden = true;
  }

  // Points, lines and axis ranges can move without a redraw, at a fraction of its work.
  move(frame) {
    this.traces = this.current().data;
    this.say();
    const now = { mode: "immediate", frame: { redraw: false, duration: 0 }, transition: { duration: 0 } };
    const { data, traces, layout } = frame;
    this.plotly.animate(this.plot, { data, traces, layout }, now).catch(() => { /* overtaken by the next move */ });
  }

  // Room for the longest reading: a caption that grew by a line would make the browser lay out the whole page anew.
  reserve() {
    const probe = this.caption.cloneNode();
    probe.style.cssText = `position: absolute; visibility: hidden; min-height: 0; width: ${this.caption.clientWidth}px`;
    this.root.append(probe);
    const heights = this.data.readings.map((reading) => { probe.textContent = reading; return probe.offsetHeight; });
    probe.remove();
    this.caption.style.minHeight = `${Math.max(...heights)}px`;
  }

  say() {
    this.plot.dataset.layer = String(this.index);
    if (this.caption.textContent === this.reading) return;
    this.caption.textContent = this.reading;
    this.plot.setAttribute("aria-label", `${this.data.title}. ${this.reading}`);
  }

  // `fit`: also find out how large the matrix has become and, if words must come or go, draw once more.
  draw(fit = true) {
    if (!this.plotly || !this.plot.isConnected || !this.plot.clientWidth) return;
    const { data, layout } = this.current();
    this.traces = data;
    this.plotly.react(this.plot, data, this.fitted(layout), { displayModeBar: false, responsive: false, doubleClick: "reset" });
    const side = this.plot._fullLayout?.yaxis?._length; // legend and labels take what they need: only now it is known
    if (fit && side && Math.abs(side - (this.side ?? 0)) > 8) { this.side = side; this.draw(false); }
    if (fit) this.reserve();
    this.say();
    if (!this.listening && this.plot.on) {
      this.listening = true;
      this.plot.on("plotly_click", ({ points }) => {
        if (this.spec.frames?.length && Number.isInteger(points[0]?.customdata)) layerBus.set(points[0].customdata);
      });
    }
  }

  // Colours of the page's theme, and sizes for the width there is.
  fitted(layout) {
    const style = getComputedStyle(this.root);
    const get = (name, other) => style.getPropertyValue(name).trim() || other;
    const text = get("--st-text-color", "#222");
    const grid = get("--st-border-color", "#ddd");
    const paper = get("--st-background-color", "#fff");
    this.width = this.plot.clientWidth;
    const height = Math.round(Math.max(250, Math.min(this.width * this.data.height, this.data.height > 0.8 ? 680 : 400)));
    const axes = {};
    for (const key of Object.keys(layout).filter((k) => /^[xy]axis/.test(k))) {
      const axis = layout[key];
      axes[key] = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...axis };
      if (axis.type === "category" && axis.tickvals) { // leave words out before they overlap
        const room = (this.side ?? Math.max(1, Math.min(this.width, height) - 120)) / axis.tickvals.length;
        const step = Math.ceil(10 / room);
        const size = Math.max(9, Math.min(12, step * room - 1));
        Object.assign(axes[key], { tickvals: axis.tickvals.filter((_, i) => i % step === 0), ticktext: axis.ticktext.filter((_, i) => i % step === 0), tickfont: { ...axis.tickfont, size } });
      }
    }
    return {
      ...layout, ...axes, width: this.width, height, paper_bgcolor: paper, plot_bgcolor: paper,
      font: { family: get("--st-font", "sans-serif"), size: 13, color: text },
      hoverlabel: { font: { family: get("--st-font", "sans-serif") } },
    };
  }

  download(format) {
    this.settle();
    const layer = this.data.readings.length > 1 ? `-${this.spec.frames[this.index].name}` : "";
    const filename = `catsel-${this.data.name}${layer}`;
    if (format !== "csv") return this.plotly?.downloadImage(this.plot, { format, filename, width: this.width, height: this.plot.clientHeight, scale: 2 });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csvOf(this.traces)], { type: "text/csv;charset=utf-8" }));
    link.download = `${filename}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  destroy() {
    clearTimeout(this.rest);
    this.leave();
    this.resized.disconnect();
    this.seen.disconnect();
    this.plotly?.purge(this.plot);
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".catsel-chart");
  root.catselView ??= new ChartView(root);
  root.catselView.show(data);
  return () => { root.catselView?.destroy(); root.catselView = undefined; };
}
