// The learning itself, in the Worker: it starts, stops and goes on. No DOM.

import { BETWEEN, FILTERS, startOf, STEPS } from "./jobs.js";
import { machine } from "./machine.js";

const MILE = 500; // steps

/**
 * @typedef {{ source: string, target: string, sigma: string }} Settings
 *
 * @typedef {object} Learned  how far it has come
 * @property {Settings | null} settings  what it learns from, and how; null before the first learning
 * @property {number} seed  which learning of this page it is
 * @property {import("./data.js").Photograph | null} photograph  the first of those that it learns from
 * @property {number} step @property {number} share  of the hidden units that were on, on average over the last steps
 * @property {number} seconds
 * @property {Float64Array} weights  filter after filter @property {Float64Array} biases
 * @property {boolean[]} edges  which filters count as edges
 * @property {number[]} counts  how many did, every so many steps
 * @property {import("./jobs.js").Redrawn | null} redrawn  a piece, and the machine's own drawing of it
 */

/** What stands there before a learning: the noise that it will begin with. @param {number} seed @returns {Learned} */
const nothing = (seed) => ({
  settings: null,
  seed,
  photograph: null,
  step: 0,
  share: 0,
  seconds: 0,
  counts: [],
  weights: startOf(seed),
  biases: new Float64Array(FILTERS),
  edges: Array(FILTERS).fill(false),
  redrawn: null,
});

/** What the Worker is handed. @param {import("./data.js").Photograph} photograph */
const plainOf = ({ height, width, pixels }) => ({ height, width, pixels });

export class Run {
  isOn = false;
  now = nothing(1);
  #learnings = 0;
  #began = 0;

  /**
   * @param {{ onchange: () => void, onmile: () => void, onend: () => void, signal: AbortSignal }} parts
   *   onmile: it has come a good deal further
   */
  constructor({ onchange, onmile, onend, signal }) {
    this.told = { onchange, onmile, onend };
    this.worker = machine((report) => this.#hear(report), signal);
  }

  /** Whether the Worker has something to go on with. */
  get canGoOn() {
    const { settings, seed, step } = this.now;
    return !this.isOn && settings !== null && seed === this.#learnings && step < STEPS;
  }

  /** From noise. @param {import("./data.js").Photograph[]} photographs @param {Settings} settings */
  start(photographs, settings) {
    this.#learnings += 1;
    this.now = { ...nothing(this.#learnings), settings, photograph: photographs[0] };
    const [target, sigma] = [settings.target, settings.sigma].map(Number);
    this.#begin({ photographs: photographs.map(plainOf), target, sigma, seed: this.#learnings });
  }

  /** With what it began with. */
  goOn() {
    this.#begin({});
  }

  /** It reports where it stands. */
  stop() {
    this.worker.stop();
  }

  /** @returns {boolean | import("../kit/store.js").Bring}  what brings back what was learned, if anything was */
  forget() {
    return this.now.settings !== null && this.#swap(nothing(this.#learnings + 1));
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

  #hear({ step, share, weights, biases, edges, redrawn = null, done }) {
    if (weights) this.now = this.#after({ step, share, weights, biases, redrawn, ...(edges && { edges }) });
    if (done) this.isOn = false;
    this.told.onchange();
    if (done) this.told.onend();
    else if (edges && step > 0 && step < STEPS && step % MILE === 0) this.told.onmile();
  }

  /** @param {Partial<Learned>} report @returns {Learned} */
  #after(report) {
    const counts = this.now.counts.slice();
    if (report.edges && report.step % BETWEEN === 0)
      counts[report.step / BETWEEN] = report.edges.filter(Boolean).length;
    return { ...this.now, ...report, counts, seconds: (performance.now() - this.#began) / 1000 };
  }
}
