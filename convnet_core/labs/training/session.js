// A training from its start to its end: what it works on, what comes of it, and when it ends. No DOM.

import { engine } from "../kit/engine.js";
import { collectedPerFrame } from "../kit/frames.js";
import { same } from "../kit/state.js";
import { afresh, current, isRepaired, isSmallEnough, hasWeakSpot, MOST, NAMES, plansOf, RUN, SEEDS, weightsOf } from "./derived.js";
import { JOBS } from "./jobs.js";
import { endText } from "./words.js";

const RACE_TIME = 1000; // milliseconds for each way to the gradient
const LEAST_BUSY = 5; // milliseconds of work, below which no speed is told

const testShare = ({ history }) => history.at(-1) ?? 0;
const hasLearnedAll = ({ history }) => history.at(-2) === 1;
const isByHeart = (state) => state.epoch >= 10 && hasLearnedAll(state) && testShare(state) < 0.85;

export const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/**
 * @typedef {"train" | "seeds" | "race"} Job
 * @typedef {{ loss: number, epoch: number, from: number, rate: number, before: object }} Explosion
 *   `before` is the state to go back to
 */

export class Session {
  /** @type {"slow" | "normal" | "fast"} */
  pace = "normal";
  /** What runs now. @type {Job | null} */
  job = null;
  /** @type {Explosion | null} */
  explosion = null;
  /** Pictures in a second; 0 before it is known. */
  speed = 0;
  /** Whether a change of the state is a report of this session's own. */
  isReporting = false;
  #store;
  #data;
  #tell;
  #machine;
  #reports;
  #begun = null; // the state when the job began
  #delivered = null; // the weights that the engine handed over last
  #hasExploded = false;
  #failed = null; // the reader's own test, as a trained network failed it

  /**
   * @param {{ train: import("./jobs.js").Samples, test: import("./jobs.js").Samples }} data
   * @param {{ say: (text: string) => void, refuse: (text: string) => void, hush: (isPlaying: boolean) => void,
   *           solve: (id: string) => void, signal: AbortSignal }} tell
   */
  constructor(store, data, tell) {
    this.#store = store;
    this.#data = data;
    this.#tell = tell;
    const onreport = (report) => this.#hear(report);
    this.#machine = engine({ data, jobs: JOBS, makeWorker, onreport, signal: tell.signal });
    this.#reports = collectedPerFrame(together, (report) => this.#take(report));
    tell.signal.addEventListener("abort", () => this.#reports.drop());
  }

  /** Whether the engine works beside the page. */
  get isInWorker() {
    return this.#machine.place() === "worker";
  }

  setPace(pace) {
    this.pace = pace;
    this.#machine.pace(pace);
  }

  pressTrain() {
    if (this.job) this.#machine.stop();
    else this.#learn(this.pace, RUN);
  }

  pressStep() {
    if (this.job) this.#tell.refuse("It is training: press Pause first.");
    else this.#learn("step", 1);
  }

  /** @param {"seeds" | "race"} job  neither touches the reader's own network */
  tryOut(job) {
    if (this.job) return this.#tell.refuse("Something runs already: press Pause first.");
    this.#begin(job, { weights: [], epoch: 0, seen: 0, runs: SEEDS, until: RUN, time: RACE_TIME });
  }

  freshen() {
    const { state } = this.#store;
    if (same(weightsOf(state), []) && state.history.length === 0)
      return this.#tell.say("The weights are fresh already.");
    this.explosion = null;
    this.#store.set(afresh(state));
  }

  /** To before the explosion. @param {number} share  of the learning rate that exploded */
  goBack(share) {
    if (this.explosion === null) return; // a key that comes after an Undo
    const { before, rate } = this.explosion;
    const { weights, epoch, seen, history } = before;
    this.explosion = null;
    this.#store.set({ weights, epoch, seen, history, rate: Number((rate * share).toPrecision(3)) });
    this.#store.refresh();
    this.#tell.say(`Back to epoch ${epoch}, before the explosion. Learning rate: ${this.#store.state.rate}.`);
  }

  /** Ends the training if somebody else has changed what it works on. */
  follow(state, before) {
    if (this.isReporting || before === null) return;
    const names = [...Object.keys(NAMES), "weights", "epoch", "seen"];
    if (names.every((name) => state[name] === before[name] || same(state[name], before[name]))) return;
    this.explosion = null;
    this.#noteFailure(before);
    if (this.job) this.#abandon();
  }

  /** A weak spot counts as found before the network that has it is gone. */
  #noteFailure(state) {
    if (hasWeakSpot(state)) this.#failed = state.drawn;
  }

  /** Ends what runs, and forgets what went wrong. @returns {boolean} whether there was anything */
  reset() {
    const hadMore = this.job !== null || this.explosion !== null;
    this.#abandon();
    [this.explosion, this.#hasExploded, this.#failed] = [null, false, null];
    return hadMore;
  }

  #learn(pace, epochs) {
    const { state } = this.#store;
    if (state.epoch >= MOST)
      return this.#tell.refuse(`${MOST} epochs is all that a network gets here. Start from fresh weights.`);
    const isFresh = weightsOf(state).length === 0;
    if (isFresh && state.epoch + state.seen + state.history.length > 0) this.#put({ epoch: 0, seen: 0, history: [] });
    const continues = !isFresh && state.weights === this.#delivered;
    this.#begin("train", { continues, pace, until: Math.min(MOST, this.#store.state.epoch + epochs) });
  }

  #begin(job, more) {
    const { state } = this.#store;
    [this.job, this.explosion, this.#begun] = [job, null, state];
    this.#noteFailure(state);
    this.#tell.hush(true);
    this.#machine.start({ ...taskOf(state), ...more, job });
    this.#store.refresh();
  }

  #abandon() {
    this.#machine.abandon();
    this.#reports.drop();
    [this.job, this.#delivered] = [null, null];
    this.#tell.hush(false);
  }

  #hear(report) {
    if (!report.done && report.exploded === undefined) return this.#reports.add(report);
    this.#reports.flush();
    if (report.done) this.#end();
    else this.#explode(report.exploded, report.epoch);
  }

  /** What the engine hands over goes into the state. */
  #take({ points = [], weights, epoch, seen, loss, samples, busy, shares, race }) {
    if (shares) return void this.#put({ shares });
    if (race) return void this.#put({ race });
    const rounded = points.flatMap((point) => point.map((value) => Math.round(value * 1000) / 1000));
    if (busy > LEAST_BUSY) this.speed = Math.round(samples / busy) * 1000;
    this.#delivered = weights;
    const { history: known } = this.#store.state;
    const whole = known.slice(0, known.length - (known.length % 4)); // a damaged link may hold half an epoch
    const history = [...whole, ...rounded].slice(-4 * (MOST + 1));
    const reason = this.#put({ weights, epoch, seen, history });
    if (reason !== null) this.#explode(loss, seen > 0 ? epoch : epoch - 1);
  }

  #put(changes) {
    this.isReporting = true;
    const reason = this.#store.set(changes);
    this.isReporting = false;
    return reason;
  }

  #explode(loss, epoch) {
    this.#machine.abandon();
    this.#reports.drop();
    [this.#delivered, this.#hasExploded] = [null, true];
    const [from] = current(this.#begun, this.#data).point;
    this.explosion = { loss, epoch, from, rate: this.#store.state.rate, before: this.#begun };
    this.#end("The loss exploded. Below the buttons stands why, and the way back.");
  }

  /** @param {string} [words]  where it did not end by itself */
  #end(words) {
    if (this.job === null) return;
    const [job, begun] = [this.job, this.#begun];
    this.job = null;
    this.#tell.hush(false);
    this.#store.refresh();
    const { state } = this.#store;
    this.#tell.say(words ?? endText(job, begun, state));
    const isBack = this.#hasExploded && this.explosion === null && testShare(state) >= 0.9;
    if (job === "seeds" && isSmallEnough(state)) this.#tell.solve("small");
    if (job !== "train") return;
    if (isByHeart(state) && !isByHeart(begun)) this.#tell.solve("few");
    if (this.#failed !== null && isRepaired(state, this.#failed)) this.#tell.solve("repair");
    if (isBack) this.#tell.solve("explode");
  }
}

/** Two reports as one: where the later one stands, with the points of both. */
function together(earlier, later) {
  return { ...later, points: [...(earlier.points ?? []), ...(later.points ?? [])] };
}

/** What the engine is told of a state. */
function taskOf(state) {
  const settings = Object.fromEntries(Object.keys(NAMES).map((name) => [name, state[name]]));
  const { epoch, seen } = state;
  return { ...settings, plans: plansOf(state), weights: weightsOf(state), epoch, seen };
}
