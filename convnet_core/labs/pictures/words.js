// What the pictures lab says: the verdict of the comparison, where pieces fit, and what an edit changed.

import { presetOf, same } from "../kit/state.js";
import { changeText } from "../kit/words.js";
import { plain, truncated } from "../mirror/printing.js";
import { bestFit, comparison, current, NO_TRICKS, perfectFits } from "./derived.js";

export const PIECE_NAMES = { backslash: "\\ backslash", cross: "x cross", slash: "/ slash" };

const PENS = { [-1]: "thinner", 0: "as it is", 1: "thicker", 2: "thicker twice" };

/** The name of each trick, and its amount in words. */
export const TRICKS = {
  turn: { name: "Turn", step: 5, amount: (degrees) => `${degrees}°` },
  size: { name: "Size", step: 5, amount: (percent) => `${percent}%` },
  pen: { name: "Pen", step: 1, amount: (strokes) => PENS[strokes] },
  shift_right: { name: "Shift right", step: 1, amount: pixels },
  shift_down: { name: "Shift down", step: 1, amount: pixels },
  noise: { name: "Noise", step: 1, amount: pixels },
};

function pixels(count) {
  return Math.abs(count) === 1 ? `${count} pixel` : `${count} pixels`;
}

/** What a computer says that compares pixel by pixel, in a few lines. */
export function verdict({ differ, agree, all }) {
  const score = agree - differ;
  return {
    differ: `${differ} of ${all} pixels differ.`,
    agree: `${agree} are the same: ${Math.round((100 * agree) / all)}%.`,
    same: differ === 0 ? "The same picture? Yes." : "The same picture? No.",
    score: `A point for each pixel that agrees, one off for each that differs: ${agree} - ${differ} = ${score}, of ${all}: ${truncated(score / all)}.`,
  };
}

/** "fits in 4 places", or how near it comes. */
export function fitText({ agreeing, places }) {
  const where = places.length === 1 ? "in 1 place" : `in ${places.length} places`;
  return agreeing === 9 ? `fits ${where}` : `${agreeing} of 9 pixels at best, ${where}`;
}

/** What all the pieces together say. */
export function piecesText(picture, standard, letter, pieces) {
  const isFull = (image, piece) => bestFit(image, piece).agreeing === 9;
  const known = Object.values(pieces).filter((piece) => isFull(standard, piece));
  const found = known.filter((piece) => isFull(picture, piece)).length;
  return `Of the ${known.length} pieces that fit the standard ${letter} perfectly, ${found} ${found === 1 ? "fits" : "fit"} your picture somewhere.`;
}

/** What a screen reader hears behind a pixel of the comparison. */
export function pairText(picture, standard, row, column) {
  const [yours, its] = [picture[row]?.[column], standard[row]?.[column]];
  return yours === its ? ", the same in both" : `, yours ${spoken(yours)}, standard ${spoken(its)}`;
}

function spoken(value) {
  return value > 0 ? `plus ${plain(value)}` : plain(value).replace("-", "minus ");
}

/** Old value to new, and what that did to the comparison. */
export function whatChanged(before, state, presets) {
  if (before.piece !== state.piece) return pieceText(state, presets);
  const cause = causeOf(before, state, presets);
  return cause && `${cause} ${differText(before, state, presets)} ${fitsText(state, presets)}`;
}

function causeOf(before, state, presets) {
  const [old, now] = [current(before), current(state)];
  if (before.standard !== state.standard) return `Compared with the standard ${state.standard} now.`;
  const tricks = Object.keys(NO_TRICKS).filter((name) => before[name] !== state[name]);
  const painted = changeText("Picture", old.picture, now.picture);
  if (!same(before.image, state.image)) {
    const name = presetOf(presets.image, state.image);
    const kept = old.hasTricks && !now.hasTricks ? " The tricks are part of your picture now." : "";
    return name && tricks.length === 0
      ? `The picture is ${name === "blank" ? name : `the ${name}`} now.`
      : `${painted}${kept}`;
  }
  if (tricks.length > 1) return now.hasTricks ? "Several tricks at once." : "No tricks any more.";
  if (tricks.length === 0) return state.noise === 0 ? "" : "The noise falls on other pixels.";
  const { name, amount } = TRICKS[tricks[0]];
  return `${name}: ${amount(before[tricks[0]])} → ${amount(state[tricks[0]])}.`;
}

function differText(before, state, presets) {
  const differ = (at) => comparison(current(at).picture, presets.image[at.standard]).differ;
  const [was, is] = [differ(before), differ(state)];
  return was === is ? `Pixels that differ: still ${is}.` : `Pixels that differ: ${was} → ${is}.`;
}

function fitsText(state, presets) {
  return `The pieces fit ${perfectFits(current(state).picture, presets.piece).join(", ")} times.`;
}

function pieceText(state, presets) {
  const { piece, standard } = state;
  if (piece === "none") return "No piece is framed.";
  const fit = (picture) => fitText(bestFit(picture, presets.piece[piece]));
  const { picture } = current(state);
  return `The ${piece} in your picture: ${fit(picture)}. In the standard ${standard}: ${fit(presets.image[standard])}.`;
}
