const REPORTED_MILLISECONDS = 300;

/**
 * @typedef {object} ShareData
 * @property {string} name of the session in the address
 * @property {string} code the session, or its key
 * @property {string} base of the server's pages, with a slash at the end
 * @property {[string, string][]} pages (title, path below the base)
 * @property {string} page the path that is chosen at first
 * @property {number | null} layer that the server knows of
 * @property {[number, number | null]} opened how many sessions were opened, and the layer of the last one
 */

/**
 * Shows a link to a page with this session at the layers that are looked at, and tells the server of the layer, for the
 * file that it saves. After a session was opened it is the other way round: the layer is the session's.
 * @param {Mount<ShareData> & { setStateValue: (name: string, value: number) => void }} mount
 * @returns {Leave}
 */
export default function ({ data: [data], parentElement, setStateValue }) {
  const field = part(parentElement, "input", HTMLInputElement);
  const choice = part(parentElement, "select", HTMLSelectElement);
  const bus = busOf("layer");
  takeLayer(bus, data.opened);
  const show = () => { field.value = linkTo(choice.value, data); };
  fillPages(choice, data);
  choice.onchange = show;
  field.onfocus = () => field.select();
  offerCopying(parentElement, field);
  const report = () => { if (data.code && bus.of(Infinity) !== data.layer) tell(bus.of(Infinity)); };
  const tell = (/** @type {number} */ layer) => {
    if (window.catselLeaving?.away()) return;
    if (window.catselLeaving) window.catselLeaving.typed = true; // a change of page waits until the server has heard
    setStateValue("layer", layer);
  };
  let rest = setTimeout(report);
  const leave = bus.subscribe(() => { show(); clearTimeout(rest); rest = setTimeout(report, REPORTED_MILLISECONDS); });
  show();
  return () => { clearTimeout(rest); leave(); };
}

/**
 * @param {Bus} bus
 * @param {ShareData["opened"]} opened
 */
function takeLayer(bus, [count, layer]) {
  const isNew = window.catselOpened !== undefined && count > window.catselOpened;
  window.catselOpened = count;
  if (isNew && layer !== null) bus.pick(layer);
}

/**
 * @param {HTMLSelectElement} choice
 * @param {ShareData} data
 */
function fillPages(choice, { pages, page }) {
  if (choice.options.length) return; // as the visitor left it
  choice.replaceChildren(...pages.map(([title, path]) => new Option(title, path)));
  choice.value = page;
}

/**
 * @param {string} path
 * @param {ShareData} data
 * @returns {string}
 */
function linkTo(path, { base, name, code }) {
  const address = new URL(base + path, location.origin);
  address.searchParams.set(name, code);
  for (const bus of path === "compare" ? ["layer", "layer-b"] : ["layer"]) {
    address.searchParams.set(bus, String(busOf(bus).of(Infinity)));
  }
  return address.href;
}

/**
 * The clipboard is barred from pages that came over plain http from another computer: then the field is all there is.
 * @param {ParentNode} root
 * @param {HTMLInputElement} field
 */
function offerCopying(root, field) {
  const button = part(root, "button", HTMLButtonElement);
  const said = part(root, "[role=status]", HTMLElement);
  button.hidden = !navigator.clipboard;
  button.onclick = () => navigator.clipboard.writeText(field.value).then(
    () => { said.textContent = tr("Copied."); },
    () => { field.select(); said.textContent = tr("The browser does not allow it: copy the marked text by hand."); },
  );
}
