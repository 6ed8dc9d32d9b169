// The reader's class: a word from the teacher's link, and a student number.

import { button, make } from "../kit/dom.js";
import { readStudent, readWord } from "./codes.js";
import { field, say } from "./fields.js";
import { BAD_NUMBER, BAD_WORD, inClass, needsNumber, NO_CLASS, otherClass, STAYS } from "./words.js";

/** The class word that an address brings, "" where it brings none. Both forms work from disk; what stands behind # stays in the browser. */
export function wordIn(/** @type {string} */ address) {
  const [, text = ""] = /[?#&]class=([^&#]*)/.exec(address) ?? [];
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param {{ word: string, number: string }} own  what is kept
 * @param {(word: string, number: string) => void} onjoin
 */
export function joining(own, onjoin) {
  const word = make("input", { class: "cl-number pg-word", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const number = make("input", { class: "cl-number pg-word", autocomplete: "off", spellcheck: "false" });
  const said = make("p", { class: "pg-said", role: "status" });
  const choice = make("div", { class: "cl-buttons", hidden: true });
  let joined = { ...own };
  const refuse = (/** @type {HTMLInputElement} */ box, /** @type {string} */ words) => {
    box.setAttribute("aria-invalid", "true");
    say(said, words);
    said.classList.add("pg-refused");
    box.focus();
  };
  const tell = (/** @type {string} */ words) => {
    for (const box of [word, number]) box.removeAttribute("aria-invalid");
    said.classList.remove("pg-refused");
    if (said.textContent !== words) say(said, words); // another page of the book says nothing again
  };
  const show = () => {
    [word.value, number.value] = [joined.word, joined.number];
    tell(!joined.word ? NO_CLASS : joined.number ? inClass(joined.word, joined.number) : needsNumber(joined.word));
  };
  const join = () => {
    const [theWord, theNumber] = [readWord(word.value), readStudent(number.value)];
    choice.hidden = true;
    if (theWord === null && word.value.trim() !== "") return refuse(word, BAD_WORD);
    if (theNumber === null && number.value.trim() !== "") return refuse(number, BAD_NUMBER);
    if (theWord !== null && theNumber === null && joined.word === theWord) return refuse(number, BAD_NUMBER);
    joined = { word: theWord ?? "", number: theNumber ?? "" };
    show();
    onjoin(joined.word, joined.number);
  };
  /** What a link brings is taken where there is nothing yet; else the reader is asked. @param {string} address */
  const follow = (address) => {
    const text = wordIn(address);
    if (text === "") return;
    const other = readWord(text);
    if (other === null) return refuse(word, `The link's class word can't be read. ${BAD_WORD}`);
    if (other === joined.word) return;
    const take = () => {
      word.value = other;
      choice.hidden = true;
      join();
      number.focus();
    };
    if (!joined.word) return take();
    tell(otherClass(joined.word, other));
    const stay = button(`Stay in ${joined.word}`, () => {
      choice.hidden = true;
      show();
    });
    choice.replaceChildren(button(`Go over to ${other}`, take, { class: "cl-button cl-primary" }), stay);
    choice.hidden = false;
  };
  for (const box of [word, number]) box.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && join());
  const fields = [field("Class word", word), field("Your student number", number), button("Keep", join, { class: "cl-button cl-primary" })];
  const element = make("div", {}, [said, choice, make("div", { class: "cl-guess-form" }, fields), make("p", { class: "cl-note", text: STAYS })]);
  show();
  const set = (/** @type {{ word: string, number: string }} */ now) => {
    joined = { word: now.word, number: now.number };
    show();
  };
  return { element, follow, set };
}
