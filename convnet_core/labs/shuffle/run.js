// What a reader runs a training with: the button, what it does, and how far it is.

import { button, make, setReady, write } from "../kit/dom.js";
import { emptySwap, NO_ROWS, progressText } from "./words.js";

/**
 * @param {{ training: { seeds: number, epochs: number } }} presets
 * @param {Record<string, import("./derived.js").Kind>} kinds @param {() => void} onpress
 */
export function runBar({ training }, kinds, onpress) {
  const { seeds, epochs } = training;
  const train = button("Train", onpress, { class: "cl-button cl-primary" });
  const progress = make("span", { class: "cl-note" });
  const note = `${seeds} ConvNets and ${seeds} voting nets, each from fresh weights of its own, ${epochs} epochs.`;
  const about = make("span", { class: "cl-note", text: note });
  const element = make("div", { class: "cl-player cl-shuffle-run" }, [train, about, progress]);
  const showBusy = (isBusy) => {
    write(train, isBusy ? "Stop" : "Train");
    write(progress, "");
  };
  const showPoints = (points, state) => {
    const whole = seeds * kinds[state.data].test;
    write(progress, progressText(points.length - 1, epochs, points.at(-1), whole));
  };
  const update = (state) => setReady(train, emptySwap(state, kinds) ? NO_ROWS : null);
  return { element, showBusy, showPoints, update };
}
