const REST_MILLISECONDS = 250;


class ChartView {
  constructor(root) {
    this.root = root;
    this.plot = root.querySelector(".plot");
    this.caption = root.querySelector("figcaption");
    this.heading = root.querySelector(".title");
    root.querySelectorAll("button").forEach((button) => { button.onclick = () => this.download(button.dataset.format); });
    this.passages = new Passages(root, () => this.mark());
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.moved(); });
    this.seen.observe(root);
    this.resized = new ResizeObserver(() => { if (this.plot.clientWidth !== this.width) this.draw(); });
    this.resized.observe(this.plot);
  }

  async show(data) {
    const fresh = data.spec !== this.data?.spec;
    this.data = data;
    this.listen(data);
    if (fresh) this.spec = decoded(JSON.parse(data.spec));
    this.passages.fill(data.passages ?? []);
    this.heading.textContent = this.heading.title = data.title;
    this.root.classList.toggle("panel", data.panel); // one of several side by side: one line of heading keeps them level
    this.root.classList.toggle("bare", !data.title);
    try {
      this.plotly = await loadPlotly(data.plotly);
      if (!this.traces) await turn();
      this.draw();
    } catch (error) {
      this.plot.textContent = "This chart could not be drawn. Reload the page; if it stays so, run make run again.";
      console.error("catsel chart", error);
    }
  }

  // A map of layers by layers follows two buses, rows and columns; every other chart follows one.
  listen({ bus, across }) {
    this.bus = busOf(bus);
    this.across = across && busOf(across);
    this.leave?.();
    const left = [this.bus, this.across].filter(Boolean).map((one) => one.subscribe(() => this.moved()));
    this.leave = () => left.forEach((stop) => stop());
  }

  moved() {
    if (this.across) this.cross();
    else if (this.spec?.frames?.length) this.follow();
  }

  get index() { return this.bus.of(this.spec?.frames?.length || 1); }

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
    const frame = this.spec.frames[this.index];
    if (frame.data.some((patch) => patch.z)) this.paint();
    else this.move(frame);
  }

  // Points, lines and axis ranges move without the whole figure being computed anew, which would take ten times as long.
  move(frame) {
    if (!renumber(this.plot, frame)) return this.draw(false);
    this.traces = this.current().data;
    if (frame.layout) this.plotly.relayout(this.plot, ranges(frame.layout));
    else place(this.plot, frame.traces);
    this.say();
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

  // Room for the longest reading: a caption that grew by a line would make the browser lay out the whole page anew.
  reserve() {
    const probe = this.caption.cloneNode();
    probe.style.cssText = `position: absolute; visibility: hidden; min-height: 0; width: ${this.caption.clientWidth}px`;
    this.root.append(probe);
    const heights = this.data.readings.map((reading) => { probe.textContent = reading; return probe.offsetHeight; });
    probe.remove();
    this.caption.style.minHeight = `${Math.max(...heights)}px`;
  }

  // The picked cell, framed.
  mark() {
    if (!this.passages.cell) return;
    this.enframe(...this.passages.cell);
    this.passages.say(this.traces[0].z, this.spec.frames[this.index].name);
  }

  // The cell of the two layers that are looked at, framed and said.
  cross() {
    const { x, y, z, name } = this.traces?.[0] ?? {};
    if (!z) return;
    const [row, column] = [this.bus.of(y.length), this.across.of(x.length)];
    this.enframe(row, column);
    const value = z[row][column];
    const shown = Number.isFinite(value) ? value.toFixed(3) : "not defined";
    this.caption.textContent = `A ${y[row]}, B ${x[column]}: ${name} ${shown}. ${this.data.readings[0]}`;
    this.plot.setAttribute("aria-label", `${this.data.title}. ${this.caption.textContent}`);
  }

  enframe(row, column) {
    const { xaxis, yaxis } = this.plot._fullLayout ?? {};
    if (!xaxis?.l2p) return;
    this.frame ??= Object.assign(document.createElement("div"), { className: "picked" });
    const [left, right] = [xaxis.l2p(column - 0.5), xaxis.l2p(column + 0.5)];
    const [top, bottom] = [yaxis.l2p(row - 0.5), yaxis.l2p(row + 0.5)].sort((a, b) => a - b); // rows may count upwards
    Object.assign(this.frame.style, {
      left: `${xaxis._offset + left}px`, top: `${yaxis._offset + top}px`,
      width: `${right - left}px`, height: `${bottom - top}px`,
    });
    if (this.frame.parentElement !== this.plot) this.plot.append(this.frame);
  }

  say() {
    if (this.across) return this.cross();
    this.plot.dataset.layer = String(this.index);
    this.mark();
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
    if (fit && this.refit(layout)) this.draw(false);
    if (fit) this.reserve();
    this.say();
    if (!this.listening && this.plot.on) {
      this.listening = true;
      this.plot.on("plotly_click", ({ points }) => this.pick(points[0]));
    }
  }

  // A click picks a layer where points stand for layers, and two passages where cells stand for pairs.
  pick(point) {
    if (this.across && Array.isArray(point?.pointNumber)) {
      this.bus.pick(point.pointNumber[0]);
      this.across.pick(point.pointNumber[1]);
    } else if (this.spec.frames?.length && Number.isInteger(point?.customdata)) this.bus.pick(point.customdata);
    else if (this.passages.list.length && Array.isArray(point?.pointNumber)) this.passages.show(...point.pointNumber);
  }

  // Legend and labels take what they need, which is only known when they are drawn: does it change what goes on the page?
  refit(layout) {
    const { yaxis, legend } = this.plot._fullLayout ?? {};
    const [side, legendHeight] = [yaxis?._length ?? 0, legend?._height ?? 0];
    const words = side && wordy(layout) && Math.abs(side - (this.side ?? 0)) > 8;
    const lines = Math.abs(legendHeight - (this.legendHeight ?? ONE_LINE)) > 4;
    if (words) this.side = side;
    if (lines) this.legendHeight = legendHeight;
    return words || lines;
  }

  fitted(layout) {
    this.width = this.plot.clientWidth;
    return fitted(layout, this.root, { width: this.width, ratio: this.data.height, side: this.side, legendHeight: this.legendHeight });
  }

  download(format) {
    this.settle();
    const layer = this.data.readings.length > 1 && this.spec.frames?.length ? `-${this.spec.frames[this.index].name}` : "";
    const filename = `catsel-${this.data.name}${layer}`;
    if (format !== "csv") return this.plotly?.downloadImage(this.plot, { format, filename, width: this.width, height: this.plot.clientHeight, scale: 2 });
    save(`${filename}.csv`, tableOf(this.traces));
  }

  destroy() {
    clearTimeout(this.rest);
    this.leave?.();
    this.resized.disconnect();
    this.seen.disconnect();
    this.plotly?.purge(this.plot);
  }
}

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".catsel-chart");
  root.catselView ??= new ChartView(root);
  root.catselView.show(data);
  return () => { root.catselView?.destroy(); root.catselView = undefined; };
}
