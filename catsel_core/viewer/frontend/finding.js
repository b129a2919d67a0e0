// A word is looked for in a matrix: its row and its column are framed, at every layer.

/** The field above a matrix, and the frames around what it has found. */
class Finding {
  /** how many matches further than the first */
  further = 0;

  /**
   * @param {HTMLElement} root
   * @param {PlotElement} plot
   */
  constructor(root, plot) {
    this.plot = plot;
    this.field = part(root, ".find", HTMLInputElement);
    this.nothing = made("span", { className: "nothing", role: "status" });
    root.querySelector(".nothing")?.remove(); // of the script before, whose element this is
    this.field.after(this.nothing);
    this.row = made("div", { className: "picked found" });
    this.column = made("div", { className: "picked found" });
    /** @type {Trace["y"]} */
    this.words = [];
    this.field.oninput = () => { this.further = 0; this.mark(); };
    this.field.onkeydown = ({ key }) => {
      if (key !== "Enter") return;
      this.further += 1;
      this.mark();
    };
  }

  /**
   * The words of a matrix in the order that it has now; none where a chart is no matrix of words. Asked at every move
   * of the layer, when mostly nothing is looked for.
   * @param {Trace[]} traces
   * @param {Layout} layout
   */
  of([{ y }], { yaxis, coloraxis }) {
    const words = Boolean(coloraxis && yaxis?.scaleanchor && wordy(yaxis));
    if (this.field.hidden === words) this.field.hidden = !words;
    this.words = words ? y : [];
    if (this.field.value) this.mark();
  }

  /** @returns {number[]} the places of what is looked for: first the words that begin so */
  get places() {
    const text = this.field.value.trim().toLocaleLowerCase();
    if (!text) return [];
    const names = Array.from(this.words, (name) => String(typed(name)).toLocaleLowerCase());
    const holding = [...names.keys()].filter((at) => names[at].includes(text));
    const [first, others] = [true, false].map((so) => holding.filter((at) => names[at].startsWith(text) === so));
    return [...first, ...others];
  }

  mark() {
    const { places, row, column, words, plot } = this;
    row.remove();
    column.remove();
    const nothing = Boolean(this.field.value.trim()) && !places.length;
    this.field.setAttribute("aria-invalid", String(nothing));
    this.nothing.textContent = nothing ? tr("no such word: try a part of it") : "";
    if (!places.length) return;
    const at = places[this.further % places.length];
    const last = words.length - 1;
    lay(row, plot, [at, at], [0, last]);
    lay(column, plot, [0, last], [at, at]);
  }
}
