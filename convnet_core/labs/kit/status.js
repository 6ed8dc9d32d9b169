// The sentence that says what happened: old value to new, or why something could not be done.

import { make, write } from "./dom.js";

export const REST = 500; // milliseconds without another sentence

/** A live region: what it says is shown and spoken. */
export class Status {
  #isFresh = false;
  #rest = 0;
  #saidAt = -Infinity;
  #praise = "";

  constructor() {
    this.element = make("p", { class: "cl-status", role: "status", "aria-live": "polite" });
  }

  /** A change begins: what stands here now is about the one before. */
  turn() {
    this.#isFresh = false;
  }

  /** A change has passed without a word: what was refused before it is over. */
  settle() {
    if (!this.#isFresh) this.forgive();
  }

  /** What was refused has been mended, or taken back. */
  forgive() {
    if (this.element.classList.contains("is-refused")) this.say("");
  }

  say(said, { refused = false } = {}) {
    const text = this.#praise === "" || said.includes(this.#praise) ? said : `${this.#praise} ${said}`.trim();
    this.#isFresh = true;
    this.#saidAt = performance.now();
    if (this.element.textContent === text) this.element.textContent = text; // spoken again
    else write(this.element, text);
    this.element.classList.toggle("is-refused", refused);
  }

  /** Of what comes one after the other, as while an arrow is held, all is shown, and the last is spoken once it rests. */
  sayAtRest(text) {
    this.hush(true);
    this.say(text);
    this.#rest = window.setTimeout(() => this.hush(false), REST);
  }

  /** Whether what stands here may not have been spoken yet. */
  get isNew() {
    return performance.now() - this.#saidAt < REST && this.element.textContent !== "";
  }

  /** Behind what may not have been spoken yet: both are one announcement. */
  join(text) {
    this.sayAtRest(this.isNew ? `${this.element.textContent} ${text}` : text);
  }

  refuse(text) {
    this.say(text, { refused: true });
  }

  /** Behind what was said of this change, if anything was. */
  add(text) {
    this.say(this.#isFresh ? `${this.element.textContent} ${text}` : text);
  }

  /** In front of it. */
  begin(text) {
    this.say(this.#isFresh ? `${text} ${this.element.textContent}` : text);
  }

  /** In front of what is said of this change, before it and after it; while what is said is not spoken, until it is. */
  praise(text) {
    this.begin(text);
    this.#praise = text;
    if (!this.#isHushed) queueMicrotask(() => (this.#praise = ""));
  }

  get #isHushed() {
    return this.element.getAttribute("aria-live") === "off";
  }

  /** While a walk plays, what happens is shown and not spoken; at its end the last sentence is. */
  hush(isPlaying) {
    clearTimeout(this.#rest); // what rests does not speak while a walk plays
    this.element.setAttribute("aria-live", isPlaying ? "off" : "polite");
    if (isPlaying) return;
    this.#praise = "";
    const text = this.element.textContent;
    this.element.textContent = "";
    requestAnimationFrame(() => {
      if (this.element.textContent === "") this.element.textContent = text;
    });
  }
}
