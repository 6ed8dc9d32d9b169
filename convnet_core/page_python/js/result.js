// What comes of a run: what is printed, a value, and a sentence that says how it ended.

import { make } from "./make.js";
import { CHANGED, CUT, DONE, failed, FULL, getting, HERE, IN_BOOK, LATE, problemIn, RUNNING, SILENT, STOPPED } from "./words.js";

const VERDICT = /(?:^|\n)((Right\.|Not yet\.)[^\n]*)\n$/;

/**
 * @param {HTMLElement} element  the cell
 * @param {boolean} isExercise  the book's own output is only what the unfinished function gets: it makes room
 */
export function result(element, isExercise) {
  const stored = element.querySelector(".cell_output");
  const said = make("p", { className: "py-said", role: "status" });
  const bar = make("progress", { className: "py-bar", hidden: true, "aria-label": "Python is loading" });
  const text = make("pre");
  const log = make("div", { className: "py-log", role: "log", "aria-label": "Output" }, [text]);
  const own = make("div", { className: "py-result", hidden: true }, [log, bar, said]);
  if (isExercise || !stored) element.append(own);
  else {
    stored.prepend(make("p", { className: "py-whose", textContent: IN_BOOK }));
    own.prepend(make("p", { className: "py-whose", textContent: HERE }));
    const both = make("div", { className: "py-both" });
    stored.after(both);
    both.append(stored, own);
  }

  /** Its first sentence says what kind of end it is. @param {string} words @param {"right" | "wrong" | ""} [kind] */
  const say = (words, kind = "") => {
    const [, first, rest] = /^([^.:]*[.:])?(.*)$/s.exec(words);
    said.replaceChildren(kind ? make("strong", { textContent: first }) : first ?? "", rest);
    said.className = `py-said ${kind && `is-${kind}`}`;
    bar.hidden = true;
  };
  const clear = () => {
    own.hidden = true;
    if (isExercise && stored) /** @type {HTMLElement} */ (stored).hidden = false;
  };
  const begin = () => {
    own.hidden = false;
    if (isExercise && stored) /** @type {HTMLElement} */ (stored).hidden = true;
    text.textContent = "";
    log.replaceChildren(text);
    say(RUNNING);
  };
  const ongetting = (/** @type {number} */ got, /** @type {number} */ all) => {
    say(getting(got, all));
    Object.assign(bar, { hidden: false, max: all, value: got });
    if (got === all) say(RUNNING);
  };
  const onprint = (/** @type {string} */ more) => {
    text.textContent += more;
  };

  /** Says how it ended; whether an exercise is solved. @param {Awaited<ReturnType<import("./runner.js").Runner["run"]>>} ended */
  const end = ({ how, reason, isCut, isFull, answer, python }) => {
    if (how !== "done") return say({ stopped: STOPPED, late: LATE, failed: failed(reason) }[how], how === "stopped" ? "" : "wrong");
    if (isCut) return say(CUT, "wrong");
    if (isFull || answer.problem?.kind === "MemoryError") return say(FULL, "wrong");
    if (answer.problem) return say(problemIn(answer.problem), "wrong");
    if (answer.value) log.append(python.show(answer.value));
    const verdict = isExercise && VERDICT.exec(text.textContent);
    if (!verdict) return say(Object.keys(answer.given).length ? CHANGED : log.textContent ? DONE : SILENT);
    text.textContent = text.textContent.slice(0, verdict.index);
    const isRight = verdict[2] === "Right.";
    say(verdict[1], isRight ? "right" : "wrong");
    return isRight;
  };
  return { begin, clear, say, ongetting, onprint, end };
}
