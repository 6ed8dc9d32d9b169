// Train it here: a fresh net learns from 4,000 digits while you watch, beside the page.

import { button, choice, make, write } from "../kit/dom.js";
import { collectedPerFrame } from "../kit/frames.js";
import { progressBar } from "../kit/gate.js";
import { Brain } from "./brain.js";
import { curves } from "./curve.js";
import { current } from "./derived.js";
import { machine } from "./machine.js";
import { inColours, reachOf } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { saysText, trainedText } from "./words.js";

const KERNEL = 25; // weights of a feature of the first layer
const FEATURES = 8;
const SPARSELY = 10_000; // milliseconds between two epochs that are told

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("../mirror/digits.js").Digits>, brains: import("./brains.js").Brains,
 *           say: (text: string) => void, signal: AbortSignal }} parts
 */
export function trainTab(store, { keeper, brains, say, signal }) {
  const run = trainingRun(store, { keeper, brains, say, signal });
  const press = button("Train", () => run.press(), { class: "cl-button cl-primary" });
  const bar = progressBar("How far the training is");
  const who = whoAnswers(brains, () => say(saysText(current(store.state, brains.now).now, brains.now.isOwn)));
  const account = make("p", { class: "cl-digits-account" });
  const features = firstFeatures();
  const lines = curves();
  const behind = make("div", {}, [
    make("div", { class: "cl-controls" }, [press, bar, who.element]),
    account,
    make("p", {
      class: "cl-caption",
      text: "Its 8 features of the first layer, as they are now: blue adds, orange takes away",
    }),
    features.element,
    lines.element,
  ]);
  const element = keeper.gate(
    "A fresh net learns from 4,000 of them, and is asked about 1,000 that it has never seen.",
    behind,
  );
  const update = () => {
    write(press, run.isOn ? "Stop" : "Train a fresh net");
    bar.hidden = !run.isOn;
    bar.value = run.share;
    who.update();
    write(account, trainedText(run));
    features.update(brains.own ?? brains.book);
    lines.update(run.points);
  };
  return { element, update, reset: () => run.reset() };
}

/** The training itself, and how well the nearest of the 4,000 does, which needs none. */
function trainingRun(store, { keeper, brains, say, signal }) {
  const run = {
    isOn: false,
    share: 0,
    seconds: 0,
    /** @type {number[][]} */ points: [],
    /** @type {number | null} */ nearest: null,
    press,
    reset,
  };
  let [trainer, neighbour, began, seed, told] = [null, null, 0, 0, 0];
  const together = (earlier, later) => ({ ...earlier, ...later, points: [...earlier.points, ...later.points] });
  const take = ({ weights, share, points }) => {
    Object.assign(run, { share, points: [...run.points, ...points] });
    brains.setOwn(new Brain(weights, true));
    store.refresh();
    if (points.length === 0 || performance.now() - told < SPARSELY) return;
    told = performance.now();
    say(trainedText(run));
  };
  const reports = collectedPerFrame(together, take);
  signal.addEventListener("abort", () => reports.drop());
  const hear = ({ weights, share, point, done }) => {
    if (weights) reports.add({ weights, share, points: point ? [point] : [] });
    if (!done) return;
    reports.flush();
    end();
  };
  const hearNearest = ({ nearest }) => {
    if (nearest === undefined) return;
    run.nearest = nearest;
    store.refresh();
  };
  function end() {
    Object.assign(run, { isOn: false, seconds: (performance.now() - began) / 1000 });
    store.refresh();
    say(trainedText(run));
  }
  function press() {
    if (run.isOn) return trainer.stop();
    trainer ??= machine(keeper.data, hear, signal);
    if (neighbour === null) {
      neighbour = machine(keeper.data, hearNearest, signal);
      neighbour.start({ job: "nearest" });
    }
    seed += 1;
    [began, told] = [performance.now(), -SPARSELY];
    Object.assign(run, { isOn: true, share: 0, points: [] });
    brains.use("own");
    trainer.start({ job: "train", seed });
    store.refresh();
  }
  function reset() {
    const hadMore = run.isOn || brains.own !== null;
    trainer?.abandon();
    reports.drop();
    Object.assign(run, { isOn: false, share: 0, points: [] });
    brains.forget();
    return hadMore;
  }
  return run;
}

/** Which net answers in all of the lab. */
function whoAnswers(brains, onchange) {
  const menu = choice(
    "Who answers",
    [
      ["book", "the book's net"],
      ["own", "the one you trained"],
    ],
    (who) => {
      brains.use(who);
      onchange();
    },
  );
  const update = () => {
    menu.element.hidden = brains.own === null;
    menu.show(brains.who);
  };
  return { element: menu.element, update };
}

function firstFeatures() {
  const maps = Array.from({ length: FEATURES }, () => smallMap());
  const element = make(
    "div",
    { class: "cl-digits-maps cl-digits-first" },
    maps.map((map) => map.element),
  );
  let shown = null;
  const update = (brain) => {
    if (brain === shown) return;
    shown = brain;
    const { weights } = brain.learned.conv1;
    const painter = inColours(reachOf(weights));
    maps.forEach((map, k) => map.draw(weights.subarray(k * KERNEL, (k + 1) * KERNEL), 5, painter));
  };
  return { element, update };
}
