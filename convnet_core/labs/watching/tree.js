// The grammar's tree as a nested list, which the style sheet draws as a tree where there is room. An action opens.

import { button, make } from "../kit/dom.js";
import { same } from "../kit/state.js";

/**
 * @typedef {import("../mirror/grammar.js").Tree} Tree
 * @typedef {{ labels: string[], parts: Node[], action: Tree | null }} Node  what stands in one place of the drawing
 */

/** @param {import("./derived.js").Kitchen} kitchen */
export function treeView(kitchen) {
  const { ways } = kitchen.material.cooking;
  const caption = make("p", { class: "cl-caption", text: "Its tree: press an action to open it" });
  const holder = make("div", { class: "cl-watching-tree" });
  const element = make("div", {}, [caption, holder]);
  /** Which actions are open, by their place. @type {Set<number>} */
  const open = new Set();
  /** @type {Tree | null} */
  let shown = null;
  const show = (/** @type {Tree | null} */ tree) => {
    element.hidden = tree === null;
    if (tree === null || same(tree, shown)) return;
    shown = tree;
    let place = 0;
    const item = (/** @type {Node} */ { labels, parts, action }) => {
      if (action) return actionItem(action, place++, open);
      const label = make("span", { class: "cl-watching-node", text: labels.map(nodeText).join(" › ") });
      return make("li", {}, [label, make("ul", {}, parts.map(item))]);
    };
    holder.replaceChildren(make("ul", { "aria-label": "The tree" }, [item(folded(tree, ways))]));
  };
  return { element, show };
}

/** What is made of one part alone is one place with it; a row that is written as pairs is a row. @param {Tree} tree @returns {Node} */
function folded(tree, ways) {
  if (Object.hasOwn(ways, tree.symbol)) return { labels: [], parts: [], action: tree };
  const parts = rowOf(tree).map((part) => folded(part, ways));
  const [only] = parts;
  if (parts.length > 1 || only.action) return { labels: [tree.symbol], parts, action: null };
  return { ...only, labels: [tree.symbol, ...only.labels] };
}

/** "a recipe is a part and a recipe" is one row of parts. @param {Tree} tree @returns {Tree[]} */
function rowOf({ symbol, parts }) {
  return parts.flatMap((part) => (part.symbol === symbol ? rowOf(part) : [part]));
}

const NAMES = /** @type {const} */ ([[/^sour in /, "lemon juice in "], [/^wet in /, "water in "]]);
const ROLES = { tool: "what it is done with", patient: "what it is done to", "any hold": "a hold that is new for this" };

/** A symbol of the grammar, as a cook would say it. @param {string} symbol */
const nodeText = (symbol) => NAMES.reduce((text, [pattern, name]) => text.replace(pattern, name), symbol);

/** @param {Tree} action @param {number} place @param {Set<number>} open */
function actionItem(action, place, open) {
  const inside = make("ul", { class: "cl-watching-inside" }, action.parts.map((hand, side) => handItem(hand, side)));
  const press = button(action.symbol, () => turn(!open.has(place)), { class: "cl-button cl-watching-action" });
  const turn = (/** @type {boolean} */ isOpen) => {
    if (isOpen) open.add(place);
    else open.delete(place);
    inside.hidden = !isOpen;
    press.setAttribute("aria-expanded", String(isOpen));
  };
  turn(open.has(place));
  return make("li", { class: "cl-watching-leaf" }, [press, inside]);
}

/** "left hand: tool to cut lemon" › "power knife" › "power", "knife". @param {Tree} hand */
function handItem(hand, side) {
  const hold = hand.parts[0];
  const role = hand.symbol.split(" to ")[0];
  const words = make("ul", {}, hold.parts.map(({ symbol }) => make("li", { text: symbol })));
  const text = `${["left", "right"][side]}: ${ROLES[role]}`;
  return make("li", {}, [make("span", { text }), make("ul", {}, [make("li", {}, [make("span", { text: hold.symbol }), words])])]);
}
