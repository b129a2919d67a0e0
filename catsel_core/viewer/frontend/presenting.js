// One chart with its slider on the whole screen, in large type, for those at the back of a room. Arrow keys and a
// presenter's clicker move the layer; Escape ends it, in a browser that allows no full screen too.
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowLeft: -1, ArrowDown: -1, PageUp: -1, ArrowRight: 1, ArrowUp: 1, PageDown: 1, Home: -Infinity, End: Infinity,
});
const TYPES = "input:not([type=range]), select, textarea"; // fields that want the keys themselves

/** A chart's screen of its own: begun by a button, ended by it, by Escape or by the browser. */
class Presenting {
  /** @type {Leave | undefined} */
  end;

  /** @param {Presentable} view */
  constructor(view) {
    this.view = view;
    part(view.root, ".large", HTMLButtonElement).onclick = () => { if (this.end) this.end(); else this.begin(); };
  }

  get count() { return this.view.spec.frames?.length || 1; }

  begin() {
    const { root, bus } = this.view;
    const bar = this.count > 1 ? this.bar() : made("div", {});
    const show = () => { if (this.count > 1) this.show(bar); };
    const keys = (/** @type {KeyboardEvent} */ event) => this.press(event);
    const changed = () => { if (!document.fullscreenElement) this.end?.(); };
    const leave = bus.subscribe(show);
    root.classList.add("presented");
    root.prepend(bar);
    document.addEventListener("keydown", keys, true);
    this.end = () => {
      this.end = undefined;
      leave();
      bar.remove();
      document.removeEventListener("keydown", keys, true);
      document.removeEventListener("fullscreenchange", changed);
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      this.turned(false);
    };
    const asked = root.requestFullscreen?.() ?? Promise.reject();
    asked.then(() => document.addEventListener("fullscreenchange", changed), () => {}); // else it covers the page
    show();
    this.turned(true);
  }

  /**
   * Whether it is large now: the button says so, and the picture has another size.
   * @param {boolean} large
   */
  turned(large) {
    const { root } = this.view;
    const button = part(root, ".large", HTMLButtonElement);
    root.classList.toggle("presented", large);
    button.setAttribute("aria-pressed", String(large));
    this.view.refit();
    button.focus();
  }

  /** @returns {HTMLElement} the layer's name, a slider and its buttons */
  bar() {
    const bar = made("div", { className: "stage" });
    const input = made("input", { type: "range", min: "0", step: "1", ariaLabel: tr("Layer") });
    const back = made("button", { type: "button", textContent: "‹", ariaLabel: tr("Previous layer") });
    const forth = made("button", { type: "button", textContent: "›", ariaLabel: tr("Next layer") });
    bar.append(made("span", { className: "name" }), back, input, forth);
    input.oninput = () => this.view.bus.pick(Number(input.value));
    back.onclick = () => this.step(-1);
    forth.onclick = () => this.step(1);
    return bar;
  }

  /** @param {HTMLElement} bar */
  show(bar) {
    const { index, bus } = this.view;
    const input = part(bar, "input", HTMLInputElement);
    const name = bus.layers?.[index] ?? String(index);
    input.max = String(this.count - 1);
    input.value = String(index);
    const state = tr("hidden state {index} of {last}", { index, last: this.count - 1 });
    input.ariaValueText = `${name}, ${state}`;
    part(bar, ".name", HTMLElement).textContent = name;
  }

  /** @param {number} by how many layers */
  step(by) { this.view.bus.pick(Math.max(0, Math.min(this.view.index + by, this.count - 1))); }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Escape") this.end?.(); // where it is no full screen; the browser ends that itself
    const by = STEPS[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches(TYPES)) return;
    event.preventDefault();
    this.step(by);
  }
}
