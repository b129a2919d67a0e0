const PLAY_MILLISECONDS = 450;

/**
 * The slider's element, which outlives its script: how to end the script before, and the way that the user chose to
 * follow the other slider ("" for none).
 * @typedef {HTMLElement & { catselStop?: Leave, catselWay?: string }} SliderRoot
 */

/** Sets the layer of a bus, plays through the layers, and may follow another bus by a table. */
class LayerSlider {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  timer;

  /**
   * @param {SliderRoot} root
   * @param {SliderData} data
   */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.count = data.layers.length;
    this.bus = busOf(data.bus);
    this.bus.layers = data.layers;
    this.input = part(root, "input", HTMLInputElement);
    this.back = part(root, ".back", HTMLButtonElement);
    this.forth = part(root, ".forth", HTMLButtonElement);
    this.play = part(root, ".play", HTMLButtonElement);
    this.choice = part(root, "select", HTMLSelectElement);
    this.mark = part(root, ".mark", HTMLElement);
    this.name = part(root, ".name", HTMLElement);
    this.detail = part(root, ".detail", HTMLElement);
    this.listen();
    this.begin();
    const leaves = [this.bus.subscribe(() => this.show()), this.follow()];
    this.stop = () => { this.pause(); leaves.forEach((leave) => leave()); };
    this.show();
  }

  listen() {
    this.input.max = String(this.count - 1);
    this.input.setAttribute("aria-label", this.data.label);
    this.mark.textContent = this.data.mark;
    this.input.oninput = () => this.go(Number(this.input.value));
    this.back.onclick = () => this.go(this.index - 1);
    this.forth.onclick = () => this.go(this.index + 1);
    this.play.onclick = () => { if (this.timer) this.pause(); else this.start(); };
  }

  // A lesson's step begins with a layer of its own; the link that the tab was opened with may name another one. Each
  // name counts once: the slider of the step before may be drawn again while this one takes its place.
  begin() {
    const { start } = this.data;
    const begun = (window.catselBegun ??= new Set());
    if (!start || begun.has(start.name)) return;
    if (begun.size > 0 || linkedLayer(this.data.bus) === undefined) this.bus.set(start.layer);
    begun.add(start.name);
  }

  get index() { return this.bus.of(this.count); }

  show() {
    const { index, count } = this;
    const last = index === count - 1;
    this.input.value = String(index);
    this.name.textContent = this.data.layers[index];
    const state = tr("hidden state {index} of {last}", { index, last: count - 1 });
    this.detail.textContent = `${state}${last ? ` · ${this.data.note}` : ""}`;
    this.input.setAttribute("aria-valuetext", `${this.data.layers[index]}, ${this.detail.textContent}`);
    this.back.disabled = index === 0;
    this.forth.disabled = last;
  }

  /**
   * To a layer that the user picks.
   * @param {number} index
   */
  go(index) { this.bus.pick(Math.max(0, Math.min(index, this.count - 1))); }

  start() {
    if (this.index === this.count - 1) this.go(0);
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", tr("Pause"));
    this.timer = setInterval(() => {
      if (this.index >= this.count - 1) this.pause();
      else this.go(this.index + 1);
    }, PLAY_MILLISECONDS);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", tr("Play through the layers"));
  }

  /**
   * Follows another slider by a table, for every layer there the layer here, until the user takes this one by hand.
   * @returns {Leave}
   */
  follow() {
    const { root, choice, data: { follow } } = this;
    choice.hidden = !follow;
    if (!follow) return () => {};
    const leader = busOf(follow.bus);
    const keep = () => {
      const table = follow.tables[choice.value];
      if (table) this.bus.set(Math.max(0, Math.min(table[leader.of(table.length)], this.count - 1)));
    };
    const ways = [...Object.keys(follow.tables), ""];
    choice.replaceChildren(...ways.map((way) => new Option(way || tr("on its own"), way)));
    choice.value = root.catselWay !== undefined && ways.includes(root.catselWay) ? root.catselWay : ways[0];
    choice.onchange = () => { root.catselWay = choice.value; keep(); };
    keep();
    const leaves = [leader.subscribe(keep), this.bus.led(() => { choice.value = root.catselWay = ""; })];
    return () => leaves.forEach((leave) => leave());
  }
}

/**
 * Shows a slider; the one that the element had before ends.
 * @param {Mount<SliderData>} mount
 * @returns {Leave}
 */
export default function ({ data: [data], parentElement }) {
  const root = /** @type {SliderRoot} */ (part(parentElement, ".catsel-slider", HTMLElement));
  root.catselStop?.();
  root.catselStop = new LayerSlider(root, data).stop;
  return root.catselStop;
}
