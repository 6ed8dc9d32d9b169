// A cell that can be run: its code as an editor, the buttons, and what comes of a run.

import { editor } from "./editor.js";
import { allKept, keep } from "./kept.js";
import { button, headingOf, make } from "./make.js";
import { result } from "./result.js";
import { CHECK, ERASED, HINT, IS_BACK, IS_RESET, noFiles, RESET, RUN, SAVE, SOLVED, SOLVED_BEFORE, STOP, UNDO, UNKEPT } from "./words.js";

const PAUSE = 200; // milliseconds between a key and its being written down
const LONG = 4_000; // milliseconds after which a reader is told that it still runs

/**
 * @typedef {object} Kind
 * @property {boolean} isExercise  it prints a verdict; any other has a value, beside which the book's stays in sight
 * @property {() => void} [onsolved]  that may have changed
 */

/**
 * @param {HTMLElement} element  the cell, as the book shows it
 * @param {import("./runner.js").Runner} runner @param {Kind} kind
 */
export function cell(element, runner, { isExercise, onsolved }) {
  const pre = /** @type {HTMLElement} */ (element.querySelector(".cell_input pre"));
  const inBook = pre.textContent.trimEnd();
  const shown = result(element, isExercise);
  const code = editor(pre, `Code: ${headingOf(element)}`, { oninput: () => typed(), onrun: () => press() });
  const go = button(isExercise ? CHECK : RUN, () => press());
  const reset = button(RESET, () => swap(inBook, code.text(), undo, IS_RESET));
  const undo = button(UNDO, () => swap(taken, code.text() === inBook ? null : code.text(), reset, IS_BACK));
  const save = button(SAVE, () => download(`${/^def (\w+)/m.exec(code.text())?.[1] ?? element.id}.py`, withNumpy(code.text())));
  const solved = make("span", { className: "py-solved" });
  const hint = make("span", { className: "py-hint is-keys", id: `${element.id}-hint`, textContent: HINT });
  const unkept = make("span", { className: "py-hint", textContent: UNKEPT, hidden: true });
  let taken = null; // what Reset took away
  let solution;
  /** @type {boolean | undefined} */
  let known = element.id in allKept() || undefined; // true: something is kept; false: it was erased
  let timer = 0;
  let isRunning = false;

  const update = () => {
    const isOwn = code.text() !== inBook;
    reset.hidden = !isOwn;
    undo.hidden = taken === null;
    save.hidden = !isOwn;
    solved.hidden = solution === undefined;
    solved.textContent = solution === code.text() ? SOLVED : SOLVED_BEFORE;
  };
  const remember = (changes) => {
    known = keep(element.id, changes) || undefined;
    if (!known) unkept.hidden = false;
  };
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    remember({ text: code.text() === inBook ? undefined : code.text(), taken: taken ?? undefined });
  };
  const read = () => {
    const kept = allKept()[element.id];
    solution = kept?.solved;
    taken = kept?.taken ?? null;
    code.set(kept?.text ?? inBook);
    clearTimeout(timer); // none of this is typed
    timer = 0;
    update();
  };
  /** What another page of the book has erased is gone here too, and is back when it has been brought back. */
  const hear = () => {
    const was = known;
    if (was === undefined || was === (known = element.id in allKept())) return;
    if (isRunning) runner.stop();
    read();
    shown.begin();
    shown.say(was ? ERASED : IS_BACK);
    onsolved?.();
  };
  const typed = () => {
    code.area.setAttribute("aria-describedby", hint.id);
    timer ||= setTimeout(write, PAUSE);
    update();
  };
  /** @param {string} text  comes @param {string | null} away  what is taken for it @param {HTMLElement} next @param {string} words */
  const swap = (text, away, next, words) => {
    if (isRunning) runner.stop();
    code.replace(text);
    taken = away;
    write();
    update();
    next.focus(); // the pressed one may be gone
    shown.begin();
    shown.say(words);
  };
  const solve = (/** @type {string} */ asked) => {
    remember({ solved: (solution = asked) });
    update();
    onsolved?.();
  };

  /** @param {number} line  of the code, from 1, that went wrong; 0: none */
  const mark = (line) => {
    code.mark(line);
    code.area.setAttribute("aria-describedby", line ? `${shown.id} ${hint.id}` : hint.id);
  };
  const press = () => (isRunning ? runner.stop() : run());
  const run = async () => {
    isRunning = true;
    go.textContent = STOP;
    code.mark(0);
    shown.begin();
    const asked = code.text();
    const long = setTimeout(shown.still, LONG);
    try {
      const { python, ...ended } = await runner.run(element, asked, true, shown);
      const told = python.ending(ended, { element, printed: shown.printed(), isExercise });
      shown.end(told);
      if (told.kind === "right") solve(asked);
      if (code.text() === asked) mark(told.line ?? 0);
    } catch (problem) {
      shown.say(noFiles(problem.message), "wrong");
    }
    clearTimeout(long);
    isRunning = false;
    go.textContent = isExercise ? CHECK : RUN;
  };

  element.classList.add("py-live");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", headingOf(element));
  element.querySelector(".cell_input").after(make("div", { className: "py-tools" }, [go, reset, undo, save, solved, hint, unkept]));
  code.area.setAttribute("aria-describedby", hint.id);
  addEventListener("pagehide", () => timer && write());
  addEventListener("pageshow", hear);
  addEventListener("storage", hear);
  read();
  return { focus: () => code.area.focus() };
}

/** In the page numpy is there; in a file it is asked for. @param {string} text */
const withNumpy = (text) => (/\bnp\./.test(text) && !/as np\b/.test(text) ? `import numpy as np\n${text}` : text);

/** @param {string} name @param {string} text */
function download(name, text) {
  const href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/x-python" }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
