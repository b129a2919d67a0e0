// The two texts behind a cell of a matrix: picked by a click on the cell, or by name from two lists.
class Passages {
  constructor(root, picked) {
    this.box = root.querySelector(".passages");
    this.selects = [...this.box.querySelectorAll("select")];
    this.texts = [...this.box.querySelectorAll("p")];
    this.value = this.box.querySelector("output");
    this.picked = picked;
    this.selects.forEach((select) => { select.onchange = () => this.show(...this.selects.map((s) => s.selectedIndex)); });
    this.box.ontoggle = () => { if (this.box.open && !this.cell) this.show(0, Math.min(1, this.list.length - 1)); };
  }

  fill(list) {
    this.box.hidden = !list.length;
    const names = list.map((passage) => passage.name).join("\n");
    if (names === this.names) { this.list = list; return; }
    [this.names, this.list, this.cell] = [names, list, null];
    this.box.open = false;
    for (const select of this.selects) select.replaceChildren(...list.map((passage) => new Option(passage.name)));
  }

  show(row, column) {
    if (!this.list[row] || !this.list[column]) return;
    this.cell = [row, column];
    this.box.open = true;
    this.cell.forEach((index, side) => {
      const { before, target, after } = this.list[index];
      const mark = Object.assign(document.createElement("mark"), { textContent: target });
      this.selects[side].selectedIndex = index;
      this.texts[side].replaceChildren(`…${before}`.replace(/^…(?=[A-Z“"])/u, ""), mark, after);
    });
    this.picked();
  }

  say(z, layer) {
    if (this.cell) this.value.textContent = `cosine similarity ${z[this.cell[0]][this.cell[1]].toFixed(3)} at ${layer}`;
  }
}
