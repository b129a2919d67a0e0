// The layers everyone looks at: set by a slider or a click, followed by every chart in the tab, kept while the
// user changes page. The server is never told. "layer" is the one of all pages; Compare has another for side B.
window.catselBuses ??= {};

function busOf(name) {
  return (window.catselBuses[name] ??= newBus(`catsel.${name}`));
}

function newBus(key) {
  const [listeners, leaders] = [new Set(), new Set()];
  let current = read();
  let waiting = false;
  function read() {
    try { return Number.parseInt(sessionStorage.getItem(key) ?? "4", 10) || 0; } catch { return 4; }
  }
  function tell() {
    waiting = false;
    try { sessionStorage.setItem(key, String(current)); } catch { /* private mode: this page only */ }
    for (const listener of [...listeners]) listener();
  }
  return {
    of: (count) => Math.max(0, Math.min(current, count - 1)),
    set(index) {
      current = index;
      if (!waiting) { waiting = true; requestAnimationFrame(tell); } // one repaint a screen refresh, however fast the keys
    },
    // Picked by the user: whoever leads this layer lets it go.
    pick(index) { for (const letGo of leaders) letGo(); this.set(index); },
    led(letGo) { leaders.add(letGo); return () => leaders.delete(letGo); },
    subscribe(listener) { listeners.add(listener); return () => listeners.delete(listener); },
  };
}
