// Streamlit folds its sidebar on phones alone. On a tablet held upright it would leave the figures half of the screen.
const NARROW = "(min-width: 769px) and (max-width: 1000px)";
const SETTLED = 300; // milliseconds, when Streamlit has taken up a new width
const KEPT = "stSidebarCollapsed-"; // Streamlit's names for what a visitor has chosen, one a page

/** Folds the sidebar whenever the page has become narrow, unless the visitor has opened or closed it by hand. */
function foldWhereNarrow() {
  if (window.catselNarrow) return; // once a tab, on whichever page it begins
  window.catselNarrow = matchMedia(NARROW);
  window.addEventListener("resize", () => setTimeout(foldNow, SETTLED)); // Streamlit opens it again at every width
  foldNow();
}

function foldNow() {
  if (!window.catselNarrow?.matches || keptNames().length) return;
  const fold = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  if (!(fold instanceof HTMLElement)) return;
  fold.click();
  requestAnimationFrame(() => keptNames().forEach((name) => localStorage.removeItem(name))); // no visitor's choice
}

/** @returns {string[]} */
function keptNames() {
  try { return Object.keys(localStorage).filter((name) => name.startsWith(KEPT)); } catch { return []; }
}
