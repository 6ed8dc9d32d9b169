// How a run has ended, in words.

import { giveLab } from "./lab.js";
import { show } from "./show.js";

const VERDICT = /(?:^|\n)((Right\.|Not yet\.)[^\n]*)\n$/;
const STOPPED = "Stopped.";
const ANOTHER = "Stopped: another cell was run, and one runs at a time.";
const UNASKED = "The checker was not asked: does the last line still call it?";
const CUT = "Stopped: it printed too much. Here is the start. Does a loop never end?";
const FULL = "Stopped: it wants more memory than the page has for it, 32 MB. Does a list never stop growing?";
const LATE = "Stopped after 20 seconds. Does a loop never end? In the chapter as a notebook, it may take longer.";
const FORBIDDEN = "Python can't run in this page: the server that sends it forbids WebAssembly. The chapter as a notebook runs it.";

/**
 * @typedef {object} Ending
 * @property {string} words
 * @property {"right" | "wrong" | ""} [kind]
 * @property {number} [line]  of the code, from 1, that went wrong
 * @property {string} [printed]  what is left of it, where its end is among the words
 * @property {HTMLElement} [value]
 *
 * @param {import("./engine.js").Ended} ended
 * @param {{ element: Element, printed: string, isExercise: boolean }} cell
 * @returns {Ending}
 */
export function ending({ how, reason, isCut, isFull, answer }, { element, printed, isExercise }) {
  if (how === "stopped") return { words: STOPPED };
  if (how === "another") return { words: ANOTHER };
  if (how === "late") return wrong(LATE);
  if (how === "failed") return wrong(failed(reason));
  if (isCut) return wrong(CUT);
  if (isFull || answer.problem?.kind === "MemoryError") return wrong(FULL);
  if (answer.problem) return { ...wrong(answer.problem.words), line: answer.problem.line };
  const refusal = giveLab(element, answer.given);
  if (refusal !== null) return wrong(`The lab stays as it is: ${refusal}.`);
  return (isExercise && verdictOf(printed)) || done(answer, printed, isExercise);
}

/** @param {string} words @returns {Ending} */
const wrong = (words) => ({ words, kind: "wrong" });

/** What the checker says is the last line. @param {string} printed @returns {Ending | null} */
function verdictOf(printed) {
  const found = VERDICT.exec(printed);
  if (!found) return null;
  const line = Number(/your function stopped in line (\d+)/.exec(found[1])?.[1] ?? 0);
  return { words: found[1], kind: found[2] === "Right." ? "right" : "wrong", line, printed: printed.slice(0, found.index) };
}

/** @param {import("./engine.js").Ended["answer"]} answer @param {string} printed @param {boolean} isExercise @returns {Ending} */
function done({ value, given }, printed, isExercise) {
  const parts = [isExercise ? UNASKED : "Done."];
  if (Object.keys(given).length > 0) parts.push("The lab above shows what you gave it.");
  if (printed) parts.push(`It printed ${counted(printed.trimEnd().split("\n").length, "line")}.`);
  if (value?.shape) parts.push(`Its value: ${counted(value.shape.join(" by "), "number")}.`);
  if (parts.length === 1 && !value && !isExercise) parts.push("It printed nothing.");
  return { words: parts.join(" "), kind: isExercise ? "wrong" : "", value: value && show(value) };
}

/** @param {number | string} count @param {string} what */
const counted = (count, what) => `${count} ${what}${String(count) === "1" ? "" : "s"}`;

/** @param {string} reason  an error's text */
function failed(reason) {
  if (/Content Security Policy|unsafe-eval|disallowed by embedder/i.test(reason)) return FORBIDDEN;
  return `Python broke down, and begins afresh with the next run (${reason}).`;
}
