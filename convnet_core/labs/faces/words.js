// What the faces lab says.

import { capital, NO_BREAK, percent } from "../kit/words.js";
import { SIDE } from "../mirror/faces.js";
import { bestOf, boxOf, boxUnder, herPlace, isOn, isUnchanged, scoreOf } from "./derived.js";

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
const many = (count, one, more = `${one}s`) => `${counted(count)} ${Math.abs(count) === 1 ? one : more}`;
export const rounded = (value) => value.toFixed(1).replace(/^-0\.0$/, "0.0").replace(/^-/, "−");
export const square = (side) => `${Math.round(side)}${NO_BREAK}×${NO_BREAK}${Math.round(side)}`;

/** A number on a box. */
export const worth = (value) => (value < 100 ? value.toFixed(1) : String(Math.round(value)));

/** What an edit sets, in words: captions of its controls, too. */
export const SETTINGS = {
  net: (_, { who }) => `Who looks: ${WHO[who]}`,
  threshold: ({ threshold }) => `Threshold: ${threshold}`,
  together: ({ together }) => `Windows: ${together ? "vote together" : "each for itself"}`,
  turn: ({ turn }) => `Turn: ${String(turn).replace("-", "−")}°`,
  dark: ({ dark }) => `Light taken away: ${percent(dark)}`,
  mirrored: ({ mirrored }) => (mirrored ? "Mirrored" : "Not mirrored"),
  inverted: ({ inverted }) => (inverted ? "Inverted" : "Not inverted"),
};

/** "minus 1 degree". */
export function degreesText({ turn }) {
  return many(turn, "degree").replace("-", "minus ");
}

/** "Size: windows of 50 × 50 pixels". */
export function sizeText(at) {
  return at === null ? "Size" : `Size: windows of ${square(SIDE * at.size.by)} pixels`;
}

/** Where a box lies. @param {import("../mirror/scanning.js").Box} box */
export function boxText([row, column, side]) {
  return `${square(side)} pixels from row ${Math.round(row) + 1}, column ${Math.round(column) + 1}`;
}

/** The same, and on the astronaut's photograph whether it is hers. @param {import("./derived.js").Current["her"]} her */
export function aboutBox(box, her) {
  return `${boxText(box)}${her ? `, ${isOn(box, her) ? "" : "not "}on her face` : ""}`;
}

/** What a button says that marks a box. @param {import("./derived.js").Current["her"]} her */
export function markText(at, score, box, her) {
  return `${at + 1} is no face: ${worth(score)}, ${her && isOn(box, her) ? aboutBox(box, her) : boxText(box)}`;
}

/** What is told, in short. @param {import("../mirror/scanning.js").Found} found */
export function countText({ boxes }, { threshold }, who) {
  return `${WHO[who]} has ${boxes.length === 0 ? "no box" : many(boxes.length, "box", "boxes")} above ${threshold}.`;
}

/**
 * With the first box, with hers, and with what a change has done.
 * @param {import("../kit/store.js").State} state @param {import("./derived.js").Current} now
 */
export function foundText(state, { found, who, her, best, plain }) {
  const { scores, boxes } = found;
  const parts = [countText(found, state, who)];
  if (boxes.length > 0) parts.push(`The first: ${rounded(scores[0])}, ${aboutBox(boxes[0], her)}.`);
  const place = her ? herPlace(found, her) : 0;
  if (place !== 0) parts.push(`${capital(placeText(place, boxes.length))}.`);
  if (state.tab === "change" && !isUnchanged(state)) parts.push(changeText(state, best, plain));
  return parts.join(" ");
}

const placeText = (at, count) =>
  count === 0 ? "no box is left" : at < 0 ? `none of ${count} boxes is on her face` : `her face is box ${at + 1} of ${count}`;

/** How many windows say "a face". @param {Float64Array[]} maps */
export function windowsText(maps) {
  const all = maps.reduce((sum, map) => sum + map.length, 0);
  const faces = maps.reduce((sum, map) => sum + map.filter((score) => score > 0).length, 0);
  if (all === 0) return "This photograph is smaller than a window of 25 × 25 pixels: there is nothing to look at.";
  return `${counted(all)} windows of ${many(maps.length, "size")}; ${counted(faces)} say “a face”.`;
}

/** One size. */
export function mapText(size, map) {
  const faces = map.filter((score) => score > 0).length;
  const best = bestOf(size, map).score;
  return `${Math.round(SIDE * size.by)} pixels: ${counted(faces)} of ${counted(map.length)}, best ${rounded(best)}`;
}

/** The window that is pointed at. */
export function windowText(box, { votes, score }) {
  const [another, face] = Array.from(votes, rounded);
  const says = score > 0 ? "a face" : "another thing";
  return `Window of ${boxText(box)}: ${face} for “a face” minus ${another} for “another thing” make ${rounded(score)}. It says “${says}”.`;
}

/** What a change has done to the best box. */
export function changeText(state, best, plain) {
  const value = (total) => (total === null ? "no box at all" : rounded(total));
  const now = best === null ? "there is no box at all" : `the best box has ${rounded(best)}`;
  if (isUnchanged(state)) return `As it is, ${now}.`;
  return `Changed so, ${now}${plain === undefined ? "" : `; as it was, ${value(plain)}`}.`;
}

/** How good a net is at the threshold. */
export function goodText(who, { faces, chance }, point, threshold) {
  const luck = `Boxes at random would be right in ${percent(chance)} of all cases.`;
  if (!point) return `${WHO[who]}, above ${threshold}: no box, and no face found. ${luck}`;
  const { precision, recall } = point;
  return `${WHO[who]}, above ${threshold}: ${percent(precision)} of its boxes are on a face (precision); ${percent(recall)} of ${faces} held-out faces are found (recall). ${luck}`;
}

/** The same in short, for ears. */
export function judgedText(point, threshold) {
  if (!point) return `Judged: no box above ${threshold}.`;
  return `Judged: precision ${percent(point.precision)}, recall ${percent(point.recall)}, above ${threshold}.`;
}

/** What has been collected, and how many the net had when it was last asked. */
export function alarmsText(here, all, last) {
  if (here + all === 0) return "Nothing is collected yet.";
  const lately = last < all ? `, ${counted(last)} of them the last time` : "";
  const asked = all === 0 ? "" : `, ${counted(all)} in photographs without faces${lately}`;
  return `${many(here + all, "false alarm")} collected: ${here} here${asked}.`;
}

/** How many there are, in short. */
export function collectedText(count) {
  return `${many(count, "false alarm")} ${count === 1 ? "is" : "are"} collected.`;
}

/** After a lesson. @param {number} lessons @param {{ seconds: number, losses: number[] }} lesson @param {number} boxes */
export function lessonText(lessons, { seconds, losses }, boxes) {
  const [first, last] = [losses[0], losses.at(-1)].map((loss) => loss.toFixed(2));
  return `Lesson ${lessons} took ${many(Math.max(1, Math.round(seconds)), "second")}: loss ${first} at first, ${last} at last. “Your net” looks now. On this photograph, it has ${many(boxes, "box", "boxes")} above 0.`;
}

/** How far the challenges about her are. */
export function herText({ her, all, herOfAll, missing }, { boxes }, isTaught) {
  return {
    alone: `${placeText(her, boxes.length)}.`,
    break: `${missing ?? placeText(her, boxes.length)}.`,
    taught: isTaught ? `${placeText(herOfAll, all)}.` : "your net has had no lesson yet.",
  };
}

/** The window that is pointed at, and in “Teach it” the box there. @param {import("./derived.js").Current} now */
export function pointedText({ row, column, tab }, { at, looked, seen, found }) {
  if (seen) return windowText(boxOf(at), seen);
  const score = scoreOf({ at, looked });
  if (score === null) return "";
  const window = `Window of ${boxText(boxOf(at))}: ${rounded(score)}, “${score > 0 ? "a face" : "another thing"}”.`;
  if (tab !== "teach") return window;
  const under = boxUnder(found, row, column);
  return `${window} ${under < 0 ? "No box is here." : `Enter marks box ${under + 1}: ${worth(found.scores[under])}.`}`;
}

/** What a heat map says of its windows. @param {Pick<import("./derived.js").Current, "at">} now */
export function heatText({ at: { size } }, map) {
  const best = bestOf(size, map);
  const faces = map.filter((score) => score > 0).length;
  return `${counted(faces)} of ${counted(map.length)} windows say “a face”. The best has ${rounded(best.score)}: ${boxText(boxOf({ size, ...best }))}.`;
}

const placeOf = (at, width) => `row ${Math.floor(at / width) + 1}, column ${(at % width) + 1}`;

/** Where a map is largest and smallest. @param {ArrayLike<number>} values @param {number} width @param {string[]} names */
export function extremesText(values, width, [most, least]) {
  const all = Array.from(values);
  const say = (name, value) => `${name} in ${placeOf(all.indexOf(value), width)} (${rounded(value)})`;
  return `${say(most, Math.max(...all))}, ${say(least, Math.min(...all))}`;
}

/** Where a map after ReLU answers. @param {ArrayLike<number>} values */
export function answersText(values, width) {
  const all = Array.from(values);
  const most = all.reduce((one, value) => Math.max(one, value), 0);
  if (most === 0) return "no number above 0";
  const count = all.filter((value) => value > 0).length;
  return `${counted(count)} of ${counted(all.length)} numbers above 0, most in ${placeOf(all.indexOf(most), width)} (${rounded(most)})`;
}

/** Which of a layer's maps answer. @param {ArrayLike<number>} values  one map after the other */
export function mapsText(values, count) {
  const cells = values.length / count;
  const most = Array.from({ length: count }, (_, k) => Math.max(...Array.from(values).slice(k * cells, (k + 1) * cells)));
  const best = most.indexOf(Math.max(...most));
  const answering = most.filter((value) => value > 0).length;
  return `${answering} of ${count} maps answer${answering > 0 ? `, map ${best + 1} most (${rounded(most[best])})` : ""}.`;
}

/**
 * What a change has changed, for who does not see it.
 * @param {import("./derived.js").Current} now @param {string} found  what is told
 */
export function changesText(before, state, now, found) {
  const isOther = (name) => before[name] !== state[name];
  const settings = Object.keys(SETTINGS)
    .filter(isOther)
    .map((name) => `${SETTINGS[name](state, now)}.`);
  if (settings.length > 0) settings.push(found);
  if (isOther("size")) settings.push(`${sizeText(now.at)}.`);
  if (isOther("row") || isOther("column")) settings.push(pointedText(state, now));
  if (isOther("photo")) settings.unshift("The photograph is another one.");
  return settings.filter(Boolean).join(" ");
}
