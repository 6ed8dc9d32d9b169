// What runs the training: the buttons, the engine behind them, what it reports, and the way back when it goes wrong.

import { button, choice, make } from "../kit/dom.js";
import { engine } from "../kit/engine.js";
import { same } from "../kit/state.js";
import { afresh, current, isRepaired, MOST, NAMES, plansOf, RUN, sizesOf, weightsOf } from "./derived.js";
import { JOBS } from "./jobs.js";
import { SEEDS } from "./parts.js";
import { account, explosion, sharesText, whatChanged } from "./words.js";

const PACES = [
  ["slow", "slow: a batch at a time"],
  ["normal", "an epoch at a time"],
  ["fast", "as fast as it can"],
];
const RACE_TIME = 1000; // milliseconds for each way to the gradient
const CAREFUL = 0.1; // after an explosion: this share of the learning rate

const tested = ({ history }) => history.at(-1) ?? 0;
const learnedAll = ({ history }) => history.at(-2) === 1;
/** What a training may have shown by its end. */
const SHOWN = {
  small: (state) => sizesOf(state).parameters <= 60 && tested(state) >= 0.98,
  few: (state) => state.epoch >= 10 && learnedAll(state) && tested(state) < 0.85,
};

export const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/** What trains: the buttons, the engine behind them, and what it reports. */
export function runner(store, data, { say, refuse, hush, solve, signal }) {
  let [pace, busy, isOwn, delivered, began, blown, speed] = ["normal", null, false, null, null, null, 0];
  let hasExploded = false;
  const machine = engine({ data, jobs: JOBS, makeWorker, onreport: (report) => hear(report), signal });

  /** What the engine hands over goes into the state; whoever else changes the weights ends the training. */
  const take = (changes) => {
    isOwn = true;
    const reason = store.set(changes);
    isOwn = false;
    return reason;
  };
  const results = {
    train: (state) => summary(began, state),
    seeds: ({ shares }) => sharesText(shares) || "Stopped.",
    race: ({ race }) => (race.length < 4 ? "Stopped." : `Steps by wiggling: ${race[0]}, by backprop: ${race[2]}.`),
  };
  const end = (words) => {
    const was = busy;
    busy = null;
    hush(false);
    store.refresh();
    if (words) say(words);
    else say(results[was](store.state));
    for (const [id, isShown] of Object.entries(SHOWN)) if (isShown(store.state) && !isShown(began)) solve(id);
    if (was === "train" && isRepaired(store.state, store.presets)) solve("repair");
    if (was === "train" && hasExploded && blown === null && tested(store.state) >= 0.9) solve("explode");
  };
  const hear = (report) => {
    if (report.done) return busy && end();
    if (report.exploded !== undefined) return explode(report);
    if (report.shares) return void take({ shares: report.shares });
    if (report.race) return void take({ race: report.race });
    const points = report.points.flatMap((point) => point.map((value) => Math.round(value * 1000) / 1000));
    const { weights, epoch, seen } = report;
    speed = report.busy > 5 ? Math.round(report.samples / report.busy) * 1000 : speed;
    delivered = weights;
    if (take({ weights, epoch, seen, history: [...store.state.history, ...points].slice(-4 * (MOST + 1)) }) === null)
      return;
    explode({ exploded: report.loss, epoch: seen > 0 ? epoch : epoch - 1 });
  };
  const explode = ({ exploded, epoch }) => {
    machine.abandon();
    delivered = null;
    hasExploded = true;
    blown = { loss: exploded, epoch, from: current(began, data).point[0], rate: store.state.rate, before: began };
    end("The loss exploded. Below the buttons stands why, and the way back.");
  };
  const task = (state) => ({
    ...Object.fromEntries(Object.keys(NAMES).map((name) => [name, state[name]])),
    plans: plansOf(state),
    weights: weightsOf(state),
    epoch: state.epoch,
    seen: state.seen,
  });
  const begin = (job, more) => {
    [busy, blown, began] = [job, null, store.state];
    hush(true);
    machine.start({ ...task(store.state), ...more, job });
    store.refresh();
  };
  const learn = (how, epochs) => {
    const { state } = store;
    if (state.epoch >= MOST) return refuse(`${MOST} epochs is all that a network gets here. Start from fresh weights.`);
    const isFresh = weightsOf(state).length === 0;
    if (isFresh && state.epoch + state.seen + state.history.length > 0) take({ epoch: 0, seen: 0, history: [] });
    const continues = !isFresh && state.weights === delivered;
    begin("train", { continues, pace: how, until: Math.min(MOST, store.state.epoch + epochs) });
  };
  const pressTrain = () => (busy ? machine.stop() : learn(pace, RUN));
  const tryOut = (job) => {
    if (busy) return refuse("Something runs already: press Pause first.");
    begin(job, { weights: [], epoch: 0, seen: 0, runs: SEEDS, until: RUN, time: RACE_TIME });
  };
  const freshen = () => {
    if (same(weightsOf(store.state), []) && store.state.history.length === 0)
      return say("The weights are fresh already.");
    blown = null;
    store.set(afresh(store.state));
  };
  const goBack = (share) => () => {
    const { before, rate } = blown;
    const { weights, epoch, seen, history } = before;
    blown = null;
    store.set({ weights, epoch, seen, history, rate: Number((rate * share).toPrecision(3)) });
    store.refresh();
    say(`Back to epoch ${epoch}, before the explosion. Learning rate: ${store.state.rate}.`);
    train.focus();
  };

  const train = button("Train", pressTrain, { class: "cl-button cl-primary" });
  const step = button("Step", () => (busy ? refuse("It is training: press Pause first.") : learn("step", 1)), {
    title: "One batch",
  });
  const back = button("Back to before", goBack(1));
  const careful = button("Back, with a tenth of the learning rate", goBack(CAREFUL), { class: "cl-button cl-primary" });
  const speedMenu = choice("Speed", PACES, (value) => {
    pace = value;
    machine.pace(value);
  });
  speedMenu.show(pace);
  const fast = make("p", { class: "cl-note" });
  const words = make("p", { class: "cl-training-account" });
  const why = make("p");
  const box = make("div", { class: "cl-training-blown", hidden: true }, [
    why,
    make("div", { class: "cl-buttons" }, [careful, back]),
  ]);
  const buttons = make("div", { class: "cl-buttons", role: "group", "aria-label": "Training" }, [
    train,
    step,
    button("Fresh weights", freshen),
  ]);
  const bar = make("div", { class: "cl-player" }, [buttons, speedMenu.element, fast]);
  const element = make("div", { class: "cl-training-run" }, [bar, words, box]);

  /** Ends the training if somebody else has changed what it works on. */
  const follow = (state, before) => {
    if (isOwn || before === null) return;
    const names = [...Object.keys(NAMES), "weights", "epoch", "seen"];
    if (names.every((name) => state[name] === before[name] || same(state[name], before[name]))) return;
    blown = null;
    if (!busy) return;
    machine.abandon();
    [busy, delivered] = [null, null];
    hush(false);
  };
  const update = (state, now) => {
    train.textContent = busy ? "Pause" : state.epoch > 0 ? "Train on" : "Train";
    train.setAttribute("aria-disabled", String(!busy && state.epoch >= MOST));
    step.setAttribute("aria-disabled", String(busy !== null || state.epoch >= MOST));
    words.textContent = account(state, now);
    box.hidden = blown === null;
    if (blown) why.textContent = explosion(blown);
    fast.textContent =
      speed > 0
        ? `About ${speed.toLocaleString("en")} pictures a second${machine.place() === "worker" ? ", while the page stays awake" : ""}.`
        : "";
  };
  const reset = () => {
    const hadMore = busy !== null || blown !== null;
    machine.abandon();
    [busy, blown, delivered, hasExploded] = [null, null, null, false];
    hush(false);
    return hadMore;
  };
  return { element, try: tryOut, follow, update, reset };
}

function summary(before, state) {
  const text = whatChanged({ ...state, ...before, drawn: state.drawn, drawing: state.drawing }, state);
  return text || "Paused.";
}
