// The box in which a number is typed.

import { numberProblem, plain, readNumber } from "../mirror/printing.js";
import { make } from "./dom.js";
import { announceTyping, stays } from "./typing.js";

/**
 * A labelled box for a number. What is typed takes effect as soon as it is one; what is none, or is
 * refused in the end, gives way to the number from before. So does all with Escape. "cl-typing" events tell
 * the lab from when to when, so that it speaks once, and Undo takes back once.
 * @param {string} text
 * @param {(value: number) => string | null | void} onchange  may answer why it refuses
 * @param {(reason: string) => void} [refuse]  hears the reason once the reader is done typing
 */
export function numberBox(text, onchange, refuse = () => {}) {
  const input = make("input", { type: "text", class: "cl-number", inputmode: "text", autocomplete: "off" });
  let [known, shown] = [0, ""];
  /** @type {number | null} the number before the typing */
  let began = null;
  const attempt = () => {
    const value = readNumber(input.value);
    return value === null ? numberProblem(input.value) : onchange(value) || null;
  };
  const type = () => {
    if (began === null) {
      began = known;
      announceTyping(input, "begins");
    }
    attempt();
    if (readNumber(input.value) === known) announceTyping(input, "fits");
  };
  const settle = (/** @type {string | null} */ reason) => {
    if (began === null) return;
    const before = began;
    began = null;
    if (reason !== null && before !== known) onchange(before);
    input.value = shown;
    if (reason === "") announceTyping(input, "fits");
    announceTyping(input, "ends");
    if (reason) refuse(stays(reason, shown));
  };
  const finish = () => settle(input.value === shown ? null : attempt());
  input.addEventListener("input", type);
  for (const event of ["change", "blur"]) input.addEventListener(event, finish);
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") settle("");
    if (key === "Enter") finish(); // a browser may see no "change" in what it has seen before
  });
  const caption = make("span", { text });
  const element = make("label", { class: "cl-field" }, [caption, input]);
  /** Leaves alone what is being typed, as long as it means the same number. @param {number} value */
  const show = (value) => {
    [known, shown] = [value, plain(value)];
    const isTyping = document.activeElement === input;
    if (!isTyping) input.value = shown;
  };
  return { element, input, caption, show };
}
