// Learning from its start to its end: what the Worker is told, what comes of it, and what the reader may watch then. No DOM.

import { collectedPerFrame } from "../kit/frames.js";
import { Judge } from "./derived.js";
import { machine } from "./machine.js";
import { fits, goal, hasLearnedCatch, isAtEnd, isHalfBlind, neverLearnsCatch, seesDrift, settingsOf } from "./runs.js";
import { driftText, endOfRun, startText, wayOfRun } from "./words.js";

const KEPT = 6; // runs in the table
const SILENCE = 5000; // milliseconds of learning, after which a word says how far it is

/** @typedef {import("./runs.js").Run} Run */

export class Session {
  isOn = false;
  /** The frame that the run of now leads to. */
  until = 1;
  /** The last one. @type {Run | null} */
  run = null;
  /** Those before it, the last one first. @type {Run[]} */
  tried = [];
  #store;
  #tell;
  #machine;
  #frames;
  /** Whose net the Worker still has. @type {Run | null} */
  #inWorker = null;
  #isHalfDone = false;
  #saidAt = 0;
  /** The net that was asked for last. @type {Judge | null} */
  #judge = null;

  /**
   * @param {import("../kit/store.js").Store} store
   * @param {{ say: (text: string) => void, solve: (id: string) => void, count: (id: string, text: string) => void,
   *           signal: AbortSignal }} tell
   */
  constructor(store, tell) {
    this.#store = store;
    this.#tell = tell;
    this.#machine = machine((report) => this.#hear(report), tell.signal);
    this.#frames = collectedPerFrame((_, later) => later, (frame) => this.#move(frame));
    tell.signal.addEventListener("abort", () => this.#frames.drop());
  }

  /** Whether it can go on from where it stands. @param {import("../kit/store.js").State} state */
  canGoOn(state) {
    return this.run !== null && this.run === this.#inWorker && fits(this.run, state) && !isAtEnd(this.run);
  }

  /** How far the run of now is, from 0 to 1. */
  get share() {
    return this.run ? this.run.frame / this.until : 0;
  }

  press() {
    if (this.isOn) this.#machine.stop();
    else this.#learn(this.canGoOn(this.#store.state));
  }

  /** From other first weights, and with other chance. */
  again() {
    const { max } = this.#store.rule("seed");
    this.stop();
    const reason = this.#store.set({ seed: (this.#store.state.seed + 1) % (max + 1) }, { bring: this.#back() });
    if (reason === null) this.#learn(false);
  }

  /** At once, without a word. */
  stop() {
    if (!this.isOn) return;
    this.#machine.abandon();
    this.#frames.drop();
    this.isOn = false;
  }

  /** Stops what is of settings that are no more. @param {import("../kit/store.js").State} state @returns whether it did */
  follow(state) {
    if (!this.isOn || fits(this.run, state)) return false;
    this.stop();
    return true;
  }

  /** The net after test `at` of this game, or, where there is none, the one that has learned nothing. */
  judgeAt(state, at) {
    const run = this.of(state);
    const weights = run?.snapshots[Math.min(at, run.snapshots.length - 1)]?.weights ?? null;
    const { seen, seed } = run?.settings ?? state;
    const known = this.#judge;
    const isKnown = known?.weights === weights && known.seen === seen && known.seed === seed;
    return (this.#judge = isKnown ? known : new Judge({ seen, seed }, weights));
  }

  /** The last run, if it is one of this game. @param {{ game: string }} state */
  of({ game }) {
    return this.run?.settings.game === game ? this.run : null;
  }

  /** Whether the last run of this game is one of other settings. @param {import("../kit/store.js").State} state */
  isOfOther(state) {
    const run = this.of(state);
    return run !== null && !fits(run, state);
  }

  /** @returns {import("../kit/store.js").Bring | false} */
  reset() {
    const hadMore = this.run !== null || this.tried.length > 0;
    this.stop();
    return hadMore && this.#swap(null, []);
  }

  /** @param {Run | null} run @param {Run[]} tried @returns {import("../kit/store.js").Bring}  which undoes that */
  #swap(run, tried) {
    const back = this.#back();
    [this.run, this.tried] = [run, tried];
    return back;
  }

  /** Brings back what there is now. @returns {import("../kit/store.js").Bring} */
  #back() {
    const { run, tried } = this;
    return () => {
      this.stop();
      return this.#swap(run, tried);
    };
  }

  #learn(continues) {
    const settings = settingsOf(this.#store.state);
    if (!continues) {
      if (this.run?.snapshots.length > 1) this.tried = [this.run, ...this.tried].slice(0, KEPT);
      this.run = { settings, frame: 0, snapshots: [] };
    }
    [this.isOn, this.#inWorker] = [true, this.run];
    this.until = goal(settings.game, this.run.frame);
    this.#machine.start({ job: "learn", settings, continues, until: this.until });
    this.#store.refresh();
    this.#saidAt = performance.now();
    this.#tell.say(startText(settings, this.until));
  }

  #hear({ frame, snapshot, done }) {
    if (snapshot?.frame === 0) this.run.snapshots = [];
    if (snapshot) this.run.snapshots.push(snapshot);
    if (frame !== undefined) this.#frames.add(frame);
    if (snapshot) this.#merit();
    if (!done) return;
    this.#frames.flush();
    this.isOn = false;
    this.#end();
    this.#store.refresh();
  }

  #move(frame) {
    this.run.frame = frame;
    this.#store.refresh();
    if (this.isOn) this.#tellWay();
  }

  /** Now and then, and only where its learning is what the reader is at. */
  #tellWay() {
    const now = performance.now();
    if (this.#store.state.tab !== "learn" || now - this.#saidAt < SILENCE) return;
    this.#saidAt = now;
    this.#tell.say(wayOfRun(this.run, this.until));
  }

  #merit() {
    if (hasLearnedCatch(this.run)) this.#tell.solve("catch");
    if (this.#isHalfDone && seesDrift(this.run)) this.#tell.solve("drift");
  }

  #end() {
    this.#tell.say(endOfRun(this.run, this.#store.presets.baselines));
    if (neverLearnsCatch(this.run)) this.#tell.solve("never");
    this.#isHalfDone ||= isHalfBlind(this.run);
    this.#tell.count("drift", driftText(this.#isHalfDone));
  }
}
