// What the faces lab says.

import { NO_BREAK, percent } from "../kit/words.js";
import { SIDE } from "../mirror/faces.js";
import { boxOf, isUnchanged, scoreOf } from "./derived.js";

/** The views, in their order. */
export const TABS = {
  where: "Where",
  window: "One window",
  layers: "What the layers see",
  change: "Change it",
  good: "How good",
  teach: "Teach it",
};
/** Who looks, in a sentence and in the menu. */
export const WHO = {
  patches: "The net of the patches",
  "round 3": "The book’s net",
  own: "Your net",
};

const counted = (number) => number.toLocaleString("en");
const many = (count, one, more = `${one}s`) => `${counted(count)} ${count === 1 ? one : more}`;
const rounded = (value) => value.toFixed(1).replace(/^-/, "−");
const square = (side) => `${Math.round(side)}${NO_BREAK}×${NO_BREAK}${Math.round(side)}`;

/** A number on a box. */
export const worth = (value) => (value < 100 ? value.toFixed(1) : String(Math.round(value)));

/** What an edit sets, in words: captions of its controls, too. */
export const SETTINGS = {
  net: ({ net }) => `Who looks: ${WHO[net]}`,
  threshold: ({ threshold }) => `Threshold: ${threshold}`,
  together: ({ together }) => `Windows: ${together ? "vote together" : "each for itself"}`,
  turn: ({ turn }) => `Turn: ${String(turn).replace("-", "−")}°`,
  dark: ({ dark }) => `Light taken away: ${percent(dark)}`,
  mirrored: ({ mirrored }) => (mirrored ? "Mirrored" : "Not mirrored"),
  inverted: ({ inverted }) => (inverted ? "Inverted" : "Not inverted"),
};

/** "Size: windows of 50 × 50 pixels". */
export function sizeText(at) {
  return at === null ? "Size" : `Size: windows of ${square(SIDE * at.size.by)} pixels`;
}

/** Where a box lies. @param {import("../mirror/scanning.js").Box} box */
export function boxText([row, column, side]) {
  return `${square(side)} pixels from row ${Math.round(row) + 1}, column ${Math.round(column) + 1}`;
}

/** What is told, in short. @param {import("../mirror/scanning.js").Found} found */
export function countText({ boxes }, { threshold }, who) {
  return `${WHO[who]} has ${boxes.length === 0 ? "no box" : many(boxes.length, "box", "boxes")} above ${threshold}.`;
}

/** With the first box. @param {import("../mirror/scanning.js").Found} found */
export function foundText(found, state, who) {
  const { scores, boxes } = found;
  const first = boxes.length === 0 ? "" : ` The first: ${rounded(scores[0])}, ${boxText(boxes[0])}.`;
  return `${countText(found, state, who)}${first}`;
}

/** How many windows say "a face". @param {Float64Array[]} maps */
export function windowsText(maps) {
  const all = maps.reduce((sum, map) => sum + map.length, 0);
  const faces = maps.reduce((sum, map) => sum + map.filter((score) => score > 0).length, 0);
  if (all === 0) return "This photograph is smaller than a window of 25 × 25 pixels: there is nothing to look at.";
  return `${counted(all)} windows of ${many(maps.length, "size")}; ${counted(faces)} say “a face”.`;
}

/** One size. */
export function mapText({ by }, map) {
  const faces = map.filter((score) => score > 0).length;
  const best = map.reduce((most, score) => Math.max(most, score), -Infinity);
  return `${Math.round(SIDE * by)} pixels: ${counted(faces)} of ${counted(map.length)}, best ${rounded(best)}`;
}

/** The window that is pointed at. */
export function windowText(box, { votes, score }) {
  const [another, face] = Array.from(votes, rounded);
  const says = score > 0 ? "a face" : "another thing";
  return `Window of ${boxText(box)}: ${face} for “a face” minus ${another} for “another thing” make ${rounded(score)}. It says “${says}”.`;
}

/** What a change has done to the best box. */
export function changeText(state, best, plain) {
  const value = (total) => (total === null ? "no box at all" : `a best box of ${rounded(total)}`);
  if (isUnchanged(state)) return `As it is, there is ${value(best)}.`;
  const before = plain === undefined ? "" : `, and as it was ${value(plain)}`;
  return `Changed so, there is ${value(best)}${before}.`;
}

/** How good a net is at the threshold. */
export function goodText(who, { faces, chance }, point, threshold) {
  const luck = `Boxes at random would be right in ${percent(chance)} of all cases.`;
  if (!point) return `${WHO[who]}, above ${threshold}: no box, and no face found. ${luck}`;
  const { precision, recall } = point;
  return `${WHO[who]}, above ${threshold}: ${percent(precision)} of its boxes are on a face (precision); ${percent(recall)} of ${faces} held-out faces are found (recall). ${luck}`;
}

/** What has been collected, and how many the net had when it was last asked. */
export function alarmsText(here, all, last) {
  if (here + all === 0) return "Nothing is collected yet.";
  const asked = all === 0 ? "" : `, ${counted(all)} in photographs without faces, ${counted(last)} of them the last time`;
  return `${many(here + all, "false alarm")} collected: ${here} here${asked}.`;
}

/** After a lesson. */
export function lessonText(lessons, seconds, boxes) {
  return `Lesson ${lessons} took ${many(Math.max(1, Math.round(seconds)), "second")}. On this photograph, your net has ${many(boxes, "box", "boxes")} above 0.`;
}

/** How far the challenges about her are. */
export function herText({ her, all, herOfAll }, { boxes }, isTaught) {
  const place = (at, count) => (at < 0 ? `no box is on her face, of ${count}` : `her face is box ${at + 1} of ${count}`);
  return {
    alone: `${place(her, boxes.length)}.`,
    break: `${place(her, boxes.length)}.`,
    taught: isTaught ? `${place(herOfAll, all)}.` : "your net has had no lesson yet.",
  };
}

/** The window that is pointed at. @param {import("./derived.js").Current} now */
function pointedText({ at, looked, seen }) {
  if (seen) return windowText(boxOf(at), seen);
  const score = scoreOf({ at, looked });
  if (score === null) return "";
  return `Window of ${boxText(boxOf(at))}: ${rounded(score)}, “${score > 0 ? "a face" : "another thing"}”.`;
}

/**
 * What a change has changed, for who does not see it.
 * @param {import("./derived.js").Current} now @param {string} found  what is told
 */
export function changesText(before, state, now, found) {
  const isOther = (name) => before[name] !== state[name];
  const settings = Object.keys(SETTINGS)
    .filter(isOther)
    .map((name) => `${SETTINGS[name](state)}.`);
  if (settings.length > 0) settings.push(found);
  if (isOther("size")) settings.push(`${sizeText(now.at)}.`);
  if (isOther("row") || isOther("column")) settings.push(pointedText(now));
  return settings.join(" ");
}
