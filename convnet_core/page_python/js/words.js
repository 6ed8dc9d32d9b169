// What the page says about a reader's Python: the names of buttons, and how a run has ended.

export const RUN = "Run";
export const CHECK = "Run and check";
export const TRY = "Try it";
export const STOP = "Stop";
export const RESET = "Reset";
export const UNDO = "Undo reset";
export const SAVE = "Save as .py";
export const SOLVED = "✓ solved";
export const IN_BOOK = "As printed in the book";
export const HERE = "Your run";
export const HINT = "Ctrl+Enter runs it. Tab indents; Escape, then Tab, leaves the code.";
export const UNKEPT = "What you write here is gone with the page: this browser lets the page keep nothing.";
export const RUNNING = "Running ...";
export const STOPPED = "Stopped.";
export const DONE = "Done.";
export const SILENT = "Done. It printed nothing.";
export const CHANGED = "Done. The lab above shows what you gave it.";
export const CUT = "Stopped: it printed too much. Here is the start. Does a loop never end?";
export const FULL = "Stopped: it wants more memory than the page has for it, 64 MB. Does a list never stop growing?";
export const LATE =
  "Stopped after 20 seconds. Does a loop never end? What takes longer has its time in the chapter as a notebook.";

/** @param {number} got @param {number} all  bytes */
export const getting = (got, all) =>
  `Getting Python, once for this page: ${Math.round(got / 1000)} of ${Math.round(all / 1000)} KB.`;

/** @param {string} address */
export const noFiles = (address) =>
  `Python could not be loaded: ${address.split("?")[0].split("/").pop()} is not beside this page, or the network is gone.`;

/** @param {string} reason  an error's text */
export function failed(reason) {
  const isForbidden = /Content Security Policy|unsafe-eval|disallowed by embedder/i.test(reason);
  return isForbidden
    ? "Python can't run in this page: the server that sends it forbids WebAssembly. The chapter as a notebook runs it."
    : `Python broke down, and begins afresh with the next run (${reason}).`;
}

/** @param {import("./engine.js").Problem} problem */
export const problemIn = ({ words, line }) => (line ? `Line ${line}: ${words}` : words);

/** @param {string} reason */
export const refused = (reason) => `The lab stays as it is: ${reason}.`;

/** @param {number} solved @param {number} all */
export const solvedSoFar = (solved, all) =>
  `${solved} of ${all} exercise${all === 1 ? "" : "s"} of this chapter solved.`;
