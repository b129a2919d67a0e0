// Points glide from one layer to the next, so that the eye can follow them.
const GLIDE_MILLISECONDS = 320;

/**
 * Between two frames of as many traces and points.
 * @param {Patch[]} from
 * @param {Patch[]} onto
 * @param {number} part from 0 to 1
 * @returns {Patch[]}
 */
function between(from, onto, part) {
  const eased = part * part * (3 - 2 * part);
  /** @type {(one: Numbers, other: Numbers) => Float64Array} */
  const mixed = (one, other) => Float64Array.from(other, (value, at) => one[at] + eased * (value - one[at]));
  return onto.map((patch, at) => {
    const { x, y } = from[at];
    return { ...patch, x: x && patch.x ? mixed(x, patch.x) : patch.x, y: mixed(y, patch.y) };
  });
}

/** Moves a chart to a frame in small steps. */
class Gliding {
  /** @type {Patch[] | undefined} where the points are now */
  at;
  /** @type {number | undefined} */
  tick;

  /** @param {(frame: Frame) => void} step shows a frame at once */
  constructor(step) { this.step = step; }

  /**
   * @param {Frame} frame
   * @param {Trace[]} drawn where points are, unless they glide already
   */
  to(frame, drawn) {
    this.stop();
    const begin = this.at ?? frame.traces.map((at) => /** @type {any} */ (drawn[at]));
    const start = performance.now();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tick = () => {
      const part = still ? 1 : Math.min(1, (performance.now() - start) / GLIDE_MILLISECONDS);
      this.at = part < 1 ? between(begin, frame.data, part) : undefined;
      this.tick = part < 1 ? requestAnimationFrame(tick) : undefined;
      this.step({ ...frame, data: this.at ?? frame.data });
    };
    tick();
  }

  stop() {
    if (this.tick) cancelAnimationFrame(this.tick);
    this.tick = undefined;
  }
}
