// The names of buttons, and what the page says before Python is there.

export const RUN = "Run";
export const CHECK = "Run and check";
export const TRY = "Try it";
export const STOP = "Stop";
export const RESET = "Reset";
export const UNDO = "Undo reset";
export const IS_RESET = "Reset. “Undo reset” brings your code back.";
export const IS_BACK = "Your code is back.";
export const ERASED = "What you did here was erased on another page.";
export const SAVE = "Save as .py";
export const SOLVED = "✓ solved";
export const SOLVED_BEFORE = "✓ solved, before this change";
export const IN_BOOK = "As printed in the book";
export const HERE = "Your run";
export const HINT = "Ctrl+Enter runs and stops it. Tab indents; Escape, then Tab, leaves the code.";
export const UNKEPT = "What you write here is gone with the page: this browser lets the page keep nothing.";
export const RUNNING = "Running ...";
export const STILL = "Still running. Ctrl+Enter or “Stop” ends it.";

export const GETTING = "Getting Python, once for this page";

/** @param {number} got @param {number} all  bytes */
export const gotSoFar = (got, all) => `: ${Math.round(got / 1000)} of ${Math.round(all / 1000)} KB.`;

/** @param {string} address */
export const noFiles = (address) =>
  `Python could not be loaded: ${address.split("?")[0].split("/").pop()} is not beside this page, or the network is gone.`;

/** @param {number} solved @param {number} all */
export const solvedSoFar = (solved, all) =>
  `${solved} of ${all} exercise${all === 1 ? "" : "s"} of this chapter solved.`;
