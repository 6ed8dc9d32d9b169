// What a hand holds, and how: chosen among pictures.

import { make, setReady } from "../kit/dom.js";
import { inGreys } from "../kit/paint.js";
import { roving } from "../kit/roving.js";
import { smallMap } from "../kit/small_map.js";
import { wordsOf } from "../mirror/cooking.js";
import { CROP } from "../mirror/kitchen.js";
import { SIDES } from "./words.js";

const NOTHING = /** @type {const} */ (["rest", "nothing"]);
const FIRST = "power"; // of a hand that held nothing before

/**
 * @param {import("./derived.js").Kitchen} kitchen @param {number} side
 * @param {{ choose: (hold: number) => void, signal: AbortSignal }} parts
 */
export function picker(kitchen, side, { choose, signal }) {
  const { grasps, things, holds } = kitchen.material.words;
  const words = holds.map(wordsOf);
  let [grasp, thing] = /** @type {readonly string[]} */ (NOTHING);
  const pick = (/** @type {string} */ how, /** @type {string} */ what) =>
    choose(words.indexOf(wordsOf(what === "nothing" ? NOTHING : [how === "rest" ? FIRST : how, what])));
  const ofThings = things.map((what) => pictureButton(what, () => pick(grasp, what)));
  const ofGrasps = grasps.filter((how) => how !== "rest").map((how) => pictureButton(how, () => thing !== "nothing" && pick(how, thing)));
  const group = (text, buttons) => {
    const list = make("div", { class: "cl-thumbnails", role: "group", "aria-label": `${SIDES[side]}: ${text}` }, buttons.map((one) => one.element));
    roving(list, buttons.map((one) => one.element), { signal });
    return list;
  };
  const element = make("section", { class: "cl-watching-pick", "aria-label": `${SIDES[side]} holds` }, [
    make("p", { class: "cl-caption cl-watching-side", text: SIDES[side] }),
    group("what it holds", ofThings),
    group("how it holds it", ofGrasps),
  ]);
  /** @param {import("../mirror/cooking.js").Hold} hold @param {boolean} isKnown  else no picture may tell which it is */
  const show = (hold, isKnown) => {
    [grasp, thing] = hold;
    const isEmpty = isKnown && thing === "nothing";
    const [how, what] = isKnown && !isEmpty ? hold : [FIRST, "lemon"];
    ofThings.forEach((one, k) => {
      one.show(kitchen.icon(things[k] === "nothing" ? NOTHING : [how, things[k]]), isKnown && things[k] === thing);
    });
    ofGrasps.forEach((one, k) => {
      one.show(kitchen.icon([grasps[k], what]), isKnown && grasps[k] === grasp);
      setReady(one.element, thing === "nothing" ? "A hand that holds nothing rests." : null);
    });
  };
  return { element, show };
}

/** @param {string} text @param {() => void} onclick */
function pictureButton(text, onclick) {
  const map = smallMap({ class: "cl-small-map cl-watching-icon" });
  const element = make("button", { type: "button", class: "cl-thumbnail cl-watching-choice", onclick }, [map.element, make("span", { text })]);
  /** @type {Float64Array | null} */
  let shown = null;
  const show = (/** @type {Float64Array} */ pixels, /** @type {boolean} */ isChosen) => {
    if (pixels !== shown) map.draw(pixels, CROP, inGreys);
    shown = pixels;
    element.setAttribute("aria-pressed", String(isChosen));
  };
  return { element, show };
}
