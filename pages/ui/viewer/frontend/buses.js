// The layers everyone looks at: set by a slider or a click, followed by every chart in the tab, kept while the
// user changes page. The server is never told. "layer" is the one of all pages; Compare has another for side B.
const FIRST_LAYER = 4;

/**
 * The bus of this name: one for the whole tab, whichever component asks first.
 * @param {string} name
 * @returns {Bus}
 */
function busOf(name) {
  const buses = (window.catselBuses ??= {});
  return (buses[name] ??= newBus(`catsel.${name}`));
}

/**
 * @param {string} key where the tab's session storage keeps the layer
 * @returns {Bus}
 */
function newBus(key) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {Set<() => void>} */
  const leaders = new Set();
  let current = keptLayer(key);
  let waiting = false;
  const tell = () => {
    waiting = false;
    keepLayer(key, current);
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
 * @param {string} key
 * @returns {number}
 */
function keptLayer(key) {
  try {
    return Number.parseInt(sessionStorage.getItem(key) ?? String(FIRST_LAYER), 10) || 0;
  } catch {
    return FIRST_LAYER; // private mode
  }
}

/**
 * @param {string} key
 * @param {number} layer
 */
function keepLayer(key, layer) {
  try { sessionStorage.setItem(key, String(layer)); } catch { /* private mode: this page only */ }
}
