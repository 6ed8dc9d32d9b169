// A lab alone, as large as the screen, for a class in front of a projector. Loaded when it is first wanted.
//
// All sizes of a lab are multiples of the page's type, so larger type is all that it takes. The lab stays where it is in the
// page, and over it; the rest of the page is out of sight, for the keyboard and a screen reader too.

import { button, isTextField, make } from "./dom.js";
import { stepLab } from "./presenter.js";

const SHARE = 0.027; // of the window's height: the type of its text
const NARROWEST = 46; // of its letters, at least, that a window is wide
const SMALLEST = 16; // pixels
const STEP = 1.1;
const KEYS = [
  ["N or Page Down", "next: a step, a frame, another picture"],
  ["Shift+N or Page Up", "back"],
  ["+ and \u2212", "larger, smaller; 0 as it was"],
  ["B", "a black screen, and the lab again"],
  ["?", "these keys"],
  ["Escape", "back into the page"],
];
const page = document.documentElement;

/** How much larger or smaller than usual, for all labs of the page: a room is as long as it is. */
let zoom = 1;
/** @type {BigLab | null} */
let now = null;

/**
 * Shows a lab alone and large, or leaves that. One at a time.
 * @param {HTMLElement} root  the lab's card
 * @param {{ onturn?: (isBig: boolean) => void, isSlide?: boolean }} [options]  a slide is large without a full screen, and
 *   whoever shows it hears all keys but N and those of the size
 */
export function turnBig(root, options = {}) {
  const was = now;
  was?.leave();
  if (was?.root !== root) now = new BigLab(root, options);
}

class BigLab {
  #ended = new AbortController();
  #cover = make("button", { type: "button", class: "cl-black", "aria-label": "Show the lab again", hidden: true });
  #help = helpOf(KEYS);
  #said = make("p", { class: "cl-end cl-big-said", "aria-live": "polite" });
  #tools = make("span", { class: "cl-big-tools" });
  #types = false;
  #before = { scroll: [scrollX, scrollY], focus: document.activeElement };

  /** @param {HTMLElement} root @param {{ onturn?: (isBig: boolean) => void, isSlide?: boolean }} options */
  constructor(root, { onturn, isSlide = false }) {
    this.root = root;
    this.onturn = onturn;
    this.isSlide = isSlide;
    this.#tools.append(
      button("\u2212", () => this.#size(zoom / STEP), { "aria-label": "Smaller" }),
      button("+", () => this.#size(zoom * STEP), { "aria-label": "Larger" }),
      button("?", () => this.#turnHelp(), { "aria-label": "Presenter's keys" }),
    );
    this.#cover.onclick = () => this.#turnBlack();
    this.#enter();
  }

  #enter() {
    const { signal } = this.#ended;
    page.classList.add("has-big-lab");
    this.root.classList.add("is-big");
    this.root.querySelector(".cl-tools").append(this.#tools);
    this.root.append(this.#help, this.#cover, this.#said);
    this.#size(zoom);
    this.root.scrollTop = 0;
    this.onturn?.(true);
    addEventListener("resize", () => this.#size(zoom), { signal });
    document.addEventListener("keydown", (event) => this.#hear(event), { signal, capture: true });
    if (this.isSlide) return;
    const hearTyping = (/** @type {Event} */ event) => (this.#types = event instanceof CustomEvent && event.detail !== "ends");
    this.root.addEventListener("cl-typing", hearTyping, { signal });
    this.root.tabIndex = -1;
    this.root.focus({ preventScroll: true }); // on the button, Space would lead back at once
    this.#fill(signal);
    setTimeout(() => this.#say("This lab alone, large. Escape leads back, question mark lists the keys."), 100);
  }

  /** Asks for the whole screen; where that is not to be had, the window is filled all the same. @param {AbortSignal} signal */
  #fill(signal) {
    const hear = () => {
      if (document.fullscreenElement === null) this.leave();
    };
    Promise.resolve(this.root.requestFullscreen?.()).then(
      () => document.addEventListener("fullscreenchange", hear, { signal }),
      () => {},
    );
  }

  leave() {
    this.#ended.abort();
    if (document.fullscreenElement === this.root) document.exitFullscreen();
    for (const part of [this.#tools, this.#help, this.#cover, this.#said]) part.remove();
    this.root.classList.remove("is-big");
    this.root.removeAttribute("tabindex");
    page.classList.remove("has-big-lab");
    const { scroll, focus } = this.#before;
    const [left, top] = scroll;
    scrollTo({ left, top, behavior: "instant" });
    if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
    if (now === this) now = null;
    this.onturn?.(false);
  }

  /** @param {number} wanted */
  #size(wanted) {
    zoom = Math.min(3, Math.max(0.5, wanted));
    const type = Math.min(innerHeight * SHARE, innerWidth / NARROWEST);
    page.style.setProperty("--big", `${Math.max(SMALLEST, type) * zoom}px`);
  }

  /** @param {KeyboardEvent} event */
  #hear(event) {
    const { key, shiftKey, target } = event;
    // Before the page, which has an Escape of its own; but in a cell it takes back what is being typed.
    if (key === "Escape" && !this.isSlide && !this.#types) this.#escape();
    if (event.ctrlKey || event.altKey || event.metaKey || isTextField(target)) return;
    const isInGrid = target instanceof Element && target.matches("[role=gridcell]");
    const actions = {
      n: () => stepLab(this.root, shiftKey ? -1 : 1),
      ...(isInGrid ? {} : this.#sizes()),
      ...(this.isSlide ? {} : this.#presenterKeys()),
    };
    const action = actions[key.length === 1 ? key.toLowerCase() : key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** Not in a grid, where a minus begins a number. */
  #sizes() {
    const [larger, smaller] = [() => this.#size(zoom * STEP), () => this.#size(zoom / STEP)];
    return { "+": larger, "=": larger, "-": smaller, 0: () => this.#size(1) };
  }

  #presenterKeys() {
    return {
      PageDown: () => stepLab(this.root, 1),
      PageUp: () => stepLab(this.root, -1),
      b: () => this.#turnBlack(),
      "?": () => this.#turnHelp(),
    };
  }

  #escape() {
    if (!this.#cover.hidden) this.#turnBlack();
    else if (!this.#help.hidden) this.#turnHelp();
    else this.leave();
  }

  #turnBlack() {
    this.#cover.hidden = !this.#cover.hidden;
    this.root.classList.toggle("is-black", !this.#cover.hidden);
    this.#say(this.#cover.hidden ? "The lab again." : "Black screen. B shows the lab again.");
  }

  #turnHelp() {
    this.#help.hidden = !this.#help.hidden;
    this.#say(this.#help.hidden ? "" : KEYS.map((entry) => entry.join(": ")).join(". "));
  }

  /** @param {string} text */
  #say(text) {
    this.#said.textContent = text;
  }
}

/** @param {string[][]} keys */
function helpOf(keys) {
  const rows = keys.flatMap(([key, does]) => [make("dt", { text: key }), make("dd", { text: does })]);
  return make("div", { class: "cl-big-help", hidden: true }, [make("dl", {}, rows)]);
}
