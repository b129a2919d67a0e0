/**
 * Shows all that a report holds: its charts, sliders and tables, each with the data that lie beside it.
 * @param {Record<string, (mount: Mount<any>) => Leave>} shows what shows them, by name
 */
export default function (shows) {
  window.catselPlotly = Promise.resolve(/** @type {Plotly} */ (window.Plotly)); // it came with the report
  const { layer, name = "" } = document.body.dataset;
  if (layer) busOf("layer").set(Number(layer));
  const show = () => { for (const place of placesOf("[data-show]")) shows[place.dataset.show ?? ""](mountOf(place)); };
  show();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  const session = part(document, "#session", HTMLScriptElement);
  part(document, "#save-session", HTMLButtonElement).onclick = () => {
    saveFile(name, new Blob([session.text.trim()], { type: "application/json" }));
  };
  unfoldOnPaper();
}

/**
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function placesOf(selector) {
  return [...document.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);
}

/**
 * @param {HTMLElement} place
 * @returns {Mount<any>}
 */
function mountOf(place) {
  return { data: [JSON.parse(part(place, "script", HTMLScriptElement).text)], parentElement: place };
}

/** Explanations and tables that are folded away are printed all the same. */
function unfoldOnPaper() {
  /** @type {HTMLDetailsElement[]} */
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(/** @type {"details"} */ ("details.more:not([open])"))];
    for (const one of unfolded) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });
}
