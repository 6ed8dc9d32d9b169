// What comes of a run: what is printed, a value, and a sentence that says how it ended.

import { make } from "./make.js";
import { GETTING, gotSoFar, HERE, IN_BOOK, RUNNING, STILL } from "./words.js";

/**
 * @param {HTMLElement} element  the cell
 * @param {boolean} isExercise  the book's own output, which is what the unfinished function gets, makes room
 */
export function result(element, isExercise) {
  const stored = element.querySelector(".cell_output");
  const text = make("pre");
  // What is printed is there to be read; only the sentence is spoken, and it says how much there is.
  const log = make("div", { className: "py-log", role: "group", "aria-label": "Output" }, [text]);
  const bar = make("progress", { className: "py-bar", hidden: true, "aria-label": "Loading Python" });
  const said = make("p", { className: "py-said", role: "status", id: `${element.id}-said` });
  const own = make("div", { className: "py-result", hidden: true }, [log, bar, said]);
  if (isExercise) stored.replaceWith(own);
  else {
    const both = make("div", { className: "py-both" });
    element.append(both);
    both.append(stored, own);
    stored.prepend(make("p", { className: "py-whose", textContent: IN_BOOK }));
    own.prepend(make("p", { className: "py-whose", textContent: HERE }));
  }

  /** Its first words say what kind of end it is. @param {string} words @param {string} [kind] */
  const say = (words, kind = "") => {
    const [, first = "", rest] = /^(Line \d+|[^.:]*[.:])?(.*)$/s.exec(words);
    said.replaceChildren(kind ? make("strong", { textContent: first }) : first, ...withCode(rest));
    said.className = `py-said ${kind && `is-${kind}`}`;
    bar.hidden = true;
  };
  const begin = () => {
    own.hidden = false;
    text.textContent = "";
    log.replaceChildren(text);
    say(RUNNING);
  };
  const soFar = make("span", { "aria-hidden": "true" }); // spoken at each step, it would never end
  const ongetting = (/** @type {number} */ got, /** @type {number} */ all) => {
    soFar.textContent = gotSoFar(got, all);
    if (!said.contains(soFar)) {
      say(GETTING);
      said.append(soFar);
    }
    Object.assign(bar, { hidden: false, max: all, value: got });
    if (got === all) say(RUNNING);
  };
  const still = () => said.textContent === RUNNING && say(STILL);
  const onprint = (/** @type {string} */ more) => text.append(more);
  const end = (/** @type {import("./ending.js").Ending} */ { words, kind, printed, value }) => {
    if (printed !== undefined) text.textContent = printed;
    if (value) log.append(value);
    say(words, kind);
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) said.scrollIntoView({ block: "nearest" });
  };
  return { id: said.id, begin, say, still, ongetting, onprint, end, printed: () => text.textContent };
}

/** A text with its `code` as code. @param {string} text */
const withCode = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", { textContent: part }) : part));
