// The gradient of a vote at each pixel, laid over the digit.

import { button, make } from "../kit/dom.js";
import { SIDE } from "../mirror/digits.js";
import { largest } from "../mirror/looking.js";
import { aboutMenu } from "./about.js";
import { askedOf, current, slopeAt } from "./derived.js";
import { overInk, reachOf } from "../kit/paint.js";
import { slopeText } from "./words.js";

const NOTE =
  "Blue: more ink here raises this vote. Orange: more ink lowers it. The stronger, the more. It is found by backprop, " +
  "as a training's slopes are, but goes on to the pixels. (Under Occlusion, colours tell what a square does; here, what ink would do.) " +
  "In thick ink, neighbours may differ: of equal numbers, a pooling hands the slope to the first alone.";

export function slopeTab(store, brainOf) {
  const about = aboutMenu(store);
  const goToSteepest = () => {
    const at = largest(slopeAt(store.state, brainOf(), current(store.state, brainOf()).plain).map(Math.abs));
    store.set({ row: Math.floor(at / SIDE), column: at % SIDE }, { undoable: false });
  };
  const element = make("div", {}, [
    make("div", { class: "cl-controls" }, [about.element, button("Go to the steepest slope", goToSteepest)]),
    make("p", { class: "cl-note", text: NOTE }),
  ]);
  const update = (state) => about.show(state.about);
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, { plain }) => {
    const values = slopeAt(state, brainOf(), plain);
    const { row, column } = state;
    const asked = askedOf(state, plain);
    const words = slopeText({ asked, value: values[row * SIDE + column], row, column });
    const label = `What the net gets, and over it the slope of the vote for ${asked}. ${words}`;
    return {
      values,
      painter: overInk(plain.picture, reachOf(values)),
      box: { row, column, height: 1, width: 1 },
      label,
      words,
    };
  };
  return { element, update, overlay };
}
