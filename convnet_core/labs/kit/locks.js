// What the page around a lab has locked, seen at the controls that would change it.

const WORDS = "Locked by the page that shows this lab.";
const CONTROLS = "input, select, button, [role=grid]";

/** @typedef {HTMLElement | { element: HTMLElement, block?: HTMLElement }} Control  a grid's block holds its caption, too */

/**
 * Says which settings controls change, by the settings' names. A control with two of them, "source numbers", is locked by
 * either.
 * @param {Record<string, Control | Control[]>} controls
 */
export function sets(controls) {
  for (const [names, some] of Object.entries(controls))
    for (const control of [some].flat()) markable(control).dataset.sets = names;
}

/** What a box edits is what another control shows, and its lock is that one's. @param {Control} box @param {Control} other */
export function setsLike(box, other) {
  markable(box).dataset.sets = markable(other).dataset.sets ?? "";
}

/** @param {Control} control @returns {HTMLElement} */
function markable(control) {
  if (control instanceof HTMLElement) return control;
  return control.block ?? control.element;
}

/** Gives each control of a locked setting its sign, in sight and in words. @param {HTMLElement} root @param {Set<string>} locked */
export function showLocks(root, locked) {
  if (locked.size === 0) return;
  for (const part of root.querySelectorAll("[data-sets]")) {
    if (!(part instanceof HTMLElement)) continue;
    const isLocked = part.dataset.sets.split(" ").some((name) => locked.has(name));
    if (isLocked || part.classList.contains("is-locked")) mark(part, isLocked);
  }
}

/** @param {HTMLElement} part @param {boolean} isLocked */
function mark(part, isLocked) {
  part.classList.toggle("is-locked", isLocked);
  for (const element of [part, .../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll(CONTROLS))]) {
    if (isLocked) element.title = WORDS; // which describes it to a screen reader, too
    else element.removeAttribute("title");
    if (element.matches(CONTROLS)) element.setAttribute("aria-disabled", String(isLocked));
  }
}
