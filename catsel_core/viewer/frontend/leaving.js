// A change of page takes the page's fields along, with whatever the server has not heard of yet: a tap on a link, or
// the browser's Back, would throw away what was typed just before. So it waits until the server has answered once.
const PATIENCE_MILLISECONDS = 10_000; // a page that ends in an error does not answer; one that still runs will
const TABLE_MILLISECONDS = 250; // a table tells of an edit only when nothing has happened in it for a while
const TABLES = "[data-testid=stDataFrame], #portal"; // a cell is edited in the portal
const FIELDS = `input:not([type=range]), textarea, ${TABLES}`;
const LINKS = "a[data-testid=stPageLink-NavLink]";

/** Holds up changes of page while the server may not have taken what was typed; one for the whole tab. */
class Leaving {
  /** whether something was typed since the server last answered */
  typed = false;

  /** the same, in a table */
  tabled = false;

  /** the page that was last asked for by a link, and when */
  to = { path: "", time: 0 };

  /** what the server was last asked to answer with */
  asked = 0;

  /** @type {(number: number) => void} */
  ask = () => {};

  /** @type {(() => void) | undefined} */
  go;

  listen() {
    const typed = (/** @type {Event} */ { target }) => {
      this.typed ||= isIn(FIELDS, target);
      this.tabled ||= isIn(TABLES, target);
    };
    for (const event of ["input", "keydown", "paste", "click"]) document.addEventListener(event, typed, true);
    document.addEventListener("click", (event) => this.click(event), true);
    window.navigation?.addEventListener("navigate", (event) => this.traverse(event)); // older browsers do without
    document.addEventListener("visibilitychange", () => { if (document.hidden) hand(document.activeElement); });
  }

  /** @param {MouseEvent} event */
  click(event) {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    this.to = { path: new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname, time: Date.now() };
    if (!this.typed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const address = link.getAttribute("href");
    this.hold(() => {
      const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(LINKS)]);
      links.find((one) => one.getAttribute("href") === address)?.click();
    });
  }

  /** Whether another page was asked for and has not come: a message to the server would then ask for this one again. */
  away() { return this.to.path !== location.pathname && Date.now() - this.to.time < PATIENCE_MILLISECONDS; }

  /**
   * Back or forward in the browser's history. Only before it happens can it be put off: Streamlit is the first to hear
   * that it has happened.
   * @param {NavigateEvent} event
   */
  traverse(event) {
    if (!this.typed || event.navigationType !== "traverse" || !event.cancelable) return;
    event.preventDefault();
    const { key } = event.destination;
    this.hold(() => { window.navigation.traverseTo(key); });
  }

  /**
   * Goes once the server has what was typed; if something else is asked for meanwhile, there.
   * @param {() => void} go
   */
  hold(go) {
    const held = Boolean(this.go);
    this.go = go;
    if (held) return;
    hand(document.activeElement);
    const number = this.asked = Date.now();
    setTimeout(() => this.ask(number), this.tabled ? TABLE_MILLISECONDS : 0);
    this.giveUpOn(number);
  }

  /**
   * Goes without an answer to this, after a while in which the server has come to the end of the page.
   * @param {number} number
   */
  giveUpOn(number) {
    const runs = () => document.querySelector("[data-test-script-state=running]");
    setTimeout(() => { if (runs()) this.giveUpOn(number); else this.answer(number); }, PATIENCE_MILLISECONDS);
  }

  /**
   * The server has taken all that came before it was asked for this.
   * @param {number | null} number
   */
  answer(number) {
    if (!this.go || number !== this.asked) return;
    const { go } = this;
    [this.go, this.typed, this.tabled] = [undefined, false, false];
    go();
  }
}

/**
 * @param {string} selector
 * @param {EventTarget | null} target
 */
function isIn(selector, target) { return target instanceof Element && Boolean(target.closest(selector)); }

/**
 * Has a field hand in what is typed in it, as if it were left; the cursor stays.
 * @param {Element | null} field
 */
function hand(field) {
  if (isIn(FIELDS, field)) field?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

/** @returns {Holding} */
function theLeaving() {
  if (window.catselLeaving) return window.catselLeaving;
  const leaving = new Leaving();
  leaving.listen();
  return (window.catselLeaving = leaving);
}

/**
 * Takes the server's answer, and how to ask it.
 * @param {Mount<{ answered: number | null }> & { setStateValue: (name: string, value: number) => void }} mount
 */
export default function ({ data: [{ answered }], setStateValue }) {
  const leaving = theLeaving();
  leaving.ask = (number) => setStateValue("asked", number);
  leaving.answer(answered);
}
