// A training of both nets from its start to its end. No DOM.

import { engine } from "../kit/engine.js";
import { collectedPerFrame } from "../kit/frames.js";
import { same } from "../kit/state.js";
import { isForeseen, keyOf, placesOf, plansOf, pointOf, resultsOf, withRun } from "./derived.js";
import { JOBS } from "./jobs.js";
import { emptySwap, NO_ROWS, runText } from "./words.js";

const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

export class Session {
  /** The points of the curve so far; null while nothing is trained. @type {number[][] | null} */
  points = null;
  #right = []; // right answers of each net, epoch by epoch
  #store;
  #kinds;
  #tell;
  #machine;
  #reports;

  /**
   * @param {Record<string, import("./derived.js").Kind>} kinds
   * @param {{ say: (text: string) => void, refuse: (text: string) => void, hush: (isPlaying: boolean) => void,
   *           onpoints: (points: number[][]) => void, onstate: (isBusy: boolean) => void,
   *           solve: (id: string) => void, signal: AbortSignal }} tell
   */
  constructor(store, kinds, tell) {
    [this.#store, this.#kinds, this.#tell] = [store, kinds, tell];
    const onreport = (report) => this.#hear(report);
    this.#machine = engine({ data: dataOf(kinds), jobs: JOBS, makeWorker, onreport, signal: tell.signal });
    this.#reports = collectedPerFrame(
      (earlier, later) => [...earlier, ...later],
      (rights) => this.#take(rights),
    );
    tell.signal.addEventListener("abort", () => this.#reports.drop());
  }

  get isBusy() {
    return this.points !== null;
  }

  press() {
    if (!this.isBusy) return this.#start();
    this.#abandon();
    this.#store.refresh();
    this.#tell.say("Stopped. What is not trained to the end gets no row.");
  }

  /** Ends the training if the reader changes what is trained. @returns {boolean} whether it did */
  follow(state, before) {
    if (!this.isBusy || before === null) return false;
    const { presets } = this.#store;
    if (keyOf(state, presets).join() === keyOf(before, presets).join()) return false;
    this.#abandon();
    return true;
  }

  /** @returns {boolean} whether anything was trained */
  reset() {
    const wasBusy = this.isBusy;
    if (wasBusy) this.#abandon();
    return wasBusy;
  }

  #start() {
    const { state, presets } = this.#store;
    const kind = this.#kinds[state.data];
    const [height, width] = kind.shape;
    if (emptySwap(state, this.#kinds)) return this.#tell.refuse(NO_ROWS);
    [this.points, this.#right] = [[], []];
    this.#tell.onstate(true);
    this.#tell.hush(true);
    this.#machine.start({
      ...presets.training,
      job: "shuffle",
      kind: state.data,
      places: placesOf(state, kind.shape),
      input: { channels: 1, height, width },
      plans: plansOf(kind, presets.nets[state.data]),
      rate: presets.nets[state.data].rate,
    });
  }

  #hear(report) {
    if (!report.done) return this.#reports.add([report.right]);
    this.#reports.flush();
    this.#finish();
  }

  /** @param {number[][]} rights  of the epochs that were reported since the last frame */
  #take(rights) {
    const { seeds } = this.#store.presets.training;
    this.#right.push(...rights);
    this.points = [...this.points, ...rights.map((right) => pointOf(right, seeds))];
    this.#tell.onpoints(this.points);
  }

  #finish() {
    const { state, presets } = this.#store;
    const changes = withRun(state, presets, this.#right);
    const isKnown = same(changes.runs, state.runs);
    this.#end();
    this.#store.set(changes);
    const results = resultsOf(this.#store.state, presets);
    const text = runText(results.at(-1), results, presets.swaps[0]);
    if (isKnown) this.#tell.say(`${text} The same as before: same data, same order, same seeds.`);
    else if (isForeseen(this.#store.state, presets)) this.#tell.solve("fall");
  }

  #abandon() {
    this.#machine.abandon();
    this.#reports.drop();
    this.#end();
  }

  #end() {
    this.points = null;
    this.#tell.onstate(false);
    this.#tell.hush(false);
  }
}

/** All samples, from 0 to 1, as the job learns from them. */
function dataOf(kinds) {
  const entries = Object.entries(kinds).map(([name, { levels, most, labels, train }]) => [
    name,
    { images: levels.map((level) => level / most), labels, train },
  ]);
  return Object.fromEntries(entries);
}
