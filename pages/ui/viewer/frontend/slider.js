export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".catsel-slider");
  const { layers, note, bus: busName, label, follow } = data;
  const bus = busOf(busName);
  const [input, back, forth, play, choice] = ["input", ".back", ".forth", ".play", "select"].map((s) => root.querySelector(s));
  const [name, detail] = [root.querySelector(".name"), root.querySelector(".detail")];
  root.catselStop?.();

  input.max = String(layers.length - 1);
  input.setAttribute("aria-label", label);
  const show = () => {
    const index = bus.of(layers.length);
    input.value = String(index);
    name.textContent = layers[index];
    detail.textContent = `hidden state ${index} of ${layers.length - 1}${index === layers.length - 1 ? ` · ${note}` : ""}`;
    input.setAttribute("aria-valuetext", `${layers[index]}, ${detail.textContent}`);
    back.disabled = index === 0;
    forth.disabled = index === layers.length - 1;
  };
  const set = (index) => bus.set(Math.max(0, Math.min(index, layers.length - 1)));
  const go = (index) => bus.pick(Math.max(0, Math.min(index, layers.length - 1)));
  let timer = null;
  const pause = () => { clearInterval(timer); timer = null; play.textContent = "▶"; play.setAttribute("aria-label", "Play through the layers"); };
  input.oninput = () => go(Number(input.value));
  back.onclick = () => go(bus.of(layers.length) - 1);
  forth.onclick = () => go(bus.of(layers.length) + 1);
  play.onclick = () => {
    if (timer) return pause();
    if (bus.of(layers.length) === layers.length - 1) go(0);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    timer = setInterval(() => {
      const index = bus.of(layers.length);
      if (index >= layers.length - 1) pause(); else go(index + 1);
    }, 450);
  };

  // This slider may follow another one by a table: for every layer there, the layer here.
  const leader = follow && busOf(follow.bus);
  const table = () => follow?.tables[choice.value];
  const keep = () => { if (table()) set(table()[leader.of(table().length)]); };
  const letGo = () => { choice.value = root.catselWay = ""; };
  choice.hidden = !follow;
  if (follow) {
    const ways = [...Object.keys(follow.tables), ""];
    choice.replaceChildren(...ways.map((way) => new Option(way || "on its own", way)));
    choice.value = ways.includes(root.catselWay) ? root.catselWay : ways[0];
    choice.onchange = () => { root.catselWay = choice.value; keep(); };
    keep();
  }
  const leaves = [bus.subscribe(show), ...(follow ? [leader.subscribe(keep), bus.led(letGo)] : [])];
  root.catselStop = () => { pause(); leaves.forEach((leave) => leave()); };
  show();
  return root.catselStop;
}
