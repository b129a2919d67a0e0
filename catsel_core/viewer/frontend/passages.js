/** The two texts behind a cell of a matrix: picked by a click on the cell, or by name from two lists. */
class Passages {
  /** @type {Passage[]} */
  list = [];
  /** @type {Place | null} */
  cell = null;
  /** @type {string | undefined} names of the list as it was filled in */
  names;

  /**
   * @param {ParentNode} root
   * @param {() => void} picked called when another cell is
   */
  constructor(root, picked) {
    this.box = part(root, ".passages", HTMLDetailsElement);
    this.selects = [...this.box.querySelectorAll("select")];
    this.texts = [...this.box.querySelectorAll("p")];
    this.value = part(this.box, "output", HTMLOutputElement);
    this.picked = picked;
    const [rows, columns] = this.selects;
    for (const select of this.selects) select.onchange = () => this.show(rows.selectedIndex, columns.selectedIndex);
    this.box.ontoggle = () => { if (this.box.open && !this.cell) this.show(0, Math.min(1, this.list.length - 1)); };
  }

  /**
   * Offers other texts. What is picked stays while their names do.
   * @param {Passage[]} list
   */
  fill(list) {
    this.box.hidden = !list.length;
    this.list = list;
    const names = list.map((passage) => passage.name).join("\n");
    if (names === this.names) return;
    [this.names, this.cell] = [names, null];
    this.box.open = false;
    for (const select of this.selects) select.replaceChildren(...list.map((passage) => new Option(passage.name)));
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  show(row, column) {
    if (!this.list[row] || !this.list[column]) return;
    this.cell = [row, column];
    this.box.open = true;
    this.cell.forEach((index, side) => {
      const { before, target, after } = this.list[index];
      const start = `…${before}`.replace(/^…(?=[A-Z“"])/u, ""); // a text that begins a sentence is not cut off
      this.selects[side].selectedIndex = index;
      this.texts[side].replaceChildren(start, made("mark", { textContent: target }), after);
    });
    this.picked();
  }

  /**
   * @param {Matrix} z
   * @param {string} layer
   */
  say(z, layer) {
    if (!this.cell) return;
    const [row, column] = this.cell;
    const value = z[row][column].toFixed(3);
    this.value.textContent = tr("cosine similarity {value} at {layer}", { value, layer });
  }
}
