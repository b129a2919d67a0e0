// The layers everyone looks at: set by a slider or a click, followed by every chart in the tab, kept while the
// user changes page, and for new tabs. The server need not know. "layer" is the one of all pages; Compare has another
// for side B.
// Once it rests the page's address names it, so that a copied link opens at the same layer.
const FIRST_LAYER = 4;
const ADDRESS_MILLISECONDS = 400;

/**
 * The bus of this name: one for the whole tab, whichever component asks first.
 * @param {string} name
 * @returns {Bus}
 */
function busOf(name) {
  const buses = (window.catselBuses ??= {});
  return (buses[name] ??= newBus(name));
}

/**
 * @param {string} name in the page's address; in the tab's session storage it is `catsel.` and the name
 * @returns {Bus}
 */
function newBus(name) {
  const key = `catsel.${name}`;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {Set<() => void>} */
  const leaders = new Set();
  let current = linkedLayer(name) ?? keptLayer(key);
  let waiting = false;
  let rest = 0;
  const tell = () => {
    waiting = false;
    keepLayer(key, current);
    clearTimeout(rest);
    rest = window.setTimeout(() => linkLayer(name, current), ADDRESS_MILLISECONDS);
    for (const listener of [...listeners]) listener();
  };
  return {
    of: (count) => Math.max(0, Math.min(current, count - 1)),
    set(index) {
      current = index;
      if (!waiting) requestAnimationFrame(tell); // one repaint a screen refresh, however fast the keys
      waiting = true;
    },
    // Picked by the user: whoever leads this layer lets it go.
    pick(index) { for (const letGo of leaders) letGo(); this.set(index); },
    led(letGo) { leaders.add(letGo); return () => { leaders.delete(letGo); }; },
    subscribe(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
  };
}

/**
 * The layer that the page's address asks for, if it does.
 * @param {string} name
 * @returns {number | undefined}
 */
function linkedLayer(name) {
  const asked = new URLSearchParams(location.search).get(name) ?? "";
  return /^\d{1,3}$/.test(asked) ? Number(asked) : undefined;
}

/**
 * Has the page's address name the layer, without a new entry in the browser's history.
 * @param {string} name
 * @param {number} layer
 */
function linkLayer(name, layer) {
  if (!location.protocol.startsWith("http")) return; // a page without an address of its own
  const address = new URL(location.href);
  address.searchParams.set(name, String(layer));
  history.replaceState(history.state, "", address);
}

/**
 * @param {string} key
 * @returns {number}
 */
function keptLayer(key) {
  try {
    const kept = sessionStorage.getItem(key) ?? localStorage.getItem(key); // of this tab, or of the last one
    return Number.parseInt(kept ?? String(FIRST_LAYER), 10) || 0;
  } catch {
    return FIRST_LAYER; // private mode
  }
}

/**
 * @param {string} key
 * @param {number} layer
 */
function keepLayer(key, layer) {
  try {
    for (const storage of [sessionStorage, localStorage]) storage.setItem(key, String(layer));
  } catch { /* private mode: this page only */ }
}
