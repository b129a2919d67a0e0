// Labels are shuffled before one's eyes: a histogram is built up, slowly at first, and then by many at once.
const BUILD_MILLISECONDS = 9000;

/**
 * The histogram of the first shuffles of a layer, as the outline that a frame has of all of them.
 * @param {Frame} frame whose first trace is the outline: corners (2 bins + 2) from the axis up and back to it
 * @param {ArrayLike<number>} bins of the shuffles, one after the other
 * @param {number} count how many of them
 * @returns {Frame}
 */
function builtUp(frame, bins, count) {
  const { x } = frame.data[0];
  if (!x) return frame;
  const y = new Float64Array(x.length);
  const share = 1 / (count * (x[2] - x[1])); // a density: the whole has area 1
  for (let at = 0; at < count; at += 1) {
    y[1 + 2 * bins[at]] += share;
    y[2 + 2 * bins[at]] += share;
  }
  return { ...frame, data: [{ ...frame.data[0], y }, ...frame.data.slice(1)] };
}

/** Builds up a chart's histogram when its button is pressed, at whichever layer is looked at meanwhile. */
class Shuffling {
  /** @type {Uint8Array[]} (layer, shuffle) the bin of each */
  rows = [];
  /** how many are shown; 0 while all are */
  count = 0;
  /** @type {number | undefined} */
  tick;

  /**
   * @param {HTMLElement} root
   * @param {() => void} drawn called when there is something else to draw
   */
  constructor(root, drawn) {
    this.button = part(root, ".shuffle", HTMLButtonElement);
    this.drawn = drawn;
    this.button.onclick = () => { if (this.count) this.end(); else this.begin(); };
  }

  /** @param {Packed | null | undefined} packed none where a chart has nothing to build up */
  fill(packed) {
    this.end();
    this.rows = packed ? /** @type {any} */ (unpacked(packed)) : [];
    this.button.hidden = !packed;
  }

  get total() { return this.rows[0]?.length ?? 0; }

  begin() {
    const start = performance.now();
    const step = () => {
      const part = (performance.now() - start) / BUILD_MILLISECONDS;
      if (part >= 1) { this.end(); return; }
      this.count = Math.max(1, Math.floor(this.total ** part));
      const [count, total] = [this.count, this.total].map(grouped);
      const shown = tr("{count} of {total}", { count, total });
      this.button.textContent = `■ ${shown}`;
      this.drawn();
      this.tick = requestAnimationFrame(step);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return; // all are there already
    step();
  }

  end() {
    if (this.tick) cancelAnimationFrame(this.tick);
    this.tick = undefined;
    const name = tr("Shuffle");
    this.button.textContent = `▶ ${name}`;
    if (!this.count) return;
    this.count = 0;
    this.drawn();
  }

  /**
   * @param {Frame} frame
   * @param {number} layer
   * @returns {Frame} with as many shuffles as are shown now
   */
  of(frame, layer) {
    return this.count && this.rows[layer] ? builtUp(frame, this.rows[layer], this.count) : frame;
  }
}
