// What trains in the shuffle lab: the button, the engine behind it, and what it reports.

import { button, make } from "../kit/dom.js";
import { engine } from "../kit/engine.js";
import { same } from "../kit/state.js";
import { keyOf, placesOf, plansOf, pointOf, resultsOf, withRun } from "./derived.js";
import { emptySwap, NO_ROWS, percent, runText } from "./words.js";
import { JOBS } from "./jobs.js";

const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/**
 * @param {Record<string, import("./derived.js").Kind>} kinds
 * @param {{ onpoints(points: number[][]): void }} context  besides what every lab is given
 */
export function runner(store, kinds, { say, refuse, hush, onpoints, signal }) {
  const { presets } = store;
  const { training, nets, swaps } = presets;
  let points = null; // right answers of each net, epoch by epoch; null while nothing is trained
  const data = Object.fromEntries(
    Object.entries(kinds).map(([name, { levels, most, labels, train }]) => [
      name,
      { images: levels.map((level) => level / most), labels, train },
    ]),
  );
  const machine = engine({ data, jobs: JOBS, makeWorker, onreport: (report) => hear(report), signal });
  const hear = (report) => {
    if (report.done) return finish();
    points.push(report.right);
    const shown = points.map((right) => pointOf(right, training.seeds));
    const { test } = kinds[store.state.data];
    const [convnet, voting] = [0, 3].map((at) => percent(shown.at(-1)[at] / (training.seeds * test)));
    progress.textContent = `Epoch ${report.epoch} of ${training.epochs}: ConvNet ${convnet}, voting net ${voting}.`;
    onpoints(shown);
  };
  const finish = () => {
    const changes = withRun(store.state, presets, points);
    const isKnown = same(changes.runs, store.state.runs);
    end();
    store.set(changes);
    const results = resultsOf(store.state, presets);
    if (isKnown)
      say(`${runText(results.at(-1), results, swaps[0])} The same as before: same data, same order, same seeds.`);
  };
  const end = () => {
    points = null;
    train.textContent = "Train";
    progress.textContent = "";
    hush(false);
  };
  const start = () => {
    const { state } = store;
    const { shape } = kinds[state.data];
    if (emptySwap(state, kinds)) return refuse(NO_ROWS);
    points = [];
    train.textContent = "Stop";
    hush(true);
    machine.start({
      ...training,
      job: "shuffle",
      kind: state.data,
      places: placesOf(state, shape),
      input: { channels: 1, height: shape[0], width: shape[1] },
      plans: plansOf(kinds[state.data], nets[state.data]),
      rate: nets[state.data].rate,
    });
  };
  const abandon = () => {
    machine.abandon();
    end();
  };
  const press = () => {
    if (points === null) return start();
    abandon();
    store.refresh();
    say("Stopped. What is not trained to the end gets no row.");
  };
  const train = button("Train", press, { class: "cl-button cl-primary" });
  const progress = make("span", { class: "cl-note" });
  const note = `${training.seeds} ConvNets and ${training.seeds} voting nets, each from fresh weights of its own, ${training.epochs} epochs.`;
  const element = make("div", { class: "cl-player cl-shuffle-run" }, [
    train,
    make("span", { class: "cl-note", text: note }),
    progress,
  ]);

  /** Ends the training if the reader changes what is trained. @returns {boolean} whether it did */
  const follow = (state, before) => {
    train.setAttribute("aria-disabled", String(emptySwap(state, kinds)));
    if (points === null || before === null) return false;
    if (keyOf(state, presets).join() === keyOf(before, presets).join()) return false;
    abandon();
    return true;
  };
  const reset = () => {
    const wasBusy = points !== null;
    if (wasBusy) abandon();
    return wasBusy;
  };
  return { element, follow, isBusy: () => points !== null, reset };
}
