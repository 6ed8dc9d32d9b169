// The learning itself, in the Worker: it starts, stops and goes on. No DOM.

import { BETWEEN, FILTERS, SIZE, STEPS } from "./jobs.js";
import { machine } from "./machine.js";

/**
 * @typedef {{ source: string, target: string, sigma: string }} Settings
 *
 * @typedef {object} Learned  how far it has come
 * @property {Settings | null} settings  what it learns from, and how; null before the first learning
 * @property {number} seed  which learning of this page it is
 * @property {number} step @property {number} share  of the hidden units that were on
 * @property {number} seconds
 * @property {Float64Array} weights  filter after filter @property {Float64Array} biases
 * @property {boolean[]} edges  which filters count as edges
 * @property {number[]} counts  how many did, every so many steps
 */

/** @type {Learned} */
const NOTHING = {
  settings: null,
  seed: 0,
  step: 0,
  share: 0,
  seconds: 0,
  counts: [],
  weights: new Float64Array(FILTERS * SIZE * SIZE),
  biases: new Float64Array(FILTERS),
  edges: Array(FILTERS).fill(false),
};

export class Run {
  isOn = false;
  now = NOTHING;
  #learnings = 0;
  #began = 0;

  /** @param {{ onchange: () => void, onend: () => void, signal: AbortSignal }} parts */
  constructor({ onchange, onend, signal }) {
    this.told = { onchange, onend };
    this.worker = machine((report) => this.#hear(report), signal);
  }

  /** Whether the Worker has something to go on with. */
  get canGoOn() {
    const { seed, step } = this.now;
    return !this.isOn && seed > 0 && seed === this.#learnings && step < STEPS;
  }

  /** From noise. @param {import("./jobs.js").Picture[]} photographs @param {Settings} settings */
  start(photographs, settings) {
    this.#learnings += 1;
    this.now = { ...NOTHING, settings, seed: this.#learnings };
    const [target, sigma] = [settings.target, settings.sigma].map(Number);
    this.#begin({ photographs, target, sigma, seed: this.#learnings });
  }

  goOn() {
    this.#begin({});
  }

  /** It reports where it stands. */
  stop() {
    this.worker.stop();
  }

  /** @returns {boolean | import("../kit/store.js").Bring}  what brings back what was learned, if anything was */
  forget() {
    return this.now !== NOTHING && this.#swap(NOTHING);
  }

  /** @param {Learned} other @returns {import("../kit/store.js").Bring} */
  #swap(other) {
    const before = this.now;
    this.worker.abandon();
    this.isOn = false;
    this.now = other;
    return () => this.#swap(before);
  }

  #begin(task) {
    this.isOn = true;
    this.#began = performance.now() - 1000 * this.now.seconds;
    this.worker.start({ job: "learn", ...task });
    this.told.onchange();
  }

  #hear({ step, share, weights, biases, edges, done }) {
    if (weights) this.now = this.#after({ step, share, weights, biases, ...(edges && { edges }) });
    if (done) this.isOn = false;
    this.told.onchange();
    if (done) this.told.onend();
  }

  /** @param {Partial<Learned>} report @returns {Learned} */
  #after(report) {
    const counts = this.now.counts.slice();
    if (report.edges && report.step % BETWEEN === 0)
      counts[report.step / BETWEEN] = report.edges.filter(Boolean).length;
    return { ...this.now, ...report, counts, seconds: (performance.now() - this.#began) / 1000 };
  }
}
