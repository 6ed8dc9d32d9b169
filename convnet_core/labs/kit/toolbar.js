// Undo, Redo, Reset, and the button that hands a lab's state on.

import { button, isTextField, make } from "./dom.js";
import { encode } from "./link.js";

const ROOM = 60; // pixels below an embedded lab, for its credit

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./status.js").Status} Status
 * @typedef {{ title: string, text: () => string, done: string }} Copier  makes a text to be copied
 *
 * @param {Store} store @param {Status} status
 * @param {Copier[]} copiers  what hands a state on: a link or a frame in the book, Python beside a kernel
 * @param {() => boolean | import("./store.js").Bring} resetView  forgets what the state does not hold; true if there was
 *   anything, or what brings it back
 * @param {HTMLElement[]} more  what else the lab has among its tools
 */
export function toolbar(store, status, copiers, resetView, more = []) {
  const travel = (step, words, none) => () => {
    if (step()) status.begin(words);
    else status.say(none);
  };
  const reset = () => {
    const more = resetView();
    if (store.reset(typeof more === "function" ? more : null)) return true;
    if (more) store.refresh();
    return Boolean(more);
  };
  const actions = {
    undo: travel(() => store.undo(), "Undone.", "Nothing to undo."),
    redo: travel(() => store.redo(), "Done again.", "Nothing to do again."),
    reset: travel(reset, "Back to the start; Undo brings your work back.", "This is the start already."),
  };
  const undo = button("Undo", actions.undo, { title: "Undo (Ctrl+Z)" });
  const redo = button("Redo", actions.redo, { title: "Redo (Ctrl+Shift+Z)" });
  const element = make("div", { class: "cl-tools", role: "group", "aria-label": "Lab tools" }, [
    undo,
    redo,
    button("Reset", actions.reset),
    ...copiers.map((copier) => button(copier.title, () => copy(copier, store, element, status))),
    ...more,
  ]);
  const update = () => {
    // aria-disabled, not disabled: a button that vanishes from under the focus loses the reader's place.
    undo.setAttribute("aria-disabled", String(!store.canUndo));
    redo.setAttribute("aria-disabled", String(!store.canRedo));
  };
  return { element, update, focus: () => undo.focus(), ...actions };
}

/**
 * Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, but not in a box where they belong to the typed text.
 * @param {KeyboardEvent} event
 */
export function undoByKey(event, tools) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (isTextField(event.target)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) tools.redo();
  else tools.undo();
}

/** @param {Store} store @param {import("./host.js").LabPage} page @param {number} version @param {string} [unkept] */
export function linkMaker(store, page, version, unkept) {
  return {
    title: "Copy link",
    text: () => page.link(encode(store.told({ linked: true }), version)),
    done: `Link copied. Whoever opens it sees this lab as it is now${unkept ? `, but for ${unkept}` : ""}.`,
  };
}

/**
 * A line of HTML that shows the lab, as it is now, in another page.
 * @param {Store} store @param {import("./host.js").LabPage} page @param {{ title: string, version: number }} about
 * @param {() => HTMLElement} root  the lab, for its height
 */
export function frameMaker(store, page, { title, version }, root) {
  const line = () => {
    const address = page.embedded(encode(store.told({ linked: true }), version));
    const style = `width: 100%; height: ${Math.ceil(root().offsetHeight) + ROOM}px; border: 0`;
    return `<iframe src="${address}" title="${title}" loading="lazy" allow="clipboard-write; fullscreen" style="${style}"></iframe>`;
  };
  const isOnDisk = location.protocol === "file:";
  return {
    title: "Embed",
    text: line,
    done: isOnDisk
      ? "Copied: a line for pages on this disk. For others, open the book at its address on the web first."
      : "Copied: a line of HTML that shows this lab, as it is now, in a page of yours.",
  };
}

/** @param {Store} store @param {string} className */
export function codeMaker(store, className) {
  const python = (value) =>
    JSON.stringify(value).replaceAll(/\b(true|false)\b/g, (word) => word[0].toUpperCase() + word.slice(1));
  const settings = () => Object.entries(store.differences()).map(([name, value]) => `${name}=${python(value)}`);
  return {
    title: "Copy as Python",
    text: () => `${className}(${settings().join(", ")})`,
    done: "Copied. Paste it into a cell to have this lab again.",
  };
}

/** A photograph is too long for a link or a line of code. @param {Store} store */
function leftOut(store) {
  const isOut = (/** @type {string} */ name) => store.rule(name).kind === "photograph";
  return Object.keys(store.told({ linked: false })).some(isOut) ? " Only your photograph is left out." : "";
}

/** Copies, or shows the text to be copied by hand where the browser won't. */
async function copy(copier, store, tools, status) {
  const text = copier.text();
  try {
    await navigator.clipboard.writeText(text);
    status.say(`${copier.done}${leftOut(store)}`);
  } catch {
    const box = { class: "cl-link", readonly: true, "aria-label": "Text to copy" };
    /** @type {HTMLInputElement} */
    const field = tools.querySelector(".cl-link") ?? tools.appendChild(make("input", box));
    field.value = text;
    field.select();
    status.say("Copy the text from the box: this browser does not let a page do it.");
  }
}
