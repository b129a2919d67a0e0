// Shapes that several scripts share: what comes from the server, and the public parts of plotly that are used.

/** Numbers in a row, plain or typed. */
interface Numbers {
  readonly length: number;
  [index: number]: number;
  every(test: (value: number) => boolean): boolean;
  [Symbol.iterator](): Iterator<number>;
}

/** (row, column) */
type Matrix = Numbers[];

type Cell = string | number | null | undefined;
type Table = Cell[][];

/** [row, column] of a matrix */
type Place = [number, number];

/** The part of a plotly trace that the scripts read; plotly gets it whole. */
interface Trace {
  type: string;
  name?: string;
  x: ArrayLike<string | number>;
  y: ArrayLike<string | number>;
  z?: Matrix;
  /** what the numbers of `z` stand for */
  meta?: string[];
  hoverinfo?: string;
  customdata?: ArrayLike<unknown>;
  text?: string | string[];
}

/** What a frame changes of one trace. */
interface Patch {
  type: string;
  x?: Numbers;
  y: Numbers;
  z?: Matrix;
}

interface Axis {
  type?: string;
  tickvals?: ArrayLike<number | string>;
  ticktext?: ArrayLike<string>;
  tickfont?: { size?: number };
  showticklabels?: boolean;
  range?: Numbers;
  /** the axis of whose scale it has the same */
  scaleanchor?: string;
  automargin?: boolean;
  /** all places on it, in order */
  categoryarray?: string[];
}

/** An axis with words on it. */
type Worded = Axis & Required<Pick<Axis, "tickvals" | "ticktext">>;

/** A text in a picture. */
interface Note {
  name?: string;
  text: string;
  x: number;
  y: number;
  yref?: string;
  font: { size: number };
}

interface ColorAxis {
  cmin: number;
  cmax: number;
  /** [part of the range, "#rrggbb"] from 0 to 1 */
  colorscale: [number, string][];
}

/** Colours and font. */
interface Theme {
  text: string;
  grid: string;
  paper: string;
  family: string;
}

interface Layout {
  coloraxis?: ColorAxis;
  legend?: { y?: number; [part: string]: unknown };
  xaxis?: Axis;
  yaxis?: Axis;
  annotations?: Note[];
  margin?: Record<string, number>;
  /** names of the rows whose labels are left out last; whether points glide from layer to layer */
  meta?: { first?: string[]; glide?: boolean };
  [part: string]: unknown;
}

/** One layer: `data[i]` changes the trace `traces[i]`. */
interface Frame {
  name: string;
  data: Patch[];
  traces: number[];
  layout?: Record<string, { range?: Numbers }>;
}

interface Spec {
  data: Trace[];
  layout: Layout;
  frames?: Frame[];
}

interface Passage {
  name: string;
  before: string;
  target: string;
  after: string;
}

/** What the server gives a chart: `show_chart` in components.py. */
interface ChartData {
  /** a Spec as JSON, its arrays packed */
  spec: string;
  name: string;
  title: string;
  /** one a layer, or a single one */
  readings: string[];
  /** height over width */
  height: number;
  /** what a picture says below its title */
  about?: string[];
  /** the part of its file's name that tells the list */
  list?: string;
  passages?: Passage[];
  /** (layer, shuffle) bins of a histogram that can be built up */
  shuffles?: Packed | null;
  panel: boolean;
  /** where plotly.js is */
  plotly: string;
  bus: string;
  across?: string | null;
}

/** What the server gives a slider: `layer_slider` in components.py. */
interface SliderData {
  /** labels of the hidden states */
  layers: string[];
  /** what is special about the last one */
  note: string;
  bus: string;
  label: string;
  /** which of two it is, in a letter; or nothing */
  mark: string;
  /** by name of the way: for every layer of the other slider, the layer here */
  follow?: { bus: string; tables: Record<string, number[]> };
  start?: { name: string; layer: number };
}

/** What the server gives the table of neighbours: `show_neighbours` in components.py. */
interface NeighboursData {
  words: string[];
  /** one a word */
  colors: string[];
  /** of A, of B */
  layers: [string[], string[]];
  /** (layer of A, layer of B, word), flat */
  change: Packed;
  /** (layer, word, neighbour), flat */
  nearest_a: Packed;
  nearest_b: Packed;
  /** how many neighbours a word has */
  neighbours: number;
}

type Dtype = "f4" | "f8" | "i1" | "i2" | "i4" | "u1" | "u2" | "u4";

/** An array on its way; `shape` is "rows,columns". */
interface Packed {
  dtype: Dtype;
  bdata: string;
  shape?: string;
}

/** A symmetric matrix with ones on its diagonal, as its upper triangle. */
interface Triangle {
  triangle: Packed;
  size: number;
}

/** Leaves what was joined. */
type Leave = () => void;

/** A layer that several look at; see buses.js. */
interface Bus {
  /** the layer, at most the last of `count` */
  of(count: number): number;
  set(index: number): void;
  pick(index: number): void;
  led(letGo: () => void): Leave;
  subscribe(listener: () => void): Leave;
  /** labels of the layers, once a slider has told them */
  layers?: string[];
}

/** What Streamlit calls a component with. */
interface Mount<Data> {
  data: [Data];
  parentElement: ParentNode;
}

interface PlotlyPoint {
  /** [row, column] in a matrix */
  pointNumber?: number | Place;
  customdata?: unknown;
}

/** An element that plotly draws in, and after the first drawing tells of clicks. */
interface PlotElement extends HTMLElement {
  /** what is drawn; curves hidden in the legend say so */
  data?: Trace[];
  on?(event: "plotly_click", handler: (event: { points: PlotlyPoint[] }) => void): void;
  on?(event: "plotly_restyle", handler: () => void): void;
}

interface Plotly {
  react(plot: PlotElement, data: Trace[], layout: object, config: object): Promise<unknown>;
  relayout(plot: PlotElement, changes: object): Promise<unknown>;
  toImage(figure: object, options: object): Promise<string>;
  purge(plot: PlotElement): void;
}

/** Holds up changes of page; see leaving.js. */
interface Holding {
  /** whether the server may not have heard of something yet */
  typed: boolean;
  away(): boolean;
  ask: (number: number) => void;
  answer(number: number | null): void;
}

/** A chart on the page, as far as those who save it need it; `ChartView` in chart.js is one. */
interface DrawnChart {
  root: HTMLElement;
  plot: PlotElement;
  caption: HTMLElement;
  plotly?: Plotly;
  width: number;
  data: ChartData;
  traces?: Trace[];
  readonly frame?: Frame;
  settle(): void;
  current(): { data: Trace[]; layout: Layout };
  fitted(layout: Layout, theme?: Theme): object;
}

/** A chart on the page, as far as presenting it needs it. */
interface Presentable {
  root: HTMLElement;
  spec: Spec;
  bus: Bus;
  readonly index: number;
  refit(): void;
}

/** What a tour says, and beside what: the first selector of a step that is in sight. */
interface TourTexts {
  steps: { at: string[]; title: string; text: string }[];
  next: string;
  done: string;
  skip: string;
}

interface Size { width: number; height: number }
interface Box { left: number; top: number; right: number; bottom: number }

interface Window {
  /** What the viewer's scripts say in the language that is spoken, by the English words. */
  catselWords?: Record<string, string>;
  Plotly?: Plotly;
  catselPlotly?: Promise<Plotly>;
  catselTurn?: Promise<unknown>;
  catselBuses?: Record<string, Bus>;
  catselBegun?: Set<string>;
  catselNarrow?: MediaQueryList;
  catselLeaving?: Holding;
  /** sessions that were opened in this tab, as far as it has heard */
  catselOpened?: number;
  /** the size of pictures that was chosen last; see sheets.js */
  catselSheet?: string;
  catselTour?: { texts: TourTexts; waiting: boolean };
}
