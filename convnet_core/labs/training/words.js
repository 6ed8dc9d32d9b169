// What the training lab says: where it stands, what changed, what went wrong.

import { changeText, percent } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { drawings, LETTERS, NAMES, sizesOf, TEST } from "./derived.js";

/** "0.053": three decimals, or whole where it is large. */
export function lossText(loss) {
  if (!Number.isFinite(loss)) return "beyond all numbers";
  if (loss > 0 && loss < 0.0005) return "under 0.001";
  return loss < 100 ? loss.toFixed(3) : Math.round(loss).toLocaleString("en");
}

function rightOf(share, count) {
  return `${Math.round(share * count)} of ${count}`;
}

/** Where the training stands, in a sentence or three. */
export function account(state, { point: [loss, testLoss, share, testShare], isSilent }) {
  const epoch = state.seen > 0 ? `Epoch ${state.epoch}, and ${state.seen} pictures more` : `Epoch ${state.epoch}`;
  const fresh = state.epoch + state.seen === 0 ? " It has learned nothing yet." : "";
  const silent = isSilent
    ? " Every feature is silent: ReLU makes 0 of all it finds, and the features learn nothing more. Start afresh, with smaller steps."
    : "";
  return (
    `${epoch}. Loss ${lossText(loss)} on the training pictures, ${lossText(testLoss)} on the test pictures. ` +
    `Right: ${rightOf(share, state.pictures)}, and in the test ${rightOf(testShare, TEST)} (pure chance: 50).${fresh}${silent}`
  );
}

const told = (value) => (typeof value === "boolean" ? (value ? "yes" : "no") : plain(value));

/** What an edit or Undo changed; "" for what is told elsewhere. */
export function whatChanged(before, state) {
  const knobs = Object.keys(NAMES).filter((name) => before[name] !== state[name]);
  const parts = knobs.map((name) => `${NAMES[name]}: ${told(before[name])} → ${told(state[name])}.`);
  const wasTrained = before.history.length > 4;
  if (wasTrained && state.history.length === 0)
    parts.push("Fresh weights. The run before stays in the picture, dotted.");
  else if (state.epoch !== before.epoch || state.seen !== before.seen) parts.push(stepText(before, state));
  parts.push(ownTestText(before, state));
  return parts.filter(Boolean).join(" ");
}

function ownTestText(before, state) {
  const [earlier, pictures] = [before, state].map(drawings);
  const more = pictures.length - earlier.length;
  if (more === 1) return `Added as ${LETTERS[pictures.at(-1).label]}: ${pictures.length} in your own test.`;
  if (more !== 0) return `Your own test: ${earlier.length} → ${pictures.length} pictures.`;
  return changeText("Your drawing", before.drawing, state.drawing);
}

/** What the network says of a picture, and what it is. */
export function answerText({ label, said }) {
  return `${LETTERS[label]}, it says ${LETTERS[said]}`;
}

/** What it says of the drawing. */
export function saysText({ said, share }) {
  return `It says ${LETTERS[said]} (${percent(share)} sure).`;
}

/** How many test pictures it gets wrong. @param {number} wrong @param {number} shown  how many of them are shown at most */
export function wrongText(wrong, shown) {
  if (wrong === 0) return `None of the ${TEST} test pictures.`;
  return `${wrong} of the ${TEST} test pictures.${wrong > shown ? ` The first ${shown} of them:` : ""}`;
}

/** How many of the reader's own pictures it gets right; "" where there are none. */
export function ownScoreText(pictures) {
  if (pictures.length === 0) return "";
  const right = pictures.filter(({ label, said }) => label === said).length;
  return `Right on your own pictures: ${right} of ${pictures.length} (pure chance: half).`;
}

function stepText(before, state) {
  const place = ({ epoch, seen }) => (seen > 0 ? `${epoch} and ${seen} pictures` : String(epoch));
  const share = ({ history }) => (history.length > 0 ? percent(history.at(-1)) : null);
  const [from, to] = [share(before), share(state)];
  const test =
    to === null || state.seen > 0 // the curve counts whole epochs
      ? ""
      : from === null || from === to
        ? ` Right in the test: ${to}.`
        : ` Right in the test: ${from} → ${to}.`;
  return `Epoch ${place(before)} → ${place(state)}.${test}`;
}

/** Why the loss exploded, and what helps. */
export function explosionText({ loss, epoch, from, rate }) {
  const what = loss <= 1000 ? "Some weights grew beyond 1,000, and the loss went" : "The loss exploded:";
  return (
    `${what} from ${lossText(from)} to ${lossText(loss)} in epoch ${epoch + 1}. A learning rate of ${plain(rate)} ` +
    "was too large here. What mostly happens then: a step is so long that it jumps across the valley and lands higher up on the " +
    "other side. There the slope is steeper, so the next step is longer still, and momentum adds to it. " +
    "The weights shown are the last good ones."
  );
}

/** How many pictures are shown in a second; "" before that is known. */
export function speedText(speed, isInWorker) {
  if (speed === 0) return "";
  return `About ${speed.toLocaleString("en")} pictures a second${isInWorker ? ", while the page stays awake" : ""}.`;
}

/** What a choice of a setting is called. @param {string} name @param {number} value */
export function choiceText(name, value) {
  if (name === "neurons" && value === 0) return "none";
  return name === "size" || name === "window" ? `${value}×${value}` : String(value);
}

/** How large the network is. */
export function sizeText(state) {
  const { map, side, values, parameters } = sizesOf(state);
  const maps = `${state.filters} ${state.filters === 1 ? "map" : "maps"} of ${map}×${map}`;
  const hidden = state.neurons > 0 ? `, ${state.neurons} neurons` : "";
  return `Picture 9×9, ${maps}, pooled to ${side}×${side}: ${values} values${hidden}, 2 votes. ${parameters.toLocaleString("en")} numbers to learn.`;
}

/** What the playground of chapter 0 takes. */
export function doorText(hasKernel, isOpen) {
  if (hasKernel) return "PlaygroundLab(**lab.playground) makes chapter 0's lab of this network.";
  return isOpen
    ? "There, the toy network is then your own. It divides each match by 9, so the numbers are scaled; the answers stay."
    : "The playground of chapter 0 takes 3 features of 3×3, pooling window and stride 2, and no neurons between.";
}

/** What a job has brought, at its end. @param {"train" | "seeds" | "race"} job */
export function endText(job, begun, state) {
  if (job === "seeds") return sharesText(state.shares) || "Stopped.";
  const { race, drawn, drawing } = state;
  if (job === "race")
    return race.length < 4 ? "Stopped." : `Steps by wiggling: ${race[0]}, by backprop: ${race[2]}.`;
  return whatChanged({ ...state, ...begun, drawn, drawing }, state) || "Paused.";
}

/** The curves in words. @param {number[][]} points */
export function curveText(name, points, earlier, text) {
  if (points.length === 0) return `${name}: no curve yet.`;
  const [first, last] = [points[0], points.at(-1)];
  const before = earlier.length > 0 ? ` The run before ended at ${text(earlier.at(-1)[1])} in the test.` : "";
  return (
    `${name} over ${points.length - 1} epochs. Training pictures: ${text(first[0])} to ${text(last[0])}. ` +
    `Test pictures: ${text(first[1])} to ${text(last[1])}.${before}`
  );
}

/** "97, 98, 96, 99 and 97%: 97.4% on average, from 96 to 99." */
export function sharesText(shares) {
  if (shares.length === 0) return "";
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const list = shares.map(percent).join(", ");
  const spread = `${percent(mean)} on average, from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
  return `Right in the test, seed by seed: ${list}. ${spread}. Pure chance: 50%.`;
}

/** Who won the race. @param {number[]} race  steps and loss of wiggling, steps and loss of backprop */
export function raceText(race, parameters, batch) {
  if (race.length < 4) return "";
  const [slow, slowLoss, quick, quickLoss] = race;
  const reached = (loss) => (loss < 1000 ? lossText(loss) : "1,000 or more");
  const steps = (count) => `${count.toLocaleString("en")} ${count === 1 ? "step" : "steps"}`;
  return (
    `In the same time, on the same ${batch} pictures: wiggling made ${steps(slow)} (loss ${reached(slowLoss)}), backprop ${steps(quick)} (loss ${reached(quickLoss)}). ` +
    `A step by wiggling takes ${(2 * parameters).toLocaleString("en")} passes, two for each number; one by backprop takes a pass forward and one back.`
  );
}
