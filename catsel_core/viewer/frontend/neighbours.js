// Which words have other neighbours on the other side, at the two layers that are looked at.
const MOST_ROWS = 12;

/** @type {Packed} */
const EMPTY = { dtype: "f4", bdata: "" };

/**
 * A word, how much its similarities to the others differ, and the words nearest to it on both sides, as numbers.
 * @typedef {{ word: number, change: number, a: number[], b: number[] }} Changed
 */

class Neighbours {
  /** @type {Leave | undefined} */
  leave;
  change = unpackedFlat(EMPTY); // (layer of A, layer of B, word), flat
  nearest = [unpackedFlat(EMPTY), unpackedFlat(EMPTY)]; // of A, of B: (layer, word, neighbour), flat

  /**
   * @param {HTMLElement} root
   * @param {NeighboursData} data
   */
  constructor(root, data) {
    this.data = data;
    this.body = part(root, "tbody", HTMLTableSectionElement);
    this.caption = part(root, "p", HTMLParagraphElement);
    this.buses = [busOf("layer"), busOf("layer-b")];
    part(root, "button", HTMLButtonElement).onclick = () => this.download();
  }

  /** @param {NeighboursData} data */
  show(data) {
    this.data = data;
    this.change = unpackedFlat(data.change);
    this.nearest = [unpackedFlat(data.nearest_a), unpackedFlat(data.nearest_b)];
    this.leave?.();
    const left = this.buses.map((bus) => bus.subscribe(() => this.fill()));
    this.leave = () => left.forEach((stop) => stop());
    this.fill();
  }

  /** @returns {{ a: string, b: string, rows: Changed[] }} the layers, and the words that differ most first */
  rows() {
    const { words, layers } = this.data;
    const [a, b] = this.buses.map((bus, side) => bus.of(layers[side].length));
    const start = (a * layers[1].length + b) * words.length;
    const rows = words.map((_, word) => ({
      word, change: this.change[start + word], a: this.near(0, a, word), b: this.near(1, b, word),
    }));
    const known = rows.filter(({ change }) => Number.isFinite(change));
    return { a: layers[0][a], b: layers[1][b], rows: known.sort((one, other) => other.change - one.change) };
  }

  /**
   * @param {number} side 0 for A, 1 for B
   * @param {number} layer
   * @param {number} word
   * @returns {number[]}
   */
  near(side, layer, word) {
    const each = this.data.neighbours;
    const from = (layer * this.data.words.length + word) * each;
    return Array.from(this.nearest[side].subarray(from, from + each));
  }

  fill() {
    const { a, b, rows } = this.rows();
    const count = Math.min(MOST_ROWS, rows.length);
    this.body.replaceChildren(...rows.slice(0, count).map((row) => this.line(row)));
    this.caption.textContent = rows.length
      ? tr(
        "A at {a}, B at {b}: the {count} of {total} words whose similarities to the others differ most. "
          + "Bold: a neighbour on this side only.",
        { a, b, count, total: rows.length },
      )
      : tr("A at {a}, B at {b}: not defined, because all similarities of a layer are equal.", { a, b });
  }

  /** @param {Changed} row */
  line({ word, change, a, b }) {
    const line = document.createElement("tr");
    const name = made("th", { scope: "row", textContent: this.data.words[word] });
    name.style.borderLeftColor = this.data.colors[word];
    const value = made("td", { className: "value", textContent: change.toFixed(2) });
    line.append(name, value, this.listed(a, b), this.listed(b, a));
    return line;
  }

  /**
   * @param {number[]} own words of this side
   * @param {number[]} others of the other side
   */
  listed(own, others) {
    const cell = document.createElement("td");
    own.forEach((word, at) => {
      const name = made(others.includes(word) ? "span" : "b", { textContent: this.data.words[word] });
      cell.append(at ? ", " : "", name);
    });
    return cell;
  }

  download() {
    const { a, b, rows } = this.rows();
    const { words } = this.data;
    /** @type {(list: number[]) => string} */
    const names = (list) => list.map((word) => words[word]).join(" ");
    save(`catsel-neighbours-${a}-${b}.csv`, [
      ["word", "change", `nearest in A at ${a}`, `nearest in B at ${b}`],
      ...rows.map((row) => [words[row.word], row.change, names(row.a), names(row.b)]),
    ]);
  }
}

/**
 * Shows the table, or the same table with other data.
 * @param {Mount<NeighboursData>} mount
 * @returns {Leave}
 */
export default function ({ data: [data], parentElement }) {
  const found = part(parentElement, ".catsel-neighbours", HTMLElement);
  const root = /** @type {HTMLElement & { catselView?: Neighbours }} */ (found);
  root.catselView ??= new Neighbours(root, data);
  root.catselView.show(data);
  return () => { root.catselView?.leave?.(); root.catselView = undefined; };
}
