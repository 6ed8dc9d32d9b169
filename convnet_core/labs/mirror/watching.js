// Chapter 15, as in convnet_core.watching: from the pictures of a clip to what was done in it. Two small networks look at
// the square around each hand; then a reader says which action each clip shows, in one of four ways.

import { allActions, byRole, holdOf, wordsOf } from "./cooking.js";
import { Parser } from "./grammar.js";
import { CROP, HANDS, IN_A_CROP } from "./kitchen.js";
import { Network } from "./network.js";
import { carryOut, FRESH } from "./robot.js";
import { start } from "./training.js";

const BATCH = 16; // crops of a clip of eight frames

/**
 * @typedef {import("./cooking.js").Cooking} Cooking
 * @typedef {import("./cooking.js").Hold} Hold
 * @typedef {import("./cooking.js").Step} Step
 * @typedef {import("./grammar.js").Rule} Rule
 * @typedef {import("./grammar.js").Tree} Tree
 * @typedef {{ grasps: string[], things: string[], holds: Hold[] }} Words
 * @typedef {{ grasp: Network, thing: Network }} Nets
 * @typedef {{ grasp: number[][], thing: number[][] }} Seen  the logs of probabilities, for the left hand and the right one
 */

/** @param {number} answers @returns {import("./layers.js").Plan[]} */
const plansFor = (answers) => [
  { kind: "conv", filters: 8, size: 3 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
  { kind: "conv", filters: 16, size: 3 },
  { kind: "relu" },
  { kind: "linear", outputs: answers },
];

/** Both networks. @param {Words} words @param {Record<"grasp" | "thing", ArrayLike<number>>} weights @returns {Nets} */
export function netsOf({ grasps, things }, weights) {
  const make = (kind, answers) => {
    const net = new Network(plansFor(answers), { channels: 1, height: CROP, width: CROP }, BATCH);
    start(net, weights[kind], 0);
    return net;
  };
  return { grasp: make("grasp", grasps.length), thing: make("thing", things.length) };
}

/** What both networks say of a clip's crops: of each frame. @param {Nets} nets @param {Float64Array} crops @returns {Seen[]} */
export function lookedAt(nets, crops) {
  const count = crops.length / IN_A_CROP;
  const logs = (/** @type {Network} */ net) => {
    const votes = net.forward(crops, count);
    return Array.from({ length: count }, (_, n) => logsOf(votes.subarray(n * net.answers, (n + 1) * net.answers)));
  };
  const [grasp, thing] = [logs(nets.grasp), logs(nets.thing)];
  const frame = (/** @type {number} */ at) => [HANDS * at, HANDS * (at + 1)];
  return Array.from({ length: count / HANDS }, (_, at) => ({
    grasp: grasp.slice(...frame(at)),
    thing: thing.slice(...frame(at)),
  }));
}

/** The logs of softmax. @param {ArrayLike<number>} votes @returns {number[]} */
function logsOf(votes) {
  const all = Array.from(votes);
  const most = Math.max(...all);
  const log = Math.log(all.reduce((sum, vote) => sum + Math.exp(vote - most), 0));
  return all.map((vote) => vote - most - log);
}

/** What the frames of a clip say together, each counted as `trust` of a witness. @param {Seen[]} frames @returns {Seen} */
export function summed(frames, trust) {
  const together = (/** @type {"grasp" | "thing"} */ kind) =>
    frames[0][kind].map((first, side) =>
      logsOf(first.map((_, word) => trust * frames.reduce((sum, seen) => sum + seen[kind][side][word], 0))),
    );
  return { grasp: together("grasp"), thing: together("thing") };
}

/** The place of the largest; of equals, the first. @param {ArrayLike<number>} values */
export function likeliestOf(values) {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}

/** The likeliest word for each hand and thing, and the action that goes with them. @param {Seen[]} clips @returns {Step[]} */
export function byNets(clips, { grasps, things }, ways) {
  const known = allActions(ways);
  return clips.map(({ grasp, thing }) => {
    const [left, right] = grasp.map((logs, side) => /** @type {Hold} */ ([
      grasps[likeliestOf(logs)],
      things[likeliestOf(thing[side])],
    ]));
    return { action: known.get(`${wordsOf(left)}, ${wordsOf(right)}`) ?? null, left, right };
  });
}

/** How people hold things for each action, counted in a corpus. */
export class Counts {
  /** @param {Step[][]} corpus @param {Words} words @param {Cooking["ways"]} ways */
  constructor(corpus, words, ways, rare = 0.02) {
    this.words = words;
    this.actions = Object.keys(ways);
    const steps = corpus.flat();
    const size = words.holds.length;
    const places = new Map(words.holds.map((hold, at) => [wordsOf(hold), at]));
    const [actions, pairs] = [this.actions.length, size * size];
    const together = new Float64Array(actions * pairs);
    for (const { action, left, right } of steps)
      together[this.actions.indexOf(action) * pairs + places.get(wordsOf(left)) * size + places.get(wordsOf(right))] += 1;
    /** The log of each action with each pair of holds, one after the other. */
    this.logs = new Float64Array(actions * pairs);
    for (let action = 0; action < actions; action++) {
      const part = together.subarray(action * pairs, (action + 1) * pairs);
      this.logs.set(logsOfAction(part, size, (steps.length + actions), rare), action * pairs);
    }
  }

  /** The likeliest step for each clip by itself. @param {Seen[]} clips */
  read(clips) {
    return clips.map((seen) => this.likeliest(seen, 1)[0].step);
  }

  /** The `count` likeliest steps, the best one first. @param {Seen} seen @param {number} count */
  likeliest(seen, count) {
    const { holds } = this.words;
    const [left, right] = [0, 1].map((side) => this.#ofHolds(seen, side));
    const size = holds.length;
    const scores = this.logs.map((log, k) => log + left[Math.floor(k / size) % size] + right[k % size]);
    return largest(scores, count).map((k) => ({
      log: scores[k],
      step: {
        action: this.actions[Math.floor(k / (size * size))],
        left: holds[Math.floor(k / size) % size],
        right: holds[k % size],
      },
    }));
  }

  /** The logs for each way to hold. @param {Seen} seen @param {number} side */
  #ofHolds({ grasp, thing }, side) {
    const { grasps, things, holds } = this.words;
    return holds.map((hold) => grasp[side][grasps.indexOf(hold[0])] + thing[side][things.indexOf(hold[1])]);
  }
}

/** How likely an action is, and each pair of holds for it. @param {Float64Array} met  how often, (left, right) @param {number} all */
function logsOfAction(met, size, all, rare) {
  const count = met.reduce((sum, one) => sum + one, 0);
  const apart = [new Float64Array(size), new Float64Array(size)]; // what the left hand does, and the right one
  met.forEach((one, k) => {
    apart[0][Math.floor(k / size)] += one;
    apart[1][k % size] += one;
  });
  const whole = count + 0.01 * size;
  const share = count > 0 ? rare : 1;
  return met.map((one, k) => {
    const seldom = ((apart[0][Math.floor(k / size)] + 0.01) / whole) * ((apart[1][k % size] + 0.01) / whole);
    const held = share * seldom + ((1 - share) * one) / Math.max(count, 1);
    return Math.log(((count + 1) / all) * held);
  });
}

/** The places of the `count` largest, the largest first; of equals, the first first. @param {Float64Array} values */
function largest(values, count) {
  /** @type {number[]} */
  const places = [];
  values.forEach((value, k) => {
    if (places.length === count && value <= values[places[count - 1]]) return;
    let at = places.length;
    while (at > 0 && value > values[places[at - 1]]) at -= 1;
    places.splice(at, 0, k);
    if (places.length > count) places.pop();
  });
  return places;
}

/**
 * The rules of clips and recipes: what follows what is given, how things are held is counted.
 * @param {Step[][]} corpus @param {Words} words @param {Cooking} cooking
 * @param {number} free  the share of recipes that are any actions in any order; 0 knows only its book
 * @returns {Rule[]}
 */
export function grammarOf(corpus, { holds }, { ways, book }, free, rare = 0.02) {
  const steps = corpus.flat();
  const met = counted(steps.map(({ action }) => action));
  const any = "any actions";
  const made = holds.map((hold) => /** @type {Rule} */ ([wordsOf(hold), hold, 1]));
  return [
    ...book,
    ["sentence", ["recipe"], 1 - free],
    .../** @type {Rule[]} */ (free > 0 ? [["sentence", [any], free]] : []),
    [any, ["any action", any], 0.75],
    [any, ["any action"], 0.25],
    ...Object.keys(ways)
      .filter((action) => met.has(action))
      .map((action) => /** @type {Rule} */ (["any action", [action], met.get(action) / steps.length])),
    ...made,
    ...made.map(([word]) => /** @type {Rule} */ (["any hold", [word], 1 / holds.length])),
    ...[...met.keys()].flatMap((action) => rulesOf(action, steps, ways, rare)),
  ];
}

/** How often each one is there, in the order in which they come. @param {string[]} words @returns {Map<string, number>} */
function counted(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** How one action is done, as it was met: with the tool in the right hand or in the left. @returns {Rule[]} */
function rulesOf(action, steps, ways, rare) {
  const roles = steps.filter((step) => step.action === action).map((step) => byRole(ways, step));
  const rightHanded = (roles.filter(({ isRight }) => isRight).length + 1) / (roles.length + 2);
  const rules = /** @type {const} */ (["tool", "patient"]).flatMap((role) =>
    Array.from(counted(roles.map((one) => one[role])), ([hold, count]) => /** @type {Rule} */ ([
      `${role} to ${action}`,
      [hold],
      count / roles.length,
    ])),
  );
  const [tool, patient, other] = [`tool to ${action}`, `patient to ${action}`, "any hold"];
  rules.push([action, [other, other], 0.1 * rare]);
  for (const isRight of [true, false])
    for (const [first, second, part] of /** @type {[string, string, number][]} */ ([
      [patient, tool, 1 - rare],
      [other, tool, 0.45 * rare],
      [patient, other, 0.45 * rare],
    ])) {
      const share = isRight ? rightHanded : 1 - rightHanded;
      rules.push([action, isRight ? [first, second] : [second, first], share * part]);
    }
  return rules.filter(([, , probability]) => probability > 0);
}

/** Reads recipes by a grammar. */
export class Grammar {
  /** @param {Rule[]} rules @param {Words} words */
  constructor(rules, words) {
    this.parser = new Parser(rules);
    this.words = words;
  }

  /** The likeliest tree; null if the grammar can't make so many clips. @param {Seen[]} clips @returns {Tree | null} */
  treeOf(clips) {
    return this.parser.parse(clips.flatMap((seen) => this.#leaves(seen)), "sentence")?.tree ?? null;
  }

  /** What may stand at the four places of a clip. @param {Seen} seen */
  #leaves({ grasp, thing }) {
    const { grasps, things } = this.words;
    const named = (words, logs) => Object.fromEntries(words.map((word, k) => [word, logs[k]]));
    return [0, 1].flatMap((side) => [named(grasps, grasp[side]), named(things, thing[side])]);
  }
}

/** The trees of its actions, from left to right. @param {Tree} tree @param {Cooking["ways"]} ways @returns {Tree[]} */
export function actionsOf(tree, ways) {
  return Object.hasOwn(ways, tree.symbol) ? [tree] : tree.parts.flatMap((part) => actionsOf(part, ways));
}

/** The steps that a tree tells. @param {Tree} tree @param {Cooking["ways"]} ways @returns {Step[]} */
export function stepsOf(tree, ways) {
  return actionsOf(tree, ways).map((part) => {
    const [left, right] = part.parts.map(heldIn);
    return { action: part.symbol, left, right };
  });
}

/** What a hand holds: "tool to cut lemon" leads to "power knife". @param {Tree} tree @returns {Hold} */
function heldIn({ symbol, parts }) {
  return parts.length === 2 ? holdOf(symbol) : heldIn(parts[0]);
}

/**
 * The likeliest steps by counts, where each is imagined first: one that would be of no use is held less likely.
 * @param {Seen[]} clips @param {Counts} counts @param {import("./robot.js").Hardware} hardware @returns {Step[]}
 */
export function byImagining(clips, counts, hardware, { penalty = 4, worlds = 60, readings = 12 } = {}) {
  /** @type {{ log: number, scene: import("./robot.js").Scene, steps: Step[] }[]} */
  let courses = [{ log: 0, scene: FRESH, steps: [] }];
  for (const seen of clips) {
    const likely = counts.likeliest(seen, readings);
    /** The likeliest course to each kitchen. @type {Map<string, typeof courses[0]>} */
    const best = new Map();
    for (const { log, scene, steps } of courses)
      for (const { log: more, step } of likely) {
        const outcome = carryOut(scene, step, hardware);
        const total = log + more - (outcome.works ? 0 : penalty);
        const kitchen = JSON.stringify(outcome.scene);
        if (best.has(kitchen) && total <= best.get(kitchen).log) continue;
        best.set(kitchen, { log: total, scene: outcome.scene, steps: [...steps, step] });
      }
    courses = [...best.values()].sort((one, other) => other.log - one.log).slice(0, worlds); // which keeps the order of equals
  }
  return courses[0].steps;
}
