// What the digits lab says.

import { boxName, NO_BREAK, percent, probability } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import { FEW } from "./derived.js";

const STAGE_NAMES = {
  conv1: "First convolution, then ReLU",
  pool1: "Pooled",
  conv2: "Second convolution, then ReLU",
  pool2: "Pooled again",
  votes: "Votes",
};
const ONE_MAP = {
  conv1: "First convolution, map",
  pool1: "First pooling, map",
  conv2: "Second convolution, map",
  pool2: "Second pooling, map",
};
const BELOW = {
  conv1: "the picture",
  pool1: "first map",
  conv2: "pooled map",
  pool2: "second map",
  votes: "pooled map",
};

const WHOLE = "100.0%";
/** The views, in their order. */
export const TABS = {
  net: "The net",
  occlusion: "Occlusion",
  slope: "Slope",
  fool: "Fool it",
  looks: "What it looks for",
  mistakes: "Its mistakes",
  train: "Train it here",
};

export const EMPTY = "Nothing is drawn yet: these votes are the biases’ alone.";

/** What an edit sets, in words: captions of its controls, too. */
export const SETTINGS = {
  square: ({ square }) => `Square: ${square} × ${square} pixels`,
  grey: ({ grey }) => `Its ink: ${percent(grey)}`,
  wanted: ({ wanted }) => `Make it say ${wanted}`,
  amount: ({ amount }) => `Steps along the slope: ${amount}`,
  seed: () => "Other noise",
};

/** A softmax is never all of it. @param {number} share @param {string} [more] */
export function sure(share, more = "more than ") {
  const text = probability(share);
  return text === WHOLE && share < 1 ? `${more}99.9%` : text;
}

const counted = (number) => number.toLocaleString("en");
const number = (value) => truncated(value).replace("-", "−");

export const signed = (value) => `${value < 0 ? "−" : "+"}${NO_BREAK}${truncated(Math.abs(value))}`;

/** "First convolution, then ReLU: 8 maps of 28 × 28". @param {import("./brain.js").Stage} stage */
export function stageName({ key, maps, side }) {
  return key === "votes"
    ? `${STAGE_NAMES[key]}: ${maps}`
    : `${STAGE_NAMES[key]}: ${maps} maps of ${side}${NO_BREAK}×${NO_BREAK}${side}`;
}

/** @param {import("./brain.js").Stage} stage @param {number} feature  maps are counted from 1, digits are digits */
export function mapName({ key }, feature) {
  return key === "votes" ? `Vote for ${feature}` : `${ONE_MAP[key]} ${feature + 1}`;
}

/** The heading of a map that is taken apart, and what it is made of. @param {import("./derived.js").Taken} it */
export function zoomTitle({ stage, feature, sources }) {
  const name = mapName(stage, feature);
  if (stage.key.startsWith("pool"))
    return [
      name,
      `Each number is the largest of 2 × 2 numbers of map ${feature + 1} before it. Nothing is learned here.`,
    ];
  const { length } = sources[0].patch;
  const over = sources.length === 1 ? "the picture" : `each of ${sources.length} maps`;
  const learned = `${length} × ${length} weights over ${over}, and a bias: ${sources.length * length * length + 1} numbers that were learned.`;
  const rest = stage.key === "votes" ? "" : " The same ones for each place.";
  return [`${name}, and what it is made from`, `${learned}${rest}`];
}

/** @param {import("./derived.js").Taken} it */
export function sourceName({ stage, feature, sources }, at) {
  const number = stage.key.startsWith("pool") ? feature + 1 : at + 1;
  const name = stage.key === "conv1" ? "The picture" : `${BELOW[stage.key]} ${number}`;
  return `${name}: ${partText({ stage }, sources[at].part)}`;
}

export function partText({ stage }, part) {
  return stage.key.startsWith("pool") ? `largest ${truncated(part)}` : signed(part);
}

/** The number alone, and where its place is on the picture. @param {import("./derived.js").Taken} it */
export function numberText({ stage, feature, row, column, value }, at, ink) {
  const place = stage.key === "votes" ? "" : `, row ${row + 1}, column ${column + 1}`;
  return `${mapName(stage, feature)}${place}: ${number(value)}. On the picture, row ${at.row + 1}, column ${at.column + 1}: ${percent(ink)} ink.`;
}

/** The sum over all patches, written out. @param {import("./derived.js").Taken} it */
export function sumText(it) {
  const { stage, row, column, value, bias, sources, feature } = it;
  const place = stage.key === "votes" ? "" : ` at row ${row + 1}, column ${column + 1}`;
  const name = `${mapName(stage, feature)}${place}`;
  if (bias === null) return `${name}: the largest of these four is ${truncated(value)}.`;
  const sum = sources.reduce((total, { part }) => total + part, bias);
  const parts = sources.map(({ part }, at) => (at === 0 ? number(part) : signed(part))).join(" ");
  const products = sources[0].patch.flat().length;
  const all = `${name}: ${sources.length === 1 ? "" : `${sources.length} patches of `}${products} products, summed up: ${parts}, and the bias ${signed(bias)}, make ${number(sum)}.`;
  if (stage.key === "votes") return all;
  return `${all} ReLU ${sum > 0 ? `keeps it: ${truncated(value)}.` : "makes it 0."}`;
}

/** "It says 7, 98.2% sure." @param {import("./brain.js").Answer} answer @param {boolean} isOwn */
export function saysText({ said, shares }, isOwn) {
  return `${isOwn ? "Your net" : "It"} says ${said}, ${sure(shares[said])} sure.`;
}

/** How a drawing was brought into its place. @param {{ factor: number, down: number, right: number }} how */
export function centredText({ factor, down, right }) {
  const move = (by, plus, minus) => by !== 0 && `${Math.abs(by)} ${by > 0 ? plus : minus}`;
  const moved = [move(Math.round(down), "down", "up"), move(Math.round(right), "right", "left")].filter(Boolean);
  const done = [
    Math.abs(factor - 1) >= 0.005 && `scaled to ${Math.round(100 * factor)}%`,
    moved.length > 0 && `moved ${moved.join(" and ")}`,
  ].filter(Boolean);
  return done.length > 0 ? `As MNIST has it: ${done.join(", ")}.` : "As it is on the sheet: not scaled, not moved.";
}

/** What a square on the picture does. */
export function occlusionText({ asked, before, after, said, saidNow, box }) {
  const turned = saidNow === said ? "" : ` Now it says ${saidNow}.`;
  const went = after < before ? "falls" : "rises";
  return `With the grey square on ${boxName(box)}, the vote for ${asked} ${went} from ${number(before)} to ${number(after)}.${turned}`;
}

/** Where the vote falls most. @param {number} asked @param {{ fall: number, box: import("../kit/cells.js").Box }} most */
export function mostText(asked, { fall, box }) {
  if (fall <= 0) return `Nowhere does the vote for ${asked} fall.`;
  return `The vote for ${asked} falls most, by ${truncated(fall)}, with the square on ${boxName(box)}.`;
}

/** What a slope means. */
export function slopeText({ asked, value, row, column }) {
  const place = `Row ${row + 1}, column ${column + 1}: slope ${signed(value)}.`;
  if (Math.abs(value) < 0.005) return `${place} Ink here hardly moves the vote for ${asked}.`;
  return `${place} A bit more ink here ${value > 0 ? "raises" : "lowers"} the vote for ${asked}.`;
}

/** What has been changed of a picture. @param {ArrayLike<number>} change */
export function changeSize(change) {
  const all = Array.from(change, Math.abs);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return `Each step moves all pixels a little, the way that helps the chosen digit most. So far each by ${percent(mean)} of full ink on average, by ${percent(Math.max(...all))} at most.`;
}

/** What came of going until it is fooled. @param {number | null} steps @param {number} wanted */
export function leastText(steps, wanted) {
  if (steps === null) return `As far as this way goes, it never says ${wanted}.`;
  if (steps === 0) return `It says ${wanted} already: choose another digit.`;
  return `After ${steps} ${steps === 1 ? "step" : "steps"} it says ${wanted}.`;
}

/** @param {number} changed  pixels of the sheet */
export function fewText(changed, said) {
  if (changed > FEW) return `${changed} pixels differ from that 7, more than ${FEW}. It says ${said}.`;
  return `${changed} of at most ${FEW} pixels changed, it says ${said}.`;
}

/** Where a training stands. */
export function trainedText({ isOn, points, seconds, nearest }) {
  const beside =
    nearest === null
      ? ""
      : ` The nearest of the 4,000 digits, pixel by pixel, names ${percent(nearest)} right; pure chance 10%.`;
  if (points.length === 0) return isOn ? `It learns.${beside}` : `A fresh net knows nothing yet.${beside}`;
  const [, train, , test] = points.at(-1);
  const took = isOn ? "" : ` It took ${Math.round(seconds)} seconds.`;
  return `Epoch ${points.length}: ${percent(train)} right while it learned, ${percent(test)} of the 1,000 held out.${took}${beside}`;
}

/** "A 9: it says 4 (71.2%)". */
export function mistakeText({ label, said, share }) {
  return `${label === 8 ? "An" : "A"} ${label}: it says ${said} (${sure(share, ">")})`;
}

export function mistakesText({ wrong, asked, all }, shown) {
  const count = `${wrong.length} wrong of ${counted(asked)} held-out digits`;
  if (asked < all || asked === 0) return `${count}. It is being asked.`;
  const some = wrong.length > shown ? ` The first ${shown} are shown.` : "";
  return `${count}; by pure chance ${counted(Math.round(0.9 * all))}.${some} Choose one: it goes on the sheet, and every view shows it.`;
}

/** How far a growing picture is. */
export function climbText(steps, answer) {
  return `After ${steps} steps uphill the feature answers ${truncated(answer)}.`;
}

/** What the nine patches are of. */
export function excitedText({ asked, all }, nine, { labels }) {
  if (nine.length === 0) return "They are being looked through.";
  if (nine[0].number === 0)
    return `It answers 0 to all of ${counted(asked)} digits, and the votes do without it.`;
  const counts = new Map();
  for (const { which } of nine) counts.set(labels[which], (counts.get(labels[which]) ?? 0) + 1);
  const list = Array.from(counts)
    .sort((a, b) => b[1] - a[1])
    .map(([label, count]) => `${count} × ${label}`)
    .join(", ");
  const numbers = `from ${truncated(nine[0].number)} to ${truncated(nine.at(-1).number)}`;
  const most = asked < all ? `The nine largest answers of ${counted(asked)} digits so far` : "Its nine largest answers";
  return `${most} go ${numbers}. They are of these digits: ${list}.`;
}

/** A curve in words. @param {string} name @param {number} epochs @param {string[]} last  in training and in the test */
export function curveText(name, epochs, last) {
  if (epochs === 0) return `${name}: no curve yet.`;
  return `${name} after ${epochs} ${epochs === 1 ? "epoch" : "epochs"}: ${last[0]} in training, ${last[1]} in the test.`;
}
