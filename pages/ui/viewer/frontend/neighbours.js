// Which words have other neighbours on the other side, at the two layers that are looked at.
const MOST_ROWS = 12;

class Neighbours {
  constructor(root) {
    this.root = root;
    this.body = root.querySelector("tbody");
    this.caption = root.querySelector("p");
    root.querySelector("button").onclick = () => this.download();
  }

  show(data) {
    this.data = data;
    [this.change, this.nearest] = [decoded(data.change), [decoded(data.nearest_a), decoded(data.nearest_b)]];
    this.leave?.();
    this.buses = [busOf("layer"), busOf("layer-b")];
    const left = this.buses.map((bus) => bus.subscribe(() => this.fill()));
    this.leave = () => left.forEach((stop) => stop());
    this.fill();
  }

  // (layer of A, layer of B, word), flat
  rows() {
    const { words, layers } = this.data;
    const [a, b] = this.buses.map((bus, side) => bus.of(layers[side].length));
    const start = (a * layers[1].length + b) * words.length;
    const near = (side, layer, word) => {
      const each = this.data.neighbours;
      const from = (layer * words.length + word) * each;
      return Array.from(this.nearest[side].subarray(from, from + each));
    };
    const rows = words.map((_, word) => ({ word, change: this.change[start + word], a: near(0, a, word), b: near(1, b, word) }));
    const known = rows.filter(({ change }) => Number.isFinite(change));
    return { a: layers[0][a], b: layers[1][b], rows: known.sort((one, other) => other.change - one.change) };
  }

  fill() {
    const { a, b, rows } = this.rows();
    const { words, colors } = this.data;
    const list = (own, others) => {
      const cell = document.createElement("td");
      own.forEach((word, at) => {
        const name = Object.assign(document.createElement(others.includes(word) ? "span" : "b"), { textContent: words[word] });
        cell.append(at ? ", " : "", name);
      });
      return cell;
    };
    this.body.replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => {
      const line = document.createElement("tr");
      const name = Object.assign(document.createElement("th"), { scope: "row", textContent: words[row.word] });
      name.style.borderLeftColor = colors[row.word];
      const value = Object.assign(document.createElement("td"), { className: "value", textContent: row.change.toFixed(2) });
      line.append(name, value, list(row.a, row.b), list(row.b, row.a));
      return line;
    }));
    this.caption.textContent = rows.length
      ? `A at ${a}, B at ${b}: the ${Math.min(MOST_ROWS, rows.length)} of ${rows.length} words whose similarities to the others differ most. Bold: a neighbour on this side only.`
      : `A at ${a}, B at ${b}: not defined, because all similarities of a layer are equal.`;
  }

  download() {
    const { a, b, rows } = this.rows();
    const { words } = this.data;
    const names = (list) => list.map((word) => words[word]).join(" ");
    save(`catsel-neighbours-${a}-${b}.csv`, [
      ["word", "change", `nearest in A at ${a}`, `nearest in B at ${b}`],
      ...rows.map((row) => [words[row.word], row.change, names(row.a), names(row.b)]),
    ]);
  }
}

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".catsel-neighbours");
  root.catselView ??= new Neighbours(root);
  root.catselView.show(data);
  return () => { root.catselView?.leave?.(); root.catselView = undefined; };
}
