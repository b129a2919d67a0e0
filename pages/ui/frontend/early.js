export default function ({ data: [{ plotly }] }) {
  loadPlotly(plotly).catch(() => { /* the first chart tries again, and says so */ });
}
