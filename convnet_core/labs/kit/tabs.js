// A button for each view of a lab, and the view itself.

import { button, make } from "./dom.js";
import { sets } from "./locks.js";

/**
 * @param {HTMLElement} parent @param {import("./store.js").Store} store  its state's `tab` is the view that is shown
 * @param {Record<string, { element: HTMLElement }>} views  by the tabs' names
 * @param {Record<string, string>} texts  of the buttons, in their order
 * @param {(changes: { tab: string }) => void} [choose]  where Undo leaves the view as it is; else it leads back to the one
 *   in which its step was made
 */
export function tabBar(parent, store, views, texts, choose = (changes) => store.set(changes, { undoable: false })) {
  const buttons = Object.entries(texts).map(([name, text]) => ({
    name,
    element: button(text, () => choose({ tab: name })),
  }));
  const bar = make(
    "div",
    { class: "cl-buttons cl-tabs", role: "group", "aria-label": "Look at it by" },
    buttons.map((one) => one.element),
  );
  sets({ tab: bar });
  parent.append(bar, ...Object.values(views).map(({ element }) => element));
  const update = ({ tab }) => {
    for (const { name, element } of buttons) element.setAttribute("aria-pressed", String(name === tab));
    for (const [name, { element }] of Object.entries(views)) element.hidden = name !== tab;
  };
  return { update };
}
