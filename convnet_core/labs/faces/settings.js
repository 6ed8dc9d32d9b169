// Who looks, from which threshold on boxes are told, which size's heat map is shown, and whether windows vote together.

import { draggable } from "../kit/controls.js";
import { choice, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { SIDE } from "../mirror/faces.js";
import { tellSlider } from "../kit/slider.js";
import { sizeText, square, WHO } from "./words.js";

const PLACES = 200; // of the slider, which is finer below: there are most totals

/** The threshold at a place of the slider, in round numbers. @param {number} at @param {number} most */
function thresholdAt(at, most) {
  const value = Math.max(at / 10, most * (at / PLACES) ** 2);
  const step = value < 10 ? 0.1 : value < 100 ? 1 : 10;
  return Number((Math.round(value / step) * step).toFixed(1));
}

/** The place of a threshold. @param {number} value @param {number} most */
function placeOf(value, most) {
  return Math.min(10 * value, PLACES * Math.sqrt(value / most));
}

/**
 * @param {HTMLElement} parent @param {import("../kit/store.js").Store} store
 * @param {{ edit: import("./lab.js").Edit, nets: import("./nets.js").Nets, onwho: () => void }} parts
 */
export function settings(parent, store, { edit, nets, onwho }) {
  const who = choice("Who looks", Object.entries(WHO), (name) => {
    nets.isOwn = name === "own";
    if (nets.isOwn || edit({ net: name }, {}) !== null || store.state.net === name) onwho();
  });
  const together = choice(
    "Windows",
    [
      ["true", "vote together"],
      ["false", "each for itself"],
    ],
    (value) => edit({ together: value === "true" }, {}),
  );
  const { max: most } = store.rule("threshold");
  const threshold = draggable("", { min: 0, max: PLACES }, (at, group) =>
    edit({ threshold: thresholdAt(at, most) }, { group }),
  );
  const { max } = store.rule("size");
  const size = draggable("", { min: 0, max }, (value) => edit({ size: value }, { undoable: false }));
  sets({ net: who, together, threshold, size });
  const controls = [threshold, size, who, together].map(({ element }) => element);
  const note = make("p", { class: "cl-note cl-faces-own", text: "Your net lives in this page alone: a link, or a reload, leaves it behind." });
  parent.append(make("div", { class: "cl-controls cl-faces-settings" }, [...controls, note]));
  const own = who.select.options[2];
  const update = (state, at) => {
    own.disabled = note.hidden = nets.own === null;
    write(own, nets.own === null ? `${WHO.own}: teach it first` : WHO.own);
    who.show(nets.who(state));
    together.show(String(state.together));
    const above = `boxes above ${state.threshold}`;
    tellSlider(threshold, `Threshold: ${above}`, above);
    threshold.show(placeOf(state.threshold, most));
    tellSlider(size, sizeText(at), at ? `${square(SIDE * at.size.by)} pixels` : "no windows");
    size.show(state.size);
  };
  return { update };
}
