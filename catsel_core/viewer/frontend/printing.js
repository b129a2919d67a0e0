// On paper a chart is drawn as wide as a sheet of A4, on white and with small type, whatever screen it comes from.
const PAPER = "catsel-paper"; // class of the whole document, for which catsel.css has width and colours
const PAPER_ROOM = 580; // pixels of height that a matrix gets on a sheet
const PAPER_LINES = 300; // and a figure of lines or points, so that there is room for two

/** @returns {boolean} whether the page is being printed */
function onPaper() { return document.documentElement.classList.contains(PAPER); }

/**
 * Has something drawn anew for paper before the page is printed, and for the screen afterwards.
 * @param {() => void} draw
 * @returns {Leave}
 */
function forPaper(draw) {
  const before = () => { document.documentElement.classList.add(PAPER); draw(); };
  const after = () => { document.documentElement.classList.remove(PAPER); draw(); };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => { window.removeEventListener("beforeprint", before); window.removeEventListener("afterprint", after); };
}
