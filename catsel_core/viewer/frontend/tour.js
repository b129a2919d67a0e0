// A tour of the overview for the first visit: at most five steps, each beside what it speaks of. It is drawn over the
// page as a dialog, which keeps the focus and ends with Escape; the server is never told. That somebody has seen it is
// kept in the browser.
const TOUR_SEEN = "catsel.tour";
const TOUR_WAITS_FOR = [".catsel-slider input", ".catsel-chart .main-svg"];
const TOUR_MILLISECONDS = 250; // between two looks whether the first figure is there
const TOUR_GAP = 14; // pixels between a step and what it speaks of

/**
 * Has the page's own button begin the tour, and begins it on a first visit once there is something to show.
 * @param {TourTexts} texts
 */
function offerTour(texts) {
  if (!window.catselTour) {
    window.catselTour = { texts, waiting: false };
    document.addEventListener("click", ({ target }) => {
      const again = target instanceof Element && target.closest(".catsel-tour-again");
      if (again && window.catselTour) new Tour(window.catselTour.texts);
    });
  }
  window.catselTour.texts = texts;
  if (window.catselTour.waiting || !tourIsDue()) return;
  window.catselTour.waiting = true;
  beginTourWhenDrawn();
}

/** Looks again and again for the first figure, unless the visitor goes on meanwhile. */
function beginTourWhenDrawn() {
  if (!window.catselTour) return;
  const due = tourIsDue() && !document.querySelector("dialog.catsel-tour");
  const drawn = TOUR_WAITS_FOR.every((selector) => document.querySelector(selector));
  if (due && !drawn) {
    setTimeout(beginTourWhenDrawn, TOUR_MILLISECONDS);
    return;
  }
  window.catselTour.waiting = false;
  if (due) new Tour(window.catselTour.texts);
}

/** @returns {boolean} whether this tab began here, at an address that asks for nothing, and the tour is new */
function tourIsDue() {
  const first = performance.getEntriesByType("navigation")[0]?.name ?? "";
  if (location.search || first.split("#")[0] !== location.href.split("#")[0]) return false;
  try { return localStorage.getItem(TOUR_SEEN) === null; } catch { return false; } // it could not be remembered
}

/**
 * Where a card of some size stands: below, above, right or left of a box, where there is room; else at the bottom.
 * @param {Box} box
 * @param {Size} card
 * @param {Size} room
 * @returns {{ left: number, top: number }}
 */
function besideBox(box, card, room) {
  const keep = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(TOUR_GAP, Math.min(value, most));
  const mostLeft = room.width - card.width - TOUR_GAP;
  const mostTop = room.height - card.height - TOUR_GAP;
  const left = keep(box.left, mostLeft);
  const top = keep(box.top + 3 * TOUR_GAP, mostTop);
  const places = [
    { left, top: box.bottom + TOUR_GAP },
    { left, top: box.top - card.height - TOUR_GAP },
    { left: box.right + TOUR_GAP, top },
    { left: box.left - card.width - TOUR_GAP, top },
  ];
  const fits = places.find((at) => at.left >= 0 && at.top >= 0 && at.left <= mostLeft && at.top <= mostTop);
  return fits ?? { left: keep((room.width - card.width) / 2, mostLeft), top: Math.max(0, mostTop) };
}

/** The tour under way: it ends by its buttons, by Escape, or when the page is changed by the browser's own ones. */
class Tour {
  at = 0;

  /** @param {TourTexts} texts */
  constructor(texts) {
    this.texts = texts;
    this.dialog = made("dialog", { className: "catsel-tour" });
    this.ring = made("div", { className: "ring" });
    this.card = made("div", { className: "card" });
    this.title = made("h2", { id: "catsel-tour-title" });
    this.text = made("p", { id: "catsel-tour-text" });
    this.count = made("span", { className: "count" });
    this.skip = made("button", { type: "button", textContent: texts.skip, onclick: () => this.dialog.close() });
    this.next = made("button", { type: "button", className: "next", onclick: () => this.go(this.at + 1) });
    this.build();
    this.dialog.showModal();
    this.go(0);
    this.next.focus();
  }

  build() {
    const said = made("div", {});
    said.setAttribute("aria-live", "polite");
    said.append(this.title, this.text);
    const row = made("div", { className: "row" });
    row.append(this.count, this.skip, this.next);
    this.card.append(said, row);
    this.dialog.append(this.ring, this.card);
    this.dialog.setAttribute("aria-labelledby", this.title.id);
    this.dialog.setAttribute("aria-describedby", this.text.id);
    const place = () => this.place();
    const leave = () => this.dialog.close();
    window.addEventListener("resize", place);
    document.addEventListener("scroll", place, true);
    window.addEventListener("popstate", leave);
    this.dialog.onclose = () => {
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
      window.removeEventListener("popstate", leave);
      this.dialog.remove();
      try { localStorage.setItem(TOUR_SEEN, "seen"); } catch { /* private mode: it is not offered by itself there */ }
    };
    (document.querySelector(".stApp") ?? document.body).append(this.dialog); // whose theme it has then
  }

  /** @param {number} at */
  go(at) {
    const { steps } = this.texts;
    if (at >= steps.length) {
      this.dialog.close();
      return;
    }
    this.at = at;
    this.title.textContent = steps[at].title;
    this.text.textContent = steps[at].text;
    this.count.textContent = `${at + 1} / ${steps.length}`;
    this.next.textContent = at === steps.length - 1 ? this.texts.done : this.texts.next;
    this.skip.hidden = at === steps.length - 1;
    this.target()?.scrollIntoView({ block: "nearest" });
    this.place();
  }

  /** @returns {Element | undefined} what the step speaks of: the first of its selectors that is in sight */
  target() {
    const found = this.texts.steps[this.at].at.map((selector) => document.querySelector(selector));
    return found.filter((each) => each !== null).find((each) => {
      const { width, right } = each.getBoundingClientRect();
      return width > 0 && right > 1;
    });
  }

  place() {
    const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const box = this.target()?.getBoundingClientRect() ?? new DOMRect(room.width / 2, room.height / 2, 0, 0);
    this.ring.hidden = !box.width;
    Object.assign(this.ring.style, { left: `${box.left - 4}px`, top: `${box.top - 4}px` });
    Object.assign(this.ring.style, { width: `${box.width + 8}px`, height: `${box.height + 8}px` });
    const card = { width: this.card.offsetWidth, height: this.card.offsetHeight };
    const { left, top } = besideBox(box, card, room);
    Object.assign(this.card.style, { left: `${left}px`, top: `${top}px` });
  }
}
