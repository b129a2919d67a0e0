const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset" };
/**
 * One copy of plotly for all charts of the tab.
 * @param {string} url
 * @returns {Promise<Plotly>}
 */
function loadPlotly(url) {
  window.catselPlotly ??= fetchPlotly(url).catch((error) => { window.catselPlotly = undefined; throw error; });
  return window.catselPlotly;
}

/**
 * @param {string} url
 * @returns {Promise<Plotly>}
 */
async function fetchPlotly(url) {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`${url}: ${answer.status}`);
  const text = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).blob();
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  await new Promise((resolve, reject) => {
    Object.assign(script, { onload: resolve, onerror: reject });
    document.head.append(script);
  });
  URL.revokeObjectURL(script.src);
  if (!window.Plotly) throw new Error(`${url}: no plotly`);
  return window.Plotly;
}

/**
 * Charts that come at the same time are drawn one after the other: the first is seen while the next is drawn. Each that
 * is on the screen leaves a mark in the browser's User Timing.
 * @returns {Promise<unknown>} this one's turn
 */
function turn() {
  const mine = window.catselTurn ?? Promise.resolve();
  const painted = () => new Promise((done) => {
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });
  window.catselTurn = mine.then(painted).then(() => performance.mark("catsel-chart"));
  return mine;
}
