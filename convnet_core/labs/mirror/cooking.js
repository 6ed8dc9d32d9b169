// Chapter 15's cooks, as in convnet_core.cooking: what they do, how they hold things for it, and their recipes. Which words
// there are, and how often each way is met, comes from Python.

import { oneOf, sentence } from "./grammar.js";

const ODD = 0.08; // of all clips hold something oddly
const RIGHT_HANDED = 0.8; // of all clips have the tool in the right hand
const [SHORTEST, LONGEST] = [3, 6]; // clips of a recipe

/**
 * @typedef {import("./kitchen.js").Hold} Hold
 * @typedef {{ tool: Record<string, number>, patient: Record<string, number>, oddTool: Record<string, number>,
 *             oddPatient: Record<string, number> }} Way  how often each way to hold is met, by "grasp thing"
 * @typedef {{ ways: Record<string, Way>, book: import("./grammar.js").Rule[] }} Cooking
 * @typedef {{ action: string | null, left: Hold, right: Hold }} Step  null: not understood
 */

/** "power knife" @param {Hold} hold */
export const wordsOf = (hold) => hold.join(" ");
/** @param {string} words @returns {Hold} */
export const holdOf = (words) => /** @type {[string, string]} */ (words.split(" "));

/** A recipe of the book, and how this cook holds things. @param {Cooking} cooking @param {() => number} random @returns {Step[]} */
export function randomRecipe({ ways, book }, random, odd = ODD) {
  for (;;) {
    const actions = sentence(book, "recipe", random);
    if (actions.length >= SHORTEST && actions.length <= LONGEST)
      return actions.map((action) => performed(ways, action, random, odd));
  }
}

/** So many recipes, to count in. @param {Cooking} cooking @param {() => number} random */
export function randomCorpus(cooking, random, count, odd = ODD) {
  return Array.from({ length: count }, () => randomRecipe(cooking, random, odd));
}

/** One way to do an action. @param {Cooking["ways"]} ways @param {string} action @param {() => number} random @returns {Step} */
export function performed(ways, action, random, odd = ODD) {
  const way = ways[action];
  const hasOdd = /** @type {const} */ (["oddTool", "oddPatient"]).filter((role) => Object.keys(way[role]).length > 0);
  const isOdd = hasOdd.length > 0 && random() < odd;
  const oddly = isOdd ? hasOdd[Math.floor(random() * hasOdd.length)] : "";
  const tool = holdOf(oneOf(oddly === "oddTool" ? way.oddTool : way.tool, random));
  const patient = holdOf(oneOf(oddly === "oddPatient" ? way.oddPatient : way.patient, random));
  return random() < RIGHT_HANDED ? { action, left: patient, right: tool } : { action, left: tool, right: patient };
}

/** Who is the tool: what some cook holds as one for the action. @param {Cooking["ways"]} ways @param {Step} step */
export function byRole(ways, { action, left, right }) {
  const { tool, oddTool, patient, oddPatient } = ways[action];
  const [toLeft, toRight] = [wordsOf(left), wordsOf(right)];
  const isRight = (toRight in tool || toRight in oddTool) && (toLeft in patient || toLeft in oddPatient);
  return isRight ? { tool: toRight, patient: toLeft, isRight } : { tool: toLeft, patient: toRight, isRight };
}

/** The action for each pair of holds that any cook uses for one, by "left, right". @param {Cooking["ways"]} ways */
export function allActions(ways) {
  /** @type {Map<string, string>} */
  const known = new Map();
  const learn = (pair, action) => known.has(pair) || known.set(pair, action);
  for (const [action, { tool, patient, oddTool, oddPatient }] of Object.entries(ways))
    for (const [tools, patients] of [[tool, patient], [oddTool, patient], [tool, oddPatient]])
      for (const one of Object.keys(tools))
        for (const other of Object.keys(patients)) {
          learn(`${one}, ${other}`, action);
          learn(`${other}, ${one}`, action);
        }
  return known;
}
