// One copy of plotly for all charts of the tab.
function loadPlotly(url) {
  window.catselPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { window.catselPlotly = undefined; reject(new Error(url)); };
    document.head.append(script);
  });
  return window.catselPlotly;
}
