// The lab above a cell, for the page's Python: its state, and what it is given, by its own rules.

/** @typedef {HTMLElement & { model?: import("../../labs/kit/host.js").PageModel }} Holder */

/** @param {Element} cell @returns {Holder | null} */
export function labAbove(cell) {
  /** @type {NodeListOf<Holder>} */
  const labs = document.querySelectorAll(".convnet-lab[data-live]");
  const isAbove = (lab) => lab.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...labs].filter((lab) => lab.dataset.lab !== "quiz" && isAbove(lab)).pop() ?? null;
}

/** What Python is told of the lab; null where the code does not speak of one. @param {Element} cell @param {string} code */
export function stateAbove(cell, code) {
  const lab = /\blab\b/.test(code) ? labAbove(cell) : null;
  if (!lab?.model) return null;
  const rules = lab.model.get("_rules");
  const names = Object.keys(rules).filter((name) => rules[name].kind !== "photograph");
  const state = Object.fromEntries(names.map((name) => [name, lab.model.get(name)]));
  return { name: lab.dataset.lab, state, rules };
}

/**
 * Gives the lab above what Python has set, as far as its rules allow.
 * @param {Element} cell @param {Record<string, unknown>} given
 * @returns {string | null} why not
 */
export function giveLab(cell, given) {
  const model = labAbove(cell)?.model;
  const reasons = Object.entries(given).map(([name, value]) => model.take(name, value));
  return reasons.find((reason) => reason !== null) ?? null;
}
