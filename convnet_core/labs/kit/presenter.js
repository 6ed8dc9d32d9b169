// What a presenter's "next" and "back" do in a lab: what the lab's own hands would do.

const NEXT = '[data-step="next"]';
const START = '[data-step="start"]';
const BACK = '[data-step="back"]';
const PART = '[data-step="part"]';
const CHOICE = '[data-step="choice"], .cl-stage select';
const MAIN = ".cl-stage button.cl-primary";
const UNDO = ".cl-tools button";

/**
 * Presses the first thing in sight that leads on, or back: a button marked so (`data-step`), or the lab's main one;
 * without a way back, Undo is one. A lab of parts goes to the next one. Else the next picture, or whatever its first
 * choice is of.
 * @param {HTMLElement} root @param {1 | -1} way
 */
export function stepLab(root, way) {
  const ways = inSight(root, NEXT);
  const next = ways.find((one) => !isOver(one)) ?? ways[0];
  const [choice] = inSight(root, '[data-step="choice"]');
  const main = inSight(root, MAIN)[0];
  const parts = inSight(root, PART);
  if (parts.length > 0) goOn(parts, way);
  else if (choice && (!next || (isOver(next) && way > 0))) choose(choice, way);
  else if (next ?? main) (way > 0 ? onward(root, next ?? main) : (inSight(root, BACK)[0] ?? inSight(root, UNDO)[0])).click();
  else choose(inSight(root, CHOICE)[0], way);
}

/** @param {HTMLElement} root @param {string} selector @returns {HTMLElement[]} */
function inSight(root, selector) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = root.querySelectorAll(selector);
  return [...all].filter((one) => one.getClientRects().length > 0);
}

/** From its end a walk begins anew: that is where most labs open. @param {HTMLElement} root @param {HTMLElement} next */
function onward(root, next) {
  return (isOver(next) && inSight(root, START)[0]) || next;
}

/** @param {HTMLElement} button */
const isOver = (button) => button.getAttribute("aria-disabled") === "true";

/** @param {HTMLElement[]} parts @param {number} way */
function goOn(parts, way) {
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const part = parts[Math.max(0, Math.min(parts.length - 1, at + way))];
  part.querySelector("input")?.focus({ preventScroll: true });
  part.scrollIntoView({ block: "start", behavior: "instant" });
}

/** @param {HTMLElement | undefined} choice @param {number} way */
function choose(choice, way) {
  if (choice instanceof HTMLSelectElement) {
    const open = [...choice.options].filter((option) => !option.disabled && !option.hidden);
    const next = open[open.indexOf(choice.selectedOptions[0]) + way];
    if (!next) return;
    choice.value = next.value;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (choice) {
    const buttons = [...choice.querySelectorAll("button")];
    const at = buttons.findIndex((one) => one.getAttribute("aria-pressed") === "true");
    buttons[at + way]?.click();
  }
}
