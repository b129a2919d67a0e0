// A matrix as pixels, in the colours that plotly would give its cells.
function pixels(z, { cmin, cmax, colorscale }) {
  const stops = colorscale.map(([at, hex]) => [at, ...[1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16))]);
  const table = Array.from({ length: 256 }, (_, step) => {
    const part = step / 255;
    const upper = Math.max(1, stops.findIndex(([at]) => at >= part));
    const [low, high] = [stops[upper - 1], stops[upper]];
    const mix = (part - low[0]) / (high[0] - low[0]);
    return [1, 2, 3].map((channel) => low[channel] + mix * (high[channel] - low[channel]));
  });
  const image = new ImageData(z[0].length, z.length);
  z.forEach((row, r) => row.forEach((value, c) => {
    const step = Math.round(255 * Math.max(0, Math.min(1, (value - cmin) / (cmax - cmin))));
    image.data.set([...table[step], 255], 4 * (r * row.length + c));
  }));
  return image;
}
