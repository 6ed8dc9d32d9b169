// What the watching lab says.

import { same } from "../kit/state.js";
import { FRAMES, HANDS } from "../mirror/kitchen.js";
import { likeliestOf } from "../mirror/watching.js";
import { correctionOf, hiddenIn, OWN } from "./derived.js";
import { rowsOf } from "./own.js";

/**
 * @typedef {import("../mirror/cooking.js").Step} Step
 * @typedef {import("../mirror/cooking.js").Hold} Hold
 * @typedef {import("../mirror/robot.js").Scene} Scene
 * @typedef {import("./derived.js").Kitchen} Kitchen
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

/** Who reads what. @param {string} reader @param {Step[]} steps */
export function readText(reader, steps) {
  const who = WHO[reader];
  return `${who[0].toUpperCase()}${who.slice(1)}: ${steps.map(({ action }) => action ?? "not understood").join(", ")}.`;
}

export const percentText = (/** @type {number} */ log) => `${Math.round(100 * Math.exp(log))}%`;
const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

/** How hard it is to see. @param {number} level */
export const levelText = (level) => `${level} of 5`;
/** @param {number} frames */
export const framesText = (frames) => (frames === 1 ? "the first" : `1 to ${frames}`);
/** @param {number} trust */
export const trustText = (trust) => (trust === 1 ? "1, as if each knew nothing of the others" : `${trust} of a witness`);

/** What stands in the film strip. */
export function stripText({ own, reader }) {
  return `${own.length > 0 ? "Your recipe" : "The recipe"}, clip by clip, as ${WHO[reader]} it:`;
}

/** Why a frame counts for less than one. @param {number} trust */
export function witnessText(trust) {
  if (trust < 1) return "Frames of a clip err together: eight of them are not eight witnesses.";
  return "Frames of a clip err together: taken for so many witnesses, they make the nets too sure.";
}

/** @typedef {"right" | "word" | "wrong"} Worth  of a clip as it is read; word: the action is right, what a hand does is not */

/** @param {Step} step  as it is read @param {Step} cook @returns {Worth} */
export function worthOf(step, cook) {
  if (same(step, cook)) return "right";
  return step.action === cook.action ? "word" : "wrong";
}

/** For the eye. @type {Record<Worth, string>} */
export const MARKS = { right: "✓", word: "✓, a word ✗", wrong: "✗" };
/** @type {Record<Worth, string>} */
const WORTHS = { right: "read correctly", word: "the action read correctly, a word misread", wrong: "misread" };

/** What a clip shows, for who does not see it. @param {number} place @param {Step} step  as it is read @param {Worth | null} worth */
export function clipText(place, { action, left, right }, worth) {
  const how = worth === null ? "read as" : WORTHS[worth];
  return `Clip ${place + 1}, ${how}: ${action ?? "not understood"}; left hand: ${holdText(left)}; right hand: ${holdText(right)}`;
}

/** The likeliest word, and how likely it is. @param {string[]} words @param {number[]} logs */
export function likeliestText(words, logs) {
  const best = likeliestOf(logs);
  return `${words[best]} ${percentText(logs[best])}`;
}

/** Of how many frames something is told. @param {number} frame  the last of them, from 0 */
export const upToText = (frame) => (frame === 0 ? "frame 1" : `frames 1 to ${frame + 1}`);

/** What both nets say of a clip's hands. @param {Kitchen} kitchen @param {any} state @param {number} frame */
export function seenText(kitchen, state, frame) {
  const { grasps, things } = kitchen.material.words;
  const { grasp, thing } = kitchen.believed(state, kitchen.clips(state)[state.clip], state.clip, frame + 1);
  const hands = SIDES.map((side, k) => `${side.toLowerCase()} ${likeliestText(things, thing[k])}, ${likeliestText(grasps, grasp[k])}`);
  return `Clip ${state.clip + 1}, ${upToText(frame)}: ${hands.join("; ")}.`;
}

/** Which frame is shown. @param {number} frame */
export const frameText = (frame) => `Frame ${frame + 1} of ${FRAMES}.`;

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

/** A hold that no cook has for the action, though a reader believed it. */
export const UNUSUAL = "held as nobody does";

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
  if (reader === "nets") return hasTruth ? `${many(count("wrong"), "word")} wrong.` : "";
  if (!hasTruth) return changed === 0 ? "It says what the nets say." : `It says otherwise than the nets in ${many(changed, "word")}.`;
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

/** Whose reading the robot does. @param {string} reader */
export const whoText = (reader) => `It does what “${READERS[reader]}” has read. You choose who reads under “Read”.`;

/** Whether the reader may be told what a clip shows: of the cook's, they are to find out. */
export const isTold = ({ own, truth }) => truth || own.length > 0;

/** What a clip shows. @param {number} place @param {string | null} action @param {boolean} isKnown  whether to tell it */
export function shownText(place, action, isKnown) {
  if (!isKnown) return `Clip ${place + 1} is the cook’s: what does it show?`;
  if (action === null) return `Clip ${place + 1} shows two hands that do nothing that anybody knows.`;
  return `Clip ${place + 1} shows: ${action}.`;
}

/** Whether the recipe is one of the book. @param {boolean} isInBook */
export const bookText = (isInBook) => (isInBook ? "This recipe is in the grammar’s book." : "This recipe is not in the grammar’s book.");

const NAMED = {
  level: (value) => `Noise: ${levelText(value)}.`,
  frames: (value) => `Frames that count: ${framesText(value)}.`,
  trust: (value) => `Each frame counts as ${trustText(value)}.`,
  free: (value) => (value ? "It may leave its book." : "It knows only its book."),
  corpus: (value) => `Counted in ${value} recipes.`,
  truth: (value) => (value ? "The truth is shown." : "The truth is hidden."),
};
/** What each change does to what is read. */
const READ_ANEW = ["seed", "own", "level", "frames", "trust", "hidden", "corrections", "reader", "free", "corpus"];

/** What a change has changed, and what is read now. @param {any} before @param {any} state @param {Kitchen} kitchen */
export function changesText(before, state, kitchen) {
  const isOther = (/** @type {string} */ name) => JSON.stringify(before[name]) !== JSON.stringify(state[name]);
  const words = Object.keys(NAMED)
    .filter(isOther)
    .map((name) => NAMED[name](state[name]));
  const edited = isOther("own") && !isOther("seed") ? editedIn(kitchen, before, state) : null;
  if (edited !== null) words.push(editText(kitchen, before, state, edited));
  else if (isOther("seed") || isOther("own")) words.push(recipeText(kitchen, before, state));
  else words.push(...toldOfHands(before, state));
  if (READ_ANEW.some(isOther)) words.push(readAnewText(kitchen, before, state, edited));
  return words.join(" ");
}

/** The one clip that is another one than before; null where there are several. @returns {number | null} */
function editedIn(kitchen, before, state) {
  const [rows, then] = [state, before].map((one) => rowsOf(kitchen, one));
  const places = rows.flatMap((row, place) => (same(row, then[place]) ? [] : [place]));
  return rows.length === then.length && places.length === 1 && state.own.length > 0 ? places[0] : null;
}

/** What became of one clip of the reader's own. @param {number} place */
function editText(kitchen, before, state, place) {
  const [now, then] = [state, before].map((one) => OWN.holds(rowsOf(kitchen, one)[place]));
  if (same(now, then)) return `Clip ${place + 1}: hands are elsewhere.`;
  return shownText(place, kitchen.cook(state)[place].action, true);
}

/** Which recipe it is now. */
function recipeText(kitchen, before, state) {
  if (state.own.length > 0) return `Your recipe: ${kitchen.cook(state).map(({ action }) => action ?? "what nobody knows").join(", ")}.`;
  if (state.seed === before.seed) return "The cook’s recipe again.";
  if (state.seed === kitchen.firstSeed) return "The first recipe.";
  return state.seed > before.seed ? "Another recipe." : "The recipe before.";
}

/** What is read now: of all clips, or only of the one that was edited, if no other is read otherwise. @param {number | null} edited */
function readAnewText(kitchen, before, state, edited) {
  const [steps, then] = [state, before].map((one) => kitchen.reading(one).steps);
  const isAlone = edited !== null && steps.every((step, place) => place === edited || same(step, then[place]));
  return readText(state.reader, isAlone ? [steps[edited]] : steps);
}

/** What the reader has said or hidden of the recipe that is watched; another recipe has other hands. */
function toldOfHands(before, state) {
  const isHidden = (one, hand) => hiddenIn(one, Math.floor(hand / HANDS)).includes(hand % HANDS);
  return [
    handsText(before, state, isHidden, "hidden", "seen again"),
    handsText(before, state, correctionOf, "as you say", "as the nets say"),
  ].filter((text) => text !== "");
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

const WHY = {
  hidden: "a hand of it is hidden.",
  away: "a hand of it is half out of the picture, or before the other one.",
  noisy: "try less noise.",
  unlucky: "there is no noise; choose what its hands hold anew, or record where they are.",
};

/** @param {ReturnType<ReturnType<typeof import("./found.js").challengesOf>["beyond"]>} found */
export function beyondText({ isOwn, isKnown, isInBook, misread, isMisheard, todo }) {
  if (!isOwn) return "the recipe is not yours yet.";
  if (!isKnown) return "a clip of yours shows no action that anybody knows.";
  if (isInBook) return "your recipe is in the book.";
  if (misread !== null) return `the nets misread clip ${misread.place + 1} of yours: ${WHY[misread.why]}`;
  const right = "the nets read yours right";
  if (todo.length > 0) return `${right}. Still to do: ${todo.join(", ")}.`;
  return isMisheard ? `${right}, and the grammar does not.` : `${right}, and so does the grammar: go further from its book.`;
}
