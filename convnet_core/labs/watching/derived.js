// What follows from the state: clips, what the networks say of them, what each reader makes of it, and what comes of that
// in a kitchen. No DOM. The same as the properties of lab.py; a test compares.

import { same } from "../kit/state.js";
import { allActions, byRole, randomCorpus, randomRecipe, wordsOf } from "../mirror/cooking.js";
import { Parser } from "../mirror/grammar.js";
import { cropsOf, drawn, FRAMES, HANDS, IN_A_CROP, moved, noiseOf, PIXELS, randomClip } from "../mirror/kitchen.js";
import { carriedOut } from "../mirror/robot.js";
import { mulberry } from "../mirror/seeded.js";
import { unpackedWeights } from "../mirror/training.js";
import { byImagining, byNets, Counts, Grammar, grammarOf, lookedAt, netsOf, stepsOf, summed } from "../mirror/watching.js";

const CORPUS_SEED = 1;
const MOST_RECIPES = 300;
const FREE = 0.1; // of recipes are any actions in any order, where the grammar may leave its book
export const LOOKS = 8; // looks that belong to a recipe's seed
export const TENTHS = 10; // of a pixel: the steps in which an own clip tells where its hands are
const RULED_OUT = -50; // the log of how likely a word is that the reader has ruled out
const HIDDEN = 0.5; // the grey of a hand that is hidden

/**
 * @typedef {import("../mirror/cooking.js").Step} Step
 * @typedef {import("../mirror/watching.js").Seen} Seen
 * @typedef {import("../mirror/watching.js").Words} Words
 * @typedef {{ words: Words, cooking: import("../mirror/cooking.js").Cooking, weights: { grasp: string, thing: string },
 *             hardware: import("../mirror/robot.js").Hardware, levels: { deviation: number, cover: number }[] }} Material
 * @typedef {{ clip: import("../mirror/kitchen.js").Clip, pictures: Float64Array, crops: Float64Array, frames: Seen[] }} Shown
 *   a clip as it is drawn, and what the networks say of each of its frames
 * @typedef {"nets" | "counts" | "grammar" | "imagining"} ReaderName
 * @typedef {{ steps: Step[], tree: import("../mirror/grammar.js").Tree | null }} Reading
 */

/** An own clip's row of numbers. */
export const OWN = {
  /** @param {number[]} row */
  holds: (row) => row.slice(0, HANDS),
  /** @param {number[]} row */
  look: (row) => row[HANDS],
  /** Columns and rows of both hands in each frame, in pixels. @param {number[]} row */
  places(row) {
    const part = (which) => row.slice(3 + FRAMES * which, 3 + FRAMES * (which + 1)).map((at) => at / TENTHS);
    return { columns: [part(0), part(1)], rows: [part(2), part(3)] };
  },
  /** @param {number[]} holds @param {number} look @param {{ columns: number[][], rows: number[][] }} places */
  row: (holds, look, { columns, rows }) => [
    ...holds,
    look,
    ...[...columns, ...rows].flat().map((at) => Math.round(at * TENTHS)),
  ],
};

/** All that the lab knows of a state. What was found once is kept: a slider that moves asks for much of it again. */
export class Kitchen {
  /** @param {Material} material @param {number} firstSeed  of the recipe that the lab begins with */
  constructor(material, firstSeed) {
    this.material = material;
    this.firstSeed = firstSeed;
    const { words, cooking, weights } = material;
    this.known = allActions(cooking.ways);
    this.book = new Parser(cooking.book);
    const thousandths = { grasp: unpackedWeights(weights.grasp), thing: unpackedWeights(weights.thing) };
    this.nets = netsOf(words, thousandths);
    this.corpus = kept(() => randomCorpus(cooking, mulberry(CORPUS_SEED), MOST_RECIPES), 1);
    this.counts = kept((/** @type {number} */ count) => new Counts(this.#first(count), words, cooking.ways), 2);
    this.grammar = kept(
      (/** @type {number} */ count, /** @type {boolean} */ free) =>
        new Grammar(grammarOf(this.#first(count), words, cooking, free ? FREE : 0), words),
      4,
    );
    this.looks = kept(this.#look.bind(this), 24);
    this.shown = kept(this.#draw.bind(this), 24);
    this.icon = kept(this.#icon.bind(this), 32);
    this.recipe = kept((/** @type {number} */ seed) => randomRecipe(cooking, mulberry(seed)), 4);
    this.readings = kept(this.#read.bind(this), 12);
  }

  #first(count) {
    return this.corpus().slice(0, count);
  }

  /** What the cook does in truth. @returns {Step[]} */
  cook({ own, seed }) {
    return own.length > 0 ? own.map((row) => this.#ownStep(row)) : this.recipe(seed);
  }

  /** @param {number[]} row @returns {Step} */
  #ownStep(row) {
    const [left, right] = OWN.holds(row).map((hold) => this.material.words.holds[hold]);
    return { action: this.actionOf(left, right), left, right };
  }

  /** A link may ask for a clip that the recipe does not have: then its last one is at hand. @param {any} state */
  inReach(state) {
    const last = this.cook(state).length - 1;
    return state.clip <= last ? state : { ...state, clip: last };
  }

  /** Null where nobody holds things so. */
  actionOf(left, right) {
    return this.known.get(`${wordsOf(left)}, ${wordsOf(right)}`) ?? null;
  }

  /** Whether some cook holds things so for the action, be it oddly; no action needs no hold. @param {Step} step */
  isUsual({ action, left, right }) {
    if (action === null) return true;
    const { ways } = this.material.cooking;
    const { tool, patient } = byRole(ways, { action, left, right });
    const way = ways[action];
    return (tool in way.tool || tool in way.oddTool) && (patient in way.patient || patient in way.oddPatient);
  }

  /** Each clip of the recipe, drawn and looked at. @returns {Shown[]} */
  clips(state) {
    const { own, level } = state;
    return this.cook(state).map(({ left, right }, place) =>
      this.shown([left, right], look(state, place), own[place] ?? null, level, hiddenIn(state, place)),
    );
  }

  /** How a clip looks: the same at every level of noise. */
  #look(holds, look) {
    const random = mulberry(look);
    const clip = randomClip(holds, random);
    return { clip, noise: noiseOf(random) };
  }

  /** A clip as it is drawn; what an own one's row says of its hands is followed. @param {number[] | null} row */
  #pictures(holds, look, row, level) {
    const { clip: first, noise } = this.looks(holds, look);
    const { columns, rows } = row ? OWN.places(row) : { columns: null, rows: null };
    const clip = row ? moved(first, columns, rows) : first;
    return { clip, pictures: drawn(clip, this.material.levels[level], noise) };
  }

  /** @returns {Shown} */
  #draw(holds, look, row, level, hidden) {
    const { clip, pictures } = this.#pictures(holds, look, row, level);
    const crops = cropsOf(pictures, clip);
    for (let k = 0; k < crops.length; k++) if (hidden.includes(Math.floor(k / IN_A_CROP) % HANDS)) crops[k] = HIDDEN;
    return { clip, pictures, crops, frames: lookedAt(this.nets, crops) };
  }

  /** An own clip as it would be drawn, without asking the networks. @param {number[]} row @param {number} level */
  preview(row, level) {
    const holds = OWN.holds(row).map((hold) => this.material.words.holds[hold]);
    return this.#pictures(holds, OWN.look(row), row, level);
  }

  /** A way to hold as all know it, without noise: (12, 12). @param {import("../mirror/cooking.js").Hold} hold */
  #icon(hold) {
    const clip = randomClip([hold, hold], () => 0.5, { frames: 1, variety: 0, jitter: 0 });
    return cropsOf(drawn(clip, { cover: 0, deviation: 0 }, new Float64Array(PIXELS)), clip).subarray(IN_A_CROP);
  }

  /** What is believed of each clip, with the reader's corrections. @returns {Seen[]} */
  seen(state) {
    return this.clips(state).map((shown, place) => this.believed(state, shown, place, state.frames));
  }

  /** The same of one clip, after the first `count` of its frames. @param {any} state @param {Shown} shown */
  believed({ corrections, trust }, { frames }, place, count) {
    const seen = summed(frames.slice(0, count), trust);
    for (const [hand, hold] of corrections) {
      if (Math.floor(hand / HANDS) !== place) continue;
      const { grasps, things, holds } = this.material.words;
      const only = (words, word) => words.map((one) => (one === word ? 0 : RULED_OUT));
      seen.grasp[hand % HANDS] = only(grasps, holds[hold][0]);
      seen.thing[hand % HANDS] = only(things, holds[hold][1]);
    }
    return seen;
  }

  /** What a reader makes of it; without a name, the chosen one. @param {any} state @param {ReaderName} [reader] @returns {Reading} */
  reading(state, reader = state.reader, free = state.free) {
    const { own, seed, level, frames, trust, hidden, corrections, corpus } = state;
    const how = { own, seed, level, frames, trust, hidden, corrections };
    return this.readings(how, reader, Number(corpus), reader === "grammar" && free);
  }

  /** @returns {Reading} */
  #read(how, reader, corpus, free) {
    const { words, cooking, hardware } = this.material;
    const seen = this.seen(how);
    if (reader === "nets") return { steps: byNets(seen, words, cooking.ways), tree: null };
    if (reader === "counts") return { steps: this.counts(corpus).read(seen), tree: null };
    if (reader === "imagining") return { steps: byImagining(seen, this.counts(corpus), hardware), tree: null };
    const tree = this.grammar(corpus, free).treeOf(seen);
    return { steps: stepsOf(tree, cooking.ways), tree };
  }

  /** What comes of steps in a fresh kitchen. @param {Step[]} steps */
  outcomes(steps) {
    return carriedOut(steps, this.material.hardware);
  }

  /** Whether each word is right, and whether the robot's kitchen ends as the cook's. */
  verdict(state) {
    const [steps, cook] = [this.reading(state).steps, this.cook(state)];
    const [scene, wanted] = [steps, cook].map((some) => this.outcomes(some).at(-1).scene);
    return { isUnderstood: same(steps, cook), isDone: same(scene, wanted), scene, wanted };
  }

  /** Whether the book has the cook's recipe. */
  isInBook(state) {
    const actions = this.cook(state).map(({ action }) => action);
    return !actions.includes(null) && this.book.parse(actions.map((action) => ({ [action]: 0 })), "recipe") !== null;
  }
}

/** The seed of how a clip looks. @param {any} state @param {number} place */
export function look({ own, seed }, place) {
  return own.length > 0 ? OWN.look(own[place]) : LOOKS * seed + place;
}

/** Which hands of a clip are hidden. @param {any} state @param {number} place @returns {number[]} */
export function hiddenIn({ hidden }, place) {
  return hidden.filter(([hand]) => Math.floor(hand / HANDS) === place).map(([hand]) => hand % HANDS);
}

/** What the reader says that a hand does; null where they say nothing. @returns {number | null} a place among the holds */
export function correctionOf({ corrections }, hand) {
  const last = corrections.filter(([which]) => which === hand).at(-1);
  return last ? last[1] : null;
}

/** `compute`, which keeps its last `count` answers; what it is given is compared as JSON. @template Answer */
function kept(/** @type {(...given: any[]) => Answer} */ compute, /** @type {number} */ count) {
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  return (/** @type {any[]} */ ...given) => {
    const key = JSON.stringify(given);
    const answer = answers.has(key) ? answers.get(key) : compute(...given);
    answers.delete(key);
    answers.set(key, answer); // the last one that was asked for goes last
    if (answers.size > count) answers.delete(answers.keys().next().value);
    return answer;
  };
}
