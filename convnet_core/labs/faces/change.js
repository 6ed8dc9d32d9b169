// Turn, mirror, invert, darken: what it does to the best box.

import { draggable } from "../kit/controls.js";
import { button, checkbox, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { percent } from "../kit/words.js";
import { tellSlider } from "../kit/slider.js";
import { changeText, degreesText, SETTINGS } from "./words.js";

const PLAIN = { turn: 0, mirrored: false, inverted: false, dark: 0 };

export function changeTab(store, { edit }) {
  const words = make("p", { class: "cl-faces-account" });
  const { min, max } = store.rule("turn");
  const turn = draggable("", { min, max }, (value, group) => edit({ turn: value }, { group }));
  const { max: darkest } = store.rule("dark");
  const dark = draggable("", { min: 0, max: darkest, step: 0.05 }, (value, group) => edit({ dark: value }, { group }));
  const mirrored = checkbox("Mirror it", (value) => edit({ mirrored: value }, {}));
  const inverted = checkbox("Invert it", (value) => edit({ inverted: value }, {}));
  const back = button("As it was", () => edit(PLAIN, {}));
  sets({ turn, dark, mirrored, inverted });
  const controls = [turn, dark, mirrored, inverted].map(({ element }) => element);
  const element = make("div", {}, [make("div", { class: "cl-controls" }, [...controls, back]), words]);
  const update = (state, { best, plain }) => {
    tellSlider(turn, SETTINGS.turn(state), degreesText(state));
    turn.show(state.turn);
    tellSlider(dark, SETTINGS.dark(state), percent(state.dark));
    dark.show(state.dark);
    mirrored.show(state.mirrored);
    inverted.show(state.inverted);
    write(words, changeText(state, best, plain));
  };
  return { element, update };
}
