export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".catsel-slider");
  const { layers, note } = data;
  const [input, back, forth, play] = ["input", ".back", ".forth", ".play"].map((s) => root.querySelector(s));
  const [name, detail] = [root.querySelector(".name"), root.querySelector(".detail")];
  root.catselStop?.();

  input.max = String(layers.length - 1);
  const show = () => {
    const index = layerBus.of(layers.length);
    input.value = String(index);
    name.textContent = layers[index];
    detail.textContent = `hidden state ${index} of ${layers.length - 1}${index === layers.length - 1 ? ` · ${note}` : ""}`;
    input.setAttribute("aria-valuetext", `${layers[index]}, ${detail.textContent}`);
    back.disabled = index === 0;
    forth.disabled = index === layers.length - 1;
  };
  const go = (index) => layerBus.set(Math.max(0, Math.min(index, layers.length - 1)));
  let timer = null;
  const pause = () => { clearInterval(timer); timer = null; play.textContent = "▶"; play.setAttribute("aria-label", "Play through the layers"); };
  input.oninput = () => go(Number(input.value));
  back.onclick = () => go(layerBus.of(layers.length) - 1);
  forth.onclick = () => go(layerBus.of(layers.length) + 1);
  play.onclick = () => {
    if (timer) return pause();
    if (layerBus.of(layers.length) === layers.length - 1) go(0);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    timer = setInterval(() => {
      const index = layerBus.of(layers.length);
      if (index >= layers.length - 1) pause(); else go(index + 1);
    }, 450);
  };
  const leave = layerBus.subscribe(show);
  root.catselStop = () => { pause(); leave(); };
  show();
  return root.catselStop;
}
