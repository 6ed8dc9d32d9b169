// Meets a guess of a match: right, or wrong in one of the ways that people go wrong, each by its name.

import { count, flip, match, plain, products, total, truncated } from "./ops.js";

/** "5/9", "0.55", ".55" or "-1" as a number; null where it is none. @param {string} text */
export function readGuess(text) {
  const number = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
  const found = new RegExp(`^\\s*(${number})\\s*(?:/\\s*(${number}))?\\s*$`).exec(text.replaceAll("−", "-").replaceAll(",", "."));
  if (!found) return null;
  const value = Number(found[1]) / (found[2] === undefined ? 1 : Number(found[2]));
  return Number.isFinite(value) ? value : null;
}

/**
 * @param {number} guess @param {number[][]} patch @param {number[][]} feature
 * @returns {{ right: boolean, slip: string | null, text: string }} the slip's short name and a sentence
 */
export function judge(guess, patch, feature) {
  const answer = match(patch, feature);
  const printed = truncated(answer);
  const sum = plain(total(products(patch, feature)));
  const pixels = count(feature);
  const written = `${sum} / ${pixels} = ${printed}`;
  if (close(guess, answer) || truncated(guess) === printed) return { right: true, slip: null, text: `Right: ${written}.` };
  if (close(guess, Math.round(answer * 100) / 100)) {
    return { right: true, slip: "rounded", text: `Right, rounded. The slides cut the rest off instead: ${written}.` };
  }
  const slip = SLIPS.find(({ value }) => close(guess, value(patch, feature)) || truncated(guess) === truncated(value(patch, feature)));
  if (slip) return { right: false, slip: slip.name, text: slip.text(written) };
  const size = Math.abs(guess) > Math.max(1, Math.abs(answer)) ? " It is too far from 0." : "";
  return { right: false, slip: null, text: `Not ${plain(guess)}.${size} Multiply pixel by pixel, add up, divide by ${pixels}: ${written}.` };
}

const SLIPS = [
  {
    name: "not divided",
    value: (patch, feature) => total(products(patch, feature)),
    text: (written) => `That is the sum. One step is missing, the division by the number of pixels: ${written}.`,
  },
  {
    name: "minus signs forgotten",
    value: (patch, feature) => total(products(patch, feature).map((row) => row.map(Math.abs))) / count(feature),
    text: (written) => `It looks as if the minus signs got lost. 1 x -1 is -1, and it pulls the sum down: ${written}.`,
  },
  {
    name: "counted the matches",
    value: (patch, feature) => total(patch.map((row, r) => row.map((v, c) => Number(v === feature[r][c])))) / count(feature),
    text: (written) => `That is the share of pixels that agree. A pixel that differs does more than miss: it takes 1 away. ${written}.`,
  },
  {
    name: "wrong sign",
    value: (patch, feature) => -match(patch, feature),
    text: (written) => `The size is right and the sign is not. Equal signs multiply to plus: ${written}.`,
  },
  {
    name: "flipped the feature",
    value: (patch, feature) => match(patch, flip(feature)),
    text: (written) => `That is the match with the feature turned by half a turn. Lay it on as it is: ${written}.`,
  },
];

function close(a, b) {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}
