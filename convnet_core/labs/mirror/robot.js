// Chapter 15's robot, as in convnet_core.robot: it carries out what it understood, in a kitchen in which mistakes have
// consequences. A test compares every outcome, and every word of it.

/**
 * @typedef {import("./cooking.js").Step} Step
 * @typedef {{ lemon: string, bread: string, cup: string[], bowl: string[], jug: string, broken: string[] }} Scene
 *   the state of the kitchen; lists are in the order of the alphabet
 * @typedef {{ scene: Scene, words: string, works: boolean }} Outcome
 * @typedef {Map<string, string>} Holds  how each thing is held
 * @typedef {{ grippers: Record<string, string>, breakable: string[], slippery: Record<string, string[]> }} Hardware
 *   slippery: what can't be held by a grasp
 */

/** @type {Scene} */
export const FRESH = { lemon: "whole", bread: "loaf", cup: [], bowl: [], jug: "full", broken: [] };

/** What a robot is told for a step. @param {Step} step @param {Hardware} hardware */
export function commands({ action, left, right }, { grippers }) {
  const grips = /** @type {const} */ ([["left", left], ["right", right]])
    .filter(([, [, thing]]) => thing !== "nothing")
    .map(([side, [grasp, thing]]) => `${side}: take the ${thing}, ${grippers[grasp]}`);
  return [...grips, action];
}

/** Do what a step says. @param {Scene} scene @param {Step} step @param {Hardware} hardware @returns {Outcome} */
export function carryOut(scene, { action, left, right }, { breakable, slippery }) {
  /** @type {Holds} */
  const holds = new Map();
  for (const [grasp, thing] of [left, right]) if (thing !== "nothing") holds.set(thing, grasp);
  const things = [...holds.keys()];
  const lost = things.find((thing) => scene.broken.includes(thing));
  if (lost !== undefined) return fails(scene, `the ${lost} lies broken`);
  const dropped = things.filter((thing) => (slippery[holds.get(thing)] ?? []).includes(thing));
  if (dropped.length > 0) return falls(scene, dropped, breakable);
  if (action === null) return fails(scene, "does nothing: it did not understand");
  const words = action.split(" ");
  return DOES[words[0]](scene, holds, words.at(-1));
}

/** One step after the other. @param {Step[]} steps @param {Hardware} hardware @returns {Outcome[]} */
export function carriedOut(steps, hardware) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const step of steps) outcomes.push(carryOut(outcomes.at(-1)?.scene ?? FRESH, step, hardware));
  return outcomes;
}

/** @returns {Outcome} */
const fails = (scene, words) => ({ scene, words, works: false });
/** @returns {Outcome} */
const does = (scene, changes, words) => ({ scene: { ...scene, ...changes }, words, works: true });

function falls(scene, things, breakable) {
  const broken = things.filter((thing) => breakable.includes(thing));
  const empty = Object.fromEntries(broken.map((thing) => [thing, thing === "jug" ? "empty" : []]));
  const words = things.map((thing) => (broken.includes(thing) ? `drops the ${thing}: broken` : `the ${thing} slips`));
  return fails({ ...scene, ...empty, broken: withAll(scene.broken, broken) }, words.join("; "));
}

const withAll = (some, more) => [...new Set([...some, ...more])].sort();

/** A failure if one of `wanted` is in no hand; else null. A tool is a knife or a spoon. @param {Holds} holds */
function lacking(scene, holds, ...wanted) {
  const missing = wanted.find((thing) => (thing === "tool" ? toolOf(holds) === undefined : !holds.has(thing)));
  return missing === undefined ? null : fails(scene, `can't do it: there is no ${missing} in its hands`);
}

/** @param {Holds} holds */
const toolOf = (holds) => ["knife", "spoon"].find((thing) => holds.has(thing));

/** More in a vessel; what was mixed is not any more, if something is added. */
const filled = (scene, vessel, what) => ({ [vessel]: withAll(scene[vessel].filter((one) => one !== "mixed"), [what]) });

// What each verb does: (scene, how things are held, to or into what) -> Outcome.
/** @type {Record<string, (scene: Scene, holds: Holds, target: string) => Outcome>} */
const DOES = {
  grip(scene, holds) {
    if (holds.size === 0) return fails(scene, "has nothing to lift");
    const named = [...holds.keys()].map((thing) => `the ${thing}`).join(" and ");
    return does(scene, {}, `lifts ${named}, and puts ${holds.size === 1 ? "it" : "them"} back`);
  },

  cut(scene, holds, what) {
    const lacks = lacking(scene, holds, what, "tool");
    if (lacks) return lacks;
    if (holds.get(toolOf(holds)) !== "power") return fails(scene, `only scratches the ${what}`);
    if (what === "bread" && scene.bread === "buttered")
      return fails({ ...scene, bread: "spoilt" }, "cuts through the butter: the bread is spoilt");
    const [whole, cut] = what === "lemon" ? ["whole", "halved"] : ["loaf", "sliced"];
    return scene[what] === whole ? does(scene, { [what]: cut }, `cuts the ${what}`) : fails(scene, `the ${what} is cut already`);
  },

  spread(scene, holds) {
    const lacks = lacking(scene, holds, "bread", "tool");
    if (lacks) return lacks;
    const spoilt = { ...scene, bread: "spoilt" };
    if (holds.get("bread") === "precision") return fails(spoilt, "the bread falls, butter side down");
    if (holds.get(toolOf(holds)) === "power") return fails(spoilt, "presses too hard: the bread is torn");
    if (scene.bread === "loaf") return fails(scene, "there is no slice: the bread is whole");
    if (scene.bread === "spoilt") return fails(scene, "there is no slice: the bread is spoilt");
    return does(scene, { bread: "buttered" }, "butters the bread");
  },

  squeeze(scene, holds, vessel) {
    const lacks = lacking(scene, holds, "lemon", vessel);
    if (lacks) return lacks;
    if (holds.get("lemon") !== "power") return fails(scene, "too weak a grip: nothing comes");
    if (scene.lemon !== "halved") return fails(scene, `nothing comes: the lemon is ${scene.lemon}`);
    return does(scene, { ...filled(scene, vessel, "juice"), lemon: "squeezed" }, `squeezes the lemon into the ${vessel}`);
  },

  pour(scene, holds, vessel) {
    const lacks = lacking(scene, holds, "jug", vessel);
    if (lacks) return lacks;
    if (scene.jug === "empty") return fails(scene, "the jug is empty");
    return does(scene, filled(scene, vessel, "water"), `pours water into the ${vessel}`);
  },

  stir(scene, holds, vessel) {
    const lacks = lacking(scene, holds, "tool", vessel);
    if (lacks) return lacks;
    if (scene[vessel].length === 0) return fails(scene, `stirs, but the ${vessel} is empty`);
    return does(scene, filled(scene, vessel, "mixed"), `stirs what is in the ${vessel}`);
  },
};
