const REST_MILLISECONDS = 250;
const MOST_TIMES = 3; // that a chart is drawn again until its legend and its labels have the room that they take
const SAME_HEIGHT = 6; // pixels that are not worth a new drawing

/** A chart: draws a figure once, and moves it to the layer that is looked at. */
class ChartView {
  /** @type {Plotly | undefined} */
  plotly;
  /** @type {Trace[] | undefined} what is on the page; undefined before it is drawn */
  traces;
  /** @type {Leave | undefined} */
  leave;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  rest;
  visible = false;
  listening = false;
  width = 0;
  height = 0;
  room = 0;

  /**
   * @param {HTMLElement} root
   * @param {ChartData} data
   */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    /** @type {Spec} */
    this.spec = decoded(JSON.parse(data.spec));
    this.bus = busOf(data.bus);
    this.across = data.across ? busOf(data.across) : null;
    this.plot = /** @type {PlotElement} */ (part(root, ".plot", HTMLElement));
    this.caption = part(root, "figcaption", HTMLElement);
    this.heading = part(root, ".title", HTMLElement);
    this.cells = new Cells(this.plot);
    this.picked = made("div", { className: "picked" });
    this.taken = new Taken();
    this.passages = new Passages(root, () => this.mark());
    this.shuffling = new Shuffling(root, () => this.shuffled());
    this.gliding = new Gliding((frame) => this.move(frame));
    this.shuffling.fill(data.shuffles);
    this.finding = new Finding(root, this.plot);
    this.presenting = new Presenting(this);
    offerDownloads(this);
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.moved(); });
    this.seen.observe(root);
    this.resized = new ResizeObserver(() => this.refit());
    this.resized.observe(this.plot);
    const page = root.closest(".stMainBlockContainer");
    if (page) this.resized.observe(page); // what stands above has come or gone
    this.refit = this.refit.bind(this);
    this.printing = forPaper(() => { this.settle(); if (this.traces) this.draw(); });
    window.addEventListener("resize", this.refit);
  }

  /** @param {ChartData} data */
  async show(data) {
    if (data.spec !== this.data.spec) {
      this.spec = decoded(JSON.parse(data.spec));
      this.shuffling.fill(data.shuffles);
    }
    this.data = data;
    this.listen(data);
    this.passages.fill(data.passages ?? []);
    if (!this.passages.cell && !this.across) this.picked.remove(); // it framed a cell of another matrix
    this.heading.textContent = this.heading.title = data.title;
    this.root.classList.toggle("panel", data.panel); // one of several side by side: kept level by headings of one line
    this.root.classList.toggle("bare", !data.title);
    try {
      this.plotly = await loadPlotly(data.plotly);
      if (!this.traces) await turn();
      this.draw();
    } catch (error) {
      this.plot.textContent = tr("This chart could not be drawn. Reload the page; if it stays so, run make run again.");
      console.error("catsel chart", error);
    }
  }

  /**
   * A map of layers by layers follows two buses, rows and columns; every other chart follows one.
   * @param {ChartData} data
   */
  listen({ bus, across }) {
    this.bus = busOf(bus);
    this.across = across ? busOf(across) : null;
    this.leave?.();
    const left = [this.bus, this.across].map((one) => one?.subscribe(() => this.moved()));
    this.leave = () => left.forEach((stop) => stop?.());
  }

  /** Draws anew if the room that there is has changed. */
  refit() {
    if (!this.traces) return;
    const { width, height } = this.size();
    if (width !== this.width || Math.abs(height - this.height) > SAME_HEIGHT) this.draw();
  }

  /** The width that there is, the room below, and the height that the picture gets of it. */
  size() {
    const width = this.plot.clientWidth;
    const room = roomBelow(this.plot, this.caption);
    return { width, room, height: heightOf(width, this.ratio, room) };
  }

  /** Height over width, where there is room: on a screen of its own a chart takes all of it. */
  get ratio() { return this.isPresented ? Math.max(0.85, this.data.height) : this.data.height; }

  get isPresented() { return this.root.classList.contains("presented"); }

  moved() {
    if (this.across) this.cross();
    else this.follow();
  }

  get index() { return this.bus.of(this.spec.frames?.length || 1); }

  /** The frame of the layer, where a figure has any. */
  get frame() {
    const frame = this.spec.frames?.[this.index];
    return frame && this.shuffling.of(frame, this.index);
  }

  get reading() { return this.data.readings[Math.min(this.index, this.data.readings.length - 1)]; }

  current() { return atFrame(this.spec, this.frame); }

  /** More shuffles are shown, or all of them again. */
  shuffled() {
    this.plot.dataset.layer = ""; // off the screen it is drawn when it comes into sight
    this.follow();
  }

  /** Off the screen a chart waits: only what is seen is redrawn at every move. */
  follow() {
    const { frame } = this;
    if (!frame || !this.visible || !this.traces || this.plot.dataset.layer === String(this.index)) return;
    if (ofCells(frame)) this.paint();
    else if (this.spec.layout.meta?.glide) this.gliding.to(frame, this.traces);
    else this.move(frame);
  }

  /**
   * Points, lines and axis ranges move without the whole figure being computed anew, which would take ten times as
   * long.
   * @param {Frame} frame
   */
  move(frame) {
    if (!renumber(this.plot, frame)) { this.draw(false); return; }
    this.traces = this.current().data;
    if (frame.layout) this.plotly?.relayout(this.plot, ranges(frame.layout));
    else place(this.plot, frame.traces);
    this.say();
  }

  /** Plotly draws the cells, the colour bar and the hover values once the layer rests. */
  paint() {
    const { data, layout } = this.current();
    const { z } = data[0];
    if (!z || !layout.coloraxis || !this.cells.paint(z, layout.coloraxis)) { this.draw(false); return; }
    this.traces = data;
    this.say();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.settle(), REST_MILLISECONDS);
  }

  settle() {
    clearTimeout(this.rest);
    if (this.cells.hidden) return;
    this.draw(false);
    this.cells.hide();
  }

  /** The picked cell, framed. */
  mark() {
    const z = this.traces?.[0].z;
    if (!this.passages.cell || !this.frame || !z) return;
    this.enframe(...this.passages.cell);
    this.passages.say(z, this.frame.name);
  }

  /** The cell of the two layers that are looked at, framed and said. */
  cross() {
    if (!this.traces?.[0].z || !this.across) return;
    const { x, y, z, name } = this.traces[0];
    const [row, column] = [this.bus.of(y.length), this.across.of(x.length)];
    this.enframe(row, column);
    const value = z[row][column];
    const shown = Number.isFinite(value) ? value.toFixed(3) : tr("not defined");
    const cell = tr("A {a}, B {b}: {name} {value}.", { a: y[row], b: x[column], name: name ?? "", value: shown });
    this.caption.textContent = `${cell} ${this.data.readings[0]}`;
    this.plot.setAttribute("aria-label", `${this.data.title}. ${this.caption.textContent}`);
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  enframe(row, column) { lay(this.picked, this.plot, [row, row], [column, column]); }

  say() {
    if (this.across) { this.cross(); return; }
    this.plot.dataset.layer = String(this.index);
    this.mark();
    if (this.traces) this.finding.of(this.traces, this.spec.layout);
    if (this.caption.textContent === this.reading) return;
    this.caption.textContent = this.reading;
    this.plot.setAttribute("aria-label", `${this.data.title}. ${this.reading}`);
  }

  /**
   * @param {boolean} fit also find out how large the matrix has become and, if words must come or go, draw once more
   * @param {number} again how often at most
   */
  draw(fit = true, again = fit ? MOST_TIMES : 0) {
    if (!this.plotly || !isShown(this.plot)) return;
    const { data, layout } = this.current();
    this.traces = data;
    if (fit) this.measure();
    this.taken.expected(layout, data.length);
    const drawn = this.plotly.react(this.plot, data, this.fitted(remembering(data, layout)), CONFIG);
    if (again) this.drawAgain(layout, drawn, again - 1);
    this.say();
    if (this.listening || !this.plot.on) return;
    this.listening = true;
    this.plot.on("plotly_click", ({ points }) => this.pick(points[0]));
    this.plot.on("plotly_restyle", () => this.draw(false)); // a curve that comes back has the numbers of this layer
  }

  /**
   * Once more, if legend or labels have taken another room than before. That is known when plotly has ended, also where
   * it had no room for the picture at all; begun before, two drawings would mix their margins.
   * @param {Layout} layout
   * @param {Promise<unknown>} drawn
   * @param {number} again how often after that
   */
  drawAgain(layout, drawn, again) {
    const look = () => {
      if (this.taken.changed(this.plot, layout, again < MOST_TIMES - 1)) this.draw(false, again);
    };
    drawn.then(look, look);
  }

  /**
   * A click picks a layer where points stand for layers, and two passages where cells stand for pairs.
   * @param {PlotlyPoint | undefined} point
   */
  pick(point) {
    const { pointNumber, customdata } = point ?? {};
    const cell = Array.isArray(pointNumber) ? pointNumber : null;
    if (this.across && cell) {
      this.bus.pick(cell[0]);
      this.across.pick(cell[1]);
    } else if (this.frame && Number.isInteger(customdata)) this.bus.pick(Number(customdata));
    else if (this.passages.list.length && cell) this.passages.show(...cell);
  }

  measure() {
    reserve(this.caption, this.data.readings);
    const before = this.width;
    Object.assign(this, this.size());
    if (this.width < before) this.taken.narrowed(before / this.width);
  }

  /**
   * @param {Layout} layout
   * @param {Theme} theme
   */
  fitted(layout, theme = themeOf(this.root)) {
    const { width, room, taken: { side, legendHeight } } = this;
    return fitted(layout, theme, { width, ratio: this.ratio, room, side, legendHeight, large: this.isPresented });
  }

  destroy() {
    clearTimeout(this.rest);
    this.presenting.end?.();
    this.gliding.stop();
    this.shuffling.end();
    this.leave?.();
    this.resized.disconnect();
    window.removeEventListener("resize", this.refit);
    this.seen.disconnect();
    this.printing();
    this.plotly?.purge(this.plot);
  }
}

/**
 * Shows a chart, or the same chart with other data.
 * @param {Mount<ChartData>} mount
 * @returns {Leave}
 */
export default function ({ data: [data], parentElement }) {
  const found = part(parentElement, ".catsel-chart", HTMLElement);
  const root = /** @type {HTMLElement & { catselView?: ChartView }} */ (found);
  root.catselView ??= new ChartView(root, data);
  root.catselView.show(data);
  return () => { root.catselView?.destroy(); root.catselView = undefined; };
}
