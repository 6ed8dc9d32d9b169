// What the digits lab says.

import { NO_BREAK, percent, probability } from "../kit/words.js";
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

/** The sum over all patches, written out. @param {import("./derived.js").Taken} it */
export function sumText(it) {
  const { stage, row, column, value, bias, sources, feature } = it;
  const place = stage.key === "votes" ? "" : ` at row ${row + 1}, column ${column + 1}`;
  const name = `${mapName(stage, feature)}${place}`;
  if (bias === null) return `${name}: the largest of these four is ${truncated(value)}.`;
  const sum = sources.reduce((total, { part }) => total + part, bias);
  const parts = sources.map(({ part }, at) => (at === 0 ? truncated(part) : signed(part))).join(" ");
  const products = sources[0].patch.flat().length;
  const all = `${name}: ${sources.length === 1 ? "" : `${sources.length} patches of `}${products} products, summed up: ${parts}, and the bias ${signed(bias)}, make ${truncated(sum)}.`;
  if (stage.key === "votes") return all;
  return `${all} ReLU ${sum > 0 ? `keeps it: ${truncated(value)}.` : "makes it 0."}`;
}

/** "It says 7 (98.2% sure)." @param {import("./brain.js").Answer} answer @param {boolean} isOwn */
export function saysText({ said, shares }, isOwn) {
  return `${isOwn ? "Your net" : "It"} says ${said}, ${probability(shares[said])} sure.`;
}

/** How a drawing was brought into its place. @param {{ factor: number, down: number, right: number }} how */
export function centredText({ factor, down, right }) {
  const moves = [
    ["down", "up", down],
    ["right", "left", right],
  ].map(
    ([plus, minus, by]) =>
      Math.round(Number(by)) !== 0 && `${Math.abs(Math.round(Number(by)))} ${Number(by) > 0 ? plus : minus}`,
  );
  const moved = moves.filter(Boolean).join(" and ");
  const scaled = Math.abs(factor - 1) < 0.005 ? "Its size stays" : `Scaled to ${Math.round(100 * factor)}%`;
  return `${scaled}, ${moved ? `moved ${moved}` : "not moved"}.`;
}

/** What a square on the picture does. */
export function occlusionText({ asked, before, after, said, saidNow }) {
  const turned = saidNow === said ? "" : ` Now it says ${saidNow}.`;
  const went = after < before ? "falls" : "rises";
  return `With the grey square here, the vote for ${asked} ${went} from ${truncated(before)} to ${truncated(after)}.${turned}`;
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
  return `Each pixel by ${percent(mean)} of full ink on average, by ${percent(Math.max(...all))} at most.`;
}

/** What came of going until it is fooled. @param {number | null} steps @param {number} wanted */
export function leastText(steps, wanted) {
  if (steps === null) return `As far as this way goes, it never says ${wanted}.`;
  if (steps === 0) return `It says ${wanted} already: choose another digit.`;
  return `After ${steps} ${steps === 1 ? "step" : "steps"} it says ${wanted}.`;
}

/** @param {number} changed  pixels of the sheet */
export function fewText(changed, said) {
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

/** "9, it says 4 (71.2%)". */
export function mistakeText(label, said, share) {
  return `${label}, it says ${said} (${probability(share)})`;
}

export function mistakesText({ wrong, asked, all }, shown) {
  const count = `${wrong.length} wrong of ${asked} held-out digits (pure chance: 9 in 10).`;
  if (asked < all || asked === 0) return `${count} It is being asked.`;
  const some = wrong.length > shown ? ` The first ${shown} are shown.` : "";
  return `${count}${some} Choose one: it goes on the sheet, and every view tells why.`;
}

/** How far a growing picture is. */
export function climbText(steps, number) {
  return `After ${steps} steps uphill the feature answers ${truncated(number)}.`;
}

/** What the nine patches are of. */
export function excitedText({ asked, all }, nine, { labels }) {
  if (nine.length === 0) return "They are being looked through.";
  if (nine[0].number === 0)
    return `It answers 0 to all of ${asked} digits: it looks for nothing, and the votes do without it.`;
  const counts = new Map();
  for (const { which } of nine) counts.set(labels[which], (counts.get(labels[which]) ?? 0) + 1);
  const list = Array.from(counts)
    .sort((a, b) => b[1] - a[1])
    .map(([label, count]) => `${count} × ${label}`)
    .join(", ");
  const numbers = `from ${truncated(nine[0].number)} to ${truncated(nine.at(-1).number)}`;
  return `${asked < all ? `Of ${asked} digits so far: ` : ""}answers ${numbers}. They are of these digits: ${list}.`;
}
