// What the watching lab says.

import { correctionOf, hiddenIn } from "./derived.js";
import { HANDS } from "../mirror/kitchen.js";

/**
 * @typedef {import("../mirror/cooking.js").Step} Step
 * @typedef {import("../mirror/cooking.js").Hold} Hold
 * @typedef {import("../mirror/robot.js").Scene} Scene
 */

/** The views, in their order. */
export const TABS = { watch: "Watch", read: "Read", robot: "Robot", record: "Record" };
export const SIDES = ["Left hand", "Right hand"];
export const READERS = { nets: "Nets alone", counts: "Counts", grammar: "Grammar", imagining: "Imagining" };
const WHO = { nets: "the nets alone read", counts: "the counts read", grammar: "the grammar reads", imagining: "imagining reads" };
const HOW = {
  nets: "For each hand, the likeliest word of each net. The action is the one that goes with such a pair, if there is one.",
  counts: "It has counted how people hold things for each action. What is rare has to be seen all the more clearly.",
  grammar: "It has counted, too, and has a book of what follows what. It looks for the likeliest tree over the whole recipe.",
  imagining: "It has counted, and has no book: it tries each step in its head, in a kitchen. What would be of no use is less likely.",
};

/** @param {string} reader */
export const howText = (reader) => HOW[reader];

/** "bowl, flat". @param {Hold} hold */
export function holdText([grasp, thing]) {
  if (grasp === "rest" && thing === "nothing") return "nothing";
  return `${thing}, ${grasp}`;
}

/** @param {string | null} action */
export const actionText = (action) => action ?? "?";

/** What is understood, in a row. @param {Step[]} steps */
export function sentenceText(steps) {
  return `${steps.map(({ action }) => action ?? "not understood").join(", ")}.`;
}

export const percentText = (/** @type {number} */ log) => `${Math.round(100 * Math.exp(log))}%`;
const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

/** How hard it is to see. @param {number} level */
export const levelText = (level) => `${level} of 5`;
/** @param {number} frames */
export const framesText = (frames) => (frames === 1 ? "the first" : `1 to ${frames}`);
/** @param {number} trust */
export const trustText = (trust) => (trust === 1 ? "1: as if each knew nothing of the others" : `${trust} of a witness`);

/** What stands in the film strip. */
export function stripText({ own, reader }) {
  return `${own.length > 0 ? "Your recipe" : "The recipe"}, clip by clip, as ${WHO[reader]} it:`;
}

/** Why a frame counts for less than one. @param {number} trust */
export function witnessText(trust) {
  if (trust < 1) return "Frames of a clip err together: eight of them are not eight witnesses.";
  return "Frames of a clip err together: taken for so many witnesses, they make the nets too sure.";
}

/** What a clip shows, for who does not see it. @param {number} place @param {Step} step  as it is read */
export function clipText(place, { action, left, right }, isTrue) {
  const words = isTrue === null ? "" : isTrue ? ", right" : ", wrong";
  return `Clip ${place + 1}, read as: ${action ?? "not understood"}; left ${holdText(left)}; right ${holdText(right)}${words}`;
}

/** A picture, for who does not see it. */
export function pictureText({ place, frame, level, hidden }, /** @type {Hold[]} */ holds, hasTruth) {
  const shown = holds.map((hold, side) => {
    const what = hidden.includes(side) ? "hidden" : hasTruth ? holdText(hold) : "holds something";
    return `${SIDES[side].toLowerCase()} ${what}`;
  });
  return `Clip ${place + 1}, frame ${frame + 1}, noise ${levelText(level)}: ${shown.join(", ")}.`;
}

/** What differs between what is read and what the nets alone read, or the truth. */
export function noteText({ said, nets, truth }) {
  const isChanged = said !== nets;
  if (truth === null) return isChanged ? `changed; the nets: ${nets}` : "";
  if (said === truth) return isChanged ? `mended; the nets: ${nets}` : "";
  if (!isChanged) return `wrong; in truth: ${truth}`;
  return nets === truth ? `broken; the nets had: ${nets}` : `wrong; in truth: ${truth}, the nets: ${nets}`;
}

/** Which mark such a note has. */
export function noteKind({ said, nets, truth }) {
  const isChanged = said !== nets;
  if (truth === null) return isChanged ? "changed" : "";
  if (said === truth) return isChanged ? "mended" : "";
  return isChanged && nets === truth ? "broken" : "wrong";
}

/** How many words the reader has mended and broken. @param {string[]} kinds */
export function tallyText(kinds, { reader, hasTruth }) {
  const count = (kind) => kinds.filter((one) => one === kind).length;
  const changed = kinds.filter((kind) => kind !== "" && kind !== "wrong").length;
  if (reader === "nets") return hasTruth ? `${many(count("wrong"), "cell")} wrong.` : "";
  if (!hasTruth) return changed === 0 ? "It says what the nets say." : `It says otherwise than the nets in ${many(changed, "cell")}.`;
  return `Against the nets alone: ${count("mended")} mended, ${count("broken")} broken; ${count("wrong") + count("broken")} wrong in all.`;
}

/** The parts of a kitchen, and the state of each. @param {Scene} scene @returns {[string, string][]} */
export function sceneRows({ lemon, bread, cup, bowl, jug, broken }) {
  const of = (thing, state) => (broken.includes(thing) ? "broken" : state);
  const inside = (what) => (what.length === 0 ? "empty" : what.filter((one) => one !== "mixed").join(" and ") + (what.includes("mixed") ? ", stirred" : ""));
  return [
    ["lemon", lemon],
    ["bread", bread === "loaf" ? "a loaf" : bread],
    ["cup", of("cup", inside(cup))],
    ["bowl", of("bowl", inside(bowl))],
    ["jug", of("jug", jug)],
  ];
}

/** @param {string} whose @param {Scene} scene */
export function sceneText(whose, scene) {
  return `${whose}: ${sceneRows(scene)
    .map(([thing, state]) => `${thing} ${state}`)
    .join(", ")}.`;
}

/** @param {{ isUnderstood: boolean, isDone: boolean }} verdict */
export function verdictText({ isUnderstood, isDone }) {
  if (isDone && isUnderstood) return "Understood, and done: its kitchen ends as the cook’s.";
  if (isDone) return "Done, though not understood: its kitchen ends as the cook’s, and yet it has misread a word.";
  return "Not understood, and not done: its kitchen is another one than the cook’s.";
}

/** @param {number} step @param {{ words: string }[]} outcomes */
export function stepText(step, outcomes) {
  if (step === 0) return "The kitchen before the first step.";
  return `Step ${step} of ${outcomes.length}: ${outcomes[step - 1].words}.`;
}

/** Where a hand is, counted from 1. */
export function placeText(column, row) {
  return `row ${Math.round(row) + 1}, column ${Math.round(column) + 1}`;
}

/** What an own clip shows. @param {number} place @param {string | null} action */
export function shownText(place, action) {
  if (action === null) return `Clip ${place + 1} shows two hands that do nothing that anybody knows.`;
  return `Clip ${place + 1} shows: ${action}.`;
}

/** Whether the recipe is one of the book. @param {boolean} isInBook */
export const bookText = (isInBook) => (isInBook ? "This recipe is in the grammar’s book." : "This recipe is not in the grammar’s book.");

const NAMED = {
  level: (value) => `Noise: ${levelText(value)}.`,
  frames: (value) => `Frames that count: ${framesText(value)}.`,
  trust: (value) => `Each frame counts as ${trustText(value)}.`,
  reader: (value) => `${READERS[value]}:`,
  free: (value) => (value ? "It may also see what is in no book:" : "It knows only its book:"),
  corpus: (value) => `Counted in ${value} recipes:`,
  truth: (value) => (value ? "The truth is shown." : "The truth is hidden."),
};
/** What each change does to what is read. */
const READ_ANEW = ["seed", "own", "level", "frames", "trust", "hidden", "corrections", "reader", "free", "corpus"];

/** What a change has changed, and what is read now. @param {any} before @param {any} state @param {Step[]} steps */
export function changesText(before, state, steps) {
  const isOther = (/** @type {string} */ name) => JSON.stringify(before[name]) !== JSON.stringify(state[name]);
  const words = Object.keys(NAMED)
    .filter(isOther)
    .map((name) => NAMED[name](state[name]));
  if (isOther("seed")) words.push("Another recipe:");
  else if (isOther("own")) words.push(state.own.length > 0 ? "Your recipe:" : "The cook’s recipe again:");
  if (isOther("hidden")) words.push(handsText(before, state, (one, hand) => hiddenIn(one, Math.floor(hand / HANDS)).includes(hand % HANDS), "hidden", "seen again"));
  if (isOther("corrections")) words.push(handsText(before, state, correctionOf, "as you say", "as the nets say"));
  if (READ_ANEW.some(isOther)) words.push(sentenceText(steps));
  return words.join(" ");
}

/** Of which hands something is other than before. */
function handsText(before, state, of, now, then) {
  const hands = Array.from({ length: 12 }, (_, hand) => hand).filter((hand) => of(before, hand) !== of(state, hand));
  const [hand] = hands;
  if (hands.length !== 1) return "";
  const is = of(state, hand);
  return `Clip ${Math.floor(hand / HANDS) + 1}, ${SIDES[hand % HANDS].toLowerCase()}: ${is === false || is === null ? then : now}.`;
}

// Progress of challenges.

/** @param {{ wrong: number, left: number }} found  clips that the nets and the counts misread */
export function mendText({ wrong, left }) {
  return `the nets misread ${many(wrong, "clip")}, the counts ${left}.`;
}

/** @param {{ isOwn: boolean, isKnown: boolean, isInBook: boolean, areNetsRight: boolean }} found */
export function beyondText({ isOwn, isKnown, isInBook, areNetsRight }) {
  if (!isOwn) return "the recipe is not yours yet.";
  if (!isKnown) return "a clip of yours shows no action that anybody knows.";
  if (isInBook) return "your recipe is in the book.";
  return areNetsRight ? "the nets read yours right." : "the nets misread yours: try less noise.";
}
